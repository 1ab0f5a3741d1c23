import type { KeyObject } from "node:crypto";
import {
  caution,
  digestBytes,
  ok,
  type Actor,
  type Diagnostic,
  type Generation,
  type Instant,
  type JsonObject,
  type LedgerKind,
  type Owner,
  type Result,
} from "../../core/index.ts";
import { bytesOf, numberOf, textOf, type Db } from "./db.ts";
import { corrupt, guard, must } from "./faults.ts";
import type { Places } from "./files.ts";
import { metaOf, parseHead, readHead, readSeenHead, writeHead, writeSeenHead, type SignedHead } from "./head.ts";
import { appendRecords, checkTail, verifyTable, type Entry } from "./ledger-table.ts";
import { addOwner, closeOwner, closeOwners, readOwner, readOwners, type OwnerRow, type OwnerState } from "./owner-state.ts";
import { readRows, type Rows } from "./rows.ts";
import type { StorePorts } from "./types.ts";

/** One open store: its connection, and the verified view of it that every read and write starts from. */
export interface Session {
  readonly db: Db;
  readonly places: Places;
  readonly ports: StorePorts;
  /** Runs on one moment of the store, its signed head checked. */
  read<T>(act: (view: View) => T): Result<T>;
  /**
   * One durable transaction: facts, rows and their ledger records together, closed by a newly signed
   * head. A fault anywhere leaves everything as it was.
   */
  write<T>(act: (change: Changing) => T): Result<T>;
  /** Another text whenever somebody changed the record since. Microseconds where nothing was written at all. */
  mark(): Result<string>;
  close(): void;
}

/** The store at one moment. */
export interface View {
  readonly db: Db;
  readonly head: SignedHead;
  readonly key: KeyObject;
  readonly owners: ReadonlyMap<Owner, OwnerRow>;
  /** Undefined for an owner that never applied. */
  owner(name: Owner): OwnerState | undefined;
  rows(owner: OwnerRow, generation: Generation): Rows;
}

/** A view that is being changed. */
export interface Changing extends View {
  readonly at: Instant;
  /** The owner as it stood when the transaction began; made where there is none. Marks it as changed. */
  touch(name: Owner): OwnerState;
  /** One ledger record, written when `act` returns. */
  log(kind: LedgerKind, owner: Owner | null, actor: Actor, body: JsonObject): void;
}

/** @param load - Other than {@link loadView} only where the ledger key itself is lost. */
export function sessionOn(db: Db, places: Places, ports: StorePorts, load: (db: Db, places: Places) => View = loadView): Session {
  let last: { readonly version: number; readonly view: View } | undefined;
  let marked: { readonly version: unknown; readonly head: string } | undefined;

  /** Sealed records are written beside the record and leave its head as it is. */
  const mark = (): string => {
    const version = db.row("PRAGMA data_version")?.[0];
    if (marked && marked.version === version) return marked.head;
    const head = textOf(metaOf(db, "head"), "ledger head");
    marked = { version, head };
    return head;
  };

  const view = (): View => {
    // Changes whenever another connection committed; asked inside the transaction, so it fits what is read next.
    const version = numberOf(db.row("PRAGMA data_version")?.[0], "data version");
    if (last?.version !== version) last = { version, view: load(db, places) };
    return last.view;
  };

  return {
    db,
    places,
    ports,
    read: (act) => guard(() => ok(db.reading(() => act(view())))),
    write: (act) =>
      guard(() => {
        const before = last;
        last = undefined;
        marked = undefined;
        try {
          const { value, head } = db.writing(() => runChange(view(), ports.clock.now().toISOString(), act));
          last = undefined;
          return ok(value, noteHead(places, head));
        } catch (error) {
          last = before;
          throw error;
        }
      }),
    mark: () => guard(() => ok(mark())),
    close: () => db.close(),
  };
}

/** Verifies from the signature down: head, end of the chain, owners. Facts and rows follow when they are asked for. */
export function loadView(db: Db, places: Places): View {
  const { head, key } = readHead(db, places);
  checkTail(db, head);
  return viewOf(db, head, key);
}

/** Without the key that signed it, the head is believed as far as the whole chain bears it out; `key` signs from now on. */
export function loadUnsigned(db: Db, key: KeyObject): View {
  const head = parseHead(textOf(metaOf(db, "head"), "ledger head"));
  must(verifyTable(db, head));
  return viewOf(db, head, key);
}

function viewOf(db: Db, head: SignedHead, key: KeyObject): View {
  if (digestBytes(bytesOf(metaOf(db, "data_key"), "wrapped data key")) !== head.dataKey) {
    throw corrupt("The wrapped data key is not the one the signed ledger head names.");
  }
  const owners = readOwners(db, head.state);
  const states = new Map<Owner, OwnerState>();
  const rows = new Map<string, Rows>();
  return {
    db,
    head,
    key,
    owners,
    owner: (name) => {
      const row = owners.get(name);
      const state = states.get(name) ?? (row && readOwner(db, row));
      if (state) states.set(name, state);
      return state;
    },
    rows: (owner, generation) => {
      const id = `${owner.id} ${generation.number}`;
      const found = rows.get(id) ?? readRows(db, owner, generation);
      rows.set(id, found);
      return found;
    },
  };
}

/** One change inside a transaction that is open: facts, then ledger records, then a newly signed head. */
export function runChange<T>(view: View, at: Instant, act: (change: Changing) => T): { readonly value: T; readonly head: SignedHead } {
  const { db } = view;
  const touched = new Map<Owner, OwnerState>();
  const entries: Entry[] = [];
  const value = act({
    ...view,
    at,
    touch: (name) => {
      const state = touched.get(name) ?? view.owner(name) ?? readOwner(db, addOwner(db, name));
      touched.set(name, state);
      return state;
    },
    log: (kind, owner, actor, body) => void entries.push({ kind, owner, actor, body }),
  });
  for (const { id } of touched.values()) closeOwner(db, id);
  const dataKey = digestBytes(bytesOf(metaOf(db, "data_key"), "wrapped data key"));
  const { seq, hash } = appendRecords(db, view.head, at, entries) ?? view.head;
  const head: SignedHead = { lineage: view.head.lineage, seq, hash, state: closeOwners(db), dataKey };
  writeHead(db, head, view.key);
  return { value, head };
}

/** After the commit: an older store put back later will be noticed. It may trail, never lead. */
function noteHead(places: Places, head: SignedHead): readonly Diagnostic[] {
  const written = guard(() => {
    const seen = readSeenHead(places.head);
    if (!seen || seen.lineage !== head.lineage || seen.seq < head.seq) writeSeenHead(places.head, head);
    return ok(undefined);
  });
  if (written.ok) return [];
  return written.diagnostics.map(({ detail, cause }) =>
    caution("STORE_UNAVAILABLE", {
      detail: `The store was written, but "head.json" beside it was not: an older copy of the store might go unnoticed. ${detail}`,
      cause,
    }),
  );
}
