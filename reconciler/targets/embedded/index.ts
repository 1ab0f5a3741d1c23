/** targets/embedded: our own runtime on this machine, reached through its store. */
export { embeddedTarget, type EmbeddedOptions } from "./target.ts";
