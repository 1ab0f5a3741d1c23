import fs from "node:fs";
import { ok, problem, shown, type Digest, type LedgerHead, type Result } from "../../core/index.ts";
import { recipientOf } from "./age-identity.ts";
import { invalid, unpackBackup, type BackupHeader } from "./backup-file.ts";
import { abandonAll } from "./candidate.ts";
import { noteRecipient, publicHalves } from "./create.ts";
import { openDb, type Db } from "./db.ts";
import { guard, must, StoreFault } from "./faults.ts";
import { exists, type Places } from "./files.ts";
import { readSeenHead, writeSeenHead, type SignedHead } from "./head.ts";
import { clearBuilding, install, moveIntoPlace, startBuilding } from "./install.ts";
import { ledgerKeyOf, loadKey } from "./keys.ts";
import { recordAt, verifyTable } from "./ledger-table.ts";
import { isRuntimeHeld } from "./lock.ts";
import { migrateWithin } from "./migrations.ts";
import { checkFormat, formatOf } from "./open.ts";
import { rewrap } from "./renew-key.ts";
import { keysFor, type RestoredKeys } from "./restore-keys.ts";
import { STORE_FORMAT } from "./schema.ts";
import { loadUnsigned, loadView, runChange, type Changing, type View } from "./session.ts";
import { makeStateDir, storePresence } from "./state-dir.ts";
import type { NewStoreKey, RestoreInfo, RestoreOptions, StorePorts } from "./types.ts";
import { verifyContents } from "./verify.ts";

/**
 * Puts a backup in place. It is unpacked and verified whole beside the store, brought up to date, given
 * its ledger record, and then installed by renames: until the last of them nothing has changed, and a kill
 * among them is finished by the next start. A store that stood there is kept as `store.db.replaced`, keys
 * that belong to another store as `keys.replaced`. Wants the apply lock.
 */
export function restoreStore(dir: string, file: string, options: RestoreOptions, ports: StorePorts): Result<RestoreInfo> {
  return guard(() => {
    const places = makeStateDir(dir);
    refuseInUse(places, options.replace === true);
    const built = startBuilding(places);
    try {
      const header = unpack(file, built.store);
      const { keys, head } = readable(file, () => prepare(places, built, header, options, ports));
      writeSeenHead(built.head, head);
      install(places);
      const recipient = recipientOf(loadKey(places.keys, "runtime.agekey").open()) ?? "";
      return ok({ lineage: head.lineage, head: { seq: head.seq, hash: head.hash }, newKeys: keys.made, recipient });
    } catch (error) {
      // What is in `ready/` has been verified and is on its way: that is not undone.
      if (exists(places.building)) clearBuilding(places);
      throw error;
    }
  });
}

function refuseInUse(places: Places, mayReplace: boolean): void {
  if (must(isRuntimeHeld(places.dir))) {
    throw new StoreFault(
      problem("RUNTIME_HELD", { detail: "A gateway runs on the store that would be replaced.", remedy: "Stop it first." }),
    );
  }
  const presence = guard(() => ok(storePresence(places)));
  // An earlier restore that was killed on its last steps counts as done.
  if (presence.ok && presence.value === "ready") moveIntoPlace(places);
  if (mayReplace || !exists(places.store)) return;
  throw new StoreFault(
    problem("STORE_EXISTS", {
      detail: `A store stands in ${shown(places.dir)} already.`,
      remedy: "If it is to be replaced (a copy is kept):\nmoltbot restore FILE --replace --because TEXT",
    }),
  );
}

function unpack(file: string, to: string): BackupHeader {
  const fd = fs.openSync(to, "wx", 0o600);
  try {
    return unpackBackup(file, fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** What is damaged in a backup is the backup, not the store. */
function readable<T>(file: string, act: () => T): T {
  const result = guard(() => ok(act()));
  if (result.ok) return result.value;
  const [first] = result.diagnostics;
  if (first?.code !== "STORE_CORRUPT" && first?.code !== "LEDGER_BROKEN") return must(result);
  throw invalid(file, `holds a store that fails its integrity check: ${first.detail}`);
}

interface Prepared {
  readonly keys: RestoredKeys;
  readonly head: SignedHead;
}

/** Verifies the unpacked store, finds or makes its keys, and writes the record of its return. */
function prepare(places: Places, built: Places, header: BackupHeader, options: RestoreOptions, ports: StorePorts): Prepared {
  const db = openDb(built.store, "write");
  try {
    db.exec("PRAGMA journal_mode = WAL");
    const keys = keysFor(db, places, built, options.keys ?? new Map(), ports.storeKeys);
    const at = ports.clock.now().toISOString();
    const head = db.writing(() => {
      const load = loaderFor(keys);
      const found = load(db).head;
      if (found.seq !== header.head.seq || found.hash !== header.head.hash || found.lineage !== header.lineage) {
        throw invalid("The backup", "does not hold what its first line says");
      }
      const from = formatOf(db);
      if (from < STORE_FORMAT) migrateWithin(db, from, load, at, options.actor);
      const view = from < STORE_FORMAT ? loadView(db, keys.places) : load(db);
      must(verifyTable(db, view.head));
      return runChange(view, at, (change) =>
        record(change, keys, { file: header.digest, over: overOf(places, view), fresh: ports.storeKeys?.fresh }, options),
      ).head;
    });
    checkFormat(db);
    db.reading(() => verifyContents(loadView(db, keys.places)));
    return { keys, head };
  } finally {
    db.close();
  }
}

/** With the ledger key the signature is checked; without it the whole chain has to bear its head out, and the new key signs. */
function loaderFor({ places, made }: RestoredKeys): (db: Db) => View {
  if (!made.includes("ledger.key")) return (db) => loadView(db, places);
  const signer = ledgerKeyOf(loadKey(places.keys, "ledger.key"));
  return (db) => loadUnsigned(db, signer);
}

interface Return {
  readonly file: Digest;
  readonly over: LedgerHead | null;
  readonly fresh: NewStoreKey | undefined;
}

function record(change: Changing, keys: RestoredKeys, { file, over, fresh }: Return, { actor, because }: RestoreOptions): void {
  abandonAll(change, actor, "the store was restored from a backup");
  if (keys.made.includes("store.key")) rewrap(change, keys.places, fresh?.key ?? loadKey(keys.places.keys, "store.key"));
  noteRecipient(change.db, keys.places.keys);
  const said = { because, file, over: over && { ...over }, newKeys: [...keys.made] };
  change.log("restored", null, actor, { ...said, ...publicHalves(keys.places.keys) });
}

/** The newer head that was seen here, if the restored ledger does not hold it. */
function overOf(places: Places, view: View): LedgerHead | null {
  const read = guard(() => ok(readSeenHead(places.head)));
  const seen = read.ok ? read.value : undefined;
  if (!seen || seen.lineage !== view.head.lineage || recordAt(view.db, seen.seq)?.hash === seen.hash) return null;
  return { seq: seen.seq, hash: seen.hash };
}
