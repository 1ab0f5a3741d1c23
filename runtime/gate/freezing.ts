import {
  fail,
  nearest,
  ok,
  parseAddress,
  parseDuration,
  problem,
  shown,
  UNMANAGED,
  type Actor,
  type Address,
  type Clock,
  type Hold,
  type Instant,
  type Owner,
  type Result,
} from "../../core/index.ts";
import { expiryAt, parseTool } from "../../trust/capability/index.ts";
import type { Role } from "../run/index.ts";
import { isRuntimeHeld, openStore, type StorePorts, type StoreWriter } from "../store/index.ts";

export interface IncidentWorld {
  /** The state folder. */
  readonly dir: string;
  /** Whose resources are meant; null for everybody's on this store. */
  readonly owner: Owner | null;
  readonly actor: Actor;
  /** Of somebody who acts over the API; absent: whoever may write the state folder. */
  readonly role?: Role | null;
  readonly clock: Clock;
  readonly ids: { readonly next: () => string };
}

export interface FreezeWish {
  /** An address, or `*` for everything. */
  readonly selector: string;
  readonly reason: string;
  /** Empty: everything. */
  readonly tools: readonly string[];
  /** An instant, or how long from now; null: until it is lifted. */
  readonly until: string | null;
}

export interface Frozen {
  /** One for each owner that has what was named. */
  readonly holds: readonly Hold[];
  /** A gateway runs on this store, and sees it at its next check. */
  readonly isRunning: boolean;
}

/** Puts a hold on a resource by hand: narrows at once, and survives restarts, generations and rollbacks. Effect: writes the store. */
export function freeze(world: IncidentWorld, wish: FreezeWish): Result<Frozen> {
  const selector = selectorOf(wish.selector);
  if (!selector.ok) return selector;
  for (const tool of wish.tools) {
    const known = parseTool(tool);
    if (!known.ok) return known;
  }
  const until = untilOf(wish.until, world.clock.now());
  if (!until.ok) return until;
  return withStore(world, (store) => {
    const owners = ownersWith(store, world.owner, selector.value);
    if (!owners.ok) return owners;
    const denied = wish.tools.length === 0 ? ("all" as const) : [...new Set(wish.tools)].sort();
    const holds: Hold[] = [];
    for (const owner of owners.value) {
      const { actor, role } = world;
      const hold = store.addHold({
        owner,
        selector: selector.value,
        denied,
        reason: wish.reason,
        actor,
        until: until.value,
        ...heldAs(role),
      });
      if (!hold.ok) return hold;
      holds.push(hold.value);
    }
    return ok(holds);
  });
}

/** How a hold remembers who made it, so that nobody of a lower role lifts it. */
export function heldAs(role: Role | null | undefined): Pick<Hold, "role"> {
  return role === undefined || role === null || role === "owner" ? {} : { role };
}

/** Lifts a hold. @param id - Its id, or a beginning of it that no other hold has. */
export function unfreeze(world: IncidentWorld, id: string, reason: string): Result<Frozen> {
  return withStore(world, (store) => {
    const owners = store.owners();
    if (!owners.ok) return owners;
    const found: Hold[] = [];
    for (const owner of world.owner === null ? owners.value : [world.owner, UNMANAGED]) {
      const holds = store.holds(owner);
      if (!holds.ok) return holds;
      found.push(...holds.value.filter((each) => id.length >= SHORTEST_ID && each.id.startsWith(id)));
    }
    const [hold, ...others] = found;
    if (!hold || others.length > 0) return fail(unknownHold(id, found.length));
    const removed = store.removeHold(hold.owner, hold.id, world.actor, reason);
    return removed.ok ? ok([hold]) : removed;
  });
}

const SHORTEST_ID = 6;

function selectorOf(text: string): Result<Address | "*"> {
  const parsed = text === "*" ? undefined : parseAddress(text);
  if (text === "*") return ok("*");
  if (parsed) return ok(parsed.address);
  return fail(
    problem("HOLD_SELECTOR", { detail: `${shown(text)} is no address.`, remedy: "Write it so: Agent/support; or '*' for everything." }),
  );
}

function untilOf(text: string | null, now: Date): Result<Instant | null> {
  if (text === null) return ok(null);
  const duration = parseDuration(text);
  if (duration !== undefined) return ok(new Date(now.getTime() + duration).toISOString());
  const expiry = expiryAt(text, now.toISOString());
  const flipsAt = expiry.ok ? expiry.value.flipsAt : null;
  if (flipsAt !== null) return ok(flipsAt);
  return fail(
    problem("HOLD_SELECTOR", {
      detail: `${shown(text)} is no time in the future, so the hold would never hold.`,
      remedy: "Write how long (2h), or until when (2027-01-01T00:00:00Z).",
    }),
  );
}

/** Those who have it: a hold on what nobody has would look like one and stop nothing. */
function ownersWith(store: StoreWriter, owner: Owner | null, selector: Address | "*"): Result<readonly Owner[]> {
  const all = store.owners();
  if (!all.ok) return all;
  const wanted = owner === null ? all.value : [owner, UNMANAGED].filter((each) => all.value.includes(each));
  const known = new Set<Address>();
  const found: Owner[] = [];
  for (const each of wanted) {
    const active = store.active(each);
    if (!active.ok) return active;
    if (!active.value) continue;
    const rows = store.rows(each, active.value.number);
    if (!rows.ok) return rows;
    for (const address of rows.value.keys()) known.add(address);
    if (selector === "*" || rows.value.has(selector)) found.push(each);
  }
  if (found.length > 0) return ok(found);
  const near = nearest(selector, known);
  return fail(
    problem("HOLD_SELECTOR", {
      detail: `Nothing that is active is called ${shown(selector)}, so the hold would stop nothing.`,
      remedy: near === undefined ? "See what is active:\nmoltbot status --verbose" : `Did you mean "${near}"?`,
    }),
  );
}

function unknownHold(id: string, found: number): ReturnType<typeof problem> {
  return problem("HOLD_UNKNOWN", {
    detail: found === 0 ? `There is no hold with the id ${shown(id)}.` : `${found} holds begin with ${shown(id)}.`,
    remedy: "See which there are:\nmoltbot status",
  });
}

function withStore(world: IncidentWorld, work: (store: StoreWriter) => Result<readonly Hold[]>): Result<Frozen> {
  const ports: StorePorts = { clock: world.clock, randomHex: world.ids.next };
  const store = openStore(world.dir, { mode: "write", create: false }, ports);
  if (!store.ok) return store;
  if (store.value === null)
    return fail(
      problem("NO_RECORD", {
        detail: `There is no store in ${world.dir}: nothing was applied from here.`,
        remedy: "Name the state folder that is used:\n--state DIR",
      }),
    );
  try {
    const holds = work(store.value);
    if (!holds.ok) return holds;
    const running = isRuntimeHeld(world.dir);
    return ok({ holds: holds.value, isRunning: running.ok && running.value }, holds.warnings);
  } finally {
    store.value.close();
  }
}
