import { addressOf, type Address, type Json, type Resource } from "../../../core/index.ts";
import { matches, spread, type Closure, type DeclaredAtom } from "../../capability/index.ts";
import { isLocal, usesOf } from "./providers.ts";
import { textIn } from "./read.ts";

/** Classes of data, mildest first; the last never leaves this machine or network. */
const CLASSES = ["public", "internal", "confidential", "restricted", "local-only"] as const;
type DataClass = (typeof CLASSES)[number];
const LOCAL_ONLY = CLASSES.length - 1;

/** What data comes before whom, and where it may go. */
export interface DataFacts {
  /** Of an agent: what comes before it and where it sends that; null of other kinds. */
  agent(resource: Resource): Json;
  /** Of a grant to send: the first channel that is less protected than what comes before the agent; null of other grants. */
  delivery(declared: DeclaredAtom): Json;
}

export function dataFacts(resources: readonly Resource[], { graph }: Closure): DataFacts {
  const providers = named(resources, "ModelProvider");
  const channels = [...named(resources, "Channel").values()];
  const levels = levelsOf(channels, graph);
  const levelAt = (address: Address): number => levels.get(graph.index.get(address) ?? -1) ?? -1;
  return {
    agent: (resource) => {
      if (resource.kind !== "Agent") return null;
      const level = levelAt(addressOf(resource.kind, resource.metadata.name));
      if (level < 0) return { class: null, flows: [] };
      const flows = usesOf(resource).map(({ pointer, provider }) => {
        const target = providers.get(provider);
        const stays = target !== undefined && isLocal(target);
        return { pointer, provider, local: stays, allowed: stays || rankOf(target) >= level };
      });
      return { class: CLASSES[level] ?? null, flows };
    },
    delivery: ({ atom, pattern }) => {
      if (atom.tool !== "message.send") return null;
      const level = levelAt(atom.subject);
      const open = channels.find((each) => rankOf(each) < level && (pattern === undefined || matches(pattern, each.metadata.name)));
      return { class: CLASSES[level] ?? null, below: open?.metadata.name ?? null };
    },
  };
}

/** Who sees what: the data of a channel comes before whomever its messages reach, directly and through others. */
function levelsOf(channels: readonly Resource[], { index, next }: Closure["graph"]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (let level = LOCAL_ONLY; level >= 0; level--) {
    const from = channels.filter((each) => each.spec["dataClass"] === CLASSES[level]);
    if (from.length === 0) continue;
    const starts = from.flatMap((each) => index.get(addressOf(each.kind, each.metadata.name)) ?? []);
    for (const node of spread(next, starts).keys()) if (!found.has(node)) found.set(node, level);
  }
  return found;
}

/** What does not say what it may be sent may be sent what is public. */
function rankOf(resource: Resource | undefined): number {
  const said = resource && textIn(resource.spec, "dataClass");
  return said === null || said === undefined ? 0 : Math.max(0, CLASSES.indexOf(said as DataClass));
}

export function named(resources: readonly Resource[], kind: string): ReadonlyMap<string, Resource> {
  return new Map(resources.filter((each) => each.kind === kind).map((each) => [each.metadata.name, each]));
}
