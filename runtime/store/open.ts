import type { KeyObject } from "node:crypto";
import { caution, ok, problem, type Actor, type Diagnostic, type Result } from "../../core/index.ts";
import { createStore } from "./create.ts";
import { numberOf, openDb, textOf, type Db } from "./db.ts";
import { corrupt, fault, guard, StoreFault } from "./faults.ts";
import { removeIfEmpty, sweepTemporary, type Places } from "./files.ts";
import { metaOf, readSeenHead, writeSeenHead, type SeenHead, type SignedHead } from "./head.ts";
import { checkKeys } from "./keys.ts";
import { checkOwnKeys } from "./check-keys.ts";
import { clearBuilding, moveIntoPlace } from "./install.ts";
import { isRestoredOver, ledgerBrokenAt, recordAt } from "./ledger-table.ts";
import { whileUnlocked } from "./lock.ts";
import { readerOn } from "./reader.ts";
import { settleRenewals } from "./renewals.ts";
import { APPLICATION_ID, STORE_FORMAT, TABLES } from "./schema.ts";
import { loadUnsigned, loadView, sessionOn, type Session } from "./session.ts";
import { checkStateDir, makeStateDir, requireWritable, storePresence } from "./state-dir.ts";
import type { StorePorts, StoreReader, StoreWriter } from "./types.ts";
import { hasUnfinishedWrite } from "./wal.ts";
import { writerOn } from "./writer.ts";

export type OpenOptions =
  | { readonly mode: "read" }
  | { readonly mode: "write"; readonly create: false }
  | { readonly mode: "write"; readonly create: true; readonly actor: Actor };

/**
 * Opens the store of a state folder; null where nothing was ever applied. Before it returns, the folder's
 * owner and mode, the format, the keys, the signature of the head, the end of the ledger and the newest
 * head seen here are checked, and for writing the pages of the file too.
 *
 * A reader sees the moment it was opened, until it is closed: keep it no longer than a plan takes. Making
 * a store, like everything from `begin` on, wants the apply lock.
 */
export function openStore(dir: string, options: { readonly mode: "read" }, ports: StorePorts): Result<StoreReader | null>;
export function openStore(
  dir: string,
  options: { readonly mode: "write"; readonly create: false },
  ports: StorePorts,
): Result<StoreWriter | null>;
export function openStore(
  dir: string,
  options: { readonly mode: "write"; readonly create: true; readonly actor: Actor },
  ports: StorePorts,
): Result<StoreWriter>;
export function openStore(dir: string, options: OpenOptions, ports: StorePorts): Result<StoreReader | null> {
  return guard((): Result<StoreReader | null> => {
    const places = findStore(dir, options, ports);
    if (!places) return ok(null);
    const { session, head, warnings } = openSession(places, options.mode, ports);
    if (options.mode === "read") return ok(readerOn(session, head.lineage), warnings);
    const writer = writerOn(session, head.lineage);
    connections.set(writer, session.db);
    return ok(writer, warnings);
  });
}

const connections = new WeakMap<StoreWriter, Db>();

/** The connection of a store that {@link openStore} opened for writing. */
export function connectionOf(store: StoreWriter): Db | undefined {
  return connections.get(store);
}

/** Where the store is, made first if that was asked for; undefined where there is none. */
function findStore(dir: string, options: OpenOptions, ports: StorePorts): Places | undefined {
  const isWrite = options.mode === "write";
  const places = isWrite && options.create ? makeStateDir(dir) : checkStateDir(dir);
  if (!places) return undefined;
  if (isWrite) requireWritable(dir);
  const presence = storePresence(places);
  if (presence === "present") return places;
  if (presence === "ready") finishInstall(places, isWrite);
  else if (!isWrite) return undefined;
  else if (options.create) createStore(places, options.actor, ports);
  else {
    clearBuilding(places);
    return undefined;
  }
  return places;
}

/**
 * A store that a killed process left ready. "Nothing yet" would be a lie about a restored one, so a reader
 * moves it into place as well, unless somebody holds the apply lock and is doing just that: that takes an instant,
 * and is waited for.
 */
function finishInstall(places: Places, isLocked: boolean): void {
  if (isLocked) return moveIntoPlace(places);
  const until = performance.now() + INSTALL_WAIT_MS;
  do {
    const moved = whileUnlocked(places, () => {
      moveIntoPlace(places);
      return true;
    });
    if (moved === true || storePresence(places) === "present") return;
    pause();
  } while (performance.now() < until);
  throw fault("STORE_UNAVAILABLE", "The store is being put in place by another process right now.", { remedy: "Run the command again." });
}

/** Moving a finished store into place takes an instant; whoever takes longer is not at that. */
const INSTALL_WAIT_MS = 500;
const PAUSE_MS = 10;

/** As SQLite waits for a lock: this thread does nothing else meanwhile. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}

export interface Opened {
  readonly session: Session;
  readonly head: SignedHead;
  readonly warnings: readonly Diagnostic[];
}

export interface Leniency {
  /** The store is accepted although a newer head was seen. */
  readonly acceptOlder?: boolean;
  /** One key is being renewed: only those that are really used must be there. */
  readonly renewing?: boolean;
  /** The ledger key is lost: the chain is believed as far as it bears itself out, and this key signs from now on. */
  readonly signer?: KeyObject;
}

