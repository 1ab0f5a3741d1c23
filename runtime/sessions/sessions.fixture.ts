import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import {
  addressOf,
  canonicalJson,
  digestBytes,
  digestJson,
  type Digest,
  type Json,
  type JsonObject,
  type Resource,
  type Result,
} from "../../core/index.ts";
import { openStore, type StorePorts, type StoreWriter } from "../store/index.ts";

export const OWNER = "acme/default";

export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.diagnostics.map(({ code, detail }) => `${code} ${detail}`).join("; "));
}

export function codesOf(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.diagnostics.map(({ code }) => code);
}

/** A clock that moves one second with each look, and ids that count. */
export function testPorts(): StorePorts & { readonly ids: { next: () => string }; readonly clock: { now: () => Date } } {
  let seconds = 0;
  let count = 0;
  const next = (): string => (++count).toString(16).padStart(32, "0");
  return { clock: { now: () => new Date(Date.UTC(2026, 0, 1) + 1000 * seconds++) }, randomHex: next, ids: { next } };
}

export interface StateFolder extends Disposable {
  readonly dir: string;
  readonly ports: ReturnType<typeof testPorts>;
}

export function stateFolder(): StateFolder {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-"));
  return {
    dir: path.join(folder, "state"),
    ports: testPorts(),
    [Symbol.dispose]: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

export function withStore<T>({ dir, ports }: StateFolder, work: (store: StoreWriter) => T): T {
  const store = valueOf(openStore(dir, { mode: "write", create: true, actor: "tester" }, ports));
  try {
    return work(store);
  } finally {
    store.close();
  }
}

export function resource(kind: string, name: string, spec: JsonObject): Resource {
  return { apiVersion: "moltbot.dev/v1alpha1", kind, metadata: { name }, spec };
}

/** Writes a generation of these resources, as an apply does, with the bytes they name by digest. */
export function applyResources(state: StateFolder, resources: readonly Resource[], bytes: readonly Uint8Array[] = []): number {
  return withStore(state, (store) => {
    const values = new Map<Digest, Uint8Array>(bytes.map((each) => [digestBytes(each), each]));
    const rows = resources.map((each) => {
      const json = Buffer.from(canonicalJson(each as unknown as Json));
      const digest = digestBytes(json);
      values.set(digest, json);
      return { address: addressOf(each.kind, each.metadata.name), digest };
    });
    const fence = valueOf(store.begin(OWNER, digestJson(rows.length), "tester"));
    const generation = store.commit(fence, {
      reason: "apply",
      because: null,
      resolved: digestJson("resolved"),
      schema: digestJson("schema"),
      engine: "0.0.0",
      commit: null,
      dirty: false,
      actor: "tester",
      rows,
      values,
      correctedEdits: [],
      receipt: {},
    });
    return valueOf(generation).number;
  });
}
