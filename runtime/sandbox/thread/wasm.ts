import { LIMITS } from "../../../core/index.ts";
import { compileModule, instantiateModule, newMemory, type WasmMemory, type WasmModule } from "../../../trust/wasm/index.ts";
import { newAllowance, type Allowance } from "./allowance.ts";
import type { End, Engine, Send, ThreadStart, ToThread } from "./messages.ts";
import { checkModule, ImportRefused, OUR_MODULE, type Checked } from "./wasm-check.ts";

type Order = Extract<ToThread, { readonly type: "call" }>;
type Answer = Extract<ToThread, { readonly type: "answer" }>;

/** What the functions of the ABI are called (docs/plugins.md). */
const ALLOC = "moltbot_alloc";
const CALL = "moltbot_call";

/**
 * WebAssembly plugins. A module has its own memory and our two functions, and nothing else; each call gets a
 * fresh instance. It waits for the host with its thread, and the gateway ends the thread when its time is over.
 *
 * @param wait - Blocks until the answer to a request is there.
 */
export function wasmEngine(start: ThreadStart, send: Send, wait: (call: number, request: number) => Answer): Engine {
  const prepared = prepare(start);
  return {
    call: (order) => {
      if ("code" in prepared) return send({ type: "failed", call: order.call, ...prepared });
      try {
        finish(order, runOnce(prepared, start, order, { send, wait }), send);
      } catch (error) {
        send({ type: "failed", call: order.call, ...failureOf(error) });
      }
    },
    answer: () => undefined,
    cancel: () => undefined,
  };
}

interface Prepared {
  readonly module: WasmModule;
  readonly checked: Checked;
}

function prepare({ code, memoryPages }: ThreadStart): Prepared | { readonly code: End; readonly text: string } {
  try {
    const checked = checkModule(code, memoryPages);
    return { module: compileModule(code), checked };
  } catch (error) {
    if (error instanceof ImportRefused) return { code: "PLUGIN_IMPORT_REFUSED", text: JSON.stringify(error.message) };
    return { code: "PLUGIN_UNUSABLE", text: wordsOf(error) };
  }
}

/** Something of the plugin that does not follow the ABI; its words are ours. */
class AbiBroken extends Error {}
class OverLimit extends Error {}

interface Host {
  readonly send: Send;
  readonly wait: (call: number, request: number) => Answer;
}

interface Inside {
  readonly memory: WasmMemory;
  readonly alloc: (size: number) => unknown;
}

function runOnce({ module, checked }: Prepared, { context, memoryPages }: ThreadStart, order: Order, { send, wait }: Host): string {
  const allowance = newAllowance();
  let inside: Inside | null = null;
  let requests = 0;
  const open = (): Inside => {
    if (!inside) throw new AbiBroken("it asks for something before it is called");
    return inside;
  };
  const functions = {
    host_call: (pointer: unknown, length: unknown): bigint => {
      const request = ++requests;
      const answer = ask(textAt(open().memory, pointer, length), { call: order.call, request }, allowance, { send, wait });
      return put(open(), answer);
    },
    log: (pointer: unknown, length: unknown): void => {
      const line = allowance.log(textAt(open().memory, pointer, length));
      if (line !== undefined) send({ type: "log", call: order.call, text: line });
    },
  };
  const { imported } = checked;
  const made = imported ? newMemory(imported.least, Math.min(memoryPages, imported.most ?? memoryPages)) : null;
  const imports: Record<string, Record<string, unknown>> = { [OUR_MODULE]: { ...functions } };
  if (imported && made) imports[imported.module] = { ...imports[imported.module], [imported.name]: made };
  const exports = instantiateModule(module, imports);
  const memory = made ?? (exports["memory"] as WasmMemory | undefined);
  const { [ALLOC]: alloc, [CALL]: call } = exports;
  if (typeof alloc !== "function" || typeof call !== "function" || !(memory?.buffer instanceof ArrayBuffer)) {
    throw new AbiBroken(`it exports no memory, ${ALLOC} and ${CALL}`);
  }
  inside = { memory, alloc: alloc as Inside["alloc"] };
  const input = `{"tool":${JSON.stringify(order.tool)},"args":${order.args},"context":${context}}`;
  const given = unpacked(put(inside, input));
  const packed: unknown = (call as (pointer: number, length: number) => unknown)(given.pointer | 0, given.length | 0);
  if (typeof packed !== "bigint") throw new AbiBroken(`${CALL} returns no i64`);
  const result = unpacked(packed);
  return textAt(memory, result.pointer, result.length);
}

