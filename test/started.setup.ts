/**
 * Ends what a test file started and did not end, whatever became of its tests: after the last of them, and where the
 * process that runs them is told to end or loses the one that started it. What a started process started itself goes
 * with it. What was killed before it could do so is found by `scripts/survivors.ts`.
 */
import { ChildProcess } from "node:child_process";
import { afterAll } from "vitest";
import { familyOf } from "../scripts/survivors.ts";

const started = new Set<ChildProcess>();
const prototype = ChildProcess.prototype as unknown as { spawn: (this: ChildProcess, options: unknown) => unknown };
const spawn = prototype.spawn;
prototype.spawn = function (options) {
  const done = spawn.call(this, options);
  if (this.pid !== undefined) {
    started.add(this);
    this.once("exit", () => started.delete(this));
  }
  return done;
};

function endAll(): void {
  const pids = [...started].flatMap(({ pid, exitCode, signalCode }) =>
    pid !== undefined && exitCode === null && signalCode === null ? [pid] : [],
  );
  for (const pid of familyOf(pids)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
  started.clear();
}

afterAll(endAll);
process.once("exit", endAll);
process.once("disconnect", () => process.exit(1));
