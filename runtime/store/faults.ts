import { fail, InternalError, problem, type Diagnostic, type DiagnosticCode, type Result } from "../../core/index.ts";

/**
 * A problem on its way out of the store. Inside the room it is thrown, so that a transaction rolls back
 * wherever it was noticed; {@link guard} turns it into a failed {@link Result} at every public function.
 */
export class StoreFault extends Error {
  override readonly name = "StoreFault";
  readonly diagnostics: readonly Diagnostic[];

  constructor(...diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => `${d.code}: ${d.detail}`).join("; "));
    this.diagnostics = diagnostics;
  }
}

export function fault(code: DiagnosticCode, detail: string, parts: Partial<Omit<Diagnostic, "code" | "detail">> = {}): StoreFault {
  return new StoreFault(problem(code, { detail, ...parts }));
}

export function corrupt(detail: string, cause?: unknown): StoreFault {
  return fault("STORE_CORRUPT", `${detail} It is not read as "nothing is deployed".`, {
    remedy:
      "See whether the ledger still holds, then restore the newest backup:\nmoltbot audit verify\nmoltbot restore FILE --replace --because TEXT",
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The value, or the store is corrupt: for what a checked store cannot lack. */
export function present<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw corrupt(`The store lacks ${what}.`);
  return value;
}

/** Unwraps inside the room. */
export function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new StoreFault(...result.diagnostics);
}

/** The edge of the room: faults, SQLite's and the file system's errors become diagnostics; our bugs pass. */
export function guard<T>(run: () => Result<T>): Result<T> {
  try {
    return run();
  } catch (error) {
    if (error instanceof StoreFault) return fail(...error.diagnostics);
    const translated = fromSqlite(error) ?? fromSystem(error);
    if (translated) return fail(...translated.diagnostics);
    throw error;
  }
}

/** Primary result codes of SQLite. Source: https://www.sqlite.org/rescode.html */
const SQLITE = {
  error: 1,
  perm: 3,
  busy: 5,
  locked: 6,
  nomem: 7,
  readonly: 8,
  ioerr: 10,
  corrupt: 11,
  full: 13,
  cantopen: 14,
  protocol: 15,
  toobig: 18,
  constraint: 19,
  mismatch: 20,
  notadb: 26,
} as const;

const UNAVAILABLE: Readonly<Record<number, string>> = {
  [SQLITE.perm]: "access was denied",
  [SQLITE.nomem]: "memory ran out",
  [SQLITE.readonly]: "it is read-only",
  [SQLITE.ioerr]: "the operating system reported an I/O error",
  [SQLITE.full]: "there is no space left",
  [SQLITE.cantopen]: "it could not be opened",
  [SQLITE.busy]: "another process was writing to it all the time",
  [SQLITE.locked]: "another process was writing to it all the time",
  [SQLITE.protocol]: "another process was writing to it all the time",
};

/** A damaged page shows as a constraint that fails or a value of the wrong type, too: our own SQL does neither. */
const CORRUPT: ReadonlySet<number> = new Set([SQLITE.corrupt, SQLITE.notadb, SQLITE.constraint, SQLITE.mismatch, SQLITE.toobig]);

export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  // The low byte is the primary code; the rest says which kind.
  return error.errcode & 0xff;
}

export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === SQLITE.busy || code === SQLITE.locked;
}

function fromSqlite(error: unknown): StoreFault | undefined {
  const code = sqliteCode(error);
  if (code === undefined) return undefined;
  const why = UNAVAILABLE[code];
  if (why) return unavailable(`The store cannot be used: ${why}.`, error);
  if (CORRUPT.has(code)) return corrupt("The store's database file is damaged.", error);
  return undefined;
}

/** System errors that mean "the disk or its rights", not "a bug of ours". */
const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: "access was denied",
  EPERM: "access was denied",
  EROFS: "the file system is read-only",
  ENOSPC: "there is no space left",
  EDQUOT: "the disk quota is used up",
  EFBIG: "a file would become larger than allowed",
  EIO: "the operating system reported an I/O error",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  ENOTDIR: "a part of its path is not a folder",
  ENOENT: "a part of its path does not exist",
  ELOOP: "its path is a circle of symbolic links",
  ENAMETOOLONG: "its path is too long",
  EBUSY: "a file is in use",
};

function fromSystem(error: unknown): StoreFault | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  // node:sqlite's word for an integer beyond 2^53: we never write one.
  if (error.code === "ERR_OUT_OF_RANGE") return corrupt("The store holds a number that moltbot never wrote.", error);
  const why = SYSTEM[error.code];
  return why ? unavailable(`The state folder cannot be used: ${why}.`, error) : undefined;
}

function unavailable(detail: string, cause: unknown): StoreFault {
  return fault("STORE_UNAVAILABLE", `${detail} Nothing half-written is used.`, {
    remedy: "Remove the cause and run the command again.",
    cause,
  });
}

/** A caller of ours broke the contract. */
export function broken(message: string): InternalError {
  return new InternalError(`runtime/store: ${message}`);
}
