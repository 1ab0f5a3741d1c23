import { digestBytes, LIMITS, ok, type Digest, type Result, type Secret } from "../../core/index.ts";
import { openDataKey } from "./data-key.ts";
import { bytesOf, openDb, textOf, type Db } from "./db.ts";
import { broken, corrupt, fault, guard } from "./faults.ts";
import { metaOf, readHead } from "./head.ts";
import { checkFormat } from "./open.ts";
import { seal, unseal } from "./seal.ts";
import type { Places } from "./files.ts";
import { checkStateDir, requireWritable, storePresence } from "./state-dir.ts";
import type { SealedRecords, SealedSlot } from "./types.ts";

/**
 * Records encrypted at rest, beside the generations and independent of them. A slot's sealed head counts
 * its entries, and a sealed root closes the names of the slots: what was cut or taken out, or cannot be
 * found any more, does not pass as fewer.
 */
const SLOT = /^[a-z0-9][a-z0-9._/-]{0,199}$/;
const ROOT = "moltbot/sealed-root";
const COUNT_BYTES = 8;

/**
 * Opens the sealed records of a state folder; null where there is no store. Wants no apply lock.
 * @param unlocked - The store's key, where its file is locked.
 */
export function openRecords(dir: string, unlocked?: Secret<string>): Result<SealedRecords | null> {
  return guard(() => {
    const places = checkStateDir(dir);
    if (!places || storePresence(places) !== "present") return ok(null);
    requireWritable(dir);
    const db = openDb(places.store, "write");
    try {
      checkFormat(db);
      return ok(recordsOn(vaultOn(db, places, unlocked)));
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

interface Vault {
  readonly db: Db;
  readonly lineage: string;
  /** Asked for inside a transaction: another process may have renewed it since the last one. */
  readonly key: Secret<Uint8Array>;
}

function vaultOn(db: Db, places: Places, unlocked: Secret<string> | undefined): Vault {
  const { lineage } = db.reading(() => readHead(db, places)).head;
  const wrapped = (): Uint8Array => bytesOf(metaOf(db, "data_key"), "wrapped data key");
  let opened = { from: wrapped(), key: openDataKey(db, places, lineage, unlocked) };
  return {
    db,
    lineage,
    get key() {
      const now = wrapped();
      if (Buffer.compare(now, opened.from) !== 0) opened = { from: now, key: openDataKey(db, places, lineage, unlocked) };
      return opened.key;
    },
  };
}

function recordsOn(vault: Vault): SealedRecords {
  const { db } = vault;
  return {
    put: (slot, bytes) =>
      guard(() => ok(db.writing(() => writeHeadOf(vault, checkSlot(slot), readSlot(vault, slot)?.entries ?? 0, bytes)))),
    get: (slot) => guard(() => ok(db.reading(() => readSlot(vault, checkSlot(slot))))),
    append: (slot, bytes, head) => guard(() => ok(db.writing(() => append(vault, checkSlot(slot), bytes, head)))),
    read: (slot, options = {}) =>
      guard(() => ok(db.reading(() => readEntries(vault, checkSlot(slot), options.from ?? 1, limitOf(options.limit))))),
    list: (prefix, options = {}) => guard(() => ok(db.reading(() => list(vault, prefix, options.after ?? "", limitOf(options.limit))))),
    change: (slot, change) => guard(() => ok(db.writing(() => changeHead(vault, checkSlot(slot), change)))),
    remove: (slot) => guard(() => ok(db.writing(() => remove(vault, checkSlot(slot))))),
    close: () => db.close(),
  };
}

function limitOf(limit: number | undefined): number {
  return Math.min(limit ?? LIMITS.recordsRead, LIMITS.recordsRead);
}

function checkSlot(slot: string): string {
  if (!SLOT.test(slot)) throw broken("a slot name that is not one");
  return slot;
}

function readSlot(vault: Vault, slot: string): SealedSlot | null {
  const row = vault.db.row("SELECT sealed FROM slots WHERE slot = ?", slot);
  if (row) return openSlot(vault, slot, row[0]);
  if (vault.db.row("SELECT 1 FROM entries WHERE slot = ? LIMIT 1", slot))
    throw corrupt(`Encrypted records of "${slot}" have lost their head.`);
  // Absence is believed only of slots that the sealed root does not name.
  slotNames(vault);
  return null;
}

function openSlot({ key, lineage }: Vault, slot: string, sealed: unknown): SealedSlot {
  const opened = Buffer.from(unseal(key, headOf(lineage, slot), bytesOf(sealed, "encrypted record")));
  return { slot, entries: Number(opened.readBigUInt64BE(0)), head: new Uint8Array(opened.subarray(COUNT_BYTES)) };
}

/** Writes a slot's head and how many entries it has. */
function writeHeadOf(vault: Vault, slot: string, entries: number, head: Uint8Array): void {
  const { db, key, lineage } = vault;
  checkSize(head);
  const count = Buffer.alloc(COUNT_BYTES);
  count.writeBigUInt64BE(BigInt(entries));
  const sealed = seal(key, headOf(lineage, slot), Buffer.concat([count, head]));
  if (db.run("UPDATE slots SET sealed = ? WHERE slot = ?", sealed, slot) > 0) return;
  slotNames(vault);
  db.run("INSERT INTO slots (slot, sealed) VALUES (?, ?)", slot, sealed);
  sealRoot(vault);
}

function changeHead<T>(
  vault: Vault,
  slot: string,
  change: (before: SealedSlot | null) => { readonly head: Uint8Array | null; readonly value: T },
): T {
  const before = readSlot(vault, slot);
  const { head, value } = change(before);
  if (head) writeHeadOf(vault, slot, before?.entries ?? 0, head);
  return value;
}

function append(vault: Vault, slot: string, bytes: Uint8Array, head: Uint8Array | undefined): number {
  checkSize(bytes);
  const before = readSlot(vault, slot);
  const number = (before?.entries ?? 0) + 1;
  writeHeadOf(vault, slot, number, head ?? before?.head ?? new Uint8Array());
  vault.db.run(
    "INSERT INTO entries (slot, number, sealed) VALUES (?, ?, ?)",
    slot,
    number,
    seal(vault.key, entryOf(vault.lineage, slot, number), bytes),
  );
  return number;
}

function readEntries(vault: Vault, slot: string, from: number, limit: number): readonly Uint8Array[] {
  const entries = readSlot(vault, slot)?.entries ?? 0;
  const first = Math.max(1, from);
  const due = Math.max(0, Math.min(limit, entries - first + 1));
  const rows = vault.db.all("SELECT number, sealed FROM entries WHERE slot = ? AND number >= ? ORDER BY number LIMIT ?", slot, first, due);
  if (rows.length !== due) throw corrupt(`Encrypted records of "${slot}" are missing.`);
  return rows.map(([number, sealed], i) => {
    if (number !== first + i) throw corrupt(`Encrypted records of "${slot}" are missing.`);
    return unseal(vault.key, entryOf(vault.lineage, slot, first + i), bytesOf(sealed, "encrypted record"));
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
  slotNames(vault);
  if (vault.db.run("DELETE FROM slots WHERE slot = ?", slot) === 0) return;
  vault.db.run("DELETE FROM entries WHERE slot = ?", slot);
  sealRoot(vault);
}

/** Every slot's name, sorted, checked against the sealed root. */
function slotNames({ db, key, lineage }: Vault): readonly string[] {
  const names = readNames(db);
  const sealed = metaOf(db, "sealed_root");
  const due = sealed === undefined ? digestBytes("") : Buffer.from(unseal(key, rootOf(lineage), bytesOf(sealed, "sealed root"))).toString();
  if (digestOfNames(names) !== due) throw corrupt("The list of encrypted conversations is not the one that was sealed.");
  return names;
}

function sealRoot({ db, key, lineage }: Vault): void {
  const sealed = seal(key, rootOf(lineage), Buffer.from(digestOfNames(readNames(db))));
  db.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('sealed_root', ?)", sealed);
}

function readNames(db: Db): readonly string[] {
  return db.all("SELECT slot FROM slots ORDER BY slot").map(([slot]) => textOf(slot, "slot"));
}

/** A slot's name has no line break. */
function digestOfNames(names: readonly string[]): Digest {
  return digestBytes(names.map((name) => `${name}\n`).join(""));
}

const rootOf = (lineage: string): string => `${ROOT}\n${lineage}`;
const headOf = (lineage: string, slot: string): string => `moltbot/head\n${lineage}\n${slot}`;
const entryOf = (lineage: string, slot: string, number: number): string => `moltbot/entry\n${lineage}\n${slot}\n${number}`;

function checkSize(bytes: Uint8Array): void {
  if (bytes.length <= LIMITS.sealedBytes) return;
  throw fault("STORE_LIMIT", `One record has ${bytes.length} bytes; limits.sealedBytes is ${LIMITS.sealedBytes}.`, {
    context: { limit: LIMITS.sealedBytes },
  });
}
