import { byCodeUnit, parseAddress, type Address, type Digest, type Owner } from "../../core/index.ts";
import type { Db } from "./db.ts";
import { activeOf, type OwnerState } from "./owner-state.ts";
import type { Changing } from "./session.ts";
import type { CommitRequest } from "./types.ts";

/**
 * Whose conversations are whose. What an agent was told is kept under its life: its name, as long as the
 * resource that had the name first is the one that has it. A move takes the life along to the new name;
 * after a move or a deletion, what is made under the old name begins another life. A generation names the
 * lives that are not simply the name; going back to it takes its lives up again.
 */
export type Lives = Readonly<Record<Address, string>>;

export function lifeOf(lives: Lives | undefined, address: Address): string {
  return lives?.[address] ?? nameOf(address);
}

/** The lives of the next generation, or undefined where each is the name. */
export function nextLives(change: Changing, state: OwnerState, number: number, request: CommitRequest): Lives | undefined {
  const active = activeOf(state);
  const before = active?.lives;
  const next = new Map(Object.entries(before ?? {}) as [Address, string][]);
  for (const address of ended(change.db, before, request)) next.set(address, `${nameOf(address)}.${number}`);
  for (const { from, to } of request.moved ?? []) next.set(to, lifeOf(before, from));
  // What is taken over is the same object: it keeps what it was told.
  for (const { address, from } of request.adopted ?? []) next.set(address, lifeThere(change, from, address));
  const base = active ? change.rows(state, active) : new Map<Address, Digest>();
  for (const [address, life] of returning(state, base, request)) next.set(address, life);
  const named = [...next].filter(([address, life]) => life !== nameOf(address));
  return named.length === 0 ? undefined : (Object.fromEntries(named.sort(([a], [b]) => byCodeUnit(a, b))) as Lives);
}

function lifeThere(change: Changing, from: Owner, address: Address): string {
  const other = change.owner(from);
  return lifeOf(other ? activeOf(other)?.lives : undefined, address);
}

function nameOf(address: Address): string {
  return parseAddress(address)?.name ?? "";
}

/**
 * Names whose next bearer begins another life: those that are moved away, and those that go and were talked
 * to. A name has no dot, so what they get is nobody's first life.
 */
function ended(db: Db, before: Lives | undefined, { rows, moved = [], released = [] }: CommitRequest): readonly Address[] {
  const from = new Set(moved.map((each) => each.from));
  const stays = new Set(released);
  const gone = rows.filter(({ address, digest }) => digest === null && !stays.has(address) && !from.has(address));
  return [...from, ...gone.map(({ address }) => address).filter((address) => isTalkedTo(db, lifeOf(before, address)))];
}

/** What a rollback makes again has the life that it had in that generation. */
function returning(
  state: OwnerState,
  base: ReadonlyMap<Address, Digest>,
  { restores, rows }: CommitRequest,
): readonly (readonly [Address, string])[] {
  const to = state.generations.find(({ number }) => number === restores);
  if (!to) return [];
  const made = rows.filter(({ address, digest }) => digest !== null && !base.has(address));
  return made.map(({ address }) => [address, lifeOf(to.lives, address)] as const);
}

/** Whether anything was ever said under this life; slots are `session/LIFE/ID`. */
function isTalkedTo(db: Db, life: string): boolean {
  return db.row("SELECT 1 FROM slots WHERE slot >= ? AND slot < ? LIMIT 1", `session/${life}/`, `session/${life}0`) !== undefined;
}
