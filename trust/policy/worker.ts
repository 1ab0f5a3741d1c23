/**
 * The thread that evaluates the policies of a Project. It has no environment and talks to nobody but the
 * thread that started it, through shared memory; that one ends it when an answer takes too long.
 */
import { workerData } from "node:worker_threads";
import { sharedMemory, STATE, type SharedParts } from "./shared-memory.ts";
import { instantiate, type Evaluator, type PolicyWorld } from "./evaluator.ts";
import { ENTRIES } from "./types.ts";
import { compileModule } from "../wasm/index.ts";

/** What the thread is started with. */
export interface WorkerStart {
  readonly bytes: Uint8Array;
  readonly memoryPages: number;
  readonly world: PolicyWorld;
  readonly parts: SharedParts;
}

function serve({ bytes, memoryPages, world, parts }: WorkerStart): never {
  const shared = sharedMemory(parts);
  let evaluator: Evaluator | null = null;
  const answer = (work: (make: () => Evaluator) => string): void => {
    try {
      shared.put(
        STATE.answered,
        0,
        work(() => (evaluator ??= instantiate(module(), memoryPages, world))),
      );
    } catch (error) {
      // A trap may leave the instance half-way: the next question gets a fresh one.
      evaluator = null;
      shared.put(STATE.failed, 0, error instanceof Error ? error.message : String(error));
    }
  };
  let compiled: ReturnType<typeof compileModule> | undefined;
  const module = (): ReturnType<typeof compileModule> => (compiled ??= compileModule(bytes));
  answer((make) => {
    const { entrypoints, builtins } = make();
    return JSON.stringify({ entrypoints: [...entrypoints.keys()], builtins });
  });
  for (;;) {
    for (const state of [STATE.answered, STATE.failed]) shared.waitWhile(state, Number.POSITIVE_INFINITY);
    if (shared.state() !== STATE.asked) continue;
    const entry = ENTRIES[shared.entry()];
    const question = shared.text();
    answer((make) => {
      const current = make();
      return current.evaluate(current.entrypoints.get(`moltbot/${entry}`) ?? -1, question);
    });
  }
}

serve(workerData as WorkerStart);
