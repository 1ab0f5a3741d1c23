import { hash } from "node:crypto";
import { byCodeUnit, generationDigest, isDigest, LIMITS, type Address, type Digest, type Generation } from "../../core/index.ts";
import { numberOf, textOf, type Db } from "./db.ts";
import { corrupt } from "./faults.ts";
import type { OwnerRow } from "./owner-state.ts";

/**
 * The rows of generations, as intervals: a row is written once and only ever ended, so a generation costs
 * its changes. Each row has a digest of its own, to name the one that was changed; the generation's digest
 * closes the set.
 */
export type Rows = ReadonlyMap<Address, Digest>;

const READ =
  "SELECT address, digest FROM generation_rows WHERE owner = ?1 AND from_gen <= ?2 AND (to_gen IS NULL OR to_gen > ?2) ORDER BY address";

/** The rows of one generation, sorted by address and checked against its digest. */
export function readRows(db: Db, owner: OwnerRow, generation: Generation): Rows {
  const rows = new Map<Address, Digest>();
  for (const [address, digest] of db.all(READ, owner.id, generation.number)) {
    rows.set(textOf(address, "row address") as Address, textOf(digest, "row digest") as Digest);
  }
  if (rows.size !== generation.resources || generationDigest(rows) !== generation.digest) throw damaged(db, owner, generation, rows);
  return rows;
}

/** Which row it is, for the message; the answer is the same without it. */
function damaged(db: Db, owner: OwnerRow, generation: Generation, rows: Rows): Error {
  const all = db.all("SELECT address, from_gen, digest, row_digest FROM generation_rows WHERE owner = ?", owner.id);
  const changed = all.find(
    ([address, from, digest, rowDigest]) => rowDigest !== rowDigestOf(owner, String(address), Number(from), String(digest)),
  );
  const which = changed
    ? `The row of "${String(changed[0])}" was changed.`
    : `It has ${rows.size} rows where ${generation.resources} were recorded, or one was put in place of another.`;
  return corrupt(`Generation ${generation.number} of "${owner.name}" is not what its digest says. ${which}`);
}

function rowDigestOf(owner: OwnerRow, address: string, from: number, digest: string): string {
  return hash("sha256", `${owner.name}\n${address}\n${from}\n${digest}`, "hex");
}

export interface RowsChanged {
  /** Sorted by address. */
  readonly rows: Rows;
  /** Rows that are new or have another digest, sorted by address. */
  readonly set: readonly (readonly [Address, Digest])[];
  readonly removed: readonly Address[];
}

/** What a base generation becomes, and which rows that touches. A row set to what it is touches nothing. */
export function changedRows(base: Rows, changes: readonly { readonly address: Address; readonly digest: Digest | null }[]): RowsChanged {
  const next = new Map(base);
  const set = new Map<Address, Digest>();
  const removed: Address[] = [];
  for (const { address, digest } of changes) {
    if (digest === null) {
      if (next.delete(address)) removed.push(address);
    } else if (base.get(address) !== digest) {
      next.set(address, digest);
      set.set(address, digest);
    }
  }
  const sorted = (rows: ReadonlyMap<Address, Digest>): [Address, Digest][] => [...rows].sort(([a], [b]) => byCodeUnit(a, b));
  const grew = [...set.keys()].some((address) => !base.has(address));
  return { rows: grew ? new Map(sorted(next)) : next, set: sorted(set), removed: removed.sort(byCodeUnit) };
}

const BATCH = 50;
const INSERT = (count: number): string =>
  `INSERT INTO generation_rows (owner, address, from_gen, to_gen, digest, row_digest) VALUES ${Array.from({ length: count }, () => "(?,?,?,NULL,?,?)").join(",")}`;

/** Ends the rows a generation changes or drops, and writes its own. */
export function writeRows(db: Db, owner: OwnerRow, generation: number, { set, removed }: RowsChanged, base: Rows): void {
  const end = "UPDATE generation_rows SET to_gen = ? WHERE owner = ? AND address = ? AND to_gen IS NULL";
  for (const address of removed) db.run(end, generation, owner.id, address);
  for (const [address] of set) if (base.has(address)) db.run(end, generation, owner.id, address);
  for (let at = 0; at < set.length; at += BATCH) {
    const batch = set.slice(at, at + BATCH);
    const values = batch.flatMap(([address, digest]) => [
      owner.id,
      address,
      generation,
      digest,
      rowDigestOf(owner, address, generation, digest),
    ]);
    db.run(INSERT(batch.length), ...values);
  }
}

/** Undoes {@link writeRows} of a rejected candidate. @returns the digests its rows had */
export function dropRows(db: Db, owner: OwnerRow, generation: number): ReadonlySet<Digest> {
  const dropped = digestsOf(db.all("SELECT digest FROM generation_rows WHERE owner = ? AND from_gen = ?", owner.id, generation));
  db.run("DELETE FROM generation_rows WHERE owner = ? AND from_gen = ?", owner.id, generation);
  db.run("UPDATE generation_rows SET to_gen = NULL WHERE owner = ? AND to_gen = ?", owner.id, generation);
  return dropped;
}

/** Removes rows that ended at or before a generation, at most {@link LIMITS.prunedRows}. @returns their digests */
export function pruneRows(db: Db, owner: OwnerRow, oldest: number): ReadonlySet<Digest> {
  const ended = db.all(
    "SELECT address, from_gen, digest FROM generation_rows WHERE owner = ? AND to_gen <= ? AND to_gen IS NOT NULL LIMIT ?",
    owner.id,
    oldest,
    LIMITS.prunedRows,
  );
  for (const [address, from] of ended) {
    db.run(
      "DELETE FROM generation_rows WHERE owner = ? AND address = ? AND from_gen = ?",
      owner.id,
      textOf(address, "row address"),
      numberOf(from, "generation number"),
    );
  }
  return digestsOf(ended.map(([, , digest]) => [digest]));
}

function digestsOf(rows: readonly (readonly unknown[])[]): ReadonlySet<Digest> {
  return new Set(rows.map(([digest]) => digest).filter(isDigest));
}
