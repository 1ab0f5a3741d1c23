import { expect, test } from "vitest";
import { openRecords } from "../store/index.ts";
import { applyTo, newStateDir, valueOf, writerOf } from "../store/store.fixture.ts";
import { rotateIfDue } from "./rotation-part.ts";

const DAY_MS = 86_400_000;

test("keys that became too old are rotated once, beside records that are open, and younger ones are left", async () => {
  const dir = newStateDir();
  const store = writerOf(dir);
  applyTo(store, { a: "one" });
  const records = valueOf(openRecords(dir));
  valueOf(records?.put("session/a/1", Buffer.from("said before")) ?? { ok: false, diagnostics: [] });
  const madeAt = valueOf(store.ledger(1, 1))[0]?.at ?? null;
  let now = Date.parse(madeAt ?? "");
  let made = 0;
  const world = {
    dir,
    actor: "gateway@test",
    clock: { now: () => new Date(now) },
    ids: { next: () => (++made).toString(16).padStart(32, "0") },
    everyMs: DAY_MS,
    madeAt: () => madeAt,
    rotated: () => {},
    failed: () => {},
  };
  now += DAY_MS - 1;
  expect(valueOf(await rotateIfDue(world, DAY_MS))).toBeNull();
  now += 1;
  expect(valueOf(await rotateIfDue(world, DAY_MS))).toBeGreaterThan(0);
  expect(valueOf(await rotateIfDue(world, DAY_MS))).toBeNull();
  expect(Buffer.from(valueOf(records?.get("session/a/1") ?? { ok: false, diagnostics: [] })?.head ?? []).toString()).toBe("said before");
  records?.close();
  store.close();
});
