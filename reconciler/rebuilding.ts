import { digestBytes, digestJson, isObject, problem, type Diagnostic, type Digest, type Json, type Resource } from "../core/index.ts";
import { NOTHING_COMPILED, type Compiled } from "../trust/policy/index.ts";
import type { Desired } from "./desired.ts";
import { declaredPolicies } from "./origins.ts";
import { sourcesOf } from "./policy-sources.ts";
import type { Evidence } from "./plan/index.ts";
import type { World } from "./types.ts";

/** What building the declared policies again showed, and what that means under the Project's rules. */
export interface Rebuild {
  readonly evidence: Pick<Evidence, "policies">;
  readonly blockers: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  /** `verification.policies: rebuild`: what it showed is asked each time. */
  readonly isRequired: boolean;
}

export const NOT_REBUILT: Rebuild = { evidence: {}, blockers: [], warnings: [], isRequired: false };

/**
 * Builds the policies of the files again and compares, where the compiler that the lock names is here.
 * Only where the Project, or the active one, asks for it does a difference, or nothing to compare with, stop
 * an apply: the compiled files are what judges, and their lock binds them either way.
 */
export async function rebuiltPolicies(desired: Desired, active: Resource | undefined, world: World): Promise<Rebuild> {
  const { compiled, project } = desired;
  if (declaredPolicies(desired).length === 0) return NOT_REBUILT;
  const isRequired = asksFor(project.written.value) || asksFor(active as unknown as Json);
  const { outcome, problems } = await compared(desired, compiled ?? NOTHING_COMPILED, world);
  const evidence = { policies: { rebuilt: outcome } };
  if (outcome === "same") return { ...NOT_REBUILT, evidence, isRequired };
  // What is missing, or was built from other policies, is told by the plan in any case.
  const isNews = outcome === "different" && compiled?.lock && problems.every((each) => each.context["what"] !== "sources");
  if (!isRequired) return { evidence, blockers: [], warnings: isNews ? problems.map(asWarning) : [], isRequired };
  return { evidence, blockers: [notRebuilt(problems)], warnings: [], isRequired };
}

function asksFor(project: Json | undefined): boolean {
  const { spec } = isObject(project) ? project : {};
  const { verification } = isObject(spec) ? spec : {};
  return isObject(verification) && verification["policies"] === "rebuild";
}

interface Compared {
  readonly outcome: "same" | "different" | "unchecked";
  readonly problems: readonly Diagnostic[];
}

const MAX_KNOWN = 8;
const KNOWN = new Map<Digest, Compared>();

/** The two plans of an apply, and each plan of a watch, compare the same bytes: that is done once. */
async function compared(desired: Desired, compiled: Compiled, world: World): Promise<Compared> {
  const sources = sourcesOf(desired, world);
  const { bundle, lock } = compiled;
  const key = digestJson([sources as unknown as Json, bundle ? digestBytes(bundle) : null, lock ? digestBytes(lock) : null]);
  const known = KNOWN.get(key);
  if (known) return known;
  const { findOpa, readInputSchemas, rebuildAndCompare } = await import("../trust/policy-build/index.ts");
  const opa = findOpa();
  if (!opa.ok) return { outcome: "unchecked", problems: opa.diagnostics };
  const schemas = readInputSchemas();
  if (!schemas.ok) return { outcome: "unchecked", problems: schemas.diagnostics };
  const rebuilt = rebuildAndCompare({ sources, schemas: schemas.value, opa: opa.value, reserved: [], isCheckedBefore: true }, compiled);
  const problems = rebuilt.outcome === "same" ? [] : rebuilt.outcome === "different" ? [rebuilt.problem] : rebuilt.problems;
  const found = { outcome: rebuilt.outcome, problems };
  if (KNOWN.size >= MAX_KNOWN) KNOWN.clear();
  KNOWN.set(key, found);
  return found;
}

function asWarning(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: "warning" };
}

function notRebuilt(problems: readonly Diagnostic[]): Diagnostic {
  return problem("POLICY_NOT_REBUILT", {
    detail: `The Project asks for policies that can be built again (verification.policies: rebuild). ${problems.map((each) => each.detail).join(" ")}`,
    remedy: problems.flatMap((each) => each.remedy ?? []).join("\n") || "Build them and commit both files:\n  moltbot policy build",
  });
}
