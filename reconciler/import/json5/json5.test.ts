import * as fc from "fast-check";
import JSON5 from "json5";
import { describe, expect, test } from "vitest";
import { LIMITS, type Json } from "../../../core/index.ts";
import { readJson5 } from "./read.ts";
import { at, entriesOf, leavesBelow, pointerOfNode, textOf, valueOf, type SourceNode } from "./tree.ts";

function read(text: string | Uint8Array): SourceNode {
  const result = readJson5({ path: "openclaw.json", bytes: typeof text === "string" ? Buffer.from(text) : text });
  if (!result.ok) throw new Error(result.diagnostics.map(({ code, detail }) => `${code} ${detail}`).join());
  return result.value;
}

function codes(text: string | Uint8Array): readonly string[] {
  const result = readJson5({ path: "openclaw.json", bytes: typeof text === "string" ? Buffer.from(text) : text });
  return result.ok ? [] : result.diagnostics.map(({ code }) => code);
}

/** Comments by pointer. */
function comments(node: SourceNode): Readonly<Record<string, readonly string[]>> {
  const own = [...node.comments.before, ...node.comments.after];
  const below = node.kind === "map" ? node.entries.map(([, child]) => child) : node.kind === "list" ? node.items : [];
  return Object.assign(own.length > 0 ? { [pointerOfNode(node)]: own.map((each) => each.trim()) } : {}, ...below.map(comments)) as Record<
    string,
    string[]
  >;
}

