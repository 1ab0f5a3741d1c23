import { shown, type Diagnostic, type JsonObject, type Result } from "../../core/index.ts";
import type { AuditRecord, SecurityEvent } from "../audit/index.ts";
import type { LiveOwner } from "../live/index.ts";
import type { Run } from "../run/index.ts";
import type { AskedQuestion, CanonicalCall, GateWorld } from "./types.ts";

/** What of a call is known when something is recorded about it. */
export interface Known {
  readonly run: Run;
  readonly tool: string | null;
  readonly call?: CanonicalCall;
  readonly owner?: LiveOwner;
  readonly rules?: readonly string[];
  readonly question?: (() => AskedQuestion) | null;
}

type Event = Pick<SecurityEvent, "kind" | "decision"> & { readonly code?: Diagnostic["code"]; readonly facts?: JsonObject };

/** One record of the audit about a call: names, digests and codes, no content. */
export function receipt({ audit, asked }: Pick<GateWorld, "audit" | "asked">, known: Known, event: Event): Result<AuditRecord> {
  const { run, call, owner, rules = [] } = known;
  const question = known.question?.();
  const recorded = audit.record({
    kind: event.kind,
    owner: run.owner,
    correlation: run.id,
    actor: run.principal?.id ?? "runtime",
    agent: run.agent,
    session: run.session,
    ...(run.channel ? { channel: run.channel.name } : {}),
    ...aboutCall(known),
    decision: event.decision,
    ...(event.code ? { code: event.code } : {}),
    ...(rules.length > 0 ? { rules } : {}),
    ...(owner ? { policy: owner.policy.digest } : {}),
    ...(question ? { question: question.digest } : {}),
    facts: { ...(call ? { call: call.digest } : {}), ...event.facts },
  });
  if (recorded.ok && question && DECISIONS.has(event.kind)) asked?.(question);
  return recorded;
}

/** What came of a call was asked about when it began. */
const DECISIONS: ReadonlySet<SecurityEvent["kind"]> = new Set(["tool.called", "tool.denied"]);

function aboutCall({ call, tool }: Known): Pick<SecurityEvent, "tool" | "action" | "resource"> {
  if (call) return { tool: call.tool, action: call.action, ...(call.resource === null ? {} : { resource: call.resource }) };
  // A name that came with something that is no capability is somebody's text.
  return tool === null ? {} : { tool: shown(tool).slice(1, -1) };
}
