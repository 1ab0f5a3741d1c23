import { describe, expect, test } from "vitest";
import { digestBytes, type Address, type Digest } from "../../core/index.ts";
import { applyTo, newStateDir, OWNER, readerOf, requestOf, valueOf, beginOn, writerOf } from "./store.fixture.ts";

/** CPU milliseconds, which neighbours on the machine disturb less than the clock on the wall. */
function cpuOf(act: () => void): number {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function costs(count: number): { readonly commit: number; readonly read: number; readonly few: number } {
  const values = new Map<Digest, Uint8Array>();
  const rows = Array.from({ length: count }, (_, n) => {
    const bytes = Buffer.from(JSON.stringify({ spec: { word: `${n} ${"x".repeat(800)}` } }));
    values.set(digestBytes(bytes), bytes);
    return { address: `Agent/a${n}` as Address, digest: digestBytes(bytes) };
  });
  const dir = newStateDir();
  const store = writerOf(dir);
  const fence = beginOn(store);
  const commit = cpuOf(() => valueOf(store.commit(fence, requestOf({}, { rows, values }))));
  const few = cpuOf(() => applyTo(store, { a1: "changed", a2: null, fresh: "new" }));
  store.close();
  const reader = readerOf(dir);
  const read = cpuOf(() => expect(valueOf(reader.rows(OWNER, 2)).size).toBe(count));
  reader.close();
  return { commit, read, few };
}

describe("size", () => {
  test("10,000 rows commit and read within their budget, and 100,000 cost about ten times that", () => {
    costs(1_000);
    const [small, large] = [costs(10_000), costs(100_000)];
    expect(small.commit).toBeLessThan(250);
    expect(small.read).toBeLessThan(60);
    for (const part of ["commit", "read", "few"] as const) expect(large[part] / Math.max(5, small[part]), part).toBeLessThan(16);
  });
});
