/* A plugin in WebAssembly, without a library: docs/plugins.md has the ABI. Built by
 *
 *   clang --target=wasm32 -O2 -nostdlib -Wl,--no-entry -Wl,--max-memory=1048576 -o checksum.wasm checksum.c
 */
typedef unsigned int u32;
typedef unsigned long long u64;
typedef unsigned char u8;

extern u8 __heap_base;
static u32 next;

/* Each call has an instance of its own, so nothing is ever given back. */
__attribute__((export_name("moltbot_alloc"))) u32 alloc(u32 size) {
  if (next == 0) next = (u32)&__heap_base;
  u32 at = next;
  u32 end = at + size;
  u32 pages = __builtin_wasm_memory_size(0);
  if (end < at) return 0xffffffff;
  if (end > pages * 65536 && __builtin_wasm_memory_grow(0, (end - pages * 65536 + 65535) / 65536) == (unsigned long)-1) return 0xffffffff;
  next = end;
  return at;
}

static u64 packed(const char *text, u32 size) { return (u64)(u32)text << 32 | size; }

/* The place after `"name":` at the top level of what stands in `{...}`, or 0. Texts are passed over whole. */
static const u8 *field(const u8 *at, const u8 *end, const char *name, u32 size) {
  int depth = 0;
  for (; at < end; at++) {
    if (*at == '{' || *at == '[') depth++;
    else if (*at == '}' || *at == ']') depth--;
    else if (*at == '"') {
      const u8 *from = ++at;
      while (at < end && *at != '"') at += *at == '\\' ? 2 : 1;
      if (depth != 1 || (u32)(at - from) != size || at + 1 >= end || at[1] != ':') continue;
      u32 same = 0;
      while (same < size && from[same] == (u8)name[same]) same++;
      if (same == size) return at + 2;
    }
  }
  return 0;
}

static u32 crc;

static void add(u8 byte) {
  crc ^= byte;
  for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
}

static void add_point(u32 point) {
  if (point < 0x80) return add(point);
  if (point < 0x800) return add(0xc0 | point >> 6), add(0x80 | (point & 63));
  if (point < 0x10000) return add(0xe0 | point >> 12), add(0x80 | (point >> 6 & 63)), add(0x80 | (point & 63));
  add(0xf0 | point >> 18), add(0x80 | (point >> 12 & 63)), add(0x80 | (point >> 6 & 63)), add(0x80 | (point & 63));
}

static u32 hex(const u8 *at) {
  u32 value = 0;
  for (int i = 0; i < 4; i++) value = value << 4 | (at[i] <= '9' ? at[i] - '0' : (at[i] | 32) - 'a' + 10);
  return value;
}

/* Adds a text of JSON, at its first quotation mark, with its escapes undone. */
static void add_text(const u8 *at, const u8 *end) {
  for (at++; at < end && *at != '"'; at++) {
    if (*at != '\\') { add(*at); continue; }
    at++;
    if (*at == 'n') add('\n');
    else if (*at == 't') add('\t');
    else if (*at == 'r') add('\r');
    else if (*at == 'b') add('\b');
    else if (*at == 'f') add('\f');
    else if (*at != 'u') add(*at);
    else {
      u32 point = hex(at + 1);
      at += 4;
      if (point >= 0xd800 && point < 0xdc00 && at[1] == '\\' && at[2] == 'u') {
        point = 0x10000 + ((point - 0xd800) << 10) + (hex(at + 3) - 0xdc00);
        at += 6;
      }
      add_point(point);
    }
  }
}

static char result[] = "{\"ok\":\"00000000\"}";
static const char unknown[] = "{\"error\":\"unknown tool\"}";

__attribute__((export_name("moltbot_call"))) u64 call(u32 pointer, u32 size) {
  const u8 *at = (const u8 *)pointer;
  const u8 *end = at + size;
  const u8 *tool = field(at, end, "tool", 4);
  const u8 *args = field(at, end, "args", 4);
  if (!tool || !args || tool[1] != 'c' || tool[2] != 'r' || tool[3] != 'c') return packed(unknown, sizeof unknown - 1);
  const u8 *text = field(args, end, "text", 4);
  crc = 0xffffffff;
  if (text) add_text(text, end);
  crc = ~crc;
  for (int i = 0; i < 8; i++) result[7 + i] = "0123456789abcdef"[crc >> (28 - 4 * i) & 15];
  return packed(result, sizeof result - 1);
}
