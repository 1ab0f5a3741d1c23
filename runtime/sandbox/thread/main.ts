/**
 * The thread of one plugin. It has no environment and talks to nobody but the gateway. Only what runs
 * inside of the engines is the plugin's; all of this is ours.
 */
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from "node:worker_threads";
import { newArgumentCheck } from "./arguments.ts";
import type { Engine, Send, ThreadStart, ToThread } from "./messages.ts";

/** How long this thread sleeps between two looks for an answer that it waits for. */
const LOOK_MS = 1;

/** Blocks this thread until the answer is there; the gateway ends the thread when its time is over. */
function waitFor(port: MessagePort, call: number, request: number): Extract<ToThread, { readonly type: "answer" }> {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    const received = receiveMessageOnPort(port)?.message as ToThread | undefined;
    if (received?.type === "answer" && received.call === call && received.request === request) return received;
    if (received?.type === "cancel" && received.call === call) throw new Error("the call was stopped");
    if (!received) Atomics.wait(clock, 0, 0, LOOK_MS);
  }
}

async function engineOf(start: ThreadStart, port: MessagePort, send: Send): Promise<Engine> {
  if (start.runtime === "wasm") {
    const { wasmEngine } = await import("./wasm.ts");
    return wasmEngine(start, send, (call, request) => waitFor(port, call, request));
  }
  const { jsEngine } = await import("./js.ts");
  return jsEngine(start, send);
}

const port = parentPort;
if (port) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  const send: Send = (message) => port.postMessage(message);
  const start = workerData as ThreadStart;
  const check = newArgumentCheck(start.inputs);
  const engine = await engineOf(start, port, send);
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
