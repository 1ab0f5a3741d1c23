import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addressOf,
  byCodeUnit,
  canonicalJson,
  caution,
  codeNamed,
  CODES,
  compareDiagnostics,
  digestBytes,
  digestJson,
  digestPair,
  escapeText,
  exitCodeOf,
  FINDINGS,
  firstUnsafe,
  InternalError,
  isDiagnosticCode,
  isDigest,
  isName,
  jsonEqual,
  mapResult,
  nearest,
  ok,
  fail,
  failAll,
  outcomeOf,
  OUTCOMES,
  parseAddress,
  pointerOf,
  problem,
  segmentsOf,
  shortDigest,
  shown,
  valueAt,
  worstOutcome,
  type Json,
  type JsonObject,
} from "./index.ts";

describe("canonicalJson", () => {
  // Source: RFC 8785, sections 3.2.2 and 3.2.3.
  test.each<[string, Json, string]>([
    [
      "numbers in ECMAScript form",
      [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      "[333333333.3333333,1e+30,4.5,0.002,1e-27]",
    ],
    ["literals", [null, true, false], "[null,true,false]"],
    ["strings with their escapes", '€$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'],
    ["minus zero as zero", -0, "0"],
    [
      "keys by UTF-16 code unit",
      { "€": "Euro Sign", "\r": "Carriage Return", דּ: "Hebrew", "1": "One", "😀": "Emoji", "\u0080": "Control", ö: "Latin" },
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin","€":"Euro Sign","😀":"Emoji","\ufb33":"Hebrew"}',
    ],
    ["nothing between tokens", { b: [], a: {} }, '{"a":{},"b":[]}'],
    [
      "keys that look like numbers, which objects print first",
      { b: 1, "9": 2, "10": 3, a: { "2": 1, "10": 2 } },
      '{"10":3,"9":2,"a":{"10":2,"2":1},"b":1}',
    ],
    [
      "a key that copies lose",
      JSON.parse('{"b":{"d":1,"c":2},"__proto__":{"z":1,"a":2}}') as Json,
      '{"__proto__":{"a":2,"z":1},"b":{"c":2,"d":1}}',
    ],
    ["what is in order around what is not", { a: [1, { d: 1, c: 2 }], b: { a: 1 } }, '{"a":[1,{"c":2,"d":1}],"b":{"a":1}}'],
  ])("%s", (_name, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test("is what JSON reads back, whatever the key order", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (made) => {
        const value = JSON.parse(JSON.stringify(made)) as Json;
        const text = canonicalJson(value);
        expect(jsonEqual(JSON.parse(text) as Json, value)).toBe(true);
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      }),
    );
  });

  test("of more values than are printed at once", () => {
    const items = Array.from({ length: 5_000 }, (_, i) => ({ b: i, a: { "10": i, "9": [i] } }));
    const texts = items.map((_, i) => `{"a":{"10":${i},"9":[${i}]},"b":${i}}`);
    expect(canonicalJson({ z: items, y: null })).toBe(`{"y":null,"z":[${texts.join(",")}]}`);
  });

  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [undefined], [{ a: undefined }]])("throws for %s: our bug", (value) => {
    expect(() => canonicalJson(value as unknown as Json)).toThrow(InternalError);
  });
});

describe("digestPair", () => {
  test("is the digest of each, whatever they share", () => {
    const fields = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.jsonValue());
    fc.assert(
      fc.property(fields, fields, fields, (common, one, other) => {
        const plain = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;
        const shared = plain(common);
        const [a, b] = [
          { ...shared, ...plain(one) },
          { ...shared, ...plain(other) },
        ];
        expect(digestPair(a, b)).toEqual([digestJson(a), digestJson(b)]);
      }),
    );
  });
});

describe("failAll", () => {
  test("takes more diagnostics than a call takes arguments", () => {
    const one = problem("REF_NOT_FOUND", { detail: "." });
    const failed = failAll(Array.from({ length: 300_000 }, () => one));
    expect(failed.diagnostics.length).toBe(300_000);
  });
});

describe("addresses", () => {
  test.each([
    ["Agent/support", true],
    ["McpServer/a-1", true],
    ["Agent", false],
    ["agent/x", false],
    ["Agent/Support", false],
    ["Agent/-x", false],
    ["Agent/a/b", false],
    [`Agent/${"a".repeat(63)}`, true],
    [`Agent/${"a".repeat(64)}`, false],
  ])("%s is one: %s", (text, expected) => {
    expect(parseAddress(text) !== undefined).toBe(expected);
  });

  test("parse is the inverse of addressOf", () => {
    expect(parseAddress(addressOf("Agent", "a"))).toEqual({ kind: "Agent", name: "a", address: "Agent/a" });
    expect(isName("a".repeat(63)) && !isName("a".repeat(64)) && !isName("")).toBe(true);
  });
});

