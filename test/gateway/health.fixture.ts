/** A thread of its own that asks a gateway for its health again and again: what the flooding thread is busy with does not count. */
import http from "node:http";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

export interface Watch {
  /** The longest time of an answer so far, in milliseconds; fails where one did not come. */
  readonly longest: () => Promise<number>;
  readonly end: () => Promise<unknown>;
}

/** @returns once the first answer came. */
export async function watchHealth(port: number): Promise<Watch> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { healthOf: port } });
  const told = (): Promise<number> =>
    new Promise((resolve, reject) => {
      worker.once("error", reject);
      worker.once("message", (said: number | string) => (typeof said === "number" ? resolve(said) : reject(new Error(said))));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage("tell");
    });
  await told();
  return { longest: told, end: () => worker.terminate() };
}

function health(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const request = http.get({ host: "127.0.0.1", port, path: "/livez", agent: false, timeout: 5_000 }, (answer) => {
      answer
        .resume()
        .on("end", () => (answer.statusCode === 200 ? resolve(performance.now() - from) : reject(new Error(`${answer.statusCode}`))));
    });
    request.on("timeout", () => request.destroy(new Error("no answer"))).on("error", reject);
  });
}

async function watch(port: number): Promise<void> {
  let longest = 0;
  let failed: string | undefined;
  let asked = 0;
  parentPort?.on("message", () => asked++);
  for (;;) {
    const due = asked;
    await health(port).then(
      (ms) => (longest = Math.max(longest, ms)),
      (error: unknown) => (failed ??= String(error)),
    );
    // What is told holds for a request that began after the question.
    if (due > 0) {
      asked -= due;
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      parentPort?.postMessage(failed ?? longest);
      longest = 0;
      failed = undefined;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const { healthOf } = (workerData ?? {}) as { readonly healthOf?: number };
if (!isMainThread && healthOf !== undefined) void watch(healthOf);
