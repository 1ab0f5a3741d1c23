import { expect, test } from "vitest";
import { codesOf, value } from "../engine.fixture.ts";
import { cutAt, MODES } from "./cut.fixture.ts";
import { inside } from "./inside.fixture.ts";

test("the line is cut at each request of an apply: the next one reaches the same end", async () => {
  const it = await inside();
  value(await it.apply());
  const requests = it.line.seen().length;
  expect(requests).toBeGreaterThan(12);
  // Before it arrives and after it was carried out, in turn; the slow test does both everywhere.
  for (let k = 1; k <= requests; k++) await cutAt(it, k, MODES[k % 2] ?? "before");
  const verified = await it.gateway.ask("/v2/record/verify", { method: "POST", body: { head: null } });
  expect(verified.status).toBe(200);
}, 60_000);

test("an applier that is interrupted gives its claim back, and what was active stays", async () => {
  const it = await inside();
  value(await it.apply());
  const before = await it.active();
  it.declare("Be brief.");
  const stop = new AbortController();
  it.line.set(({ path }) => {
    if (path !== "/v2/record/staged") return undefined;
    return { kind: "first", work: async () => stop.abort() };
  });
  expect(codesOf(await it.apply({ signal: stop.signal }))).not.toEqual([]);
  expect(await it.active()).toEqual(before);
  it.line.set(() => undefined);
  value(await it.apply());
  expect((await it.active())?.prompt).toBe("Be brief.");
}, 30_000);
