import { LIMITS, type Clock, type DiagnosticCode } from "../../core/index.ts";
import type { Audit } from "../audit/index.ts";

/** Refused proofs in the audit: each, as long as they are few; of a flood, its count once a minute, so that nobody fills the disk with bad tokens. */
export interface Refusals {
  readonly note: (actor: string, code: DiagnosticCode) => void;
  readonly close: () => void;
}

const MINUTE_MS = 60_000;

export function newRefusals(audit: Audit, clock: Clock): Refusals {
  let minute = 0;
  let noted = 0;
  let more = 0;
  const settle = (): void => {
    if (more > 0)
      audit.record({ kind: "auth.refused", owner: null, correlation: "auth", actor: "unknown", decision: "denied", facts: { more } });
    more = 0;
    noted = 0;
  };
  return {
    note: (actor, code) => {
      const now = Math.floor(clock.now().getTime() / MINUTE_MS);
      if (now !== minute) {
        settle();
        minute = now;
      }
      if (noted >= LIMITS.refusalsNoted) {
        more++;
        return;
      }
      noted++;
      // What is refused stays refused, whether or not it can be recorded.
      audit.record({ kind: "auth.refused", owner: null, correlation: "auth", actor, decision: "denied", code });
    },
    close: settle,
  };
}
