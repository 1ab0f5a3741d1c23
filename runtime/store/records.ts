import { digestBytes, LIMITS, ok, type Digest, type Result, type Secret } from "../../core/index.ts";
import { openDataKey } from "./data-key.ts";
import { bytesOf, openDb, textOf, type Db } from "./db.ts";
import { broken, corrupt, fault, guard, must } from "./faults.ts";
import { metaOf, readHead } from "./head.ts";
import { checkFormat, connectionOf } from "./open.ts";
import { entryOf, headOf, rootOf } from "./record-slots.ts";
import { openWithRing, ringOf, seal } from "./seal.ts";
import type { Places } from "./files.ts";
import { checkStateDir, requireWritable, storePresence } from "./state-dir.ts";
import type { SealedRecords, SealedSlot, SlotChange, StoreWriter } from "./types.ts";

/**
 * Records encrypted at rest, beside the generations and independent of them. A slot's sealed head counts
 * its entries, and a sealed root closes the names of the slots: what was cut or taken out, or cannot be
 * found any more, does not pass as fewer.
 */
const SLOT = /^[a-z0-9][a-z0-9._/-]{0,199}$/;
const COUNT_BYTES = 8;

/**
 * Opens the sealed records of a state folder; null where there is no store. Wants no apply lock.
 * @param unlocked - The store's key, where its file is locked.
 * @param over - The store of this folder that is open for writing: they share its connection, so that what is written
 * here is no change of another's to it.
 */
