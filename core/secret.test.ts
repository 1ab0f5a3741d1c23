import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { Secret } from "./secret.ts";

const CANARY = "canary-7f3a91";

describe("a Secret prints as ***", () => {
  const secret = new Secret(CANARY);
  // What a careless caller does where the types do not stop them.
  const careless = secret as unknown as string;
  const shown: readonly (readonly [string, () => string])[] = [
    ["String()", () => String(secret)],
    ["a template", () => `key=${careless}`],
    ["concatenation", () => "key=" + careless],
    ["JSON.stringify", () => JSON.stringify({ secret })],
    ["inspect", () => inspect({ secret }, { depth: 9, showHidden: true })],
    ["inspect without custom functions", () => inspect({ secret }, { customInspect: false, showHidden: true, depth: 9 })],
    ["Object.entries", () => JSON.stringify(Object.entries(secret))],
    ["a structured clone", () => JSON.stringify(structuredClone(secret))],
    ["an error's message", () => new Error(`cannot use ${careless}`).stack ?? ""],
  ];
  test.each(shown)("%s", (_, show) => {
    expect(show()).not.toContain(CANARY);
  });

  test("and opens to the value", () => {
    expect(secret.open()).toBe(CANARY);
    expect(new Secret("").open()).toBe("");
    expect(String(new Secret(""))).toBe("***");
  });
});
