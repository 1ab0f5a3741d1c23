import { expect, test } from "vitest";
import { value } from "../engine.fixture.ts";
import { cutAt, MODES } from "./cut.fixture.ts";
import { inside } from "./inside.fixture.ts";

test.each(MODES)("the line is cut %s each request of an apply: the next one reaches the same end", async (when) => {
  const it = await inside();
  value(await it.apply());
  const requests = it.line.seen().length;
  for (let k = 1; k <= requests; k++) {
    await cutAt(it, k, when);
    expect(await it.changes()).toBe(0);
  }
  const verified = await it.gateway.ask("/v2/record/verify", { method: "POST", body: { head: null } });
  expect(verified.status).toBe(200);
});
