/**
 * runtime/children: what our own processes and threads have in common: messages over a pipe, and where the
 * file lies that is started.
 */
export { frameOf, frameReader } from "./frames.ts";
export { programFile } from "./program-file.ts";