describe("text", () => {
  test.each([
    ["escape", "\u001b[31m", "\\u001b[31m"],
    ["right-to-left override", "a\u202eb", "a\\u202eb"],
    ["zero width space", "a\u200bb", "a\\u200bb"],
    ["isolate", "\u2066", "\\u2066"],
    ["tag character", "\u{e0041}", "\\udb40\\udc41"],
    ["lone surrogate", "\ud800", "\\ud800"],
    ["newline", "a\nb", "a\\u000ab"],
    ["nothing in plain text", "grüße 😀 日本", "grüße 😀 日本"],
  ])("escapes %s", (_name, text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
    expect(firstUnsafe(text) === undefined).toBe(text === escaped);
  });

  test("shown quotes and shortens", () => {
    expect(shown("x".repeat(200))).toHaveLength(80);
    expect(shown("a\nb")).toBe('"a\\u000ab"');
    expect(shown(12)).toBe("12");
    expect(shown(undefined)).toBe("nothing");
  });

  test.each([
    ["modle", ["model", "mode", "name"], "model"],
    ["smpt", ["smtp", "http"], "smtp"],
    ["zzz", ["model"], undefined],
    ["Agnet", ["Agent", "Channel"], "Agent"],
  ])("nearest to %s", (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });
});

describe("json pointers", () => {
  test("segments survive", () => {
    fc.assert(fc.property(fc.array(fc.string()), (segments) => segmentsOf(pointerOf(segments)).join() === segments.join()));
  });

  test("valueAt walks maps and lists, and never inherits", () => {
    const root: Json = { a: [{ b: 1 }] };
    expect(valueAt(root, ["a", 0, "b"])).toBe(1);
    expect(valueAt(root, ["a", 1])).toBeUndefined();
    expect(valueAt(root, ["constructor"])).toBeUndefined();
    expect(valueAt(root, ["a", 0, "b", "c"])).toBeUndefined();
  });
});

describe("outcomes and diagnostics", () => {
  test("the first in the order decides", () => {
    expect(worstOutcome(["PARTIAL", "DENIED", "LIMIT"])).toBe("LIMIT");
    expect(worstOutcome([])).toBeUndefined();
    expect(OUTCOMES.map(exitCodeOf)).toEqual([9, 4, 4, 1, 1, 3, 6, 5, 5, 7, 7]);
  });

  test("every code has words and a page", () => {
    for (const [code, entry] of Object.entries(CODES)) {
      expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
      expect(entry.summary).toMatch(/^([A-Z]|git |[$]).*[^.]$/);
      expect(entry.page.length).toBeGreaterThan(30);
    }
    expect(isDiagnosticCode("REF_NOT_FOUND") && !isDiagnosticCode("toString")).toBe(true);
  });

  test("are sorted by place, then code", () => {
    const at = (file: string, line: number, column: number) => problem("FIELD_TYPE", { detail: "", at: { file, line, column } });
    const list = [at("b", 1, 1), at("a", 2, 1), at("a", 1, 9), problem("DUPLICATE_KEY", { detail: "" }), at("a", 1, 2)];
    expect(list.toSorted(compareDiagnostics).map((each) => each.at && `${each.at.file}${each.at.line}${each.at.column}`)).toEqual([
      "a12",
      "a19",
      "a21",
      "b11",
      undefined,
    ]);
    expect(outcomeOf(caution("PLAN_STALE", { detail: "" }))).toBe("STALE");
    expect(caution("PLAN_STALE", { detail: "" }).severity).toBe("warning");
  });

  test("results map their value and keep their problems", () => {
    expect(mapResult(ok(1), (x) => x + 1)).toEqual(ok(2));
    const failed = fail(problem("PLAN_STALE", { detail: "d" }));
    expect(mapResult(failed, () => 1)).toBe(failed);
  });
});

describe("digests", () => {
  test("cover content, not order", () => {
    expect(digestJson({ a: 1, b: 2 })).toBe(digestJson({ b: 2, a: 1 }));
    expect(digestJson({ a: 1 })).not.toBe(digestJson({ a: 2 }));
    const big = Array.from({ length: 5_000 }, (_, i) => ({ name: `n${i}`, text: "grüße".repeat(20) }));
    expect(digestJson(big)).toBe(digestBytes(canonicalJson(big)));
    expect(isDigest(digestJson(null)) && !isDigest("sha256:zz") && !isDigest(1)).toBe(true);
    expect(shortDigest(digestJson(null))).toHaveLength(19);
    expect(["b", "a", "B"].sort(byCodeUnit)).toEqual(["B", "a", "b"]);
  });
});

describe("explain finds the page of every code that a plan prints", () => {
  test.each(Object.entries(FINDINGS))("finding %s", (finding, code) => {
    expect([codeNamed(finding), codeNamed(code.toLowerCase())]).toEqual([code, code]);
    expect(CODES[code].page.length).toBeGreaterThan(60);
  });

  // The codes of a plan's warnings are of the type of codes that have a page: the compiler holds that.
  test.each(["POLICY_EXCEPTION_UNUSED", "POLICY_EXCEPTION_EXPIRED", "CREDENTIALS_IN_CLEAR"])("remark %s", (code) =>
    expect(codeNamed(code)).toBe(code),
  );

  test("what is no code", () =>
    expect([codeNamed("lethal"), codeNamed("toString"), codeNamed("")]).toEqual([undefined, undefined, undefined]));
});
