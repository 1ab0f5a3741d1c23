/**
 * The few pieces of the WebAssembly API that we use, typed here: the compiler's own types
 * for them come only together with those of a browser.
 */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** A compiled module; opaque. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

interface WasmImport {
  readonly module: string;
  readonly name: string;
  readonly kind: string;
}

interface Api {
  readonly Module: { new (bytes: Uint8Array): WasmModule; imports(module: WasmModule): readonly WasmImport[] };
  readonly Instance: new (module: WasmModule, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Memory: new (limits: { readonly initial: number; readonly maximum: number }) => WasmMemory;
  readonly Global: new () => { readonly value: unknown };
}

const api = (globalThis as unknown as { readonly WebAssembly: Api }).WebAssembly;

/** @throws the engine's CompileError. */
export function compileModule(bytes: Uint8Array): WasmModule {
  return new api.Module(bytes);
}

/** What a module asks for. */
export function importsOf(module: WasmModule): readonly WasmImport[] {
  return api.Module.imports(module);
}

/** @throws the engine's LinkError, or whatever the module's first instructions throw. */
export function instantiateModule(module: WasmModule, imports: object): Readonly<Record<string, unknown>> {
  return new api.Instance(module, imports).exports;
}

export function newMemory(initial: number, maximum: number): WasmMemory {
  return new api.Memory({ initial, maximum });
}

/** The number in an exported global; -1 when it is none. */
export function valueOfGlobal(exported: unknown): number {
  return exported instanceof api.Global ? Number(exported.value) : -1;
}
