import fs from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { InternalError } from "../../core/index.ts";
import { readMessage, type FromThread, type ThreadStart, type ToThread } from "./thread/messages.ts";

/** The way to the thread or process of one plugin. Once it has ended nothing comes any more. */
export interface Link {
  readonly post: (message: ToThread) => void;
  /** Ends it, whatever it is doing; resolves when it is gone. */
  readonly end: () => Promise<void>;
}

export interface LinkEvents {
  readonly message: (message: FromThread) => void;
  /** It ended; called once, also after {@link Link.end}. */
  readonly ended: (why: string) => void;
}

export function startThread(start: ThreadStart, events: LinkEvents): Link {
  const worker = new Worker(threadFile(), {
    workerData: start,
    argv: [],
    env: {},
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    trackUnmanagedFds: true,
    // What engines and messages take beside the plugin's own memory.
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });
  let why = "it ended";
  worker.stdout.resume();
  worker.stderr.resume();
  worker.on("message", (value: unknown) => {
    const message = readMessage(value);
    if (message) return events.message(message);
    why = "it sent what is no message";
    void worker.terminate();
  });
  worker.on("error", (error: Error & { readonly code?: string }) => {
    why = error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "it ran out of memory" : "it died of an error";
  });
  worker.once("exit", () => events.ended(why));
  worker.unref();
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    post: (message) => worker.postMessage(message),
    end: async () => void (await worker.terminate()),
  };
}

/** Beside this file, or, where the command line is joined into few files, above it. */
export function threadFile(): string {
  const own = path.join(import.meta.dirname, "thread", `main${path.extname(import.meta.filename)}`);
  if (fs.existsSync(own)) return own;
  for (let at = import.meta.dirname, parent = path.dirname(at); at !== parent; at = parent, parent = path.dirname(at)) {
    const file = path.join(at, "plugin-thread.js");
    if (fs.existsSync(file)) return file;
  }
  throw new InternalError("the file of the thread that runs plugins is not installed");
}
