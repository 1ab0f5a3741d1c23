import { createPrivateKey, sign } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import path from "node:path";
import { canonicalJson, digestBytes, type JsonObject } from "../../core/index.ts";
import { readKey } from "./index.ts";
import { valueOf } from "./store.fixture.ts";

/**
 * Turns a store of format 1 into one of format 0, as the first moltbot wrote it: no pins, no candidates,
 * holds without an end, values never collected. Its head is signed with the same key over the same text.
 */
const NEW_TABLES = ["pins", "answers", "content_refs"];
const FACTS_0 = ["generations", "edits", "holds", "intents"];

export function makeFormat0(dir: string): void {
  const db = new DatabaseSync(path.join(dir, "store.db"));
  for (const table of NEW_TABLES) db.exec(`DROP TABLE ${table}`);
  for (const { owner, key, body } of db.prepare("SELECT owner, key, body FROM holds").all() as {
    owner: number;
    key: string;
    body: string;
  }[]) {
    const { until: _, ...hold } = JSON.parse(body) as JsonObject;
    db.prepare("UPDATE holds SET body = ? WHERE owner = ? AND key = ?").run(canonicalJson(hold), owner, key);
  }
  closeOwners(db);
  db.exec("UPDATE meta SET value = '0' WHERE key = 'format'; PRAGMA user_version = 0");
  signHead(db, dir);
  db.close();
}

function closeOwners(db: DatabaseSync): void {
  for (const { id } of db.prepare("SELECT id FROM owners").all() as { id: number }[]) {
    const lines = FACTS_0.flatMap((table) =>
      (db.prepare(`SELECT key, body FROM ${table} WHERE owner = ? ORDER BY key`).all(id) as { key: string | number; body: string }[]).map(
        ({ key, body }) => `${table} ${key} ${body}\n`,
      ),
    );
    db.prepare("UPDATE owners SET state = ? WHERE id = ?").run(digestBytes(lines.join("")), id);
  }
}

function signHead(db: DatabaseSync, dir: string): void {
  const owners = db.prepare("SELECT id, name, fence, state FROM owners").all() as {
    id: number;
    name: string;
    fence: number;
    state: string;
  }[];
  const state = digestBytes(
    owners
      .map(({ id, name, fence, state: own }) => canonicalJson([name, id, fence, own]))
      .sort()
      .join("\n"),
  );
  const { value } = db.prepare("SELECT value FROM meta WHERE key = 'head'").get() as { value: string };
  const head = canonicalJson({ ...(JSON.parse(value) as JsonObject), state });
  const seed = Buffer.from(valueOf(readKey(dir, "ledger.key")).open(), "base64");
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  db.prepare("UPDATE meta SET value = ? WHERE key = 'head'").run(head);
  db.prepare("UPDATE meta SET value = ? WHERE key = 'signature'").run(sign(null, Buffer.from(`moltbot-ledger-head\n${head}`), key));
}
