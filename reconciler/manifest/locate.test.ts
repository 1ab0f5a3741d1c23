import { describe, expect, test } from "vitest";
import { problem, type Diagnostic, type Origin } from "../../core/index.ts";
import { locate } from "./locate.ts";

const TEXT = `# top
kind: Agent
spec:
  model: {provider: p, name: "m m", temperature: 0.7}
  skills:
    - one
    - two: 2
      three: 'x y'
  empty:
  "a/b~c": 1
  prompt: |
    hello
    world
---
kind: Second
list:
- - a
  - bb
`;

function at(text: string, pointer: string, part: Origin["part"] = "value", more: Partial<Origin> = {}): string {
  const origin: Origin = { file: "a.yaml", document: 0, pointer, part, ...more };
  const [located] = locate([problem("FIELD_VALUE", { detail: "x", origin })], new Map([["a.yaml", Buffer.from(text)]]));
  const { line, column, length, excerpt } = located?.at ?? { line: 0, column: 0 };
  return `${line}:${column}+${length} ${excerpt}`;
}

describe("locate", () => {
  test.each<[string, string, Origin["part"], string]>([
    ["a scalar", "/kind", "value", "2:7+5 kind: Agent"],
    ["its key", "/kind", "key", "2:1+4 kind"],
    ["a mapping, by its key", "/spec/model", "value", "4:3+5   model"],
    ["in a flow mapping, siblings starred", "/spec/model/name", "value", '4:30+5   model: {provider: *, name: "m m"'],
    ["a key in a flow mapping", "/spec/model/temperature", "key", "4:37+11   model: {provider: *, name: *****, temperature"],
    ["a list item", "/spec/skills/0", "value", "6:7+3     - one"],
    ["a list item that is a mapping", "/spec/skills/1", "value", "7:7+3     - two"],
    ["below it", "/spec/skills/1/three", "value", "8:14+5       three: 'x y'"],
    ["an empty value, by its key", "/spec/empty", "value", "9:3+5   empty"],
    ["an escaped pointer", "/spec/a~1b~0c", "key", '10:3+7   "a/b~c"'],
    ["a block text, its first line", "/spec/prompt", "value", "12:1+9     hello"],
    ["what is not there, its nearest neighbour", "/spec/model/nothing/here", "value", "4:3+5   model"],
    ["an index past the end", "/spec/skills/7", "value", "5:3+6   skills"],
    ["the whole document", "", "value", "2:1+4 kind"],
  ])("%s", (_name, pointer, part, expected) => {
    expect(at(TEXT, pointer, part)).toBe(expected);
  });

  test("another document, a list in a list, a document that is not there", () => {
    expect(at(TEXT, "/list/0/1", "value", { document: 1 })).toBe("18:5+2   - bb");
    expect(at(TEXT, "/list", "value", { document: 7 })).toBe("1:1+undefined undefined");
  });

  test("a document whose neighbour does not parse is found all the same, the broken one is not", () => {
    const text = `a: [1\n---\nb: 2\n---\nc: }\n`;
    expect(at(text, "/b", "value", { document: 1 })).toBe("3:4+1 b: 2");
    expect(at(text, "/a", "value", { document: 0 })).toBe("1:1+undefined undefined");
  });

  test("CRLF, CR and a byte order mark", () => {
    expect(at("\ufeffa: 1\r\nb: 2\rc: 3\n", "/c")).toBe("3:4+1 c: 3");
    expect(at("\ufeffa: 1\r\n", "/a")).toBe("1:4+1 a: 1");
  });

  test("a secret has no excerpt, its key has", () => {
    expect(at("token: hunter2\n", "/token", "value", { secret: true })).toBe("1:8+7 undefined");
    expect(at("token: hunter2\n", "/token", "key", { secret: true })).toBe("1:1+5 token");
  });

  test.each([
    "sk-abcdefghijklmnop",
    "xoxb-1234567890-abc",
    "ghp_abcdefghij0123456789",
    "AKIAIOSFODNN7EXAMPLE",
    "AGE-SECRET-KEY-1QQQQQQQQ",
    "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",
  ])("what looks like a credential is starred: %s", (credential) => {
    expect(at(`a: ${credential}\n`, "/a")).toBe(`1:4+${credential.length} a: ${"*".repeat(credential.length)}`);
    expect(at(`a: {x: ${credential}, y: 1}\n`, "/a/y")).not.toContain(credential);
  });

  test.each([
    ["flow mapping", "{password: hunter2, a: 1}"],
    ["quoted with commas and braces", '{p: "hunter2, {x: ", a: 1}'],
    ["JSON", '{"p":"hunter2","a":1}'],
    ["list", "[hunter2, {a: 1}]"],
    ["over lines", '{p: "xx\n hunter2", a: 1}'],
    ["plain words", "{p: my hunter2 pass, a: 1}"],
  ])("values beside the marked one are starred: %s", (_name, text) => {
    for (const pointer of ["/a", "/1/a"]) expect(at(text, pointer, "key")).not.toContain("hunter2");
  });

  test("control characters and tabs keep their width; long lines lose their beginning, long tokens their end", () => {
    expect(at('a:\t"x"\n', "/a")).toBe('1:4+3 a: "x"');
    expect(at(`a: "x\u200by"\n`, "/a")).toBe('1:4+5 a: "x·y"');
    const long = at(`{${"k: 1, ".repeat(500)}a: 1}`, "/a", "key");
    expect(long).toMatch(/^1:3002\+1 ….{0,119}a$/);
    expect(at(`a: ${"x ".repeat(500)}\n`, "/a")).toBe(`1:4+60 a: ${"x ".repeat(30)}`);
    const megabyte = `[${"1,".repeat(9000)}2]`;
    expect(at(megabyte, "/9000").length).toBeLessThan(200);
  });

  test("related places are located too, and what has a place keeps it", () => {
    const origin: Origin = { file: "a.yaml", document: 0, pointer: "/kind", part: "value" };
    const given = problem("FIELD_VALUE", {
      detail: "x",
      at: { file: "b.yaml", line: 9, column: 9 },
      origin,
      related: [{ message: "there", origin }],
    });
    const [located] = locate([given], new Map([["a.yaml", Buffer.from(TEXT)]]));
    expect(located?.at).toEqual({ file: "b.yaml", line: 9, column: 9 });
    expect(located?.related?.[0]?.at).toMatchObject({ file: "a.yaml", line: 2, column: 7 });
  });

  test("sorted by file, line and column; a file that is not at hand, or not text, keeps its name", () => {
    const make = (file: string, pointer: string): Diagnostic =>
      problem("FIELD_VALUE", { detail: pointer, origin: { file, document: 0, pointer, part: "value" } });
    const files = new Map([
      ["a.yaml", Buffer.from(TEXT)],
      ["bad.yaml", Buffer.from([0xff, 0xff])],
    ]);
    const located = locate(
      [
        make("z.yaml", "/x"),
        make("a.yaml", "/spec/skills/0"),
        make("bad.yaml", "/x"),
        make("a.yaml", "/kind"),
        problem("FIELD_VALUE", { detail: "nowhere" }),
      ],
      files,
    );
    expect(located.map((d) => `${d.at?.file}:${d.at?.line}:${d.at?.column}`)).toEqual([
      "a.yaml:2:7",
      "a.yaml:6:7",
      "bad.yaml:1:1",
      "z.yaml:1:1",
      "undefined:undefined:undefined",
    ]);
  });
});

test("what comes from the record has no file, and no place is made up for it", () => {
  const [located] = locate(
    [problem("FIELD_VALUE", { detail: "x", origin: { file: "", document: 0, pointer: "", part: "value" } })],
    new Map(),
  );
  expect(located?.at).toBeUndefined();
});
