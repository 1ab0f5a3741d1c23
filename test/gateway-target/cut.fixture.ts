import { expect } from "vitest";
import { codesOf, value } from "../engine.fixture.ts";
import type { Inside } from "./inside.fixture.ts";

export const MODES = ["before", "after"] as const;

/** What an apply says whose line was cut: the gateway is away, or it is not known how it ended. */
const SAID = ["TARGET_UNAVAILABLE", "APPLY_INCOMPLETE"];

/** Applies something with the line cut at one request, and again without: it is active then, once. */
export async function cutAt(it: Inside, k: number, when: (typeof MODES)[number]): Promise<void> {
  const prompt = `Be quick ${k} ${when}.`;
  const before = (await it.active())?.number ?? 0;
  it.declare(prompt);
  let path = "";
  it.line.set((passing) => {
    if (passing.number === k) path = passing.path;
    return passing.number === k ? { kind: "cut", when } : undefined;
  });
  const cut = await it.apply();
  const told = `request ${k} (${path}) cut ${when}`;
  if (!cut.ok) for (const code of codesOf(cut)) expect(SAID, told).toContain(code);
  // Giving the claim back is all that may be lost without a word.
  else expect(path, told).toMatch(/^$|\/leases\//);
  it.line.set(() => undefined);
  value(await it.apply());
  const after = await it.active();
  expect(after?.prompt, told).toBe(prompt);
  const { items } = (await it.gateway.ask("/v2/generations?owner=acme/default&limit=200")).body as unknown as {
    readonly items: readonly { readonly number: number; readonly status: string }[];
  };
  expect(
    items.filter(({ status }) => status === "active").map(({ number }) => number),
    told,
  ).toEqual([after?.number]);
  // Never both: what the first apply wrote, and the same again.
  expect((after?.number ?? 0) - before, told).toBeLessThanOrEqual(2);
}
