import { isArray, isObject, type Json, type Resource } from "../../core/index.ts";
import { isAmong, type Subject } from "./subject.ts";

/** What a policy looks at: everything that is said must hold, and what is not said holds for all. */
export interface Applies {
  readonly resources: readonly string[] | null;
  readonly labels: readonly (readonly [label: string, value: string])[];
  /** The plan is for an environment that the policy does not look at. */
  readonly isElsewhere: boolean;
}

/** `spec.applies` of a Policy; null where it looks at everything. */
export function appliesOf({ spec }: Resource, environment: string): Applies | null {
  const { applies } = spec;
  if (!isObject(applies)) return null;
  const { resources, labels, environments } = applies;
  return {
    resources: isArray(resources) ? texts(resources) : null,
    labels: isObject(labels) ? Object.entries(labels).map(([label, value]) => [label, typeof value === "string" ? value : ""]) : [],
    isElsewhere: isArray(environments) && !environments.includes(environment),
  };
}

export function doesApply({ resources, labels, isElsewhere }: Applies, subject: Subject): boolean {
  return (
    !isElsewhere &&
    (resources === null || isAmong(resources, subject.address)) &&
    labels.every(([label, value]) => Object.hasOwn(subject.labels, label) && subject.labels[label] === value)
  );
}

function texts(list: readonly Json[]): readonly string[] {
  return list.filter((each) => typeof each === "string");
}
