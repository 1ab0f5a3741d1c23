import { byCodeUnit, digestBytes, isDigest, shortDigest, type Digest } from "../../core/index.ts";
import { bytesOf, type Db } from "./db.ts";
import { corrupt, fault } from "./faults.ts";

/** Bytes by their digest: resources as canonical JSON, envelopes, embedded files. Checked whenever they are read. */

const READ_BATCH = 200;
const WRITE_BATCH = 20;
const marks = (count: number, mark: string): string => Array.from({ length: count }, () => mark).join(",");

function* batches<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

/** @throws StoreFault `STORE_CORRUPT` for one that is missing or does not give its digest. */
export function readContents(db: Db, digests: Iterable<Digest>): ReadonlyMap<Digest, Uint8Array> {
  const found = new Map<Digest, Uint8Array>();
  const wanted = [...new Set(digests)].sort(byCodeUnit);
  for (const batch of batches(wanted, READ_BATCH)) {
    for (const [digest, value] of db.all(`SELECT digest, bytes FROM contents WHERE digest IN (${marks(batch.length, "?")})`, ...batch)) {
      const bytes = bytesOf(value, "stored value");
      if (digestBytes(bytes) !== digest)
        throw corrupt(`The stored value ${shortDigest(String(digest))} does not give its digest any more.`);
      found.set(digest, bytes);
    }
  }
  const missing = wanted.find((digest) => !found.has(digest));
  if (missing !== undefined) throw corrupt(`The stored value ${shortDigest(missing)} is missing.`);
  return found;
}

export function knownContents(db: Db, digests: Iterable<Digest>): ReadonlySet<Digest> {
  const known = new Set<Digest>();
  for (const batch of batches([...new Set(digests)], READ_BATCH)) {
    for (const [digest] of db.all(`SELECT digest FROM contents WHERE digest IN (${marks(batch.length, "?")})`, ...batch)) {
      if (isDigest(digest)) known.add(digest);
    }
  }
  return known;
}

/**
 * Adds bytes under the digests a plan names.
 *
 * @param resources - Which of them are resources: the digests named in their text keep the contents they name alive.
 * @throws StoreFault `VALUE_MISMATCH` for bytes that hash to something else.
 */
export function addContents(db: Db, values: ReadonlyMap<Digest, Uint8Array>, resources: ReadonlySet<Digest>): void {
  // Sorted, the inserts walk the tree once from left to right instead of splitting pages everywhere.
  const sorted = [...values].sort(([a], [b]) => byCodeUnit(a, b));
  for (const [digest, bytes] of sorted) {
    if (digestBytes(bytes) !== digest)
      throw fault("VALUE_MISMATCH", `The bytes given for ${shortDigest(digest)} hash to something else.`, { remedy: "Plan again." });
  }
  for (const batch of batches(sorted, WRITE_BATCH)) {
    db.run(`INSERT OR IGNORE INTO contents (digest, bytes) VALUES ${marks(batch.length, "(?,?)")}`, ...batch.flat());
  }
  for (const [digest, bytes] of sorted) if (resources.has(digest)) addRefs(db, digest, bytes, values);
}

const MARK = "sha256:";
const NAMED = /sha256:[0-9a-f]{64}/g;

/** Which contents a resource names: those that are stored, or come with it. */
export function addRefs(db: Db, parent: Digest, bytes: Uint8Array, fresh: ReadonlyMap<Digest, Uint8Array>): void {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!text.includes(MARK)) return;
  const named = new Set<Digest>();
  for (const [found] of text.toString("latin1").matchAll(NAMED)) if (isDigest(found)) named.add(found);
  named.delete(parent);
  const stored = knownContents(
    db,
    [...named].filter((digest) => !fresh.has(digest)),
  );
  for (const child of named) {
    if (fresh.has(child) || stored.has(child)) db.run("INSERT OR IGNORE INTO content_refs (parent, child) VALUES (?, ?)", parent, child);
  }
}

/** Names a generation among the parents of contents, where digests stand otherwise. */
const evidenceOf = (owner: number, generation: number): string => `generation ${owner} ${generation}`;

/** Adds what a generation is proved with; it lives as long as the generation. */
export function keepEvidence(
  db: Db,
  owner: number,
  generation: number,
  { list, values }: { readonly list: Digest; readonly values: ReadonlyMap<Digest, Uint8Array> },
): void {
  addContents(db, values, new Set([list]));
  db.run("INSERT OR IGNORE INTO content_refs (parent, child) VALUES (?, ?)", evidenceOf(owner, generation), list);
}

export function dropEvidence(db: Db, owner: number, generation: number): void {
  const parent = evidenceOf(owner, generation);
  const lists = db.all("SELECT child FROM content_refs WHERE parent = ?", parent).map(([child]) => child);
  db.run("DELETE FROM content_refs WHERE parent = ?", parent);
  collectContents(db, new Set(lists.filter(isDigest)));
}

/** Drops those contents that no row and no kept resource needs any more, and what only they needed. */
export function collectContents(db: Db, candidates: ReadonlySet<Digest>): void {
  const queue = [...candidates];
  for (let digest = queue.pop(); digest !== undefined; digest = queue.pop()) {
    if (isNeeded(db, digest)) continue;
    for (const [child] of db.all("SELECT child FROM content_refs WHERE parent = ?", digest)) if (isDigest(child)) queue.push(child);
    db.run("DELETE FROM content_refs WHERE parent = ?", digest);
    db.run("DELETE FROM contents WHERE digest = ?", digest);
  }
}

function isNeeded(db: Db, digest: Digest): boolean {
  const needed = db.row(
    "SELECT EXISTS (SELECT 1 FROM generation_rows WHERE digest = ?1) OR EXISTS (SELECT 1 FROM content_refs WHERE child = ?1)",
    digest,
  );
  return needed?.[0] !== 0;
}
