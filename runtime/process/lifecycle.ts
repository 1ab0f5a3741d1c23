import { fail, LIMITS, ok, problem, shown, type Diagnostic, type Result } from "../../core/index.ts";
import type { Part, Stopped } from "./types.ts";

/** Parts that run. */
export interface Running {
  /** Stops every part, last first, within {@link LIMITS.stopMs} in all. The second call waits for the first. */
  readonly stop: () => Promise<Stopped>;
}

/**
 * Starts parts one after the other. When one fails, or `signal` is raised, those before it are stopped
 * again and nothing stays behind.
 */
export async function startParts(parts: readonly Part[], signal: AbortSignal, stopMs: number = LIMITS.stopMs): Promise<Result<Running>> {
  const begun: Part[] = [];
  const stop = (): Promise<Stopped> => stopParts(begun.toReversed(), stopMs);
  const remarks: Diagnostic[] = [];
  for (const part of parts) {
    begun.push(part);
    const started = signal.aborted ? fail(interrupted()) : await startOne(part, signal);
    if (!started.ok) {
      await stop();
      return started;
    }
    remarks.push(...started.warnings);
  }
  let stopping: Promise<Stopped> | undefined;
  return ok({ stop: () => (stopping ??= stop()) }, remarks);
}

async function startOne(part: Part, signal: AbortSignal): Promise<Result<void>> {
  try {
    return await part.start(signal);
  } catch (error) {
    return fail(
      problem("RUNTIME_FAILED", {
        detail: `The ${part.name} of the gateway did not start: ${shown(messageOf(error))}.`,
        context: { part: part.name },
      }),
    );
  }
}

async function stopParts(parts: readonly Part[], stopMs: number): Promise<Stopped> {
  const startedAt = performance.now();
  const late: string[] = [];
  for (const part of parts) {
    const leftMs = Math.max(0, stopMs - (performance.now() - startedAt));
    if (!(await endsWithin(part, leftMs))) late.push(part.name);
  }
  return { late, ms: Math.round(performance.now() - startedAt) };
}

/** A part that throws while it stops has stopped. */
async function endsWithin(part: Part, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([
      part.stop().then(
        () => true,
        () => true,
      ),
      timeout,
    ]);
  } finally {
    clearTimeout(timer);
  }
}

function interrupted(): Diagnostic {
  return problem("GATEWAY_STOPPED_EARLY", { detail: "The gateway was told to stop before it was ready." });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
