import { LIMITS } from "../../core/index.ts";
import { startEngine, type Engine } from "./engine.ts";
import type { EngineStart, FromEngine } from "./worker/messages.ts";
import type { ModelFailure, ModelPiece, ModelQuestion } from "./types.ts";

/** One model that is loaded, or is being loaded: its process and who waits for it. */
export interface LoadedModel {
  /** Never past what may wait: then the failure says so. */
  readonly ask: (question: ModelQuestion, signal: AbortSignal) => AsyncGenerator<ModelPiece, void>;
  readonly isIdle: () => boolean;
  readonly end: () => Promise<void>;
}

export interface LoadedEvents {
  /** It can be asked no more; `isDeath` where nobody ended it. */
  readonly gone: (isDeath: boolean) => void;
  /** It answered: whatever was wrong with it before is over. */
  readonly answered: () => void;
  readonly idleMs: number;
}

interface Job {
  readonly id: number;
  readonly question: ModelQuestion;
  readonly push: (piece: ModelPiece) => void;
}

/** Starts a process for a model. Questions are answered one after the other, in the order they came. */
export function loadModel(start: EngineStart, events: LoadedEvents): LoadedModel {
  const jobs: Job[] = [];
  let running: Job | undefined;
  let numbers = 0;
  let isOver = false;
  let isEnding = false;
  let idle: NodeJS.Timeout | undefined;

  const engine: Engine = startEngine(start, { message: (message) => take(message), ended: (why) => over(why) });
  rest();

  function rest(): void {
    engine.hold(false);
    clearTimeout(idle);
    idle = setTimeout(() => void end(), events.idleMs).unref();
  }

  function next(): void {
    running = isOver ? undefined : jobs.shift();
    if (!running) return isOver ? undefined : rest();
    clearTimeout(idle);
    engine.hold(true);
    engine.post({ kind: "ask", id: running.id, question: running.question });
  }

  function take(message: FromEngine): void {
    if (message.kind === "ready") return;
    if (message.kind === "failed" && message.id === null) {
      over("its file or the library could not be loaded", message.why);
      return void engine.end();
    }
    const job = running;
    if (!job || message.id !== job.id) return;
    if (message.kind !== "end" && message.kind !== "failed") return job.push(message);
    if (message.kind === "failed")
      job.push({ kind: "failed", code: "PROVIDER_UNAVAILABLE", detail: "failed while answering", words: message.why });
    else {
      events.answered();
      job.push(message);
    }
    next();
  }

  /** What is in flight fails; a passing failure may be asked again, of a new process. */
  function over(why: string, words?: string): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(idle);
    const failure: ModelFailure = {
      kind: "failed",
      code: "PROVIDER_UNAVAILABLE",
      detail: `cannot go on: ${why}`,
      ...(words === undefined ? { isPassing: !isEnding } : { words }),
    };
    for (const job of [...(running ? [running] : []), ...jobs.splice(0)]) job.push(failure);
    running = undefined;
    events.gone(!isEnding);
  }

  async function end(): Promise<void> {
    isEnding = true;
    over("it was unloaded");
    await engine.end();
  }

  async function* ask(question: ModelQuestion, signal: AbortSignal): AsyncGenerator<ModelPiece, void> {
    if (jobs.length >= LIMITS.localModelWaiting) {
      yield tooMany();
      return;
    }
    const pieces: ModelPiece[] = [];
    let wake = (): void => undefined;
    const job: Job = {
      id: ++numbers,
      question,
      push: (piece) => {
        pieces.push(piece);
        wake();
      },
    };
    const stop = (): void => wake();
    signal.addEventListener("abort", stop);
    jobs.push(job);
    if (!running) next();
    try {
      while (!signal.aborted) {
        const piece = pieces.shift();
        if (piece) yield piece;
        if (piece?.kind === "end" || piece?.kind === "failed") return;
        if (!piece) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      signal.removeEventListener("abort", stop);
      leave(job);
    }
  }

  /** Whoever goes before the end takes the question along; the process says when it stopped answering it. */
  function leave(job: Job): void {
    const at = jobs.indexOf(job);
    if (at >= 0) jobs.splice(at, 1);
    else if (running === job) engine.post({ kind: "cancel", id: job.id });
  }

  return { ask, end, isIdle: () => !running && jobs.length === 0 };
}

function tooMany(): ModelFailure {
  return {
    kind: "failed",
    code: "PROVIDER_UNAVAILABLE",
    detail: `is asked by too many: ${LIMITS.localModelWaiting} questions wait already`,
    isPassing: true,
  };
}
