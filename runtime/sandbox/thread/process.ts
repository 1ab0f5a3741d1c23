/**
 * The process of one plugin with `isolation: process`: it starts the plugin's thread and hands messages to and
 * fro. It has no environment, may read what moltbot is made of and nothing else, and ends with its input.
 */
import { Worker } from "node:worker_threads";
import { frameOf, frameReader } from "../../children/index.ts";
import type { ThreadStart } from "./messages.ts";

/** An archive's largest entry, in base64, and room for the rest. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface ProcessStart extends Omit<ThreadStart, "code"> {
  /** base64 */
  readonly code: string;
  /** The file of the thread. */
  readonly thread: string;
}

let worker: Worker | undefined;
const read = frameReader(MOST_BYTES, (value) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  if (worker) return worker.postMessage(value);
  const { thread, code, ...start } = value as ProcessStart;
  worker = new Worker(thread, {
    workerData: { ...start, code: new Uint8Array(Buffer.from(code, "base64")) },
    argv: [],
    env: {},
    execArgv: [],
  });
  worker.on("message", (message: unknown) => process.stdout.write(frameOf(message)));
  worker.on("error", () => process.exit(1));
  worker.on("exit", () => process.exit(1));
});
process.stdin.on("data", (chunk: Buffer) => void (read(chunk) || process.exit(1)));
process.stdin.on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));
