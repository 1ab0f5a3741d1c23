import type { Address, Resource } from "../../core/index.ts";
import { build } from "./load.ts";

/** For each resource that cannot be run or enforced in full: what it lacks, sorted. Pure, and never fails. */
export function assess(resources: readonly Resource[]): ReadonlyMap<Address, readonly string[]> {
  return build(resources).generation.lacks;
}
