import { digestBytes, digestJson, LIMITS, UNMANAGED, type Address, type Digest, type Generation } from "../../core/index.ts";
import { fault } from "./faults.ts";
import { checkOwnership, makeActive, writeGeneration, type Said } from "./generate.ts";
import { livesOf, namedLives } from "./others.ts";
import { activeOf, dropFact, type OwnerState } from "./owner-state.ts";
import type { Rows } from "./rows.ts";
import type { Changing } from "./session.ts";
import type { RowChange, UnmanagedChange, UnmanagedRow } from "./types.ts";

/**
 * Objects outside every Project, changed by hand: a generation of {@link UNMANAGED} like those that an apply
 * leaves behind when it forgets or adopts, so that ledger, backup and `adopt` know them.
 */
export function changeUnmanaged(change: Changing, said: UnmanagedChange): Generation {
  const state = change.touch(UNMANAGED);
  const active = activeOf(state);
  const rows: Rows = active ? change.rows(state, active) : new Map<Address, Digest>();
  for (const row of said.rows) checkBefore(row, rows);
  checkAdoptions(change, said.rows);
  const values = new Map(said.rows.flatMap(({ bytes }) => (bytes ? [[digestBytes(bytes), bytes] as const] : [])));
  const changes = said.rows.map(({ address, bytes }): RowChange => ({ address, digest: bytes && digestBytes(bytes) }));
  checkOwnership(change, state, { rows: changes });
  checkCount(rows, said.rows);
  const plan = digestJson(changes.map(({ address, digest }) => [address, digest]));
  const generation: Said = {
    reason: "api",
    because: said.because,
    plan,
    resolved: plan,
    schema: said.schema,
    engine: said.engine,
    commit: null,
    dirty: false,
    actor: said.actor,
    ...namedLives(livesOf(change, state, changes, freshLives(said.rows))),
  };
  const made = makeActive(change, state, writeGeneration(change, state, generation, changes, values));
  for (const { address, bytes } of said.rows) if (!bytes) dropEdits(change, state, address);
  change.log("receipt", UNMANAGED, said.actor, {
    generation: made.number,
    digest: made.digest,
    plan,
    reason: made.reason,
    because: said.because,
    resources: made.resources,
    changed: changes.map(({ address, digest }) => ({ address, digest })),
  });
  return made;
}

function freshLives(rows: readonly UnmanagedRow[]): Readonly<Record<Address, string>> {
  return Object.fromEntries(rows.flatMap(({ address, life }) => (life === undefined ? [] : [[address, life]])));
}

function checkBefore({ address, before }: UnmanagedRow, rows: Rows): void {
  if ((rows.get(address) ?? null) === before) return;
  throw fault("UNMANAGED_MOVED", `${address} was changed, made or removed since it was looked at. Nothing was written.`, {
    remedy: "Read it again, and send what is still meant.",
    context: { address },
  });
}

/** An apply whose candidate is being tried has said what it takes over; what it takes over does not move meanwhile. */
function checkAdoptions(change: Changing, rows: readonly UnmanagedRow[]): void {
  for (const name of change.owners.keys()) {
    const adopted = change.owner(name)?.intent?.pending?.adopted ?? [];
    const taken = rows.find(({ address }) => adopted.some((each) => each.from === UNMANAGED && each.address === address));
    if (taken) {
      throw fault("CANDIDATE_OPEN", `"${name}" is taking over ${taken.address} this moment, so it does not change now.`, {
        remedy: "Try again when that apply has ended.",
        context: { address: taken.address, owner: name },
      });
    }
  }
}

function checkCount(rows: Rows, changes: readonly UnmanagedRow[]): void {
  const added = changes.filter(({ address, bytes }) => bytes && !rows.has(address)).length;
  if (added === 0 || rows.size + added <= LIMITS.unmanagedObjects) return;
  throw fault("STORE_LIMIT", `There are ${rows.size} unmanaged objects already; limits.unmanagedObjects is ${LIMITS.unmanagedObjects}.`, {
    remedy: "Remove some of them, or bring them to the repository.",
    context: { limit: LIMITS.unmanagedObjects },
  });
}

/** Edits of what is gone say nothing any more. Holds stay: who makes it again finds it held. */
function dropEdits(change: Changing, state: OwnerState, address: Address): void {
  for (const edit of state.edits) if (edit.address === address) dropFact(change.db, "edits", state.id, edit.id);
}
