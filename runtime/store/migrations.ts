import { isDigest, type Actor, type Hold } from "../../core/index.ts";
import { addRefs, readContents } from "./contents.ts";
import type { Db } from "./db.ts";
import { broken } from "./faults.ts";
import { putFact } from "./owner-state.ts";
import { STORE_FORMAT, TABLES } from "./schema.ts";
import { runChange, type Changing, type View } from "./session.ts";
import type { SignedHead } from "./head.ts";

/**
 * From each older format to the next. A step first adds the tables its format lacked, so that the store
 * can be verified as the older one closed it, and then converts what is in them.
 */
interface Step {
  readonly newTables: readonly string[];
  readonly convert: (change: Changing) => void;
}

const STEPS: Readonly<Record<number, Step>> = {
  // Format 0 knew no pins, no candidates, no holds that end, and kept every value for ever.
  0: { newTables: ["pins", "answers", "content_refs", "refs_by_child"], convert: fromFormat0 },
};

/** Inside one transaction: all steps, or the store as it was. @returns the new head */
export function migrateWithin(db: Db, from: number, load: (db: Db) => View, at: string, actor: Actor): SignedHead {
  const steps = stepsFrom(from);
  for (const name of steps.flatMap(({ newTables }) => newTables)) db.exec(tableSql(name));
  const { head } = runChange(load(db), at, (change) => {
    for (const { convert } of steps) convert(change);
    change.log("migrated", null, actor, { from: String(from), to: String(STORE_FORMAT) });
  });
  db.run("UPDATE meta SET value = ? WHERE key = 'format'", String(STORE_FORMAT));
  db.exec(`PRAGMA user_version = ${STORE_FORMAT}`);
  return head;
}

function stepsFrom(from: number): readonly Step[] {
  const steps: Step[] = [];
  for (let format = from; format < STORE_FORMAT; format++) {
    const step = STEPS[format];
    if (!step) throw broken(`no migration from format ${format}`);
    steps.push(step);
  }
  return steps;
}

function tableSql(name: string): string {
  const sql = TABLES[name];
  if (sql === undefined) throw broken(`no table "${name}"`);
  return sql;
}

function fromFormat0(change: Changing): void {
  const { db } = change;
  for (const name of change.owners.keys()) {
    const state = change.touch(name);
    for (const hold of state.holds) putFact(db, "holds", state.id, hold.id, { ...hold, until: null } satisfies Hold);
  }
  const digests = db
    .all("SELECT DISTINCT digest FROM generation_rows")
    .map(([digest]) => digest)
    .filter(isDigest);
  for (const digest of digests) {
    const bytes = readContents(db, [digest]).get(digest);
    if (bytes) addRefs(db, digest, bytes, new Map());
  }
}
