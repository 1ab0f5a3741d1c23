/** A model in the GGUF format, version 3: one layer of random weights over bytes. What it says means nothing; it is llama.cpp that says it. */

const F32 = 0;
const TYPES = { u32: 4, f32: 6, string: 8, array: 9 } as const;
const [WIDTH, HIDDEN, HEADS, ALIGNMENT] = [32, 64, 4, 32];
const BYTES = Array.from({ length: 256 }, (_, i) => `<0x${i.toString(16).toUpperCase().padStart(2, "0")}>`);
const TOKENS = ["<unk>", "<s>", "</s>", ...BYTES, "▁"];

/** @param contextTokens - The context it says it was trained on. */
export function tinyModel(contextTokens = 2048): Buffer {
  const square = [WIDTH, WIDTH];
  const tensors: readonly (readonly [string, readonly number[]])[] = [
    ["token_embd.weight", [WIDTH, TOKENS.length]],
    ["output_norm.weight", [WIDTH]],
    ["output.weight", [WIDTH, TOKENS.length]],
    ["blk.0.attn_norm.weight", [WIDTH]],
    ...["q", "k", "v", "output"].map((name) => [`blk.0.attn_${name}.weight`, square] as const),
    ["blk.0.ffn_norm.weight", [WIDTH]],
    ["blk.0.ffn_gate.weight", [WIDTH, HIDDEN]],
    ["blk.0.ffn_up.weight", [WIDTH, HIDDEN]],
    ["blk.0.ffn_down.weight", [HIDDEN, WIDTH]],
  ];
  const facts: readonly Buffer[] = [
    ["general.architecture", text("llama")],
    ["llama.context_length", u32(contextTokens)],
    ["llama.embedding_length", u32(WIDTH)],
    ["llama.block_count", u32(1)],
    ["llama.feed_forward_length", u32(HIDDEN)],
    ["llama.attention.head_count", u32(HEADS)],
    ["llama.attention.layer_norm_rms_epsilon", tagged(TYPES.f32, f32(1e-5))],
    ["llama.rope.dimension_count", u32(WIDTH / HEADS)],
    ["tokenizer.ggml.model", text("llama")],
    ["tokenizer.ggml.tokens", list(TYPES.string, TOKENS.map(bare))],
    [
      "tokenizer.ggml.scores",
      list(
        TYPES.f32,
        TOKENS.map((_, i) => f32(-i)),
      ),
    ],
    // Unknown, two controls, bytes, and one word.
    [
      "tokenizer.ggml.token_type",
      list(
        TYPES.u32 + 1,
        TOKENS.map((_, i) => uint(i === 0 ? 2 : i < 3 ? 3 : i < 259 ? 6 : 1)),
      ),
    ],
    ["tokenizer.ggml.bos_token_id", u32(1)],
    ["tokenizer.ggml.eos_token_id", u32(2)],
  ].map(([name, value]) => Buffer.concat([bare(name as string), value as Buffer]));
  const random = numbers();
  let offset = 0;
  const infos: Buffer[] = [];
  const data: Buffer[] = [];
  for (const [name, shape] of tensors) {
    const weights = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => (shape.length === 1 ? 1 : random() - 0.5));
    infos.push(bare(name), uint(shape.length), ...shape.map(u64), uint(F32), u64(offset));
    data.push(padded(Buffer.from(weights.buffer)));
    offset += padded(Buffer.from(weights.buffer)).length;
  }
  const head = Buffer.concat([Buffer.from("GGUF"), uint(3), u64(tensors.length), u64(facts.length), ...facts, ...infos]);
  return Buffer.concat([padded(head), ...data]);
}

/** The same ones each time. */
function numbers(): () => number {
  let state = 42;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

function uint(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function bare(value: string): Buffer {
  return Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
}

function tagged(type: number, value: Buffer): Buffer {
  return Buffer.concat([uint(type), value]);
}

function u32(value: number): Buffer {
  return tagged(TYPES.u32, uint(value));
}

function text(value: string): Buffer {
  return tagged(TYPES.string, bare(value));
}

function list(type: number, values: readonly Buffer[]): Buffer {
  return tagged(TYPES.array, Buffer.concat([uint(type), u64(values.length), ...values]));
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((ALIGNMENT - (bytes.length % ALIGNMENT)) % ALIGNMENT)]);
}
