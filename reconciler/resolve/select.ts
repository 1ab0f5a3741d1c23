import { byCodeUnit, digestJson, failAll, type Address, type Kinds, type Result, ok } from "../../core/index.ts";
import { findCycles } from "./cycles.ts";
import { linkReferences } from "./references.ts";
import type { Edge, ResolvedConfig, ResolvedResource } from "./types.ts";

export interface Selection {
  /** Only these change, with what they need. Empty: everything. */
  readonly targets: ReadonlySet<Address>;
  /** These stay as they are recorded. */
  readonly excludes: ReadonlySet<Address>;
}

export interface Selected {
  readonly config: ResolvedConfig;
  /** What may change: the targets and their closure, without the excluded. Sorted. */
  readonly closure: readonly Address[];
}

/**
 * The recorded state with only the selected changes: generation N+1 = N with those. A target brings
 * along what it refers to and does not find in the record as declared; something that goes brings
 * along what is recorded to refer to it.
 *
 * @returns `REF_NOT_FOUND` when the mixture refers to something that it does not hold.
 */
export function selectChanges(desired: ResolvedConfig, recorded: ResolvedConfig, selection: Selection, kinds: Kinds): Result<Selected> {
  const differing = differingAddresses(desired, recorded);
  const closure = closureOf(differing, selection, desired, recorded);
  const pick = (address: Address): ResolvedResource | undefined =>
    (closure.has(address) ? desired : recorded).byAddress.get(address) ?? undefined;
  const addresses = [...new Set([...desired.byAddress.keys(), ...recorded.byAddress.keys()])].sort(byCodeUnit);
  const resources = addresses.flatMap((address) => pick(address) ?? []);
  const byAddress = new Map(resources.map((each) => [each.address, each]));
  const links = linkReferences(resources, byAddress, kinds, new Set());
  const diagnostics = [...links.diagnostics, ...findCycles(links.edges, byAddress)];
  if (diagnostics.length > 0) return failAll(diagnostics);
  const digest = digestJson(resources.map((each) => [each.address, each.digest]));
  const config = { ...desired, resources, byAddress, edges: links.edges, digest };
  return ok({ config, closure: [...closure].sort(byCodeUnit) });
}

function differingAddresses(desired: ResolvedConfig, recorded: ResolvedConfig): Set<Address> {
  const all = [...desired.byAddress.keys(), ...recorded.byAddress.keys()];
  return new Set(all.filter((address) => desired.byAddress.get(address)?.digest !== recorded.byAddress.get(address)?.digest));
}

function closureOf(
  differing: ReadonlySet<Address>,
  { targets, excludes }: Selection,
  desired: ResolvedConfig,
  recorded: ResolvedConfig,
): Set<Address> {
  const start = targets.size > 0 ? [...targets] : [...differing];
  const closure = new Set<Address>();
  const [needs, neededBy] = [grouped(desired.edges, "from", "to"), grouped(recorded.edges, "to", "from")];
  const open = start.filter((address) => differing.has(address) && !excludes.has(address));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (closure.has(next)) continue;
    closure.add(next);
    const along = desired.byAddress.has(next) ? needs.get(next) : neededBy.get(next);
    for (const address of along ?? []) if (differing.has(address) && !excludes.has(address)) open.push(address);
  }
  return closure;
}

function grouped(edges: readonly Edge[], by: "from" | "to", value: "from" | "to"): Map<Address, Address[]> {
  const groups = new Map<Address, Address[]>();
  for (const edge of edges) {
    const list = groups.get(edge[by]);
    if (list) list.push(edge[value]);
    else groups.set(edge[by], [edge[value]]);
  }
  return groups;
}

/** Everything that can be reached from some addresses along references that make one need the other. */
export function neededFrom(start: Iterable<Address>, edges: readonly Edge[]): Set<Address> {
  const needs = grouped(
    edges.filter((edge) => edge.reach !== "talks-to" && edge.reach !== "calls"),
    "from",
    "to",
  );
  const seen = new Set<Address>();
  const open = [...start];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const address of needs.get(next) ?? []) open.push(address);
  }
  return seen;
}
