import { digestBytes, type Address, type Digest } from "../../core/index.ts";
import { openStore, type StorePorts } from "./index.ts";

/** `node disk.fixture.ts DIR`: applies 200 resources of 10 KB; prints "done", or the code of the refusal. */
const [, , dir = ""] = process.argv;
const ports: StorePorts = { clock: { now: () => new Date("2026-03-01T12:00:00.000Z") }, randomHex: () => "0".repeat(32) };

function applied(): string {
  const store = openStore(dir, { mode: "write", create: false }, ports);
  if (!store.ok) return store.diagnostics[0]?.code ?? "";
  if (!store.value) return "no store";
  try {
    const values = new Map<Digest, Uint8Array>();
    const rows = Array.from({ length: 200 }, (_, n) => {
      const bytes = Buffer.from(JSON.stringify({ spec: { word: `${n} ${"x".repeat(10_000)}` } }));
      values.set(digestBytes(bytes), bytes);
      return { address: `Agent/big-${n}` as Address, digest: digestBytes(bytes) };
    });
    const fence = store.value.begin("acme/prod", digestBytes("plan"), "ops");
    if (!fence.ok) return fence.diagnostics[0]?.code ?? "";
    const digest = digestBytes("same");
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
    const done = store.value.commit(fence.value, { ...base, rows, values, correctedEdits: [], receipt: {} });
    return done.ok ? "done" : (done.diagnostics[0]?.code ?? "");
  } finally {
    store.value.close();
  }
}

process.stdout.write(applied());
