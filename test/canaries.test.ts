import { describe, expect, test } from "vitest";
import { canary, formsIn, formsOf } from "./canaries.fixture.ts";

describe("a canary is found however it is written", () => {
  const value = canary("test");
  const bytes = Buffer.from(value);
  const folded = (text: string): string => (text.match(/.{1,5}/gs) ?? []).join("\n    ");
  test.each([
    ["plain", `key=${value};`],
    ...[0, 1, 2, 3, 4].map((n) => [`base64 behind ${n} bytes`, Buffer.from(`${"x".repeat(n)}${value} and more`).toString("base64")]),
    ["base64url", Buffer.from(`Bearer ${value}`).toString("base64url")],
    ["hex", bytes.toString("hex")],
    ["HEX", bytes.toString("hex").toUpperCase()],
    ["URL", `%${bytes.toString("hex").match(/../g)!.join("%")}`],
    ["JSON", JSON.stringify({ a: value })],
    ["over lines", folded(value)],
    ["base64 over lines", folded(bytes.toString("base64"))],
    [
      "in a quoted list",
      folded(value)
        .split("\n")
        .map((line) => `"${line.trim()}" +`)
        .join("\n"),
    ],
  ])("%s", (_, text) => expect(formsIn(Buffer.from(text)).length).toBeGreaterThan(0));

  test("and nothing else is", () => {
    expect(formsIn(Buffer.from("A text of canaries in a mine, mb canary 7, and base64 YWJjZGVm"))).toEqual([]);
    expect(formsIn(Buffer.from("other"), formsOf("another"))).toEqual([]);
  });
});
