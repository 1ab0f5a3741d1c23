import { isDeepStrictEqual } from "node:util";
import { fail, failAll, ok, problem, UNMANAGED, type Diagnostic, type Instant, type Owner, type Result } from "../../core/index.ts";
import { readActive, type Active } from "../load/index.ts";
import { areSameRows, toldApart, type MadeRow } from "./made.ts";
import { liveOwner } from "./owner.ts";
import { policyShelf, type PolicyShelf } from "./policies.ts";
import { agentNotFound, nothingActive } from "./problems.ts";
import type { Live, LiveMade, LiveOwner, LiveState, LiveWorld } from "./types.ts";

interface Known {
  readonly mark: string;
  readonly state: LiveState;
  readonly unmanaged: Unmanaged;
  /** What was read of each owner. */
  readonly read: ReadonlyMap<Owner, Active>;
  /** When something of it expires, in milliseconds. */
  readonly until: number;
}

/**
 * What is active now, for every owner of a store, put together once for each change. Nothing is cached by
 * time: each question first asks the store whether anybody wrote to it.
 */
export function openLive(world: LiveWorld): Live {
  const { store, clock } = world;
  const shelf = policyShelf(world.shipped);
  const startedAt = clock.now();
  const listeners = new Set<(state: LiveState) => void>();
  let latest = startedAt.getTime();
  let known: Known | undefined;
  const now = (): Date => new Date((latest = Math.max(latest, clock.now().getTime())));

  const read = (mark: string, at: Date): Result<LiveState> => {
    const before = known;
    const found = readOwners(world, (owner) => before?.read.get(owner));
    if (!found.ok) return found;
    const unmanaged = unmanagedMay([...found.value.active.values()]);
    const state = stateOf(found.value, { world, shelf, at, startedAt, unmanaged, before });
    known = { mark, state, unmanaged, read: found.value.active, until: untilOf(state) };
    shelf.sweep();
    if (before && before.state !== state) for (const listener of listeners) tell(listener, state);
    return ok(state);
  };
  const state = (): Result<LiveState> => {
    const mark = store.mark();
    if (!mark.ok) return mark;
    const at = now();
    if (known && known.mark === mark.value && at.getTime() < known.until) return ok(known.state);
    return read(mark.value, at);
  };
  return {
    state,
    now,
    startedAt,
    agent: (owner, name) => {
      const found = state();
      if (!found.ok) return found;
      const broken = found.value.broken.get(owner);
      if (broken) return failAll(broken);
      const of = found.value.owners.get(owner);
      if (!of) return fail(nothingActive(owner));
      const agent = of.agents.get(name);
      const stopped = agent ? undefined : of.made.get(name)?.problem;
      if (stopped) return fail(stopped);
      return agent ? ok({ owner: of, agent }) : fail(agentNotFound(name, of.agents.keys()));
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => shelf.close(),
  };
}

/** A listener that throws stops nobody. */
function tell(listener: (state: LiveState) => void, state: LiveState): void {
  try {
    listener(state);
  } catch {
    // Whoever listens answers for itself: what is active does not depend on it.
  }
}

interface Found {
  readonly active: ReadonlyMap<Owner, Active>;
  readonly broken: ReadonlyMap<Owner, readonly Diagnostic[]>;
}

/** One owner that cannot be read stops only itself. */
function readOwners({ store }: LiveWorld, known: (owner: Owner) => Active | undefined): Result<Found> {
  const owners = store.owners();
  if (!owners.ok) return owners;
  const active = new Map<Owner, Active>();
  const broken = new Map<Owner, readonly Diagnostic[]>();
  for (const owner of owners.value) {
    const found = readActive(store, owner, known(owner));
    if (!found.ok) broken.set(owner, found.diagnostics);
    else if (found.value) active.set(owner, found.value);
  }
  return ok({ active, broken });
}

interface Setting {
  readonly world: LiveWorld;
  readonly shelf: PolicyShelf;
  readonly at: Date;
  readonly startedAt: Date;
  readonly unmanaged: Unmanaged;
  readonly before: Known | undefined;
}

function stateOf({ active, broken }: Found, setting: Setting): LiveState {
  const { before } = setting;
  const { forgotten, made } = toldApart(active.get(UNMANAGED));
  const owners = new Map<Owner, LiveOwner>();
  for (const [owner, each] of active) {
    const own = owner === UNMANAGED ? forgotten : each;
    if (own) owners.set(owner, ownerIn(setting, owner, own, made.get(owner) ?? []));
  }
  const stranded = [...made].filter(([owner]) => !owners.has(owner)).flatMap(([, rows]) => rows.map(strandedOne));
  const isAllSame =
    before &&
    broken.size === 0 &&
    before.state.broken.size === 0 &&
    areSameRows(stranded, before.state.stranded) &&
    owners.size === before.state.owners.size &&
    [...owners].every(([owner, each]) => before.state.owners.get(owner) === each);
  return isAllSame ? before.state : { owners, broken, stranded };
}

/** As it was put together before, where nothing of it changed. */
function ownerIn(
  { world, shelf, at, startedAt, unmanaged, before }: Setting,
  owner: Owner,
  active: Active,
  made: readonly MadeRow[],
): LiveOwner {
  const { policy, remarks } = shelf.of(active.resources, owner.slice(owner.indexOf("/") + 1), world.store);
  const old = before?.state.owners.get(owner);
  const isSame =
    old &&
    isUnchanged(old, active, policy.digest, at) &&
    areSameRows([...old.made.values()], made) &&
    (owner !== UNMANAGED || before?.unmanaged === unmanaged);
  if (isSame) return old;
  const refused = owner === UNMANAGED ? refusedFor(active, unmanaged, startedAt) : null;
  // Never before the generation was made, so that a clock set back revives nothing.
  const now = later(at.toISOString(), active.generation.createdAt);
  return liveOwner({ owner, active, made, policy, remarks, refused, now, startedAt }, world);
}

function strandedOne(row: MadeRow): LiveMade {
  return {
    ...row,
    problem: problem("UNMANAGED_GONE", {
      detail: `${row.address} was made beside ${row.beside}, of which nothing is active.`,
      remedy: `Remove it, or take it to a repository:\nmoltbot adopt ${row.address} --from ${UNMANAGED}`,
      context: { address: row.address, owner: row.beside },
    }),
  };
}

function isUnchanged(old: LiveOwner, active: Active, policy: string, at: Date): boolean {
  return (
    old.declared.loaded === active.loaded &&
    isDeepStrictEqual(old.declared.holds, active.holds) &&
    old.policy.digest === policy &&
    (old.validUntil === null || at.getTime() < Date.parse(old.validUntil))
  );
}

function untilOf({ owners }: LiveState): number {
  const instants = [...owners.values()].flatMap(({ validUntil }) => (validUntil === null ? [] : [Date.parse(validUntil)]));
  return Math.min(Number.POSITIVE_INFINITY, ...instants);
}

function later(a: Instant, b: Instant): Instant {
  return a < b ? b : a;
}

type Unmanaged = "refuse" | "ephemeral" | "keep";

const STRICTEST: readonly Unmanaged[] = ["refuse", "ephemeral", "keep"];

/** What belongs to no Project may do what the strictest of the Projects beside it says; with none beside it, nothing. */
function unmanagedMay(active: readonly Active[]): Unmanaged {
  const said = active
    .filter((each) => each.generation.owner !== UNMANAGED)
    .map(({ resources }) => resources.find((each) => each.kind === "Project")?.spec["unmanaged"])
    .map((value): Unmanaged => STRICTEST.find((each) => each === value) ?? "refuse");
  return said.length === 0 ? "refuse" : (STRICTEST.find((each) => said.includes(each)) ?? "refuse");
}

function refusedFor({ generation }: Active, may: Unmanaged, startedAt: Date): Diagnostic | null {
  if (may === "keep" || (may === "ephemeral" && Date.parse(generation.createdAt) >= startedAt.getTime())) return null;
  return problem("UNMANAGED", {
    detail: `What no Project declares has no tools here: spec.unmanaged of a Project on this store is "${may}".`,
    remedy: "Declare the agent and take it back with `moltbot adopt`, or say `unmanaged: keep` in moltbot.yaml.",
  });
}
