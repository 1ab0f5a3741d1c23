import { addressOf, isArray, isObject, jsonEqual, type Json, type JsonObject, type Resource } from "../../core/index.ts";
import { appliesOf } from "./applies.ts";
import type { TrustPart } from "./in-force.ts";
import { objectAt, paired, textOf, texts, type Weakening } from "./weakening-facts.ts";

/** Policies that went, that look at less, or whose rules are others. What a text says cannot be told from it: unsure counts. */
export function policyWeakenings(old: TrustPart, fresh: TrustPart): readonly Weakening[] {
  return [...compiledOtherwise(old, fresh), ...changedPolicies(old, fresh)];
}

/**
 * Policies that stay as they are, in another compiled form: by another compiler, by hand, or beside a new
 * policy. Only building them again shows that the form is theirs, so where that is not asked it counts.
 */
function compiledOtherwise({ project: before, policies }: TrustPart, { project, policies: declared }: TrustPart): readonly Weakening[] {
  // Who attested the bytes is another question.
  const form = ({ spec }: Resource): Json => {
    const { bundle, lock } = objectAt(objectAt(spec, "policies"), "compiled");
    return bundle === undefined ? null : { bundle, lock: lock ?? null };
  };
  const textsOf = (list: readonly Resource[]): readonly string[] =>
    list.map(({ metadata, spec }) => JSON.stringify([metadata.name, spec["rego"] ?? null, spec["data"] ?? null]));
  const [then, now] = [textsOf(policies), textsOf(declared)];
  if (form(before) === null || jsonEqual(form(before), form(project)) || !then.some((each) => now.includes(each))) return [];
  const isSame = then.length === now.length && now.every((each) => then.includes(each));
  if (!isSame && isVouchedFor(before)) return [];
  const address = addressOf(project.kind, project.metadata.name);
  const message = isSame
    ? "the same policies are compiled to something else, which may deny less"
    : "policies that stay are compiled anew with others, and may deny less (verification.policies: rebuild or attested would tell)";
  return [{ address, pointer: "/spec/policies", message }];
}

/** By whoever builds them again, or by somebody whom the old Project believes: its word is asked for until another Project is active. */
function isVouchedFor({ spec }: Resource): boolean {
  return ["rebuild", "attested"].includes(textOf(objectAt(spec, "verification")["policies"]));
}

function changedPolicies(old: TrustPart, fresh: TrustPart): readonly Weakening[] {
  return paired(old.policies, fresh.policies).flatMap(([before, after]): readonly Weakening[] => {
    if (!before) return [];
    const { kind, metadata } = before;
    const address = addressOf(kind, metadata.name);
    if (!after) {
      const isLeftOut = fresh.policy.leftOut?.includes(metadata.name) === true;
      const how = isLeftOut ? "the environment leaves the policy out, and it" : "the policy is removed, and";
      return [{ address, pointer: "", message: `${how} denies nothing any more` }];
    }
    const edited = EDITED.filter(([field]) => !jsonEqual(before.spec[field] ?? null, after.spec[field] ?? null));
    const lost = lostRules(metadata.name, old, fresh);
    return [
      ...lost.map((rule) => ({ address, pointer: "/spec/rego", message: `the rule ${rule} is gone` })),
      ...edited.map(([field, what]) => ({ address, pointer: `/spec/${field}`, message: `${what} changed, and may deny less` })),
      ...(isNarrower(before, after) ? [{ address, pointer: "/spec/applies", message: "the policy looks at less than before" }] : []),
    ];
  });
}

const EDITED = [
  ["rego", "its rules"],
  ["data", "what its rules compare with"],
] as const;

function lostRules(name: string, old: TrustPart, fresh: TrustPart): readonly string[] {
  return Object.keys(old.policy.rules).filter((rule) => rule.startsWith(`${name}.`) && !Object.hasOwn(fresh.policy.rules, rule));
}

/** Absent is everything. A list that lost an entry looks at less; so does a set of labels that gained one. */
function isNarrower(before: Resource, after: Resource): boolean {
  const [then, now] = [partsOf(before), partsOf(after)];
  if (now === null) return false;
  if (then === null) return true;
  const isCut = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
    b !== null && (a === null || !a.every((each) => b.includes(each)));
  return isCut(then.resources, now.resources) || isCut(then.environments, now.environments) || !isSubset(now.labels, then.labels);
}

function partsOf(resource: Resource): {
  readonly resources: readonly string[] | null;
  readonly environments: readonly string[] | null;
  readonly labels: JsonObject;
} | null {
  if (appliesOf(resource, "") === null) return null;
  const applies = resource.spec["applies"];
  const { resources, environments, labels } = isObject(applies) ? applies : {};
  const list = (value: Json | undefined): readonly string[] | null => (isArray(value) ? texts(value) : null);
  return { resources: list(resources), environments: list(environments), labels: isObject(labels) ? labels : {} };
}

function isSubset(small: JsonObject, large: JsonObject): boolean {
  return Object.entries(small).every(([key, value]) => jsonEqual(large[key] ?? null, value));
}
