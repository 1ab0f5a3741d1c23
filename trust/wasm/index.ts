/** trust/wasm: WebAssembly modules as bytes, and the few pieces of the engine's API that are used. Imports nothing of ours. */
export { headOf, leb128, readerOf, SECTION, sectionsOf, type MemoryLimits, type Reader, type Section } from "./bytes.ts";
export { compileModule, importsOf, instantiateModule, newMemory, valueOfGlobal, type WasmMemory, type WasmModule } from "./webassembly.ts";
