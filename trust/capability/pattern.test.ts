import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS, type Result } from "../../core/index.ts";
import { canonicaliseRequest, contains, intersect, matches, parsePattern } from "./index.ts";
import { oracleCovers, PATTERNS, UNIVERSE } from "./oracle.fixture.ts";
import type { Pattern, ResourceType } from "./types.ts";

const TYPES: readonly ResourceType[] = ["url", "path", "name", "command"];

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map((each) => each.detail).join("; "));
  return result.value;
}

const pattern = (type: ResourceType, text: string): Pattern => value(parsePattern(type, text));

interface Known {
  readonly parsed: Pattern;
  readonly covers: ReadonlySet<string>;
}

const KNOWN = Object.fromEntries(
  TYPES.map((type) => [type, PATTERNS[type].map((text): Known => ({ parsed: pattern(type, text), covers: oracleCovers(type, text) }))]),
) as unknown as Record<ResourceType, readonly Known[]>;

const isSubset = (inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean => inner.isSubsetOf(outer);

/** Every pair of small patterns; of URLs, whose pairs are too many for a quick run, a random choice. */
function eachPair(type: ResourceType, check: (a: Known, b: Known) => void): void {
  const known = KNOWN[type];
  if (type !== "url") for (const a of known) for (const b of known) check(a, b);
  else fc.assert(fc.property(fc.constantFrom(...known), fc.constantFrom(...known), check), { numRuns: 4_000 });
}

describe.each(TYPES)("against the oracle: %s", (type) => {
  test("the universe is made of canonical requests", () => {
    for (const request of UNIVERSE[type]) expect(value(canonicaliseRequest(type, request))).toBe(request);
  });

  test("matches covers exactly the same requests", () => {
    const some = type === "url" ? fc.sample(fc.constantFrom(...KNOWN.url), 60) : KNOWN[type];
    for (const { parsed, covers } of some) {
      expect(UNIVERSE[type].filter((request) => matches(parsed, request))).toEqual([...covers]);
    }
  });

  test("contains is exactly the subset relation", () => {
    eachPair(type, (a, b) => {
      if (contains(a.parsed, b.parsed) !== isSubset(b.covers, a.covers)) throw new Error(`${a.parsed.text} contains ${b.parsed.text}`);
    });
  });

  test("intersect is exactly the common part", () => {
    eachPair(type, (a, b) => {
      const common = a.covers.intersection(b.covers);
      const both = intersect(a.parsed, b.parsed);
      const found = both ? oracleCovers(type, both.text) : new Set<string>();
      if (found.symmetricDifference(common).size > 0) throw new Error(`${a.parsed.text} and ${b.parsed.text} gave ${both?.text}`);
    });
  });

  test("two texts of one set are one text", () => {
    eachPair(type, (a, b) => {
      const isSame = isSubset(a.covers, b.covers) && isSubset(b.covers, a.covers);
      if (isSame !== (a.parsed.text === b.parsed.text)) throw new Error(`${a.parsed.text} and ${b.parsed.text}`);
    });
  });
});

const label = fc.constantFrom("a", "b", "api", "example", "com", "xn--bcher-kva");
const segment = fc.constantFrom("x", "y", "é", "%41", "a;b", "long-segment", "*");
const arbitrary: Record<ResourceType, fc.Arbitrary<string>> = {
  url: fc
    .tuple(
      fc.constantFrom("http", "HTTPS", "wss"),
      fc.constantFrom("", "*.", "**."),
      fc.array(label, { minLength: 1, maxLength: 4 }),
      fc.constantFrom("", ":443", ":80", ":8443"),
      fc.array(segment, { maxLength: 4 }),
      fc.constantFrom("", "/**"),
    )
    .map(
      ([scheme, wild, labels, port, path, tail]) =>
        `${scheme}://${wild}${labels.join(".")}${port}${path.map((each) => `/${each}`).join("")}${tail}`,
    ),
  path: fc
    .tuple(fc.array(fc.constantFrom("x", "y", "é", "e\u0301", "*", "..a"), { minLength: 1, maxLength: 5 }), fc.constantFrom("", "/**"))
    .map(([path, tail]) => path.join("/") + tail),
  name: fc
    .tuple(fc.array(fc.constantFrom("x", "Y", "a.b", "db#key", "*"), { minLength: 1, maxLength: 5 }), fc.constantFrom("", "/**"))
    .map(([path, tail]) => path.join("/") + tail),
  command: fc.constantFrom("git", "node", "g++", "*", "**"),
};

describe.each(TYPES)("laws: %s", (type) => {
  const any = arbitrary[type].map((text) => pattern(type, text));
  const text = (each: Pattern | undefined): string | undefined => each?.text;

  test("the text of a pattern reads as the same pattern", () => {
    fc.assert(
      fc.property(any, (a) => {
        expect(pattern(type, a.text)).toEqual(a);
      }),
    );
  });

  test("containment is reflexive, antisymmetric and transitive", () => {
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(contains(a, a)).toBe(true);
        if (contains(a, b) && contains(b, a)) expect(a.text).toBe(b.text);
        if (contains(a, b) && contains(b, c)) expect(contains(a, c)).toBe(true);
      }),
    );
  });

  test("intersection is idempotent, commutative, associative, and the greatest lower bound", () => {
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        const both = intersect(a, b);
        expect(text(intersect(a, a))).toBe(a.text);
        expect(text(intersect(b, a))).toBe(text(both));
        const left = both && intersect(both, c);
        const rest = intersect(b, c);
        expect(text(left)).toBe(text(rest && intersect(a, rest)));
        if (both) expect(contains(a, both) && contains(b, both)).toBe(true);
        expect(contains(a, b)).toBe(text(both) === b.text);
        if (contains(a, c) && contains(b, c)) expect(both !== undefined && contains(both, c)).toBe(true);
      }),
    );
  });

  test("patterns of another type share nothing", () => {
    const other = type === "name" ? pattern("path", "**") : pattern("name", "**");
    fc.assert(
      fc.property(any, (a) => {
        expect([contains(a, other), contains(other, a), intersect(a, other)]).toEqual([false, false, undefined]);
      }),
    );
  });
});

