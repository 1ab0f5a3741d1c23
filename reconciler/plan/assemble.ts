import { digestJson, digestPair, type Address, type Digest, type Instant, type Json, type JsonObject } from "../../core/index.ts";
import type { Differences } from "../diff/diff.ts";
import type { Change, Decision, Evidence, GainedAtom, Plan, PlanBody, PlanWarning, Summary, Violation } from "./types.ts";

/** What policy made of the desired state; empty where no policy is in force. */
export interface Judgement {
  readonly added: readonly GainedAtom[];
  readonly removed: readonly GainedAtom[];
  readonly findings: readonly Json[];
  readonly decisions: readonly Decision[];
  readonly violations: readonly Violation[];
  /** The earliest declared instant at which an answer flips. */
  readonly validUntil: Instant | null;
}

export interface PlanParts {
  readonly engine: string;
  readonly project: string;
  readonly environment: string;
  readonly inputs: PlanBody["inputs"];
  readonly target: PlanBody["target"];
  readonly differences: Differences;
  readonly judgement: Judgement;
  /** What a resource lacks to run, by address. */
  readonly inert: ReadonlyMap<Address, readonly string[]>;
  readonly warnings: readonly PlanWarning[];
  /** When another warning opens; null when none does. */
  readonly opensAt: Instant | null;
  readonly evidence: Evidence;
}

/** Everything decided, as one sorted, digested value. Pure: the same parts give the same bytes. */
export function assemblePlan(parts: PlanParts): Plan {
  const { engine, project, environment, inputs, target, differences, judgement } = parts;
  const body: PlanBody = {
    engine,
    project,
    environment,
    inputs,
    target,
    summary: summaryOf(parts),
    changes: differences.changes.map((change) => withInert(change, parts.inert)),
    drift: differences.drift,
    holds: differences.holds,
    capabilities: { added: judgement.added, removed: judgement.removed, findings: judgement.findings },
    decisions: judgement.decisions,
    violations: judgement.violations,
    warnings: parts.warnings,
    validUntil: earliest([judgement.validUntil, parts.opensAt, ...differences.holds.map((hold) => hold.until)]),
  };
  const [digest, effect] = digestPair(body as unknown as JsonObject, effectValue(body));
  return { formatVersion: "1.0", kind: "Plan", digest, effect, body, evidence: parts.evidence };
}

function withInert(change: Change, inert: PlanParts["inert"]): Change {
  const lacks = change.after === null ? undefined : inert.get(change.address);
  return lacks && lacks.length > 0 ? { ...change, inert: lacks } : change;
}

/** What people approve: an unrelated merge that changes no effect leaves it as it is. */
export function effectOf(body: PlanBody): Digest {
  return digestJson(effectValue(body));
}

function effectValue(body: PlanBody): JsonObject {
  const { project, environment, changes, drift, capabilities } = body;
  const changed = new Set<string>(changes.map((change) => change.address));
  const decisions = body.decisions.filter((decision) => changed.has(decision.address));
  return {
    project,
    environment,
    target: { type: body.target.type, lineage: body.target.lineage },
    changes,
    drift,
    capabilities,
    // The same list where it is the same, so that it is hashed once.
    decisions: decisions.length === body.decisions.length ? body.decisions : decisions,
    policy: body.inputs.policy,
  } as unknown as JsonObject;
}

function summaryOf({ differences, judgement }: PlanParts): Summary {
  const counts = Object.groupBy(differences.changes, (change) => change.action);
  const count = (action: Change["action"]): number => counts[action]?.length ?? 0;
  return {
    create: count("create"),
    update: count("update"),
    replace: count("replace"),
    delete: count("delete"),
    adopt: count("adopt"),
    move: count("move"),
    forget: count("forget"),
    noop: differences.noop,
    drift: differences.drift.length,
    holds: differences.holds.length,
    widened: judgement.added.length,
    denied: judgement.violations.filter((violation) => violation.level === "enforce").length,
    warned: judgement.violations.filter((violation) => violation.level === "warn").length,
  };
}

function earliest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce((first, each) => (each !== null && (first === null || each < first) ? each : first), null);
}

/** Only a part of what is declared is planned: the rest of the commit is still to come. */
export function isPartial({ warnings }: PlanBody): boolean {
  return warnings.some(({ code }) => code === "SELECTED");
}

/** Does applying this plan do anything? Kept drift and holds do not count. */
export function hasEffect(body: PlanBody): boolean {
  return body.changes.length > 0 || body.drift.some((each) => each.action === "correct");
}
