/**
 * The thread of one plugin. It has no environment and talks to nobody but the gateway. Only what runs
 * inside of the engines is the plugin's; all of this is ours.
 */
import { parentPort, workerData } from "node:worker_threads";
import { newArgumentCheck } from "./arguments.ts";
import type { Engine, Send, ThreadStart, ToThread } from "./messages.ts";

async function engineOf(start: ThreadStart, send: Send): Promise<Engine> {
  const { jsEngine } = await import("./js.ts");
  return jsEngine(start, send);
}

const port = parentPort;
if (port) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  const send: Send = (message) => port.postMessage(message);
  const start = workerData as ThreadStart;
  const check = newArgumentCheck(start.inputs);
  const engine = await engineOf(start, send);
  port.on("message", (message: ToThread) => {
    if (message.type === "call") {
      const why = check(message.tool, message.args);
      if (why === undefined) engine.call(message);
      else send({ type: "failed", call: message.call, code: "PLUGIN_ARGUMENTS", text: why });
    }
    if (message.type === "answer") engine.answer(message);
    if (message.type === "cancel") engine.cancel(message.call);
  });
  send({ type: "ready" });
}
