import fs from "node:fs";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { digestBytes, type Digest, type Result } from "../../core/index.ts";
import { migrateStore, openStore, renewKey, restoreStore, type StorePorts } from "./index.ts";

/**
 * A process that kills itself: `node kill.fixture.ts SCENARIO DIR FILE N` ends with SIGKILL right before
 * the Nth call that changes something, or prints how many there were. Beside the calls here, SQLite makes
 * its own; what those leave when cut is SQLite's promise, and wal.test.ts looks at it.
 */
const [, , scenario = "", dir = "", file = "", stop = "0"] = process.argv;

let calls = 0;
function counted(): void {
  if (++calls === Number(stop)) process.kill(process.pid, "SIGKILL");
}

function watch(target: object, names: readonly string[]): void {
  const record = target as Record<string, (...args: unknown[]) => unknown>;
  for (const name of names) {
    const original = record[name];
    if (!original) throw new Error(`no ${name}`);
    record[name] = function (this: unknown, ...args: unknown[]): unknown {
      counted();
      return original.apply(this, args);
    };
  }
}

watch(fs, ["openSync", "writeFileSync", "fsyncSync", "renameSync", "mkdirSync", "rmSync", "chmodSync"]);
watch(DatabaseSync.prototype, ["exec", "close"]);
watch(StatementSync.prototype, ["run"]);

const WHO = { actor: "ops", because: "a test" };
const ports: StorePorts = {
  clock: { now: () => new Date("2026-03-01T12:00:00.000Z") },
  randomHex: () => digestBytes(String(calls)).slice(7, 39),
};

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.diagnostics.map(({ code, detail }) => `${code}: ${detail}`).join("\n"));
}

function apply(): void {
  const store = must(openStore(dir, { mode: "write", create: true, actor: "ops" }, ports));
  const bytes = Buffer.from('{"spec":{"word":"applied"}}');
  const digest: Digest = digestBytes(bytes);
  const base = {
    reason: "apply",
    because: null,
    resolved: digest,
    schema: digest,
    engine: "0.1.0",
    commit: null,
    dirty: false,
    actor: "ops",
  } as const;
  const fence = must(store.begin("acme/prod", digest, "ops"));
  must(
    store.commit(fence, {
      ...base,
      rows: [{ address: "Agent/a", digest }],
      values: new Map([[digest, bytes]]),
      correctedEdits: [],
      receipt: {},
    }),
  );
  store.close();
}

const SCENARIOS: Readonly<Record<string, () => void>> = {
  apply,
  restore: () => void must(restoreStore(dir, file, { ...WHO, replace: true }, ports)),
  migrate: () => void must(migrateStore(dir, { actor: "ops" }, ports)),
  "renew store.key": () => void must(renewKey(dir, "store.key", WHO, ports)),
  "renew ledger.key": () => void must(renewKey(dir, "ledger.key", WHO, ports)),
};

SCENARIOS[scenario]?.();
process.stdout.write(String(calls));
