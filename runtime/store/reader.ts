import { LIMITS, problem, type Address, type Digest, type Owner, type Result } from "../../core/index.ts";
import { knownContents, readContents } from "./contents.ts";
import { must, StoreFault } from "./faults.ts";
import { headProofOf } from "./head.ts";
import { notedAuditIn, readRecords, verifyTable } from "./ledger-table.ts";
import { activeOf, candidateOf, type OwnerState } from "./owner-state.ts";
import type { Session, View } from "./session.ts";
import type { StoreReader } from "./types.ts";
import { verifyContents } from "./verify.ts";

/** The reading half of the store. A reader opened for reading sees one moment until it is closed. */
export function readerOn(session: Session, lineage: string): StoreReader {
  const ofOwner = <T>(owner: Owner, nothing: T, take: (state: OwnerState) => T): Result<T> =>
    session.read((view) => {
      const state = view.owner(owner);
      return state ? take(state) : nothing;
    });
  return {
    lineage,
    mark: () => session.mark(),
    active: (owner) => ofOwner(owner, null, activeOf),
    candidate: (owner) => ofOwner(owner, null, candidateOf),
    candidateAnswer: (owner) => ofOwner(owner, null, ({ answer }) => answer),
    generations: (owner) => ofOwner(owner, [], ({ generations }) => generations.toReversed().slice(0, LIMITS.generationsKept)),
    edits: (owner) => ofOwner(owner, [], ({ edits }) => edits),
    holds: (owner) => ofOwner(owner, [], ({ holds }) => holds),
    pin: (owner) => ofOwner(owner, null, ({ pin }) => pin),
    openIntent: (owner) =>
      ofOwner(owner, null, ({ intent }) =>
        intent ? { fence: { owner, number: intent.fence, plan: intent.plan }, actor: intent.actor, at: intent.at } : null,
      ),
    rows: (owner, number) => session.read((view) => rowsOf(view, owner, number)),
    values: (digests) => session.read(({ db }) => readContents(db, digests)),
    knownValues: (digests) => session.read(({ db }) => knownContents(db, digests)),
    ownersOf: (addresses) => session.read((view) => ownersOf(view, addresses)),
    owners: () => session.read(({ owners }) => [...owners.keys()].sort()),
    ledgerHead: () => session.read(({ head }) => ({ seq: head.seq, hash: head.hash })),
    headProof: () => session.read(({ db, head, key }) => headProofOf(db, head, key)),
    ledger: (from, limit) => session.read(({ db, head }) => readRecords(db, head, from, Math.min(limit, LIMITS.recordsRead))),
    notedAudit: (pastRestores = false) => session.read(({ db }) => notedAuditIn(db, pastRestores)),
    verifyLedger: (seen) => session.read(({ db, head }) => must(verifyTable(db, head, seen))),
    verifyContents: () => session.read(verifyContents),
    close: () => session.close(),
  };
}

function rowsOf(view: View, owner: Owner, number: number): ReadonlyMap<Address, Digest> {
  const state = view.owner(owner);
  const generation = state?.generations.find((one) => one.number === number);
  if (!state || !generation) throw unknownGeneration(owner, number, "is not in the record");
  if (generation.status === "rejected") throw unknownGeneration(owner, number, "was rejected, so its resources were not kept");
  return view.rows(state, generation);
}

function unknownGeneration(owner: Owner, number: number, why: string): StoreFault {
  return new StoreFault(
    problem("GENERATION_UNKNOWN", {
      detail: `Generation ${number} of "${owner}" ${why}.`,
      remedy: "See which there are:\nmoltbot history",
      context: { owner, generation: number },
    }),
  );
}

/** Read from every other owner's verified rows, not from an index: a damaged index would say "nobody". */
function ownersOf(view: View, addresses: Iterable<Address>): ReadonlyMap<Address, Owner> {
  const found = new Map<Address, Owner>();
  const wanted = [...addresses];
  for (const name of view.owners.keys()) {
    const state = view.owner(name);
    const active = state && activeOf(state);
    const rows = active && view.rows(state, active);
    for (const address of wanted) if (rows?.has(address)) found.set(address, name);
  }
  return found;
}
