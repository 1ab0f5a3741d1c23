/**
 * The thread of one plugin. It has no environment and talks to nobody but the gateway. Only what runs
 * inside of the engines is the plugin's; all of this is ours.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { Engine, Send, ThreadStart, ToThread } from "./messages.ts";

async function engineOf(start: ThreadStart, send: Send): Promise<Engine> {
  const { jsEngine } = await import("./js.ts");
  return jsEngine(start, send);
}

const port = parentPort;
if (port) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  const send: Send = (message) => port.postMessage(message);
  const engine = await engineOf(workerData as ThreadStart, send);
  port.on("message", (message: ToThread) => {
    if (message.type === "call") engine.call(message);
    else if (message.type === "answer") engine.answer(message);
    else engine.cancel(message.call);
  });
  send({ type: "ready" });
}
