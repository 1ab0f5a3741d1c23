import { addressOf, isArray, type Address, type Resource } from "../../core/index.ts";

/** Something declared that means nothing unless it is enforced, and cannot be enforced yet. */
export interface Unenforceable {
  readonly address: Address;
  /** Where in the resource. */
  readonly at: readonly string[];
  readonly what: string;
}

/** Everything in the desired state that must be refused at plan time. */
export function unenforceable(resources: readonly Resource[]): Unenforceable[] {
  return resources.flatMap((resource) => {
    const address = addressOf(resource.kind, resource.metadata.name);
    return resource.kind === "Project" ? inProject(address, resource) : [];
  });
}

function inProject(address: Address, { spec }: Resource): Unenforceable[] {
  const found: Unenforceable[] = [];
  for (const [field, what] of [["windows", "windows in which applies are allowed"]] as const) {
    const value = spec[field];
    if (isArray(value) && value.length > 0) found.push({ address, at: ["spec", field], what });
  }
  return found;
}