export function openRecords(dir: string, unlocked?: Secret<string>, over?: StoreWriter): Result<SealedRecords | null> {
  return guard(() => {
    const places = checkStateDir(dir);
    if (!places || storePresence(places) !== "present") return ok(null);
    const shared = over && connectionOf(over);
    if (shared) return ok(recordsOn(vaultOn(shared, places, unlocked), () => {}));
    requireWritable(dir);
    const db = openDb(places.store, "write");
    try {
      checkFormat(db);
      return ok(recordsOn(vaultOn(db, places, unlocked), () => db.close()));
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

interface Vault {
  readonly db: Db;
  readonly lineage: string;
  /** The data keys, the one in use first. Asked for inside a transaction: another process may have renewed them since the last one. */
  readonly keys: readonly Secret<Uint8Array>[];
  /** Names of all slots, sorted and checked against the sealed root, as long as only this connection changes them. */
  names: readonly string[] | null;
  /** Heads that were read or written lately, for as long as only this connection changes them. */
  readonly heads: Map<string, SealedSlot>;
  /** Runs one transaction, or joins the one that is open; what another process changed since is forgotten first. */
  readonly reading: <T>(act: () => T) => T;
  readonly writing: <T>(act: () => T) => T;
}

function vaultOn(db: Db, places: Places, unlocked: Secret<string> | undefined): Vault {
  const { lineage } = db.reading(() => readHead(db, places)).head;
  const wrapped = (): Uint8Array => bytesOf(metaOf(db, "data_key"), "wrapped data key");
  const opened = (from: Uint8Array): { readonly from: Uint8Array; readonly keys: readonly Secret<Uint8Array>[] } => ({
    from,
    keys: ringOf(openDataKey(db, places, lineage, unlocked)),
  });
  let current = opened(wrapped());
  let version: unknown;
  /** SQLite counts what other connections committed, so that nothing has to be read again where nothing changed. */
  const look = (): void => {
    const [now] = db.row("PRAGMA data_version") ?? [];
    if (now === version) return;
    forget(vault);
    const from = wrapped();
    if (Buffer.compare(from, current.from) !== 0) current = opened(from);
    version = now;
  };
  const vault: Vault = {
    db,
    lineage,
    names: null,
    heads: new Map(),
    get keys() {
      return current.keys;
    },
    reading: (act) =>
      db.reading(() => {
        look();
        return act();
      }),
    writing: (act) => {
      if (db.raw.isTransaction) return act();
      try {
        return db.writing(() => {
          look();
          return act();
        });
      } catch (error) {
        // What this transaction did is undone, here too.
        forget(vault);
        throw error;
      }
    },
  };
  return vault;
}

function forget(vault: Vault): void {
  vault.names = null;
  vault.heads.clear();
}

/** Keeps a head at hand; of many, those used longest ago go. */
function remember({ heads }: Vault, slot: SealedSlot): SealedSlot {
  heads.delete(slot.slot);
  heads.set(slot.slot, slot);
  if (heads.size > LIMITS.headsKept) heads.delete(heads.keys().next().value ?? "");
  return slot;
}

function recordsOn(vault: Vault, close: () => void): SealedRecords {
  const { db } = vault;
  const records: SealedRecords = {
    put: (slot, bytes) =>
      guard(() => ok(vault.writing(() => writeHeadOf(vault, checkSlot(slot), readSlot(vault, slot) ?? NO_SLOT, bytes)))),
    get: (slot) => guard(() => ok(vault.reading(() => readSlot(vault, checkSlot(slot))))),
    append: (slot, bytes, head) =>
      guard(() => ok(vault.writing(() => update(vault, checkSlot(slot), { append: [bytes], ...(head ? { head } : {}) })))),
    read: (slot, options = {}) =>
      guard(() => ok(vault.reading(() => readEntries(vault, checkSlot(slot), options.from ?? 1, limitOf(options.limit))))),
    update: (slot, change) => guard(() => ok(vault.writing(() => update(vault, checkSlot(slot), change)))),
    list: (prefix, options = {}) => guard(() => ok(vault.reading(() => list(vault, prefix, options.after ?? "", limitOf(options.limit))))),
    names: (prefix) => guard(() => ok(vault.reading(() => slotNames(vault).filter((slot) => slot.startsWith(prefix))))),
    change: (slot, change) => guard(() => ok(vault.writing(() => changeHead(vault, checkSlot(slot), change)))),
    remove: (slot) => guard(() => ok(vault.writing(() => remove(vault, checkSlot(slot))))),
    together: (work) => guard(() => ok(vault.writing(() => must(work(records))))),
    each: (works) => guard(() => ok(vault.writing(() => works.map((work) => apart(vault, () => work(records)))))),
    version: () => guard(() => ok(vault.reading(() => String(db.row("PRAGMA data_version")?.[0])))),
    close,
  };
  return records;
}

/** One of several works of a transaction: where it fails, what it wrote is undone and the others stand. */
function apart<T>(vault: Vault, work: () => Result<T>): Result<T> {
  const { db } = vault;
  db.run("SAVEPOINT work");
  const undo = (): void => {
    db.exec("ROLLBACK TO work; RELEASE work");
    forget(vault);
  };
  try {
    const done = work();
    if (done.ok) db.run("RELEASE work");
    else undo();
    return done;
  } catch (error) {
    if (db.raw.isTransaction) undo();
    throw error;
  }
}

function limitOf(limit: number | undefined): number {
  return Math.min(limit ?? LIMITS.recordsRead, LIMITS.recordsRead);
}

function checkSlot(slot: string): string {
  if (!SLOT.test(slot)) throw broken("a slot name that is not one");
  return slot;
}

function readSlot(vault: Vault, slot: string): SealedSlot | null {
  const known = vault.heads.get(slot);
  if (known) return remember(vault, known);
  const row = vault.db.row("SELECT sealed FROM slots WHERE slot = ?", slot);
  if (row) return remember(vault, openSlot(vault, slot, row[0]));
  if (vault.db.row("SELECT 1 FROM entries WHERE slot = ? LIMIT 1", slot))
    throw corrupt(`Encrypted records of "${slot}" have lost their head.`);
  // Absence is believed only of slots that the sealed root does not name.
  slotNames(vault);
  return null;
}

function openSlot({ keys, lineage }: Vault, slot: string, sealed: unknown): SealedSlot {
  const opened = Buffer.from(openWithRing(keys, headOf(lineage, slot), bytesOf(sealed, "encrypted record")));
  return {
    slot,
    entries: opened.readUInt32BE(COUNT_BYTES / 2),
    trimmed: opened.readUInt32BE(0),
    head: new Uint8Array(opened.subarray(COUNT_BYTES)),
  };
}

const NO_SLOT = { entries: 0, trimmed: 0, head: new Uint8Array() } as const;

function keyOf({ keys: [newest] }: Vault): Secret<Uint8Array> {
  if (!newest) throw broken("no data key");
  return newest;
}

/** Writes a slot's head and how many entries it has. */
function writeHeadOf(vault: Vault, slot: string, { entries, trimmed }: Pick<SealedSlot, "entries" | "trimmed">, head: Uint8Array): void {
  const { db, lineage } = vault;
  checkSize(head);
  const count = Buffer.alloc(COUNT_BYTES);
  // One number of eight bytes, as it always was: how many were trimmed is in its upper half.
  count.writeUInt32BE(trimmed, 0);
  count.writeUInt32BE(entries, COUNT_BYTES / 2);
  const sealed = seal(keyOf(vault), headOf(lineage, slot), Buffer.concat([count, head]));
  remember(vault, { slot, entries, trimmed, head: Uint8Array.from(head) });
  if (db.run("UPDATE slots SET sealed = ? WHERE slot = ?", sealed, slot) > 0) return;
  const names = slotNames(vault);
  db.run("INSERT INTO slots (slot, sealed) VALUES (?, ?)", slot, sealed);
  sealRoot(vault, withName(names, slot));
}

function changeHead<T>(
  vault: Vault,
  slot: string,
  change: (before: SealedSlot | null) => { readonly head: Uint8Array | null; readonly value: T },
): T {
  const before = readSlot(vault, slot);
  const { head, value } = change(before);
  if (head) writeHeadOf(vault, slot, before ?? NO_SLOT, head);
  return value;
}

/** Sorted as SQLite sorts: slots are ASCII, so by code unit. */
function withName(names: readonly string[], slot: string): readonly string[] {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((names[middle] ?? "") < slot) low = middle + 1;
    else high = middle;
  }
  return names.toSpliced(low, 0, slot);
}

/** Everything that one transaction does to a slot, with one reading and one writing of its head. */
function update(vault: Vault, slot: string, { append = [], head, dropBefore = 1, replace }: SlotChange): number {
  const { db, lineage } = vault;
  for (const bytes of [...append, ...(replace?.values() ?? [])]) checkSize(bytes);
  const before = readSlot(vault, slot) ?? NO_SLOT;
  const first = before.entries + 1;
  const entries = before.entries + append.length;
  const drop = typeof dropBefore === "function" ? dropBefore(first) : dropBefore;
  const trimmed = Math.max(before.trimmed, Math.min(entries, drop - 1));
  const bytes = typeof head === "function" ? head(first) : (head ?? before.head);
  writeHeadOf(vault, slot, { entries, trimmed }, bytes);
  for (const [i, each] of append.entries()) {
    if (first + i <= trimmed) continue;
    const sealed = seal(keyOf(vault), entryOf(lineage, slot, first + i), each);
    db.run("INSERT INTO entries (slot, number, sealed) VALUES (?, ?, ?)", slot, first + i, sealed);
  }
  for (const [number, each] of replace ?? []) {
    const sealed = seal(keyOf(vault), entryOf(lineage, slot, number), each);
    db.run("UPDATE entries SET sealed = ? WHERE slot = ? AND number = ?", sealed, slot, number);
  }
  if (trimmed > before.trimmed) db.run("DELETE FROM entries WHERE slot = ? AND number <= ?", slot, trimmed);
  return first;
}

function readEntries(vault: Vault, slot: string, from: number, limit: number): readonly Uint8Array[] {
  const { entries, trimmed } = readSlot(vault, slot) ?? NO_SLOT;
  const first = Math.max(trimmed + 1, from);
  const due = Math.max(0, Math.min(entries, Math.max(1, from) + limit - 1) - first + 1);
  const rows = vault.db.all("SELECT number, sealed FROM entries WHERE slot = ? AND number >= ? ORDER BY number LIMIT ?", slot, first, due);
  if (rows.length !== due) throw corrupt(`Encrypted records of "${slot}" are missing.`);
  return rows.map(([number, sealed], i) => {
    if (number !== first + i) throw corrupt(`Encrypted records of "${slot}" are missing.`);
    return openWithRing(vault.keys, entryOf(vault.lineage, slot, first + i), bytesOf(sealed, "encrypted record"));
  });
}

function list(vault: Vault, prefix: string, after: string, limit: number): readonly SealedSlot[] {
  const wanted = slotNames(vault).filter((slot) => slot.startsWith(prefix) && slot > after);
  return wanted.slice(0, limit).map((slot) => {
    const [sealed] = vault.db.row("SELECT sealed FROM slots WHERE slot = ?", slot) ?? [];
    return openSlot(vault, slot, sealed);
  });
}

function remove(vault: Vault, slot: string): void {
  const names = slotNames(vault);
  if (vault.db.run("DELETE FROM slots WHERE slot = ?", slot) === 0) return;
  vault.db.run("DELETE FROM entries WHERE slot = ?", slot);
  vault.heads.delete(slot);
  sealRoot(
    vault,
    names.filter((name) => name !== slot),
  );
}

/** Every slot's name, sorted, checked against the sealed root. */
function slotNames(vault: Vault): readonly string[] {
  if (vault.names) return vault.names;
  const { db, keys, lineage } = vault;
  const names = readNames(db);
  const sealed = metaOf(db, "sealed_root");
  const due =
    sealed === undefined ? digestBytes("") : Buffer.from(openWithRing(keys, rootOf(lineage), bytesOf(sealed, "sealed root"))).toString();
  if (digestOfNames(names) !== due) throw corrupt("The list of encrypted conversations is not the one that was sealed.");
  return (vault.names = names);
}

function sealRoot(vault: Vault, names: readonly string[]): void {
  const sealed = seal(keyOf(vault), rootOf(vault.lineage), Buffer.from(digestOfNames(names)));
  vault.db.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('sealed_root', ?)", sealed);
  vault.names = names;
}

function readNames(db: Db): readonly string[] {
  return db.all("SELECT slot FROM slots ORDER BY slot").map(([slot]) => textOf(slot, "slot"));
}

/** A slot's name has no line break. */
function digestOfNames(names: readonly string[]): Digest {
  return digestBytes(names.map((name) => `${name}\n`).join(""));
}

function checkSize(bytes: Uint8Array): void {
  if (bytes.length <= LIMITS.sealedBytes) return;
  throw fault("STORE_LIMIT", `One record has ${bytes.length} bytes; limits.sealedBytes is ${LIMITS.sealedBytes}.`, {
    context: { limit: LIMITS.sealedBytes },
  });
}
