import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CODES, firstUnsafe, LIMITS, type Diagnostic } from "../../core/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { locate } from "./locate.ts";
import { parseFile } from "./parse-file.ts";
import { validateDocument } from "./validate-document.ts";

/** Arbitrary bytes in, and always an orderly answer out. */

const SEED = `apiVersion: moltbot.dev/v1alpha1
kind: Agent
metadata: {name: support, labels: {team: care}}
spec:
  description: "Answers \\"questions\\" \\u00e9"
  model: {provider: anthropic, name: claude, temperature: 0.7, maxTokens: 4096}
  prompt: |
    You are support.

    Be brief.
  capabilities:
    - tool: http.fetch
      permissions: [{action: get, resource: "https://api.example.com/**"}]
      constraints: {rate: 30/min, approval: always}
      expiresAt: 2027-01-01T00:00:00Z
---
apiVersion: moltbot.dev/v1alpha1
kind: Secret
metadata:
  name: anthropic
spec:
  values:
    api-key: {env: {name: ANTHROPIC_API_KEY}}
`;

/** Parses, validates and locates, and checks what every answer must be like. */
function survive(bytes: Uint8Array): readonly Diagnostic[] {
  const file = { path: "a.yaml", bytes, blobId: null };
  const before = process.cpuUsage();
  const parsed = parseFile(file);
  const found = [...parsed.diagnostics, ...parsed.documents.flatMap((document) => validateDocument(document, KINDS).diagnostics)];
  const located = locate(found, new Map([["a.yaml", bytes]]));
  // Processor time, because the machine may be busy with other things.
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(2000);
  expect(located.length).toBe(found.length);
  for (const each of located) {
    expect(each.at?.file).toBe("a.yaml");
    expect(each.at?.line).toBeGreaterThanOrEqual(1);
    expect(each.at?.column).toBeGreaterThanOrEqual(1);
    for (const words of [each.summary, each.detail, each.remedy?.replaceAll("\n", " "), each.at?.excerpt]) {
      if (words === undefined) continue;
      expect(words).not.toMatch(/undefined|\[object Object\]|\bNaN\b/);
      expect(firstUnsafe(words)).toBeUndefined();
      expect(words.length).toBeLessThan(2000);
    }
    expect(CODES[each.code].summary).toBe(each.summary);
  }
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  return located;
}

describe("fuzzing", () => {
  test("arbitrary bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        survive(bytes);
      }),
      { numRuns: 1500 },
    );
  });

  test("arbitrary text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        survive(Buffer.from(text));
      }),
      { numRuns: 1500 },
    );
  });

  const bit = fc.constantFrom(
    "&a ",
    "*a",
    "!t ",
    "!!int ",
    "<<: ",
    "__proto__: {polluted: 1}\n",
    "{",
    "}",
    "[",
    "]",
    ": ",
    "- ",
    "? ",
    "\n",
    "\n\n---\n",
    "...\n",
    "%YAML 1.1\n",
    "'",
    '"',
    "\\",
    "\\ud800",
    "#",
    "|",
    ">",
    "\t",
    "\u0000",
    "\u202e",
    "\u200b",
    "\ufeff",
    "010",
    "1_000",
    "1e999",
    "-0",
    ".nan",
    "no",
    "~",
    "constructor: ",
    "  ",
    "\r",
    ",",
    "é",
    "😀",
    "apiVersion: x\n",
    "kind: Agent\n",
    "null",
  );
  const edit = fc.record({ at: fc.nat(SEED.length), drop: fc.nat(40), bit, copy: fc.boolean() });

  test("mutated manifests", () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
        let text = SEED;
        for (const { at, drop, bit: inserted, copy } of edits) {
          text = text.slice(0, at) + inserted + (copy ? text.slice(Math.max(0, at - drop), at) : "") + text.slice(at + (copy ? 0 : drop));
        }
        survive(Buffer.from(text));
      }),
      { numRuns: 3000 },
    );
  });

  test("mutated bytes", () => {
    const bytes = Buffer.from(SEED);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
        const mutated = Buffer.from(bytes);
        for (const [at, value] of changes) mutated[at] = value;
        survive(mutated);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["open flow", "[{"],
    ["explicit keys", "? "],
    ["anchors", "&a "],
    ["tags", "!a "],
    ["tagged lines", "!a\n"],
    ["anchored lines", "&a\n"],
    ["quotes", "''"],
    ["backslashes", '"\\\\'],
    ["blank lines", "\n"],
    ["spaces", " "],
    ["carriage returns", "\r"],
    ["block scalars", "a: |\n"],
    ["comments", "#\n"],
    ["commas", "[,"],
    ["keys without values", "a:\n"],
    ["nested list lines", "- - - - a\n"],
    ["colons", ": "],
    ["documents", "---\n"],
    ["document ends", "...\n"],
    ["long words", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "],
    ["digits", "1234567890"],
    ["underscores", "1_"],
    ["sixties", "1:2"],
    ["unclosed quotes over lines", '"a\n'],
    ["pairs in lists", "[a: b, "],
  ])("a megabyte of %s takes no more than two seconds", (_name, unit) => {
    const text = unit.repeat(Math.ceil((1024 * 1024) / unit.length));
    expect(survive(Buffer.from(text)).length).toBeLessThanOrEqual(LIMITS.diagnostics);
    expect(survive(Buffer.from(`a:\n  b: ${text}`)).length).toBeLessThanOrEqual(LIMITS.diagnostics + 1);
  });
});