function unpacked(packed: bigint): { readonly pointer: number; readonly length: number } {
  const value = BigInt.asUintN(64, packed);
  return { pointer: Number(value >> 32n), length: Number(value & 0xffff_ffffn) };
}

/**
 * A text at a place that the plugin names. The numbers are whatever it likes: not integers, negative, past
 * the end. What is not wholly inside its memory is no text.
 */
function textAt({ buffer }: WasmMemory, pointer: unknown, length: unknown): string {
  const at = unsigned(pointer);
  const size = unsigned(length);
  if (size > LIMITS.pluginMessageChars)
    throw new OverLimit(`a text of ${size} bytes; ${LIMITS.pluginMessageChars} are allowed (limits.pluginMessageChars)`);
  if (at + size > buffer.byteLength) throw new AbiBroken("it names a place outside of its memory");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(new Uint8Array(buffer, at, size).slice());
  } catch {
    throw new AbiBroken("a text of it is not UTF-8");
  }
}

function unsigned(value: unknown): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < -(2 ** 31) || value >= 2 ** 32)
    throw new AbiBroken("a place of it is not a number of 32 bits");
  return value >>> 0;
}

/** Puts a text into its memory, where it says there is room. */
function put({ memory, alloc }: Inside, text: string): bigint {
  const bytes = new TextEncoder().encode(text);
  const at = unsigned(alloc(bytes.byteLength));
  // Read again: making room may have moved the memory.
  if (at + bytes.byteLength > memory.buffer.byteLength)
    throw new OverLimit(`${ALLOC} has no room for ${bytes.byteLength} bytes (limits.memory)`);
  new Uint8Array(memory.buffer).set(bytes, at);
  return BigInt.asIntN(64, (BigInt(at) << 32n) | BigInt(bytes.byteLength));
}

/** One request to the host, as text in and out: `{"ok": value}` or `{"error": {code, message}}`. */
function ask(
  text: string,
  { call, request }: { readonly call: number; readonly request: number },
  allowance: Allowance,
  { send, wait }: Host,
): string {
  const why = allowance.ask(text.length);
  if (why !== undefined) return JSON.stringify({ error: { code: "PLUGIN_LIMIT", message: why } });
  const kind = /^\s*\{\s*"op"/.test(text) ? "storage" : "call";
  send({ type: "request", call, request, kind, text });
  const answer = wait(call, request);
  allowance.answered();
  return answer.ok ? `{"ok":${answer.text}}` : `{"error":${answer.text}}`;
}

/** A result is `{"ok": value}` or `{"error": "words"}`; it is read as JSON here, in the thread, and judged again outside. */
function finish({ call }: Order, text: string, send: Send): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return send({ type: "failed", call, code: "PLUGIN_ANSWER_INVALID", text: "it is not JSON" });
  }
  const result = typeof value === "object" && value !== null ? (value as { readonly ok?: unknown; readonly error?: unknown }) : {};
  if (Object.hasOwn(result, "ok")) return send({ type: "done", call, text: JSON.stringify(result.ok) });
  if (result.error === "unknown tool") return send({ type: "failed", call, code: "PLUGIN_TOOL_UNKNOWN", text: "" });
  const words = typeof result.error === "string" ? result.error : JSON.stringify(result.error ?? null);
  return send({ type: "failed", call, code: "PLUGIN_FAILED", text: words.slice(0, LIMITS.pluginLogChars) });
}

function failureOf(error: unknown): { readonly code: End; readonly text: string } {
  if (error instanceof OverLimit || error instanceof RangeError) return { code: "PLUGIN_LIMIT", text: wordsOf(error) };
  return { code: error instanceof AbiBroken ? "PLUGIN_UNUSABLE" : "PLUGIN_FAILED", text: wordsOf(error) };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, LIMITS.pluginLogChars) : "the engine broke down";
}
