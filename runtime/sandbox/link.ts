import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { LIMITS } from "../../core/index.ts";
import { frameOf, frameReader, programFile } from "../children/index.ts";
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
  const worker = new Worker(threadFile("main", "plugin-thread.js"), {
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
    end: async () => {
      // Whoever waits for the end keeps the process until then.
      worker.ref();
      await worker.terminate();
    },
  };
}

/** The same, in a process of its own that may read our own files and has no other right of Node. */
export function startProcess(start: ThreadStart, events: LinkEvents): Link {
  const file = threadFile("process", "plugin-process.js");
  const thread = threadFile("main", "plugin-thread.js");
  const child = spawn(process.execPath, [...permissions(thread), file], { cwd: "/", env: {}, stdio: ["pipe", "pipe", "ignore"] });
  let why = "it ended";
  const read = frameReader(MOST_FRAME_BYTES, (value) => {
    const message = readMessage(value);
    if (message) return events.message(message);
    throw new Error("not a message");
  });
  child.stdin.on("error", () => undefined);
  child.stdout.on("data", (chunk: Buffer) => {
    if (read(chunk)) return;
    why = "it sent what is no message";
    child.kill("SIGKILL");
  });
  child.on("error", () => (why = "it could not be started"));
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  void gone.then(() => events.ended(why));
  const { code, ...rest } = start;
  child.stdin.write(frameOf({ ...rest, thread, code: Buffer.from(code).toString("base64") }));
  child.unref();
  return {
    post: (message) => void child.stdin.write(frameOf(message)),
    end: async () => {
      child.ref();
      child.kill("SIGKILL");
      await gone;
    },
  };
}

/** A text of the border in JSON once more, each character escaped, and what stands around it. */
const MOST_FRAME_BYTES = LIMITS.pluginMessageChars * 6 + 4096;

/** Node's own permissions: reading where our code and the engine lie, and a thread. No network, no processes, no writing. */
function permissions(thread: string): readonly string[] {
  const engines = ["quickjs-emscripten-core", "@jitl/quickjs-wasmfile-release-sync", "@jitl/quickjs-ffi-types", "@cfworker/json-schema"];
  const places = engines.flatMap((name) => packageFolder(name));
  // Joined into few files, or as sources: runtime/sandbox/thread/ in a tree.
  const ours = path.resolve(path.dirname(thread), path.basename(thread).startsWith("plugin-") ? "." : "../../..");
  return ["--permission", "--allow-worker", ...[ours, ...places].map((place) => `--allow-fs-read=${place}`), "--no-warnings"];
}

/** Where a package lies, as it is named and as it really is. */
function packageFolder(name: string): readonly string[] {
  try {
    const file = fileURLToPath(import.meta.resolve(name));
    const end = file.lastIndexOf(path.join("node_modules", name)) + path.join("node_modules", name).length;
    const folder = file.slice(0, end);
    return [folder, fs.realpathSync(folder)];
  } catch {
    return [];
  }
}

function threadFile(name: string, bundled: string): string {
  return programFile(path.join(import.meta.dirname, "thread", name), bundled, import.meta.filename);
}
