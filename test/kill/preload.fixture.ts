/**
 * Loaded before a program (`node --import`), ends it at the n-th moment that counts for what is on disk, as
 * `kill -9` would: before a call that changes a file, and before and after a transaction's COMMIT. KILL_AT says
 * which; KILL_COUNT names a file for how many there were. KILL_SKIP names calls that do not count, such as
 * `writeSync` for the lines of a log. The rest of the program is as it ships.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { DatabaseSync } from "node:sqlite";

const CHANGING = [
  "mkdirSync",
  "mkdtempSync",
  "writeFileSync",
  "writeSync",
  "fchmodSync",
  "chmodSync",
  "fsyncSync",
  "fdatasyncSync",
  "renameSync",
  "linkSync",
  "unlinkSync",
  "rmSync",
  "rmdirSync",
  "truncateSync",
  "ftruncateSync",
] as const;

/** Who started it is gone, perhaps killed: nobody else would end it. */
const starter = process.ppid;
setInterval(() => {
  if (process.ppid !== starter) process.kill(process.pid, "SIGKILL");
}, 500).unref();

const at = Number(process.env["KILL_AT"] ?? "0");
const report = process.env["KILL_COUNT"];
let count = 0;

function moment(): void {
  if (++count === at) process.kill(process.pid, "SIGKILL");
}

if (report !== undefined) {
  const write = fs.writeFileSync;
  process.on("exit", () => write(report, String(count)));
}

const skipped = (process.env["KILL_SKIP"] ?? "").split(",");
for (const name of CHANGING) {
  if (skipped.includes(name)) continue;
  const real = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      moment();
      return real(...args);
    },
  });
}
syncBuiltinESMExports();

/** Only of what writes: a transaction that reads commits nothing. */
const writing = new WeakSet<DatabaseSync>();
interface Database {
  exec: (this: unknown, sql: string) => void;
  prepare: (this: unknown, sql: string) => { run: (...values: unknown[]) => unknown };
}
const database = DatabaseSync.prototype as unknown as Database;
const real = Object.getOwnPropertyDescriptors(database) as unknown as { readonly [K in keyof Database]: { readonly value: Database[K] } };
const [exec, prepare] = [real.exec.value, real.prepare.value];

function around<T>(db: unknown, sql: string, act: () => T): T {
  if (!(db instanceof DatabaseSync)) throw new TypeError("no database");
  if (sql.startsWith("BEGIN")) writing[sql === "BEGIN IMMEDIATE" ? "add" : "delete"](db);
  const counts = sql === "COMMIT" && writing.has(db);
  if (counts) moment();
  const done = act();
  if (counts) moment();
  return done;
}

database.exec = function (sql) {
  around(this, sql, () => exec.call(this, sql));
};
database.prepare = function (sql) {
  const statement = prepare.call(this, sql);
  if (!/^(?:BEGIN|COMMIT)/.test(sql)) return statement;
  const run = statement.run.bind(statement);
  statement.run = (...values) => around(this, sql, () => run(...values));
  return statement;
};
