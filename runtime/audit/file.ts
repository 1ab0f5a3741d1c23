import fs from "node:fs";
import path from "node:path";
import type { KeyObject } from "node:crypto";
import { fail, LIMITS, problem, type Clock, type Diagnostic, type LedgerHead, type Result } from "../../core/index.ts";
import {
  checkStateDir,
  createDb,
  exists,
  guard,
  ledgerKeyOf,
  ledgerPublicKey,
  must,
  numberOf,
  openDb,
  openStore,
  readKey,
  StoreFault,
  syncFolder,
  temporaryName,
  type Db,
  type StoreReader,
} from "../store/index.ts";
import { writeHead } from "./head.ts";
import { encodeEvent, linkEvent } from "./record.ts";

/** The file `audit.db` of a state folder: where it is, how it is made, whose key signs it. */

const APPLICATION_ID = 0x6d6c6175;
const FORMAT = 1;

/** The text of a record is all there is of it: the indexes are made from it and can say nothing else. */
const TABLES = [
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
  "CREATE TABLE events (seq INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT",
  "CREATE INDEX by_correlation ON events (record ->> '$.correlation')",
  "CREATE INDEX by_at ON events (record ->> '$.at')",
];

export interface Owned {
  readonly lineage: string;
  readonly key: KeyObject;
  /** The newest record that the ledger names: a chain without it is not whole. */
  readonly noted: LedgerHead | null;
}

export function auditFile(dir: string): string {
  return path.join(dir, "audit.db");
}

/** The store's lineage and the key that signs for it. @throws StoreFault where there is no store, or it is not whole */
export function ownerOf(dir: string, clock: Clock): Owned {
  return { ...notedIn(dir, clock), key: ledgerKeyOf(must(readKey(dir, "ledger.key"))) };
}

/** The newest event that the ledger names, whatever was restored since. @throws StoreFault where there is no store, or it is not whole */
export function notedPastRestores(dir: string, clock: Clock): LedgerHead | null {
  return withStore(dir, clock, (store) => must(store.notedAudit(true)));
}

/** What the store says of its audit. @throws StoreFault where there is no store, or it is not whole */
export function notedIn(dir: string, clock: Clock): Pick<Owned, "lineage" | "noted"> {
  return withStore(dir, clock, (store) => ({ lineage: store.lineage, noted: must(store.notedAudit()) }));
}

/** Every public key that the ledger says has ever signed for this store, the newest last. */
export function declaredKeys(dir: string, clock: Clock): readonly string[] {
  return withStore(dir, clock, (store) => {
    const keys: string[] = [];
    for (let from = 1; ;) {
      const records = must(store.ledger(from, LIMITS.recordsRead));
      for (const { body } of records) if (typeof body["ledgerKey"] === "string") keys.push(body["ledgerKey"]);
      if (records.length < LIMITS.recordsRead) return keys;
      from += records.length;
    }
  });
}

function withStore<T>(dir: string, clock: Clock, use: (store: StoreReader) => T): T {
  const store = must(openStore(dir, { mode: "read" }, { clock, randomHex: () => "" }));
  if (!store)
    throw new StoreFault(
      problem("NO_RECORD", {
        detail: "There is no store in this state folder, so nothing can be audited.",
        remedy: "Apply once:\nmoltbot apply",
      }),
    );
  try {
    return use(store);
  } finally {
    store.close();
  }
}

/** Makes the file whole under another name first; of two that make it at once, one wins. */
export function createAudit(dir: string, { lineage, key }: Pick<Owned, "lineage" | "key">, clock: Clock): void {
  const file = auditFile(dir);
  const temporary = temporaryName(file);
  try {
    const db = createDb(temporary);
    try {
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA journal_mode = WAL`);
      db.writing(() => {
        for (const sql of TABLES) db.exec(sql);
        db.exec(`PRAGMA user_version = ${FORMAT}`);
        const first = linkEvent(
          {
            kind: "audit.created",
            owner: null,
            correlation: "audit",
            actor: "runtime",
            decision: "none",
            facts: { lineage, ledgerKey: ledgerPublicKey(key) },
          },
          1,
          null,
          clock.now().toISOString(),
        );
        db.run("INSERT INTO events (seq, record) VALUES (1, ?)", encodeEvent(first));
        writeHead(db, { lineage, seq: 1, hash: first.hash, base: null }, key);
      });
    } finally {
      db.close();
    }
    fs.linkSync(temporary, file);
    syncFolder(dir);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    for (const end of ["", "-wal", "-shm"]) fs.rmSync(`${temporary}${end}`, { force: true });
  }
}

/** @throws StoreFault `AUDIT_BROKEN` for a file that is not ours, or of a format we do not know */
export function openAuditDb(dir: string, mode: "read" | "write"): Db {
  checkStateDir(dir);
  const file = auditFile(dir);
  if (!fs.lstatSync(file).isFile()) throw notOurs("audit.db is not a regular file");
  const db = openDb(file, mode);
  try {
    const id = numberOf(db.row("PRAGMA application_id")?.[0], "application id");
    const version = numberOf(db.row("PRAGMA user_version")?.[0], "format");
    if (id !== APPLICATION_ID) throw notOurs("audit.db is not an audit of moltbot");
    if (version !== FORMAT) throw notOurs(`audit.db has format ${version}, and this moltbot writes ${FORMAT}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Whether anything was ever applied here, as far as a look at the folder says. */
export function hasStore(dir: string): boolean {
  return exists(path.join(dir, "store.db"));
}

export function hasAudit(dir: string): boolean {
  return exists(auditFile(dir));
}

function notOurs(why: string): StoreFault {
  return new StoreFault(problem("AUDIT_BROKEN", { detail: `The audit of this store cannot be read: ${why}.` }));
}

/** The edge of the room: what the store's hands say of a damaged file is said of the audit here. */
export function guardAudit<T>(run: () => Result<T>): Result<T> {
  const result = guard(run);
  return result.ok ? result : fail(...result.diagnostics.map(ofAudit));
}

function ofAudit(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.code !== "STORE_CORRUPT" || diagnostic.context["key"] !== undefined) return diagnostic;
  return problem("AUDIT_BROKEN", {
    detail: `The file of the audit is damaged. ${diagnostic.detail}`,
    remedy: "Keep audit.db as it is for whoever looks into it, and set it aside to go on:\nmoltbot audit new-epoch --reason TEXT",
    ...(diagnostic.cause === undefined ? {} : { cause: diagnostic.cause }),
  });
}
