import os from "node:os";
import { LIMITS, ok, type Actor, type Clock, type Ids, type Instant, type Result, type Secret } from "../../core/index.ts";
import { lockForApply, rotatedAt, rotateKeys } from "../store/index.ts";
import type { Part } from "./types.ts";

export interface RotationWorld {
  readonly dir: string;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly storeKey?: Secret<string> | undefined;
  /** How old the keys may become; null: they are rotated by hand alone. */
  readonly everyMs: number | null;
  /** When the store was made: until they are rotated, its keys are as old as it is. */
  readonly madeAt: () => Instant | null;
  readonly rotated: (sealed: number) => void;
  readonly failed: (reason: string) => void;
}

const LOCK_WAIT_MS = 10_000;

/** Rotates the keys that conversations are encrypted with when they have become too old, beside whatever is going on. */
export function rotationPart(world: RotationWorld): Part {
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  const look = async (everyMs: number): Promise<void> => {
    const done = await rotateIfDue(world, everyMs);
    if (!done.ok) world.failed(done.diagnostics.map(({ detail }) => detail).join(" "));
    else if (done.value !== null) world.rotated(done.value);
  };
  return {
    name: "key rotation",
    start: async () => {
      const { everyMs } = world;
      if (everyMs === null) return ok(undefined);
      timer = setInterval(
        () => {
          working = look(everyMs);
        },
        Math.min(LIMITS.rotationLookMs, everyMs),
      );
      timer.unref();
      return ok(undefined);
    },
    stop: async () => {
      clearInterval(timer);
      await working;
    },
  };
}

/** @returns how many records were sealed anew; null where the keys are young enough. */
export async function rotateIfDue(world: RotationWorld, everyMs: number): Promise<Result<number | null>> {
  const { dir, actor, clock, storeKey } = world;
  const ports = { clock, randomHex: () => world.ids.next() };
  const last = rotatedAt(dir, ports);
  if (!last.ok) return last;
  const since = last.value ?? world.madeAt();
  if (since !== null && clock.now().getTime() - Date.parse(since) < everyMs) return ok(null);
  const holder = { host: os.hostname(), pid: process.pid, actor, since: clock.now().toISOString() };
  const lock = await lockForApply(dir, holder, { timeoutMs: LOCK_WAIT_MS });
  // Somebody is applying: the next look will do.
  if (!lock.ok) return ok(null);
  try {
    const rotated = await rotateKeys(dir, { actor, because: "the keys became too old", unlocked: storeKey }, ports);
    return rotated.ok ? ok(rotated.value.sealed) : rotated;
  } finally {
    lock.value.release();
  }
}
