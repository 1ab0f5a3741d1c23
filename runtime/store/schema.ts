/** The tables of `store.db`. A change here is a new {@link STORE_FORMAT} and a step in migrations.ts. */

/** Also in SQLite's `user_version`, so that a file says what it is before any table is read. */
export const STORE_FORMAT = 1;

/** "mltb": what SQLite and `file` call this kind of database. */
export const APPLICATION_ID = 0x6d6c7462;

/**
 * What an owner has besides rows: one canonical JSON `body` per fact, all closed together by
 * `owners.state`. In this order they are hashed (owner-state.ts).
 */
export const FACTS = ["generations", "edits", "holds", "pins", "intents", "answers"] as const;

export type FactTable = (typeof FACTS)[number];

const factTable = (name: FactTable, key: "INTEGER" | "TEXT"): string =>
  `CREATE TABLE ${name} (owner INTEGER NOT NULL, key ${key} NOT NULL, body TEXT NOT NULL, PRIMARY KEY (owner, key)) STRICT, WITHOUT ROWID`;

/** Every table and index, by name. Compared word for word when a store is opened. */
export const TABLES: Readonly<Record<string, string>> = {
  // format, lineage, data_key, head, signature, sealed_root
  meta: "CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID",
  ledger: "CREATE TABLE ledger (seq INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT",
  owners: "CREATE TABLE owners (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, fence INTEGER NOT NULL, state TEXT NOT NULL) STRICT",
  generations: factTable("generations", "INTEGER"),
  edits: factTable("edits", "TEXT"),
  holds: factTable("holds", "TEXT"),
  pins: factTable("pins", "INTEGER"),
  intents: factTable("intents", "INTEGER"),
  answers: factTable("answers", "INTEGER"),
  // A row holds in the generations from_gen <= n < to_gen; to_gen is null while no generation ended it.
  generation_rows:
    "CREATE TABLE generation_rows (owner INTEGER NOT NULL, address TEXT NOT NULL, from_gen INTEGER NOT NULL, to_gen INTEGER, digest TEXT NOT NULL, row_digest TEXT NOT NULL, PRIMARY KEY (owner, address, from_gen)) STRICT, WITHOUT ROWID",
  ended_rows: "CREATE INDEX ended_rows ON generation_rows (owner, to_gen) WHERE to_gen IS NOT NULL",
  rows_by_digest: "CREATE INDEX rows_by_digest ON generation_rows (digest)",
  contents: "CREATE TABLE contents (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID",
  // Which contents a resource's canonical JSON names by digest: they live as long as it does.
  content_refs: "CREATE TABLE content_refs (parent TEXT NOT NULL, child TEXT NOT NULL, PRIMARY KEY (parent, child)) STRICT, WITHOUT ROWID",
  refs_by_child: "CREATE INDEX refs_by_child ON content_refs (child)",
  slots: "CREATE TABLE slots (slot TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID",
  entries: "CREATE TABLE entries (slot TEXT NOT NULL, number INTEGER NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (slot, number)) STRICT",
};
