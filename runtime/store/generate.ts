import {
  generationDigest,
  isDigest,
  LIMITS,
  parseAddress,
  problem,
  shortDigest,
  shown,
  UNMANAGED,
  type Actor,
  type Address,
  type Digest,
  type Generation,
  type Owner,
  type Pin,
} from "../../core/index.ts";
import { addContents, collectContents, dropEvidence, knownContents } from "./contents.ts";
import { broken, fault, StoreFault } from "./faults.ts";
import { activeOf, candidateOf, dropFact, dropFacts, putFact, type OwnerState, type Pending } from "./owner-state.ts";
import { changedRows, dropRows, pruneRows, writeRows, type Rows } from "./rows.ts";
import type { Changing } from "./session.ts";
import type { CommitRequest, RowChange } from "./types.ts";

/** Writing, activating and rejecting generations, inside a transaction that somebody else opened. */

/** What a new generation says of itself; the rest is counted or computed. */
export type Said = Omit<Generation, "number" | "status" | "digest" | "createdAt" | "resources" | "owner">;

/** Rows of generation N+1, its contents and its record, as `candidate` or not yet of any effect. */
export function writeGeneration(
  change: Changing,
  state: OwnerState,
  said: Said,
  changes: readonly RowChange[],
  values: ReadonlyMap<Digest, Uint8Array>,
): Generation {
  const active = activeOf(state);
  const base: Rows = active ? change.rows(state, active) : new Map();
  checkChanges(changes);
  const changed = changedRows(base, changes);
  const digests = new Set(changed.set.map(([, digest]) => digest));
  addContents(change.db, values, digests);
  checkComplete(change, digests, values);
  const number = (state.generations.at(-1)?.number ?? 0) + 1;
  writeRows(change.db, state, number, changed, base);
  const generation: Generation = {
    ...said,
    owner: state.name,
    number,
    status: "candidate",
    digest: generationDigest(changed.rows),
    createdAt: change.at,
    resources: changed.rows.size,
  };
  putFact(change.db, "generations", state.id, number, generation);
  return generation;
}

/** A candidate takes effect: the one before it is superseded, old ones are forgotten. */
export function makeActive(change: Changing, state: OwnerState, candidate: Generation): Generation {
  const { db } = change;
  const before = activeOf(state);
  if (before) putFact(db, "generations", state.id, before.number, { ...before, status: "superseded" });
  const active: Generation = { ...candidate, status: "active" };
  putFact(db, "generations", state.id, active.number, active);
  forgetOld(change, state, active.number);
  return active;
}

/** What else becomes true with an active generation: edits corrected, the pin. */
export function applyPending(
  change: Changing,
  state: OwnerState,
  active: Generation,
  pending: Omit<Pending, "generation" | "receipt">,
): void {
  const { db } = change;
  for (const id of pending.correctedEdits) dropFact(db, "edits", state.id, id);
  if (pending.pin !== undefined) setPin(change, state, pending.pin, active.actor);
}

/** Sets, replaces or (null) ends the pin. */
export function setPin(change: Changing, state: OwnerState, pin: Pin | null, actor: Actor): void {
  if (!pin && !state.pin) return;
  dropFacts(change.db, "pins", state.id);
  if (pin) {
    putFact(change.db, "pins", state.id, pin.generation, pin);
    change.log("pin", state.name, actor, { generation: pin.generation, because: pin.because, refused: pin.refused });
  } else if (state.pin) {
    change.log("unpin", state.name, actor, { generation: state.pin.generation });
  }
}

/** A candidate that does not take effect leaves its record and its reason; its rows go. */
export function reject(change: Changing, state: OwnerState, candidate: Generation): Generation {
  const rejected: Generation = { ...candidate, status: "rejected" };
  putFact(change.db, "generations", state.id, rejected.number, rejected);
  collectContents(change.db, dropRows(change.db, state, rejected.number));
  dropEvidence(change.db, state.id, rejected.number);
  return rejected;
}

/** Keeps the newest {@link LIMITS.generationsKept}, and always the active one; the rows only older ones had go with them. */
function forgetOld(change: Changing, state: OwnerState, active: number): void {
  const oldestKept = active - LIMITS.generationsKept + 1;
  for (const { number } of state.generations) {
    if (number >= oldestKept) continue;
    dropFact(change.db, "generations", state.id, number);
    dropEvidence(change.db, state.id, number);
  }
  if (oldestKept > 1) collectContents(change.db, pruneRows(change.db, state, oldestKept));
}

/** Nobody writes over another owner's resource; taking one over is said by name. */
export function checkOwnership(change: Changing, state: OwnerState, request: Pick<CommitRequest, "rows" | "adopted">): void {
  const taken = new Map((request.adopted ?? []).map(({ address, from }) => [address, from]));
  const active = activeOf(state);
  const own: Rows = active ? change.rows(state, active) : new Map();
  const fresh = request.rows.filter(({ address, digest }) => digest !== null && !own.has(address)).map(({ address }) => address);
  if (fresh.length === 0) return;
  for (const name of change.owners.keys()) {
    const other = name === state.name ? undefined : change.owner(name);
    const held = other ? [activeOf(other), candidateOf(other)].flatMap((one) => (one ? [change.rows(other, one)] : [])) : [];
    const address = fresh.find((one) => taken.get(one) !== name && held.some((rows) => rows.has(one)));
    if (address !== undefined) throw owned(address, name);
  }
}

function owned(address: Address, owner: Owner): StoreFault {
  const whose = owner === UNMANAGED ? "is here already, unmanaged" : `belongs to "${owner}", which applies to the same runtime`;
  return new StoreFault(
    problem("ADDRESS_OWNED", {
      detail: `"${address}" ${whose}. It is not overwritten.`,
      remedy: `Give it another name here, or take it over:\nmoltbot adopt ${address} --from ${owner}`,
      context: { address, owner },
    }),
  );
}

function checkChanges(changes: readonly RowChange[]): void {
  const seen = new Set<Address>();
  for (const { address, digest } of changes) {
    if (!parseAddress(address) || (digest !== null && !isDigest(digest))) throw broken(`a row change of ${shown(address)}`);
    if (seen.has(address)) throw broken(`two changes of ${address} in one commit`);
    seen.add(address);
  }
}

/** Every new row has its bytes, or the generation could not be loaded. */
function checkComplete({ db }: Changing, digests: ReadonlySet<Digest>, values: ReadonlyMap<Digest, Uint8Array>): void {
  const old = [...digests].filter((digest) => !values.has(digest));
  const known = knownContents(db, old);
  const missing = old.find((digest) => !known.has(digest));
  if (missing === undefined) return;
  throw fault("VALUE_MISMATCH", `A row names ${shortDigest(missing)}, and its bytes were neither given nor stored before.`, {
    remedy: "Plan again.",
  });
}
