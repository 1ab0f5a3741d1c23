import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import {
  digestBytes,
  type Address,
  type Diagnostic,
  type Digest,
  type Fence,
  type Generation,
  type Owner,
  type Result,
} from "../../core/index.ts";
import { openStore, type CommitOptions, type CommitRequest, type StorePorts, type StoreReader, type StoreWriter } from "./index.ts";

/** Builders for the tests of this room: a state folder of its own, a clock that is set by hand, generations from short words. */

export const OWNER: Owner = "acme/prod";
export const ACTOR = "ops@host";
export const PLAN = digestBytes("plan");

export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A state folder that does not exist yet. */
export function newStateDir(): string {
  return path.join(temporaryFolder(), ".moltbot");
}

export interface TestPorts extends StorePorts {
  set(instant: string): void;
}

let made = 0;

export function testPorts(instant = "2026-03-01T12:00:00.000Z"): TestPorts {
  let now = new Date(instant);
  return {
    clock: { now: () => now },
    randomHex: () => (++made).toString(16).padStart(32, "0"),
    set: (next) => {
      now = new Date(next);
    },
  };
}

export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(
    result.diagnostics
      .map(({ code, detail, cause }) => `${code}: ${detail}${cause instanceof Error ? ` (${cause.message})` : ""}`)
      .join("\n"),
  );
}

export function codesOf(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.diagnostics.map(({ code }) => code);
}

export function problemOf(result: Result<unknown>): Diagnostic {
  const first = result.ok ? undefined : result.diagnostics[0];
  if (!first) throw new Error("a problem was due");
  return first;
}

export function writerOf(dir: string, ports: StorePorts = testPorts()): StoreWriter {
  return valueOf(openStore(dir, { mode: "write", create: true, actor: ACTOR }, ports));
}

export function readerOf(dir: string, ports: StorePorts = testPorts()): StoreReader {
  const reader = valueOf(openStore(dir, { mode: "read" }, ports));
  if (!reader) throw new Error("a store was due");
  return reader;
}

/** Canonical bytes of a small resource; `word` makes it differ. */
export function bytesOf(name: string, word: string): Uint8Array {
  return Buffer.from(JSON.stringify({ kind: "Agent", metadata: { name }, spec: { word } }));
}

/** `{a: "one", b: null}`: sets Agent/a, removes Agent/b. */
export function requestOf(changes: Readonly<Record<string, string | null>>, extra: Partial<CommitRequest> = {}): CommitRequest {
  const values = new Map<Digest, Uint8Array>();
  const rows = Object.entries(changes).map(([name, word]) => {
    const address: Address = `Agent/${name}`;
    if (word === null) return { address, digest: null };
    const bytes = bytesOf(name, word);
    const digest = digestBytes(bytes);
    values.set(digest, bytes);
    return { address, digest };
  });
  return {
    reason: "apply",
    because: null,
    resolved: digestBytes(JSON.stringify(changes)),
    schema: digestBytes("schema"),
    engine: "0.1.0",
    commit: null,
    dirty: false,
    actor: ACTOR,
    rows,
    values,
    correctedEdits: [],
    receipt: { changes: rows.length },
    ...extra,
  };
}

export function beginOn(store: StoreWriter, owner: Owner = OWNER, plan: Digest = PLAN): Fence {
  return valueOf(store.begin(owner, plan, ACTOR));
}

/** Begin and commit in one. */
export function applyTo(
  store: StoreWriter,
  changes: Readonly<Record<string, string | null>>,
  extra: Partial<CommitRequest> & { readonly owner?: Owner } = {},
  options: CommitOptions = {},
): Generation {
  const { owner, ...rest } = extra;
  return valueOf(store.commit(beginOn(store, owner), requestOf(changes, rest), options));
}

/** What is in force, as short words: `{a: "one"}`. */
export function wordsOf(store: StoreReader, owner: Owner = OWNER, generation?: number): Record<string, string> {
  const number = generation ?? valueOf(store.active(owner))?.number;
  if (number === undefined) return {};
  const rows = valueOf(store.rows(owner, number));
  const values = valueOf(store.values(rows.values()));
  return Object.fromEntries(
    [...rows].map(([address, digest]) => {
      const resource = JSON.parse(Buffer.from(values.get(digest) ?? []).toString()) as { readonly spec: { readonly word: string } };
      return [address.slice("Agent/".length), resource.spec.word];
    }),
  );
}

/** A state folder with two generations, an edit, a hold, a pin, a second owner and encrypted records to damage. */
export function filledStore(dir: string, ports: StorePorts = testPorts()): void {
  const store = writerOf(dir, ports);
  applyTo(store, { a: "one", b: "two", c: "three" });
  applyTo(store, { x: "other" }, { owner: "acme/test" });
  applyTo(store, { b: "changed", c: null, d: "new" });
  valueOf(store.addEdit({ owner: OWNER, address: "Agent/a", patch: [{ pointer: "/spec/word", value: "edited" }], actor: "api:laptop" }));
  valueOf(store.addHold({ owner: OWNER, selector: "Agent/b", denied: "all", reason: "looks odd", actor: ACTOR, until: null }));
  valueOf(store.recordRefusal(OWNER, ACTOR, ["DENIED"], null));
  store.close();
}

/** Everything a reader can learn, as one value to compare. */
export function everything(store: StoreReader): unknown {
  const owners = valueOf(store.owners());
  return {
    lineage: store.lineage,
    head: valueOf(store.ledgerHead()),
    ledger: valueOf(store.ledger(1, 1_000)),
    owners: owners.map((owner) => ({
      owner,
      generations: valueOf(store.generations(owner)),
      words: valueOf(store.generations(owner)).map(({ number }) => wordsOf(store, owner, number)),
      edits: valueOf(store.edits(owner)),
      holds: valueOf(store.holds(owner)),
      pin: valueOf(store.pin(owner)),
      intent: valueOf(store.openIntent(owner)),
    })),
    held: [...valueOf(store.ownersOf(["Agent/a", "Agent/b", "Agent/x", "Agent/nobody"]))],
  };
}