describe("values", () => {
  test("every form of JSON5", () => {
    const node = read(
      `{a: 'it\\'s', "b": 0x1F, $c_1: .5, d: +5, e: [1, , ].length ? 1 : 2}`.replace(", e: [1, , ].length ? 1 : 2", ", e: [1,],"),
    );
    expect(valueOf(node)).toEqual({ a: "it's", b: 31, $c_1: 0.5, d: 5, e: [1] });
  });

  test("a byte-order mark, escapes in keys, and text over two lines", () => {
    const node = read('\ufeff{"\\u0061b": "one\\\ntwo", \\u0063d: 1}');
    expect(entriesOf(node).map(([key]) => key)).toEqual(["ab", "cd"]);
    expect(textOf(at(node, "ab"))).toBe("onetwo");
  });

  test("keys keep their order, also those that look like numbers", () => {
    expect(entriesOf(read("{b: 1, '10': 2, '2': 3, a: 4}")).map(([key]) => key)).toEqual(["b", "10", "2", "a"]);
  });

  test("numbers that a double would change are kept as they were written", () => {
    const leaves = leavesBelow(read("{a: [123456789012345678, NaN, -Infinity, 1e400, -0, 12]}"));
    expect(leaves.map(({ value }) => value)).toEqual(["123456789012345678", "NaN", "-Infinity", "1e400", "-0", 12]);
    expect(leaves.map(({ inexact }) => inexact)).toEqual([true, true, true, true, true, false]);
  });

  test("of equal keys the last counts, and the others are known", () => {
    const node = read('{a: 1, "a": 2}');
    expect(valueOf(node)).toEqual({ a: 2 });
    expect(node.kind === "map" && node.shadowed.map(({ line }) => line)).toEqual([1]);
  });

  test("__proto__ is a key like any other and changes nothing", () => {
    const node = read('{"__proto__": {"polluted": true}, constructor: {prototype: {polluted: true}}}');
    expect(leavesBelow(node).map(pointerOfNode)).toEqual(["/__proto__/polluted", "/constructor/prototype/polluted"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("comments stand with what they belong to", () => {
  const cases: readonly (readonly [string, string, Readonly<Record<string, readonly string[]>>])[] = [
    ["above a key", "{\n// one\n// two\na: 1}", { "/a": ["one", "two"] }],
    ["behind a value", "{a: 1, // one\nb: 2}", { "/a": ["one"] }],
    ["behind a value without a comma", "{a: 1 // one\n}", { "/a": ["one"] }],
    ["between a value and its comma", "{a: 1 /* one */, b: 2 /* two */}", { "/a": ["one"], "/b": ["two"] }],
    ["between key and value", "{a /* one */ : /* two */ 1}", { "/a": ["one", "two"] }],
    ["behind an opening bracket", "{ // one\na: [ // two\n1]}", { "/a": ["one"], "/a/0": ["two"] }],
    ["over several lines", "{/* one\n * two */\na: 1}", { "/a": ["one\n * two"] }],
    ["before and after everything", "// one\n{a: 1}\n// two", { "": ["one", "two"] }],
    ["in an empty mapping", "{a: {\n// one\n}}", { "/a": ["one"] }],
    ["signs inside texts are none", "{a: \"http://x /* y */\", b: '// z'}", {}],
  ];
  test.each(cases)("%s", (_, text, expected) => expect(comments(read(text))).toEqual(expected));

  test("after the last entry they belong to nothing", () => {
    const node = read("{a: 1,\n// one\n}");
    expect(node.kind === "map" && node.rest).toEqual([" one"]);
  });

  test("lines are counted through every kind of line end", () => {
    const node = read('{\r\n/* a\r\nb */\na: 1,\rb: "x\\\ny",\u2028c: 3}');
    expect(entriesOf(node).map(([, child]) => child.line)).toEqual([4, 5, 6]);
  });
});

describe("refusals", () => {
  const deep = "[".repeat(LIMITS.depth + 2) + "]".repeat(LIMITS.depth + 2);
  const cases: readonly (readonly [string, string | Uint8Array, string])[] = [
    ["nothing", "", "IMPORT_SYNTAX"],
    ["cut short", '{"a": ', "IMPORT_SYNTAX"],
    ["no JSON5", "{a: b c}", "IMPORT_SYNTAX"],
    ["YAML", "a: 1", "IMPORT_SYNTAX"],
    ["a list", "[]", "IMPORT_NOT_CONFIGURATION"],
    ["a text", '"x"', "IMPORT_NOT_CONFIGURATION"],
    ["bytes that are not UTF-8", new Uint8Array([0x7b, 0xff, 0x7d]), "ENCODING"],
    ["UTF-16", Buffer.from("\ufeff{}", "utf16le"), "ENCODING"],
    ["half a surrogate pair in a text", '{"a": "\\ud800"}', "ENCODING"],
    ["half a surrogate pair in a key", '{"\\ud800": 1}', "ENCODING"],
    ["too deep", `{"a": ${deep}}`, "DEPTH_LIMIT"],
    ["too many values", `{"a": [${"0,".repeat(LIMITS.importValues)}]}`, "IMPORT_TOO_LARGE"],
    ["too many bytes", Buffer.alloc(LIMITS.importBytes + 1, " "), "IMPORT_TOO_LARGE"],
  ];
  test.each(cases)("%s", (_, text, code) => expect(codes(text)).toEqual([code]));

  test("a mistake is placed, and the text around it is not repeated", () => {
    const result = readJson5({ path: "openclaw.json", bytes: Buffer.from('{\n  "token": "canary-secret" oops\n}') });
    expect(result.ok ? [] : result.diagnostics[0]?.at).toEqual({ file: "openclaw.json", line: 2, column: 28 });
    expect(JSON.stringify(result)).not.toContain("canary");
  });
});

/** JSON in the many ways JSON5 can write it, with comments in between. */
function written(value: Json, noise: () => string): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => noise() + written(item, noise) + noise()).join(",")}${noise()}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${noise()}${JSON.stringify(key)}${noise()}:${noise()}${written(item, noise)}`)
      .join(",")}${noise()}}`;
  }
  return typeof value === "string" ? JSON5.stringify(value) : JSON.stringify(value);
}

test("whatever is written, the scan finds what the parser finds", () => {
  const noises = ["", " ", "\n", "// x\n", "/* y: {[ */", "\t/**/\r\n", "/* ' */ // \"\n"];
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })),
      fc.array(fc.nat(noises.length - 1), { minLength: 1 }),
      (value, picks) => {
        fc.pre(!JSON.stringify(value).includes("__proto__"));
        let n = 0;
        const text = `// top\n${written(value as Json, () => noises[picks[n++ % picks.length] ?? 0] ?? "")} // end`;
        expect(valueOf(read(text))).toEqual(JSON5.parse(text));
      },
    ),
    { numRuns: 300 },
  );
});

test("no text makes it throw", () => {
  const pieces = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "'",
    "\\",
    "//",
    "/*",
    "*/",
    "a",
    "1",
    ".",
    "-",
    "\n",
    "\u2028",
    "é",
    "__proto__",
    "NaN",
    " ",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const text = parts.join("");
      expect(readJson5({ path: "x", bytes: Buffer.from(text) })).toHaveProperty("ok");
      expect(readJson5({ path: "x", bytes: Buffer.from(`{${text}}`) })).toHaveProperty("ok");
    }),
    { numRuns: 500 },
  );
});
