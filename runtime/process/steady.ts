import { LIMITS, type Clock, type Instant } from "../../core/index.ts";

/**
 * Whether the clock is believed when something would go because it is old. A clock that jumped far ahead makes
 * everything old at once; deleting waits until it has stood for {@link LIMITS.clockSettlesMs}, in which somebody
 * or NTP may set it right. What expires (grants, approvals, tokens) is not asked about: there a wrong clock
 * only takes away.
 */
export interface Steadiness {
  /** The newest instant that was recorded before this process began; null where nothing was. */
  readonly began: (known: Instant | null) => void;
  readonly mayForget: () => boolean;
}

/** @param tell - Called when the clock is found to have jumped, with how many hours. */
export function newSteadiness(clock: Clock, tell: (hours: number) => void, now: () => number = () => performance.now()): Steadiness {
  let [wall, steady] = [clock.now().getTime(), now()];
  let doubtedUntil = Number.NEGATIVE_INFINITY;
  const doubt = (aheadMs: number): void => {
    doubtedUntil = now() + LIMITS.clockSettlesMs;
    tell(Math.round(aheadMs / 3_600_000));
  };
  const look = (): void => {
    const [nextWall, nextSteady] = [clock.now().getTime(), now()];
    const aheadMs = nextWall - wall - (nextSteady - steady);
    [wall, steady] = [nextWall, nextSteady];
    if (aheadMs > LIMITS.clockJumpMs) doubt(aheadMs);
  };
  return {
    began: (known) => {
      const aheadMs = known === null ? 0 : wall - Date.parse(known);
      // A gateway that did not run for long looks the same: it waits, too, and loses nothing.
      if (aheadMs > LIMITS.clockAwayMs) doubt(aheadMs);
    },
    mayForget: () => {
      look();
      return now() >= doubtedUntil;
    },
  };
}
