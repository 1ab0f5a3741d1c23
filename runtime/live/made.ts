import {
  addressOf,
  digestJson,
  madeOf,
  type Address,
  type Digest,
  type Hold,
  type Json,
  type Made,
  type Owner,
  type Resource,
} from "../../core/index.ts";
import { buildActive, type Active } from "../load/index.ts";
import { lifeOf } from "../store/index.ts";
import type { LiveMade, LiveState } from "./types.ts";

/** A row of an agent that was made by the API. */
export type MadeRow = Omit<LiveMade, "problem">;

/** What belongs to no Project, told apart: what was forgotten, and what was made by the API, by whom it is beside. */
export interface Unowned {
  /** Null where nothing was forgotten. */
  readonly forgotten: Active | null;
  readonly made: ReadonlyMap<Owner, readonly MadeRow[]>;
}

const NOBODY: Unowned = { forgotten: null, made: new Map() };

/** By the very list of what was read: while nobody writes, it is told apart once. */
const KNOWN = new WeakMap<readonly Resource[], { readonly holds: readonly Hold[]; readonly unowned: Unowned }>();

export function toldApart(active: Active | undefined): Unowned {
  if (!active) return NOBODY;
  const known = KNOWN.get(active.resources);
  if (known?.holds === active.holds) return known.unowned;
  const rows: MadeRow[] = [];
  const others: Resource[] = [];
  for (const resource of active.resources) {
    const made = madeOf(resource);
    if (made) rows.push(rowOf(made, resource, active));
    else others.push(resource);
  }
  const forgotten = rows.length === 0 ? active : others.length === 0 ? null : buildActive({ ...active, resources: others });
  const unowned: Unowned = {
    forgotten: active.resources.length === 0 ? null : forgotten,
    made: Map.groupBy(rows, ({ beside }) => beside),
  };
  KNOWN.set(active.resources, { holds: active.holds, unowned });
  return unowned;
}

function rowOf(made: Made, recorded: Resource, { generation, holds }: Active): MadeRow {
  const { name } = made.resource.metadata;
  const address = addressOf("Agent", name);
  return {
    ...made,
    name,
    address,
    digest: digestJson(recorded as unknown as Json),
    life: lifeOf(generation.lives, address),
    holds: holds.filter(({ selector }) => selector === "*" || selector === address),
  };
}

/**
 * Holds as they come out with agents made by the API: what was put on one of them, and what was put on the
 * declared agent that one is like. Who is stopped does nothing in another's name.
 */
export function holdsWith(declared: readonly Hold[], made: readonly MadeRow[]): readonly Hold[] {
  const further = made.flatMap(({ address, like, holds }) => {
    const pattern: Address = addressOf("Agent", like);
    return [...holds, ...declared.filter(({ selector }) => selector === pattern)].map((hold): Hold => ({ ...hold, selector: address }));
  });
  return further.length === 0 ? declared : [...declared, ...further];
}

/** The agent of that name that was made by the API, whether it runs or not. Names are unique on a store. */
export function madeCalled({ owners, stranded }: LiveState, name: string): LiveMade | undefined {
  for (const { made } of owners.values()) {
    const found = made.get(name);
    if (found) return found;
  }
  return stranded.find((each) => each.name === name);
}

/** Whether the same agents were made, with the same holds on them. */
export function areSameRows(a: readonly MadeRow[], b: readonly MadeRow[]): boolean {
  return a.length === b.length && a.every((each, i) => isSameRow(each, b[i]));
}

function isSameRow(a: MadeRow, b: MadeRow | undefined): boolean {
  return b !== undefined && a.digest === b.digest && a.life === b.life && digestOfHolds(a) === digestOfHolds(b);
}

function digestOfHolds({ holds }: MadeRow): Digest {
  return digestJson(holds as unknown as Json);
}
