import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS, type Json } from "../../core/index.ts";
import { ECHO_HOST, NO_HOST, shownOf, watched, type Watched } from "./sandbox.fixture.ts";
import { checkModule } from "./thread/wasm-check.ts";

/** The compiler of WebAssembly's text form (Debian: wabt). */
const HAS_COMPILER = spawnSync("wat2wasm", ["--version"]).status === 0;

function compiled(text: string): Uint8Array {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-wat-"));
  try {
    fs.writeFileSync(path.join(folder, "a.wat"), text);
    execFileSync("wat2wasm", ["--enable-all", path.join(folder, "a.wat"), "-o", path.join(folder, "a.wasm")]);
    return new Uint8Array(fs.readFileSync(path.join(folder, "a.wasm")));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** A module whose call does this; `$answer` is where the text stands that it may return. */
function moduleOf(call: string, { answer = `{"ok":42}`, memory = '(memory (export "memory") 2 16)', more = "" } = {}): string {
  const text = answer.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
  return `(module
    (import "moltbot" "host_call" (func $host (param i32 i32) (result i64)))
    (import "moltbot" "log" (func $log (param i32 i32)))
    ${memory}
    (global $next (mut i32) (i32.const 4096))
    (data (i32.const 16) "${text}")
    ${more}
    (func (export "moltbot_alloc") (param $size i32) (result i32)
      (local $at i32)
      (local.set $at (global.get $next))
      (global.set $next (i32.add (global.get $next) (local.get $size)))
      (local.get $at))
    (func (export "moltbot_call") (param $at i32) (param $size i32) (result i64) ${call}))`;
}

const packed = (at: number, size: number): string => `(i64.const ${(BigInt(at) << 32n) | BigInt(size)})`;
const limits = { memoryBytes: 1024 * 1024, timeoutMs: 500, storageBytes: 0 };

function plugin(text: string): Watched {
  return watched(compiled(text), { runtime: "wasm", limits });
}

describe.skipIf(!HAS_COMPILER)("a WebAssembly plugin", () => {
  test("answers, logs, and asks the host", async () => {
    const plain = plugin(moduleOf(packed(16, 9)));
    expect(shownOf(await plain.call("a"))).toBe(42);
    // Its input is the request it makes: `{"tool":...,"args":...,"context":...}`.
    const asks = plugin(moduleOf(`(call $log (i32.const 16) (i32.const 4)) (call $host (local.get $at) (local.get $size))`));
    expect(shownOf(await asks.call("http.fetch", { a: "ä" }, ECHO_HOST))).toEqual({ tool: "http.fetch", args: { a: "ä" } });
    expect(asks.logged).toEqual([`{"ok`]);
    expect(shownOf(await asks.call("a", {}, NO_HOST))).toBe("PLUGIN_FAILED");
    await Promise.all([plain.plugin.close(), asks.plugin.close()]);
  });

  test("a memory that we make", async () => {
    const imported = plugin(
      moduleOf(packed(16, 9), { memory: `(import "env" "memory" (memory 1))`.trim() }).replace(
        /\(module([\s\S]*?)\(import "env"([^\n]*)/,
        `(module (import "env"$2$1`,
      ),
    );
    expect(shownOf(await imported.call("a"))).toBe(42);
    await imported.plugin.close();
  });

  test.each<[string, string, string]>([
    ["an error of its own", moduleOf(packed(16, 16), { answer: `{"error":"full"}` }), "PLUGIN_FAILED"],
    ["a tool that it does not know", moduleOf(packed(16, 24), { answer: `{"error":"unknown tool"}` }), "PLUGIN_TOOL_UNKNOWN"],
    ["a trap", moduleOf("unreachable"), "PLUGIN_FAILED"],
    ["an answer that is not JSON", moduleOf(packed(17, 5)), "PLUGIN_ANSWER_INVALID"],
    [
      "row 111: a key __proto__",
      moduleOf(packed(16, 26), { answer: `{"ok":{"__proto__":{"a":1}}}`.slice(0, 28) }).replace("26", "28"),
      "PLUGIN_ANSWER_INVALID",
    ],
    ["endless recursion", moduleOf("(call $f) (i64.const 0)", { more: "(func $f (call $f) (call $f))" }), "PLUGIN_LIMIT"],
    ["row 109: an answer past its memory", moduleOf(packed(0xffff_ff00, 1000)), "PLUGIN_UNUSABLE"],
    ["row 109: an answer over the end of its memory", moduleOf(packed(131_072 - 4, 8)), "PLUGIN_UNUSABLE"],
    ["row 111: an answer of 4 GiB", moduleOf(packed(0, 0xffff_ffff)), "PLUGIN_LIMIT"],
    ["an answer of negative numbers", moduleOf("(i64.const -1)"), "PLUGIN_LIMIT"],
    ["a log of negative numbers", moduleOf(`(call $log (i32.const -1) (i32.const -1)) ${packed(16, 9)}`), "PLUGIN_LIMIT"],
    ["a log past its memory", moduleOf(`(call $log (i32.const 2147483647) (i32.const 10)) ${packed(16, 9)}`), "PLUGIN_UNUSABLE"],
    [
      "a request that is not text",
      moduleOf(`(i32.store8 (i32.const 16) (i32.const 255)) (call $host (i32.const 16) (i32.const 9))`),
      "PLUGIN_UNUSABLE",
    ],
    [
      "an answer of the wrong type",
      moduleOf(packed(16, 9))
        .replace("(param $at i32) (param $size i32) (result i64)", "(param $at i32) (param $size i32) (result f64)")
        .replace(/\(i64\.const \d+\)\)\)$/, "(f64.const nan)))"),
      "PLUGIN_UNUSABLE",
    ],
    [
      "no room",
      moduleOf(packed(16, 9)).replace(
        '(local.get $at))\n    (func (export "moltbot_call")',
        '(i32.const -8))\n    (func (export "moltbot_call")',
      ),
      "PLUGIN_LIMIT",
    ],
    ["no function to call", `(module (memory (export "memory") 1 1))`, "PLUGIN_UNUSABLE"],
    ["row 110: a memory without a maximum", moduleOf(packed(16, 9), { memory: `(memory (export "memory") 2)` }), "PLUGIN_UNUSABLE"],
    ["row 110: a memory that may grow too far", moduleOf(packed(16, 9), { memory: `(memory (export "memory") 2 17)` }), "PLUGIN_UNUSABLE"],
    ["row 110: a shared memory", moduleOf(packed(16, 9), { memory: `(memory (export "memory") 2 4 shared)` }), "PLUGIN_UNUSABLE"],
    ["row 110: two memories", moduleOf(packed(16, 9), { more: "(memory 1 2)" }), "PLUGIN_UNUSABLE"],
    ["row 110: a table without a maximum", moduleOf(packed(16, 9), { more: "(table 1 funcref)" }), "PLUGIN_UNUSABLE"],
    [
      "row 110: a table that is too large",
      moduleOf(packed(16, 9), { more: `(table 1 ${LIMITS.pluginTableEntries + 1} funcref)` }),
      "PLUGIN_UNUSABLE",
    ],
    [
      "row 108: an import of the system",
      `(module (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32))) (memory 1 1))`,
      "PLUGIN_IMPORT_REFUSED",
    ],
    ["row 108: another function of ours", `(module (import "moltbot" "exit" (func)) (memory 1 1))`, "PLUGIN_IMPORT_REFUSED"],
    ["row 108: a global", `(module (import "env" "g" (global i32)) (memory 1 1))`, "PLUGIN_IMPORT_REFUSED"],
    [
      "asking the host before it is called",
      moduleOf(packed(16, 9), { more: "(func $begin (drop (call $host (i32.const 16) (i32.const 9)))) (start $begin)" }),
      "PLUGIN_UNUSABLE",
    ],
    ["row 110: a loop", moduleOf("(loop (br 0)) (i64.const 0)"), "PLUGIN_TIMEOUT"],
    ["row 110: a loop at its start", moduleOf(packed(16, 9), { more: "(func $begin (loop (br 0))) (start $begin)" }), "PLUGIN_TIMEOUT"],
  ])("%s", async (_name, text, code) => {
    const { plugin: running, call } = plugin(text);
    expect(shownOf(await call("a"))).toBe(code);
    await running.close();
  });

  test("numbers of other types than the ABI's are no places", async () => {
    for (const type of ["f64", "f32"]) {
      for (const value of ["nan", "inf", "-inf", "1.5", "-1e300", "1e20"].filter((each) => type === "f64" || !each.includes("e"))) {
        const text = moduleOf(packed(16, 9))
          .replace("(param i32 i32)))", `(param ${type} ${type})))`)
          .replace(packed(16, 9), `(call $log (${type}.const ${value}) (${type}.const 1)) ${packed(16, 9)}`);
        const { plugin: running, call } = plugin(text);
        expect(shownOf(await call("a"))).toBe("PLUGIN_UNUSABLE");
        await running.close();
      }
    }
  });

  test("its memory does not grow past its maximum", async () => {
    const grows = moduleOf(
      `(loop (br_if 0 (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) (if (i32.ne (memory.size) (i32.const 16)) (then unreachable)) ${packed(16, 9)}`,
    );
    const { plugin: running, call } = plugin(grows);
    expect(shownOf(await call("a"))).toBe(42);
    await running.close();
  });

  test("so many ends, and it stays off for a while; others are not harmed (limits.pluginStops)", async () => {
    const spins = watched(compiled(moduleOf("(loop (br 0)) (i64.const 0)")), { runtime: "wasm", limits: { ...limits, timeoutMs: 1 } });
    const seen: Json[] = [];
    for (let i = 0; i <= LIMITS.pluginStops; i++) seen.push(shownOf(await spins.call("a")));
    expect(seen).toEqual([...Array.from({ length: LIMITS.pluginStops }, () => "PLUGIN_TIMEOUT"), "PLUGIN_STOPPED"]);
    expect(spins.plugin.state()).toEqual({ state: "failed", reason: "it was ended too often" });
    expect(spins.events.filter((each) => each.startsWith("started"))).toHaveLength(LIMITS.pluginStops);
    await spins.plugin.close();
  });
});

test("any bytes are read or refused, and never for long", () => {
  const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isHeaded) => {
      try {
        checkModule(Uint8Array.from(isHeaded ? [...head, ...bytes] : bytes), 16);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }),
  );
});
