import { fail, ok, problem, shortDigest, type Result } from "../../core/index.ts";
import type { Plan, PlanBody } from "./types.ts";

/**
 * Is the plan that was reviewed still the plan? Compares a saved plan with the one just made.
 *
 * @returns `PLAN_STALE` naming every input that moved.
 */
export function comparePlans(saved: Plan, fresh: Plan): Result<void> {
  if (saved.digest === fresh.digest) return ok(undefined);
  const moved = movedInputs(saved.body, fresh.body);
  return fail(
    problem("PLAN_STALE", {
      detail: `Planning again does not give the plan that was reviewed (${shortDigest(saved.digest)}… became ${shortDigest(fresh.digest)}…). Moved: ${moved.join("; ")}.`,
      remedy: "Plan and review again:\n  moltbot plan --out FILE",
      context: { saved: saved.digest, fresh: fresh.digest },
    }),
  );
}

function movedInputs(saved: PlanBody, fresh: PlanBody): string[] {
  const facts: readonly (readonly [string, string | number | null, string | number | null])[] = [
    ["project", saved.project, fresh.project],
    ["environment", saved.environment, fresh.environment],
    ["moltbot version", saved.engine, fresh.engine],
    ["target type", saved.target.type, fresh.target.type],
    ["target", saved.target.lineage, fresh.target.lineage],
    ["generation", saved.target.generation, fresh.target.generation],
    ["observed state", saved.target.observed, fresh.target.observed],
    ["configuration", saved.inputs.resolved, fresh.inputs.resolved],
    ["schemas", saved.inputs.schema, fresh.inputs.schema],
    ["policies", saved.inputs.policy, fresh.inputs.policy],
    ["trust", saved.inputs.trust, fresh.inputs.trust],
    ["locks", saved.inputs.locks, fresh.inputs.locks],
    ["valid until", saved.validUntil, fresh.validUntil],
  ];
  const moved = facts.filter(([, a, b]) => a !== b).map(([name, a, b]) => `${name} (${short(a)} -> ${short(b)})`);
  if (moved.length > 0) return moved;
  const coverOf = (body: PlanBody): string => body.warnings.map((each) => (each.code === "SELECTED" ? each.message : "")).join("");
  return [coverOf(saved) === coverOf(fresh) ? "a declared instant has passed" : "which part is planned (--target, --exclude)"];
}

function short(value: string | number | null): string {
  return value === null ? "none" : typeof value === "string" && value.startsWith("sha256:") ? `${shortDigest(value)}…` : String(value);
}
