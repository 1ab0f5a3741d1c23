import { LIMITS, type DiagnosticCode, type Ids, type JsonObject, type Owner } from "../../../core/index.ts";
import type { AuditLog } from "../../audit/index.ts";

export interface Refusal {
  readonly code: DiagnosticCode;
  readonly actor: string;
  readonly facts: JsonObject;
  readonly agent?: string;
}

/** Records what one channel refused. */
export interface Refusals {
  readonly note: (refusal: Refusal) => void;
  /** Records how many were only counted so far. */
  readonly flush: () => void;
}

const MINUTE_MS = 60_000;

/**
 * A flood of refused messages must not become a flood of durable records: past so many in a minute the rest
 * is counted, and the number recorded when the minute is over.
 */
export function newRefusals(
  audit: () => Pick<AuditLog, "record">,
  ids: Ids,
  { owner, channel }: { readonly owner: Owner; readonly channel: string },
  now: () => number,
): Refusals {
  let since = now();
  let noted = 0;
  let counted = 0;
  let last: DiagnosticCode = "SENDER_NOT_ALLOWED";
  const flush = (): void => {
    if (counted > 0)
      audit().record({
        kind: "message.refused",
        owner,
        correlation: ids.next(),
        actor: "runtime",
        channel,
        decision: "denied",
        code: last,
        facts: { more: counted },
      });
    counted = 0;
    noted = 0;
    since = now();
  };
  return {
    flush,
    note: ({ code, actor, facts, agent }) => {
      if (now() - since >= MINUTE_MS) flush();
      last = code;
      if (noted >= LIMITS.channelRefusalsPerMinute) {
        counted++;
        return;
      }
      noted++;
      audit().record({
        kind: "message.refused",
        owner,
        correlation: ids.next(),
        actor,
        channel,
        decision: "denied",
        code,
        ...(agent === undefined ? {} : { agent }),
        facts,
      });
    },
  };
}
