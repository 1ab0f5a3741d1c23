import { byCodeUnit, digestJson, UNMANAGED, type Address, type Digest, type Generation } from "../../core/index.ts";
import { broken, fault } from "./faults.ts";
import { makeActive, writeGeneration, type Said } from "./generate.ts";
import { lifeOf, type Lives } from "./lives.ts";
import { activeOf, candidateOf, dropFact, putFact, type OwnerState, type Pending } from "./owner-state.ts";
import type { Changing } from "./session.ts";
import type { CommitRequest, RowChange } from "./types.ts";

/**
 * What a commit of one owner does to others, in the same transaction: those that addresses are taken over
 * from get a generation without them, and what is forgotten goes to {@link UNMANAGED}.
 */

/** The released addresses with the digests they have now, before the generation without them is in force. */
export function releasedRows(change: Changing, state: OwnerState, request: CommitRequest): NonNullable<Pending["released"]> {
  const active = activeOf(state);
  const rows = active ? change.rows(state, active) : new Map<Address, Digest>();
  return (request.released ?? []).map((address) => {
    const digest = rows.get(address);
    const isRemoved = request.rows.some((row) => row.address === address && row.digest === null);
    if (digest === undefined || !isRemoved) throw broken(`a release of ${address}`);
    return { address, digest };
  });
}

export function changeOthers(
  change: Changing,
  state: OwnerState,
  active: Generation,
  { adopted, released = [] }: Pick<Pending, "adopted" | "released">,
): void {
  const takenFrom = Map.groupBy(adopted, ({ from }) => from);
  for (const [from, taken] of takenFrom) {
    const addresses = taken.map(({ address }) => address);
    const other = change.touch(from);
    if (!activeOf(other) || candidateOf(other)) {
      throw fault("CANDIDATE_OPEN", `"${from}" has a generation that waits for its runtime, so nothing can be taken over from it now.`, {
        remedy: "Settle it first, by applying it again.",
      });
    }
    carryHolds(change, other, state, addresses);
    dropEdits(change, other, addresses);
    const gone = addresses.map((address) => ({ address, digest: null }));
    // What is taken back and what is released in one commit is one generation of that owner.
    const changes: readonly RowChange[] = from === UNMANAGED ? [...gone, ...released] : gone;
    const lives = livesOf(change, other, changes, from === UNMANAGED ? takenLives(active, released) : {});
    regenerate(change, other, active, { changes, lives }, "adopt", `adopted by ${active.owner}`);
  }
  if (released.length === 0) return;
  const addresses = released.map(({ address }) => address);
  const unmanaged = change.touch(UNMANAGED);
  carryEdits(change, state, unmanaged, addresses);
  carryHolds(change, state, unmanaged, addresses);
  if (takenFrom.has(UNMANAGED)) return;
  const lives = livesOf(change, unmanaged, released, takenLives(active, released));
  regenerate(change, unmanaged, active, { changes: released, lives }, "forget", `forgotten by ${active.owner}`);
}

/** What is released takes its life along: the generation that is left behind still names it. */
function takenLives({ lives }: Generation, released: NonNullable<Pending["released"]>): Lives {
  return Object.fromEntries(released.map(({ address }) => [address, lifeOf(lives, address)]));
}

/** The lives of what stays with another owner, and of what comes to it. */
export function livesOf(change: Changing, other: OwnerState, changes: readonly RowChange[], fresh: Lives): Lives {
  const active = activeOf(other);
  const gone = new Set(changes.filter(({ digest }) => digest === null).map(({ address }) => address));
  const rows = active ? change.rows(other, active) : new Map<Address, Digest>();
  const kept = Object.entries(active?.lives ?? {}).filter(([address]) => rows.has(address as Address) && !gone.has(address as Address));
  return { ...Object.fromEntries(kept), ...fresh };
}

/** Lives as a generation names them: those that are not simply the name. */
export function namedLives(lives: Lives): Pick<Said, "lives"> {
  const named = Object.entries(lives).filter(([address, life]) => life !== lifeOf(undefined, address as Address));
  return named.length === 0 ? {} : { lives: Object.fromEntries(named.sort(([a], [b]) => byCodeUnit(a, b))) };
}

/** Generation N+1 of another owner, active at once, with its receipt. */
function regenerate(
  change: Changing,
  other: OwnerState,
  cause: Generation,
  { changes, lives }: { readonly changes: readonly RowChange[]; readonly lives: Lives },
  reason: "adopt" | "forget",
  because: string,
): void {
  const { plan, engine, actor, schema, commit, dirty, resolved } = cause;
  const before = activeOf(other) ?? { resolved, schema, commit, dirty };
  const said: Said = {
    resolved: before.resolved,
    schema: before.schema,
    commit: before.commit,
    dirty: before.dirty,
    reason,
    because,
    plan,
    engine,
    actor,
    ...namedLives(lives),
  };
  const made = makeActive(change, other, writeGeneration(change, other, said, changes, new Map()));
  change.log("receipt", other.name, actor, {
    generation: made.number,
    digest: made.digest,
    plan,
    reason,
    because,
    resources: made.resources,
  });
}

/** What was changed past git stays changed: the object is left as it is. */
function carryEdits(change: Changing, from: OwnerState, to: OwnerState, addresses: readonly Address[]): void {
  for (const edit of from.edits) {
    if (!addresses.includes(edit.address)) continue;
    dropFact(change.db, "edits", from.id, edit.id);
    putFact(change.db, "edits", to.id, edit.id, { ...edit, owner: to.name });
  }
}

/** The new owner's files say what the object is. */
function dropEdits(change: Changing, from: OwnerState, addresses: readonly Address[]): void {
  for (const edit of from.edits) if (addresses.includes(edit.address)) dropFact(change.db, "edits", from.id, edit.id);
}

/** What an operator has stopped stays stopped, whoever owns it: a hold goes along, one on everything as one on each object. */
function carryHolds(change: Changing, from: OwnerState, to: OwnerState, addresses: readonly Address[]): void {
  for (const hold of from.holds) {
    const { selector, denied, reason, until, actor } = hold;
    for (const address of addresses.filter((each) => selector === "*" || selector === each)) {
      const id = selector === "*" ? digestJson([hold.id, address]).slice("sha256:".length, "sha256:".length + 32) : hold.id;
      if (selector !== "*") dropFact(change.db, "holds", from.id, hold.id);
      putFact(change.db, "holds", to.id, id, { ...hold, id, owner: to.name, selector: address });
      change.log("hold", to.name, actor, { id, selector: address, denied, reason, until });
    }
  }
}