describe("requests", () => {
  test("canonicalising is idempotent, total, and never lets a wildcard through", () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.string({ unit: fc.constantFrom(...Array.from("ab./:*%25eE@[]?#\\ ~-")) }),
      ...TYPES.map((type) => arbitrary[type]),
    );
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), texts, (type, text) => {
        const result = canonicaliseRequest(type, text);
        if (!result.ok) return;
        expect(value(canonicaliseRequest(type, result.value))).toBe(result.value);
        expect(result.value).not.toContain("*");
        expect(value(parsePattern(type, result.value)).text).toBe(result.value);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each<[string, ResourceType, string, string]>([
    ["upper case and the default port", "url", "HTTPS://API.Example.COM:443/V1", "https://api.example.com/V1"],
    ["a port that is not the default", "url", "http://localhost:443", "http://localhost:443/"],
    ["query and fragment are left out", "url", "https://a.example/x?q=*#top", "https://a.example/x"],
    ["escapes are decoded once", "url", "https://a.example/%41%2d%7Eb", "https://a.example/A-~b"],
    ["an escaped percent sign stays one", "url", "https://a.example/%252e", "https://a.example/%252e"],
    ["other characters are escaped", "url", "https://a.example/ä b{}", "https://a.example/%C3%A4%20b%7B%7D"],
    ["empty segments count", "url", "https://a.example//x/", "https://a.example//x/"],
    ["a Unicode host becomes its A-label", "url", "https://BÜCHER.example/", "https://xn--bcher-kva.example/"],
    ["an IPv6 address is compressed", "url", "http://[0:0:0:0:0:0:0:1]:8080/", "http://[::1]:8080/"],
    ["the workspace itself", "path", ".", "."],
    ["NFC", "path", "cafe\u0301/x", "caf\u00e9/x"],
    ["a percent sign in a path is a percent sign", "path", "50%25/x", "50%25/x"],
    ["a command", "command", "git", "git"],
    ["a name", "name", "crm/create_issue", "crm/create_issue"],
  ])("%s", (_name, type, text, canonical) => {
    expect(value(canonicaliseRequest(type, text))).toBe(canonical);
  });

  // HOSTILE_INPUTS 77 and 78: nothing is taken for what it resembles, and a request is never a pattern.
  test.each<[string, ResourceType, string]>([
    ["row 78: **", "path", "**"],
    ["row 78: *", "name", "*"],
    ["row 78: * as a command", "command", "*"],
    ["row 78: a wildcard inside", "path", "a/*/b"],
    ["row 78: any host", "url", "https://**"],
    ["row 78: a wildcard host", "url", "https://*.example.com/"],
    ["row 78: an escaped asterisk", "url", "https://a.example/%2A"],
    ["row 78: an asterisk in text", "url", "https://a.example/x*y"],
    ["row 77: trailing space", "command", "exec "],
    ["row 77: trailing dot", "command", "exec."],
    ["row 77: escaped NUL", "command", "exec%00"],
    ["row 77: NUL", "command", "exec\0"],
    ["row 77: Cyrillic", "command", "\u0435xec"],
    ["a program with a path", "command", "/bin/sh"],
    ["a program with arguments", "command", "git push"],
    ["a shell", "command", "git;sh"],
    ["dot segments", "url", "https://a.example/x/../y"],
    ["escaped dot segments", "url", "https://a.example/x/%2e%2E/y"],
    ["half escaped dot segments", "url", "https://a.example/.%2e/y"],
    ["dot segments with parameters", "url", "https://a.example/x/..;a=b/y"],
    ["an escaped slash", "url", "https://a.example/a%2Fb"],
    ["an escaped backslash", "url", "https://a.example/a%5Cb"],
    ["a backslash", "url", "https://a.example\\@b.example/"],
    ["an escaped NUL", "url", "https://a.example/a%00b"],
    ["bytes that are not UTF-8", "url", "https://a.example/%ff"],
    ["a broken escape", "url", "https://a.example/%4"],
    ["a user name", "url", "https://a.example@b.example/"],
    ["a decimal address", "url", "http://2130706433/"],
    ["a short address", "url", "http://127.1/"],
    ["an octal address", "url", "http://0177.0.0.1/"],
    ["a hexadecimal address", "url", "http://0x7f000001/"],
    ["a hexadecimal last label", "url", "http://a.0x/"],
    ["an address in full-width digits", "url", "http://\uff11\uff12\uff17.0.0.1/"],
    ["a full-width name", "url", "https://\uff41.example/"],
    ["a soft hyphen", "url", "https://a\u00ad.example/"],
    ["an ideographic full stop", "url", "https://a\u3002example/"],
    ["a trailing dot", "url", "https://a.example./"],
    ["an empty label", "url", "https://a..example/"],
    ["an escaped host", "url", "https://%61.example/"],
    ["an A-label that is none", "url", "https://xn--a.example/"],
    ["an IPv6 zone", "url", "http://[fe80::1%25eth0]/"],
    ["an empty host", "url", "https:///x"],
    ["no host", "url", "https:/a.example/"],
    ["an empty port", "url", "https://a.example:/"],
    ["a port with a zero", "url", "https://a.example:0443/"],
    ["a port too high", "url", "https://a.example:65536/"],
    ["another scheme", "url", "file:///etc/passwd"],
    ["no scheme", "url", "//a.example/"],
    ["a tab", "url", "https://a.example/\tx"],
    ["an absolute path", "path", "/etc/passwd"],
    ["the home folder", "path", "~/x"],
    ["a drive", "path", "C:/x"],
    ["a backslash in a path", "path", "a\\b"],
    ["a parent", "path", "a/../b"],
    ["a dot in the middle", "path", "a/./b"],
    ["an empty segment", "path", "a//b"],
    ["a slash at the end", "path", "a/"],
    ["an empty path", "path", ""],
    ["an invisible character", "path", "a\u200bb"],
    ["a direction mark", "name", "a\u202eb"],
    ["a Cyrillic name", "name", "\u0430gent"],
    ["an empty name", "name", ""],
  ])("refused: %s", (_name, type, text) => {
    const result = canonicaliseRequest(type, text);
    expect(result.ok ? result.value : result.diagnostics.map((each) => each.code)).toEqual(["REQUEST_INVALID"]);
    expect(matches(pattern(type, type === "url" ? "https://**" : "**"), text)).toBe(false);
  });

  test("a text that is not canonical is covered by nothing", () => {
    expect(matches(pattern("url", "https://a.example/**"), "https://A.example/x")).toBe(false);
    expect(matches(pattern("url", "https://a.example/**"), "https://a.example/x?q=1")).toBe(false);
  });
});

