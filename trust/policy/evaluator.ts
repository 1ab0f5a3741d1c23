import { LIMITS } from "../../core/index.ts";
import { HOST_BUILTINS, readValue, REPLACED_BUILTINS, writeValue, type HostBuiltin, type HostValue } from "./builtins/index.ts";
import { instantiateModule, newMemory, valueOfGlobal, type WasmMemory, type WasmModule } from "../wasm/index.ts";
import { FAILED_BUILTIN, REPLACED_BUILTIN, START_EXPORT } from "./wasm.ts";

/**
 * One running instance of a compiled policy, over OPA's WebAssembly ABI 1.2 (one call, `opa_eval`,
 * that parses the input, evaluates and prints). Everything throws: the caller turns whatever comes
 * into a denial and drops the instance.
 */
export interface Evaluator {
  /** Entry point names and their ids, as the module says. */
  readonly entrypoints: ReadonlyMap<string, number>;
  /** Names of built-in functions the module would call out for. */
  readonly builtins: readonly string[];
  /** @returns the result set as JSON text: `[{"result": ...}]`. */
  evaluate(entrypoint: number, input: string): string;
  /** How much memory the instance holds now. It may only depend on the largest question, not on their number. */
  memoryBytes(): number;
}

/** What the module finds around it. */
export interface PolicyWorld {
  /** The document that rules see as `data`, as JSON text. */
  readonly data: string;
  /** The lock's list of functions that can fail: the module names the one that did by its place there. */
  readonly builtins: readonly string[];
}

const BARE: PolicyWorld = { data: "{}", builtins: [] };

type Exports = Readonly<Record<string, unknown>>;

const PAGE_BYTES = 65_536;
const ABI = { version: 1, minor: 2 };

/**
 * @param pages - What the module declares it needs, checked against the limit before.
 * @throws whatever the module throws, and Error for another ABI.
 */
export function instantiate(module: WasmModule, pages: number, world: PolicyWorld = BARE): Evaluator {
  const memory = newMemory(pages, LIMITS.policyMemoryPages);
  // The call-backs are part of what makes the exports, and are called only once these are there.
  const own: { exports: Exports; names: ReadonlyMap<number, string> } = { exports: {}, names: new Map() };
  const callBuiltin = (id: number, args: readonly number[]): number => {
    const isReplaced = id >= REPLACED_BUILTIN;
    if (id >= FAILED_BUILTIN && !isReplaced)
      throw new Error(`${world.builtins[id - FAILED_BUILTIN] ?? "a function"} has no answer for its arguments`);
    const name = (isReplaced ? world.builtins[id - REPLACED_BUILTIN] : own.names.get(id)) ?? "";
    const ours = isReplaced ? REPLACED_BUILTINS : HOST_BUILTINS;
    const builtin = Object.hasOwn(ours, name) ? ours[name] : undefined;
    if (!builtin) throw new Error("the policy calls a built-in function that policies do not get");
    const given = args.map((address) => readValue(textAt(memory, call(own.exports, "opa_value_dump", address))));
    return parseInto(own.exports, memory, answerOf(name, builtin, given));
  };
  const exports: Exports = instantiateModule(module, { env: { memory, ...callbacks(memory, callBuiltin) } });
  own.exports = exports;
  if (Object.hasOwn(exports, START_EXPORT)) call(exports, START_EXPORT);
  if (valueOfGlobal(exports["opa_wasm_abi_version"]) !== ABI.version || valueOfGlobal(exports["opa_wasm_abi_minor_version"]) < ABI.minor) {
    throw new Error("the module speaks another version of the evaluation interface");
  }
  const table = (name: string): ReadonlyMap<string, number> =>
    new Map(Object.entries(JSON.parse(textAt(memory, call(exports, "opa_json_dump", call(exports, name)))) as Record<string, number>));
  const entrypoints = table("entrypoints");
  const builtins = [...table("builtins").keys()];
  own.names = new Map([...table("builtins")].map(([name, id]) => [id, name]));
  const data = parseInto(exports, memory, world.data);
  // Everything above this address belongs to one evaluation and is forgotten by the next: memory does not grow.
  const heap = call(exports, "opa_heap_ptr_get");
  return {
    entrypoints,
    builtins,
    memoryBytes: () => memory.buffer.byteLength,
    evaluate: (entrypoint, input) => {
      // A character takes at most three bytes: written straight into memory, where it is parsed.
      reserve(memory, heap + input.length * 3);
      const length = viewOf(memory).write(input, heap, "utf8");
      return textAt(memory, call(exports, "opa_eval", 0, entrypoint, data, heap, length, heap + length, 0));
    },
  };
}

/** A failure is told with the name of the function that failed. */
function answerOf(name: string, builtin: HostBuiltin, args: readonly HostValue[]): string {
  try {
    return writeValue(builtin(...args));
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : "it failed"}`, { cause: error });
  }
}

/** What the module may call: to stop, and the built-in functions that are ours. */
function callbacks(memory: WasmMemory, builtin: (id: number, args: readonly number[]) => number): Readonly<Record<string, unknown>> {
  const called = (id: number, _context: number, ...args: readonly number[]): number => builtin(id, args);
  return {
    opa_abort: (address: number): never => {
      throw new Error(`the policy stopped: ${textAt(memory, address).slice(0, 200)}`);
    },
    opa_println: () => undefined,
    opa_builtin0: called,
    opa_builtin1: called,
    opa_builtin2: called,
    opa_builtin3: called,
    opa_builtin4: called,
  };
}

function parseInto(exports: Exports, memory: WasmMemory, json: string): number {
  const bytes = Buffer.from(json, "utf8");
  const address = call(exports, "opa_malloc", bytes.length);
  new Uint8Array(memory.buffer).set(bytes, address);
  const value = call(exports, "opa_json_parse", address, bytes.length);
  if (value === 0) throw new Error("the module cannot read JSON");
  return value;
}

function reserve(memory: WasmMemory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
}

function call(exports: Exports, name: string, ...args: readonly number[]): number {
  const fn = exports[name];
  if (typeof fn !== "function") throw new Error(`the module has no function ${name}`);
  // WebAssembly numbers are signed; an address is not. A function without result gives undefined.
  return Number((fn as (...given: readonly number[]) => unknown)(...args) ?? 0) >>> 0;
}

/** The memory as it is now: growing it leaves views of it before empty. */
function viewOf(memory: WasmMemory): Buffer {
  const { buffer } = memory;
  const known = VIEWS.get(memory);
  if (known?.buffer === buffer) return known;
  const view = Buffer.from(buffer);
  VIEWS.set(memory, view);
  return view;
}

const VIEWS = new WeakMap<WasmMemory, Buffer>();

/** UTF-8 text that ends in NUL. A text without end stops at the end of memory and fails to parse. */
function textAt(memory: WasmMemory, address: number): string {
  const bytes = viewOf(memory);
  const end = bytes.indexOf(0, address);
  return bytes.toString("utf8", address, end < 0 ? bytes.length : end);
}
