import fs from "node:fs";
import { digestBytes, type Actor, type JsonObject, type Secret } from "../../core/index.ts";
import { recipientOf } from "./age-identity.ts";
import { noteStoreKey, wrapDataKey } from "./data-key.ts";
import { openDb, type Db } from "./db.ts";
import { broken } from "./faults.ts";
import { makeFolder, type Places } from "./files.ts";
import { writeHead, writeSeenHead, type SignedHead } from "./head.ts";
import { install, startBuilding } from "./install.ts";
import { KEY_NAMES, ledgerKeyOf, ledgerPublicKey, loadKey, writeNewKey, type NewKeys } from "./keys.ts";
import { appendRecords } from "./ledger-table.ts";
import { closeOwners } from "./owner-state.ts";
import { APPLICATION_ID, STORE_FORMAT, TABLES } from "./schema.ts";
import { newDataKey } from "./seal.ts";
import { noteKey } from "./own-keys.ts";
import type { StorePorts } from "./types.ts";

/** Makes a store: database, keys and first ledger record, built whole and then installed. */
export function createStore(places: Places, actor: Actor, ports: StorePorts): void {
  const built = startBuilding(places);
  const storeKey = makeKeys(built.keys, ports.storeKeys);
  const lineage = ports.randomHex();
  const db = createDb(built.store);
  let head: SignedHead;
  try {
    makeTables(db);
    head = db.writing(() => firstRecord(db, built, storeKey, lineage, actor, ports.clock.now().toISOString()));
  } finally {
    db.close();
  }
  writeSeenHead(built.head, head);
  install(places);
}

/** @returns the store's key */
function makeKeys(keysDir: string, wish: NewKeys | undefined): Secret<string> {
  makeFolder(keysDir);
  for (const name of KEY_NAMES) if (name !== "store.key") writeNewKey(keysDir, name, "", wish);
  return writeNewKey(keysDir, "store.key", "", wish);
}

/** A new, empty database file, closed to others; SQLite gives its log the same mode. */
export function createDb(file: string): Db {
  fs.closeSync(fs.openSync(file, "wx", 0o600));
  return openDb(file, "write");
}

/** Empty tables of the newest format, in WAL mode. */
export function makeTables(db: Db): void {
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA journal_mode = WAL`);
  db.writing(() => {
    for (const sql of Object.values(TABLES)) db.exec(sql);
    db.exec(`PRAGMA user_version = ${STORE_FORMAT}`);
    db.run("INSERT INTO meta (key, value) VALUES ('format', ?)", String(STORE_FORMAT));
  });
}

function firstRecord(db: Db, built: Places, storeKey: Secret<string>, lineage: string, actor: Actor, at: string): SignedHead {
  const dataKey = wrapDataKey(storeKey, lineage, newDataKey());
  db.run("INSERT INTO meta (key, value) VALUES ('lineage', ?)", lineage);
  db.run("INSERT INTO meta (key, value) VALUES ('data_key', ?)", dataKey);
  noteStoreKey(db, storeKey);
  noteRecipient(db, built.keys);
  const head = appendRecords(db, null, at, [{ kind: "created", owner: null, actor, body: { lineage, ...publicHalves(built.keys) } }]);
  if (!head) throw broken("a store without its first record");
  const signed: SignedHead = { lineage, ...head, state: closeOwners(db), dataKey: digestBytes(dataKey) };
  writeHead(db, signed, ledgerKeyOf(loadKey(built.keys, "ledger.key")));
  return signed;
}

/** Notes which identity the runtime has from now on. */
export function noteRecipient(db: Db, keysDir: string): void {
  noteKey(db, "recipient", recipientOf(loadKey(keysDir, "runtime.agekey").open()) ?? "");
}

/** What the ledger says of the keys, so that it can be told later which key belongs to the store. */
export function publicHalves(keysDir: string): JsonObject {
  return {
    ledgerKey: ledgerPublicKey(ledgerKeyOf(loadKey(keysDir, "ledger.key"))),
    recipient: recipientOf(loadKey(keysDir, "runtime.agekey").open()) ?? null,
  };
}