export function openSession(places: Places, mode: "read" | "write", ports: StorePorts, leniency: Leniency = {}): Opened {
  const { signer } = leniency;
  const isTorn = mode === "write" && hasUnfinishedWrite(places.wal);
  if (leniency.renewing !== true) checkKeys(places);
  // Before the first look into the store: what is seen here can then not be newer than what is found there.
  const seen = leniency.acceptOlder === true ? null : requireSeen(places);
  const load = signer ? (one: Db) => loadUnsigned(one, signer) : loadView;
  const db = openDb(places.store, mode);
  try {
    checkFormat(db);
    if (mode === "write") checkPages(db);
    else db.exec("BEGIN");
    const head = db.reading(() => {
      const found = load(db, places).head;
      if (seen) checkSeen(db, found, seen);
      if (leniency.renewing !== true) checkOwnKeys(db, places, found.lineage);
      return found;
    });
    if (mode === "write" && seen && leniency.renewing !== true) tidy(db, places, head, seen);
    return { session: sessionOn(db, places, ports, load), head, warnings: isTorn ? [tornNote()] : [] };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The file says what it is, and its tables are word for word ours. */
export function checkFormat(db: Db): void {
  db.reading(() => {
    checkVersion(formatOf(db));
    const tables = new Map(db.all("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").map(([name, sql]) => [name, sql]));
    const names = Object.keys(TABLES);
    const odd = names.find((name) => tables.get(name) !== TABLES[name]);
    if (odd !== undefined || tables.size !== names.length) throw corrupt(`The store's tables are not those of format ${STORE_FORMAT}.`);
    if (db.row("PRAGMA journal_mode")?.[0] !== "wal") throw corrupt("The store is not in the journal mode moltbot gave it.");
  });
}

/** Which format a store has, of whatever version; said twice in the file, and both must agree. */
export function formatOf(db: Db): number {
  const pragma = (name: string): number => numberOf(db.row(`PRAGMA ${name}`)?.[0], name);
  if (pragma("application_id") !== APPLICATION_ID) throw corrupt('"store.db" is not a moltbot store, or its beginning was lost.');
  const found = pragma("user_version");
  const hasMeta = db.row("SELECT 1 FROM sqlite_schema WHERE name = 'meta' AND sql = ?", TABLES.meta ?? "") !== undefined;
  if (!hasMeta || metaOf(db, "format") !== String(found)) throw corrupt("The store does not agree with itself about its format.");
  return found;
}

function checkVersion(found: number): void {
  const context = { found, supported: STORE_FORMAT };
  if (found > STORE_FORMAT) {
    throw fault("STORE_VERSION", `The store has format ${found}; this moltbot knows formats up to ${STORE_FORMAT}.`, {
      remedy: "Use the moltbot that wrote it, or a newer one.",
      context,
    });
  }
  if (found < STORE_FORMAT) {
    throw fault("STORE_MIGRATION_NEEDED", `The store has format ${found}; this moltbot writes format ${STORE_FORMAT}.`, {
      remedy: "Bring it up to date; the old file is kept:\nmoltbot migrate",
      context,
    });
  }
}

/** Damage in a page nobody reads is found before anything is written on top of it. */
function checkPages(db: Db): void {
  const found = textOf(db.row("PRAGMA quick_check(1)")?.[0], "integrity check");
  if (found !== "ok") throw corrupt("The store's database file is damaged.", found);
}

export function requireSeen(places: Places): SeenHead {
  const seen = readSeenHead(places.head);
  if (seen) return seen;
  throw fault(
    "STORE_CORRUPT",
    '"head.json", which holds the newest ledger head seen in this state folder, is missing: whether the store is the newest cannot be told.',
    {
      remedy: "If nothing was restored by hand, accept the store as it is:\nmoltbot restore --accept-older --because TEXT",
    },
  );
}

/** The store holds the newest head seen here, or a recorded restore stepped back over it. */
export function checkSeen(db: Db, head: SignedHead, seen: SeenHead): void {
  if (seen.lineage !== head.lineage) {
    throw fault("STORE_CORRUPT", "The store is another one than the store last used from this state folder.", {
      remedy: "Put the right one back, or accept this one:\nmoltbot restore --accept-older --because TEXT",
    });
  }
  const isHeld = seen.seq <= head.seq && recordAt(db, seen.seq)?.hash === seen.hash;
  if (isHeld || isRestoredOver(db, seen)) return;
  if (seen.seq <= head.seq)
    throw ledgerBrokenAt(seen.seq, `Record ${seen.seq} is not the one last seen in this state folder: the ledger was rewritten.`);
  throw new StoreFault(
    problem("LEDGER_BEHIND", {
      detail: `The store's ledger ends at record ${head.seq}, but record ${seen.seq} was seen in this state folder: an older store was put back, or writes were lost. Nothing is guessed from it.`,
      remedy:
        "Restore the newest backup, or accept the store as it is:\nmoltbot restore FILE --replace --because TEXT\nmoltbot restore --accept-older --because TEXT",
      context: { ends: head.seq, seen: seen.seq },
    }),
  );
}

/** What a kill between two steps left: the seen head trails, a renewed key waits, temporary files lie about. */
function tidy(db: Db, places: Places, head: SignedHead, seen: SeenHead): void {
  settleRenewals(db, places, head.lineage);
  if (seen.seq !== head.seq) writeSeenHead(places.head, head);
  for (const folder of [places.dir, places.keys]) sweepTemporary(folder);
  removeIfEmpty(places.ready);
}

function tornNote(): Diagnostic {
  return caution("STORE_RECOVERED", {
    detail: "The last write to the store was cut off in the middle and was set aside. Everything before it stands.",
  });
}
