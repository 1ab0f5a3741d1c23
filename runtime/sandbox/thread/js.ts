import fs from "node:fs";
import { fileURLToPath } from "node:url";
import variant from "@jitl/quickjs-wasmfile-release-sync";
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSSyncVariant } from "quickjs-emscripten-core";
import { compileModule, newMemory } from "../../../trust/wasm/index.ts";
import { newInstance, type Instance } from "./instance.ts";
import type { Engine, Send, ThreadStart } from "./messages.ts";

/** Its types describe the CommonJS form of the package; what is imported is the other one. */
const VARIANT = variant as unknown as QuickJSSyncVariant;
/** What QuickJS as it was built asks for at least, in pages of 64 KiB. */
const LEAST_PAGES = 256;

/**
 * JavaScript plugins: QuickJS, itself compiled to WebAssembly. Each call gets an instance of its own in a
 * memory of its own, thrown away with the call: no call sees what another one left behind, whichever agent
 * or conversation it was for. The bound of the memory is the engine's (WebAssembly.Memory), because the
 * one that QuickJS counts does not hold in this build.
 */
export function jsEngine({ code, context, memoryPages }: ThreadStart, send: Send): Engine {
  const compiled = compileModule(fs.readFileSync(fileURLToPath(import.meta.resolve("@jitl/quickjs-wasmfile-release-sync/wasm"))));
  const source = new TextDecoder("utf-8", { fatal: true }).decode(code);
  const running = new Map<number, Instance>();
  const newModule = (): ReturnType<typeof newQuickJSWASMModuleFromVariant> => {
    const wasmMemory = newMemory(LEAST_PAGES, Math.max(LEAST_PAGES, memoryPages));
    return newQuickJSWASMModuleFromVariant(newVariant(VARIANT, { wasmModule: compiled as never, wasmMemory: wasmMemory as never }));
  };
  return {
    call: (order) => {
      const instance = newInstance({ newModule, source, context, order, send, ended: () => running.delete(order.call) });
      running.set(order.call, instance);
      void instance.start();
    },
    answer: ({ call, request, ok, text }) => running.get(call)?.answer(request, ok, text),
    cancel: (call) => {
      running.get(call)?.end();
      running.delete(call);
    },
  };
}