describe("patterns", () => {
  test.each<[string, ResourceType, string, string]>([
    ["any host, port and path", "url", "HTTPS://**", "https://**"],
    ["any host on the default port", "url", "https://**:443/**", "https://**/**"],
    ["no path is the root alone", "url", "https://a.example", "https://a.example/"],
    ["any command", "command", "*", "**"],
    ["any name", "name", "*/**", "**"],
  ])("canonical: %s", (_name, type, text, canonical) => {
    expect(pattern(type, text).text).toBe(canonical);
  });

  test.each<[string, ResourceType, string]>([
    ["** inside a path", "path", "a/**/b"],
    ["a wildcard in text", "path", "a/*.md"],
    ["a wildcard in text at the end", "path", "a/x**"],
    ["one host wildcard alone", "url", "https://*/**"],
    ["a wildcard inside a host", "url", "https://a.*.example/"],
    ["a wildcard in a label", "url", "https://a*.example/"],
    ["a wildcard over an address", "url", "https://*.0.0.1/"],
    ["a wildcard port", "url", "https://a.example:*/"],
    ["a wildcard scheme", "url", "*://a.example/"],
    ["a query", "url", "https://a.example/x?y=*"],
    ["a fragment", "url", "https://a.example/x#y"],
    ["a program with a wildcard", "command", "git-*"],
    ["a dot segment", "url", "https://a.example/../**"],
  ])("refused: %s", (_name, type, text) => {
    const result = parsePattern(type, text);
    expect(result.ok ? result.value.text : result.diagnostics.map((each) => each.code)).toEqual(["CAPABILITY_RESOURCE"]);
  });

  test("lengths are limited by name", () => {
    const at = `a/${"b".repeat(2_046)}`;
    expect(parsePattern("path", at).ok).toBe(true);
    expect(parsePattern("path", `${at}b`)).toMatchObject({ ok: false, diagnostics: [{ code: "PATTERN_TOO_LONG" }] });
    expect(canonicaliseRequest("path", "a".repeat(8_192)).ok).toBe(true);
    expect(canonicaliseRequest("path", "a".repeat(8_193))).toMatchObject({ ok: false, diagnostics: [{ code: "PATTERN_TOO_LONG" }] });
    expect(matches(pattern("path", "**"), "a".repeat(8_193))).toBe(false);
  });

  test("nothing shown can move a cursor or hide", () => {
    const result = parsePattern("path", "a\u202e\u001b[31m");
    const text = result.ok ? "" : result.diagnostics.map((each) => each.detail).join();
    expect([text.includes("\u001b"), text.includes("\u202e"), text.includes("\\u202e")]).toEqual([false, false, true]);
  });
});

describe("patterns that were read before", () => {
  test("are the same when more of them were read than are kept (limits.patternMemo)", () => {
    const read = (i: number): unknown => parsePattern("url", `http://localhost/${i}/**`);
    const first = [read(0), read(1), parsePattern("path", "../x")];
    for (let i = 0; i <= LIMITS.patternMemo; i++) read(i);
    expect([read(0), read(1), parsePattern("path", "../x")]).toEqual(first);
  });
});
