import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { LIMITS } from "../../core/index.ts";
import { broken, corrupt, fault, sqliteCode } from "./faults.ts";

/** A thin hand on one SQLite connection: prepared statements kept, rows as arrays, transactions that always end. */
export interface Db {
  readonly raw: DatabaseSync;
  all(sql: string, ...values: readonly SQLInputValue[]): readonly (readonly unknown[])[];
  /** One row at a time, for what may be large. */
  each(sql: string, ...values: readonly SQLInputValue[]): Iterable<readonly unknown[]>;
  /** The first row; undefined where there is none. */
  row(sql: string, ...values: readonly SQLInputValue[]): readonly unknown[] | undefined;
  /** @returns how many rows changed */
  run(sql: string, ...values: readonly SQLInputValue[]): number;
  exec(sql: string): void;
  /** Everything `act` reads is of one moment. Nested calls join the transaction that is open. */
  reading<T>(act: () => T): T;
  /** All of it or nothing, durable when this returns. Waits for other writers at most {@link LIMITS.storeBusyMs}. */
  writing<T>(act: () => T): T;
  close(): void;
}

const IOERR = 10;
const GENERAL = 1;

/** Opens a database that exists; SQLite would make a missing one, and an empty store is never a first start. */
export function openDb(file: string, mode: "read" | "write"): Db {
  const url = pathToFileURL(file);
  url.searchParams.set("mode", "rw");
  const raw = new DatabaseSync(url, {
    timeout: LIMITS.storeBusyMs,
    enableDoubleQuotedStringLiterals: false,
    allowExtension: false,
  });
  try {
    // A schema somebody planted in the file may name functions; none of ours does. `fullfsync` is for macOS.
    raw.exec(
      "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON",
    );
    // A WAL database cannot be read through a read-only connection without leaving files behind.
    if (mode === "read") raw.exec("PRAGMA query_only = ON");
    return handOn(raw);
  } catch (error) {
    raw.close();
    // Our own words are right: SQLite's general error here is about the file, such as "unsupported file format".
    throw sqliteCode(error) === GENERAL ? corrupt("The store's database file is damaged.", error) : error;
  }
}

function handOn(raw: DatabaseSync): Db {
  const statements = new Map<string, StatementSync>();
  /** A write whose fsync failed may be on the disk or not: this connection writes no more. */
  let spoiled = false;

  const prepared = (sql: string): StatementSync => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = raw.prepare(sql);
      statement.setReturnArrays(true);
      statements.set(sql, statement);
    }
    return statement;
  };
  const rollBack = (): void => {
    if (raw.isTransaction) raw.exec("ROLLBACK");
  };
  const within = <T>(begin: string, act: () => T): T => {
    prepared(begin).run();
    try {
      const value = act();
      prepared("COMMIT").run();
      return value;
    } catch (error) {
      if (sqliteCode(error) === IOERR) spoiled = true;
      rollBack();
      throw error;
    }
  };

  return {
    raw,
    all: (sql, ...values) => rowsOf(prepared(sql).all(...values)),
    each: (sql, ...values) => prepared(sql).iterate(...values) as unknown as Iterable<readonly unknown[]>,
    row: (sql, ...values) => rowsOf(prepared(sql).all(...values))[0],
    run: (sql, ...values) => Number(prepared(sql).run(...values).changes),
    exec: (sql) => raw.exec(sql),
    reading: (act) => (raw.isTransaction ? act() : within("BEGIN", act)),
    writing: (act) => {
      if (raw.isTransaction) throw broken("a write inside a transaction");
      if (spoiled)
        throw fault(
          "STORE_UNAVAILABLE",
          "An earlier write of this process failed with an I/O error, so it writes no more. Nothing half-written is used.",
        );
      return within("BEGIN IMMEDIATE", act);
    },
    close: () => {
      rollBack();
      statements.clear();
      raw.close();
    },
  };
}

function rowsOf(rows: unknown): readonly (readonly unknown[])[] {
  return rows as readonly (readonly unknown[])[];
}

/** A column that must be text; a damaged page can hold anything. */
export function textOf(value: unknown, what: string): string {
  if (typeof value !== "string") throw corrupt(`The store's ${what} is not text.`);
  return value;
}

export function numberOf(value: unknown, what: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw corrupt(`The store's ${what} is not a whole number.`);
  return value;
}

export function bytesOf(value: unknown, what: string): Uint8Array {
  if (!(value instanceof Uint8Array)) throw corrupt(`The store's ${what} is not bytes.`);
  return value;
}
