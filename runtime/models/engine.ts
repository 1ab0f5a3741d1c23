import { spawn } from "node:child_process";
import path from "node:path";
import { LIMITS } from "../../core/index.ts";
import { frameOf, frameReader, programFile } from "../children/index.ts";
import { readFromEngine, type EngineStart, type FromEngine, type ToEngine } from "./worker/messages.ts";

/** The process of one model. */
export interface Engine {
  readonly post: (message: ToEngine) => void;
  /** Whether it keeps this process alive: while it is asked, and not while it only waits. */
  readonly hold: (isHeld: boolean) => void;
  /** Ends it, whatever it is doing; resolves when it is gone. */
  readonly end: () => Promise<void>;
}

export interface EngineEvents {
  readonly message: (message: FromEngine) => void;
  /** It ended; called once, also after {@link Engine.end}. */
  readonly ended: (why: string) => void;
}

/**
 * Node's own permissions. Native code is not bound by them, so they keep what JavaScript of the library could do: it
 * writes nothing and reaches no network. It tries the native part in a process of its own first, and looks for it.
 */
const RIGHTS = ["--permission", "--allow-addons", "--allow-child-process", "--allow-fs-read=*", "--no-warnings"];

export function startEngine(start: EngineStart, events: EngineEvents): Engine {
  const program = programFile(path.join(import.meta.dirname, "worker", "main"), "model-process.js", import.meta.filename);
  const child = spawn(process.execPath, [...RIGHTS, program], { cwd: "/", env: {}, stdio: ["pipe", "pipe", "ignore"] });
  let why = "its process ended";
  const read = frameReader(LIMITS.localModelMessageBytes, (value) => {
    const message = readFromEngine(value);
    if (!message) throw new Error("not a message");
    events.message(message);
  });
  child.stdin.on("error", () => undefined);
  child.stdout.on("data", (chunk: Buffer) => {
    if (read(chunk)) return;
    why = "its process sent what is no message";
    child.kill("SIGKILL");
  });
  child.on("error", () => (why = "its process could not be started"));
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  void gone.then(() => events.ended(child.signalCode === null || why !== "its process ended" ? why : `${why} by ${child.signalCode}`));
  const post = (message: ToEngine): void => void child.stdin.write(frameOf(message));
  post({ kind: "start", ...start });
  const hold = (isHeld: boolean): void => {
    for (const each of [child, child.stdin, child.stdout] as readonly { ref?: () => void; unref?: () => void }[]) {
      if (isHeld) each.ref?.();
      else each.unref?.();
    }
  };
  return {
    post,
    hold,
    end: async () => {
      hold(true);
      child.kill("SIGKILL");
      await gone;
    },
  };
}
