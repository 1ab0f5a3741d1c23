import fs from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { fail, InternalError, LIMITS, ok, type Diagnostic, type Result } from "../../core/index.ts";
import { newParts, sharedMemory, STATE, type SharedMemory } from "./shared-memory.ts";
import { broken, checkBundle, messageOf, policyOf, refusalOf, type CheckedBundle, type ModuleTables } from "./load.ts";
import { ENTRIES, type Entry, type Policy, type PolicyLock } from "./types.ts";
import type { WorkerStart } from "./worker.ts";

/**
 * The same as `loadPolicy` for policies that somebody else wrote: they are evaluated in a thread of their
 * own, which is ended when a question takes longer than `LIMITS.policyEvaluationMs` and started again for
 * the next. After `LIMITS.policyStops` of these the bundle is asked no more. Whatever is stopped denies.
 *
 * The caller waits for each answer, as it would without the thread; `close` ends the thread, and so does
 * the end of the process.
 */
export function isolatedPolicy(bytes: Uint8Array, lock: PolicyLock, evaluationMs: number = LIMITS.policyEvaluationMs): Result<Policy> {
  const checked = checkBundle(bytes, lock);
  if (!checked.ok) return checked;
  const thread = newThread(bytes, checked.value, lock, evaluationMs);
  const wrong = thread.start();
  if (wrong) {
    thread.close();
    return fail(wrong);
  }
  return ok({ ...policyOf(thread.ask, lock), close: thread.close });
}

interface Thread {
  /** @returns why it is not what the lock describes. */
  readonly start: () => Diagnostic | undefined;
  readonly ask: (entry: Entry, text: string) => string;
  readonly close: () => void;
}

interface Running {
  readonly worker: Worker;
  readonly shared: SharedMemory;
}

/** A character of a question takes at most three bytes; answers have the same room. */
const MOST_BYTES = 3 * LIMITS.policyInputChars;

function newThread(bytes: Uint8Array, { memoryPages, data }: CheckedBundle, lock: PolicyLock, evaluationMs: number): Thread {
  let running: Running | null = null;
  let stops = 0;
  let isClosed = false;
  const stop = (why: string): never => {
    end(running);
    running = null;
    stops++;
    throw new Error(why);
  };
  const started = (): Running => {
    if (isClosed) throw new Error("they were closed");
    if (stops >= LIMITS.policyStops) throw new Error(`they were stopped ${stops} times (limits.policyStops) and are asked no more`);
    if (running) return running;
    const parts = newParts(MOST_BYTES);
    const start: WorkerStart = { bytes, memoryPages, world: { data, builtins: lock.builtins }, parts };
    running = { worker: newWorker(start), shared: sharedMemory(parts) };
    if (!running.shared.waitWhile(STATE.starting, LIMITS.policyStartMs)) stop("they did not start in time (limits.policyStartMs)");
    if (running.shared.state() === STATE.failed) stop(`they cannot be started: ${running.shared.text()}`);
    return running;
  };
  return {
    start: () => {
      try {
        return refusalOf(JSON.parse(started().shared.text()) as ModuleTables, lock);
      } catch (error) {
        return broken(`The bundle cannot be used: ${messageOf(error)}.`);
      }
    },
    ask: (entry, text) => {
      const { shared } = started();
      shared.put(STATE.asked, ENTRIES.indexOf(entry), text);
      if (!shared.waitWhile(STATE.asked, evaluationMs)) stop(`a question took longer than ${evaluationMs} ms (limits.policyEvaluationMs)`);
      const answer = shared.text();
      if (shared.state() === STATE.failed) throw new Error(answer);
      return answer;
    },
    close: () => {
      isClosed = true;
      end(running);
      running = null;
    },
  };
}

function newWorker(start: WorkerStart): Worker {
  const worker = new Worker(workerFile(), {
    workerData: start,
    env: {},
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  });
  // What it ends with is seen by its silence, which denies; an event without a listener would end the process.
  worker.on("error", () => undefined);
  worker.unref();
  return worker;
}

function end(running: Running | null): void {
  // Nobody waits for it: a thread that is ended runs nothing more.
  void running?.worker.terminate();
}

/** Beside this file, or, where the command line is joined into few files, above it. */
function workerFile(): string {
  const own = path.join(import.meta.dirname, `worker${path.extname(import.meta.filename)}`);
  if (fs.existsSync(own)) return own;
  for (let at = import.meta.dirname, parent = path.dirname(at); at !== parent; at = parent, parent = path.dirname(at)) {
    const file = path.join(at, "policy-worker.js");
    if (fs.existsSync(file)) return file;
  }
  throw new InternalError("the file of the thread that evaluates policies is not installed");
}
