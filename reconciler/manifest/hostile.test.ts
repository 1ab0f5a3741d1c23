import { describe, expect, test } from "vitest";
import { firstUnsafe, LIMITS } from "../../core/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { parseFile } from "./parse-file.ts";
import { validateDocument } from "./validate-document.ts";

/** The rows of the hostile inputs list about manifests, by their numbers. */

function parse(text: string | Uint8Array) {
  return parseFile({ path: "a.yaml", bytes: typeof text === "string" ? Buffer.from(text) : text, blobId: null });
}

function problems(text: string | Uint8Array): string[] {
  return parse(text).diagnostics.map((d) => `${d.code} ${d.at?.line}:${d.at?.column}`);
}

function agent(spec: string): string {
  return `apiVersion: moltbot.dev/v1alpha1\nkind: Agent\nmetadata:\n  name: a\nspec:\n  model:\n    provider: p\n    name: m\n${spec}`;
}

function validate(text: string) {
  const parsed = parse(text);
  const checked = parsed.documents.map((document) => validateDocument(document, KINDS));
  return { diagnostics: [...parsed.diagnostics, ...checked.flatMap((c) => c.diagnostics)], resources: checked.map((c) => c.resource) };
}

function codes(text: string): string[] {
  return validate(text).diagnostics.map((d) => d.code);
}

describe("hostile manifests", () => {
  test.each([
    ["1: top level", "a: 1\na: 2\n", ["DUPLICATE_KEY 2:1"], "1:1"],
    ["1: nested", "x:\n  - y:\n      a: 1\n      b: 2\n      a: 3\n", ["DUPLICATE_KEY 5:7"], "3:7"],
    ["1: JSON", '{"a": {"b": 1, "b": 2}}', ["DUPLICATE_KEY 1:16"], "1:8"],
    ["2: number and text", '1: a\n"1": b\n', ["DUPLICATE_KEY 2:1"], "1:1"],
    ["2: null and text", 'null: a\n"null": b\n', ["DUPLICATE_KEY 2:1"], "1:1"],
    ["2: quoted and plain", "'k': a\nk: b\n", ["DUPLICATE_KEY 2:1"], "1:1"],
  ])("%s duplicate keys are refused with both positions", (_name, text, expected, first) => {
    expect(problems(text)).toEqual(expected);
    const at = parse(text).diagnostics[0]?.related?.[0]?.at;
    expect(`${at?.line}:${at?.column}`).toBe(first);
  });

  test.each([
    ["YAML", "__proto__:\n  polluted: 1\n"],
    ["YAML, nested", "a:\n  - __proto__: {polluted: 1}\n"],
    ["YAML, quoted", '"__proto__": {polluted: 1}\n'],
    ["JSON", '{"a": {"__proto__": {"polluted": 1}}}'],
    ["JSON, escaped", '{"\\u005f_proto__": {"polluted": 1}}'],
  ])("3: __proto__ in %s is refused and changes nothing", (_name, text) => {
    const parsed = parse(text);
    expect(parsed.diagnostics.map((d) => d.code)).toEqual(["FORBIDDEN_KEY"]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(JSON.stringify(parsed.documents.map((d) => d.value))).not.toContain("polluted");
  });

  test("4: constructor and prototype are unknown fields and change nothing global", () => {
    expect(codes(agent("  constructor:\n    prototype: {p: 1}\n"))).toEqual(["FIELD_UNKNOWN"]);
    expect(({} as { p?: unknown }).p).toBeUndefined();
    const value = parse("toString: 1\nhasOwnProperty: 2\n").documents[0]?.value as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(["toString", "hasOwnProperty"]);
  });

  test("5: aliases of aliases are refused at once", () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) =>
        `a${i}: &a${i} [${Array(9)
          .fill(i === 0 ? "x" : `*a${i - 1}`)
          .join(", ")}]`,
    );
    const text = levels.join("\n");
    expect(text.length).toBeLessThan(1024);
    const before = performance.now();
    expect(new Set(parse(text).diagnostics.map((d) => d.code))).toEqual(new Set(["ALIAS_FORBIDDEN"]));
    expect(performance.now() - before).toBeLessThan(1000);
  });

  test.each([
    ["aliased", "- *m"],
    ["merged", "- <<: *m"],
  ])("6: a large map %s 4,000 times is refused at once", (_name, line) => {
    const keys = Array.from({ length: 4000 }, (_, i) => `  k${i}: ${i}`).join("\n");
    const before = performance.now();
    const found = parse(`base: &m\n${keys}\nall:\n${`${line}\n`.repeat(4000)}`).diagnostics;
    expect(performance.now() - before).toBeLessThan(1000);
    expect(new Set(found.map((d) => d.code))).toEqual(new Set(["ALIAS_FORBIDDEN"]));
    expect(found.length).toBeLessThanOrEqual(LIMITS.diagnostics);
  });

  test("7: a node that holds itself is refused, naming the anchor", () => {
    const [found] = parse("a: &a [*a]").diagnostics;
    expect(found?.code).toBe("ALIAS_FORBIDDEN");
    expect(found?.detail).toContain('"&a"');
  });

  test.each([
    ["flow lists", "[".repeat(20_000)],
    ["closed flow lists", "[".repeat(20_000) + "]".repeat(20_000)],
    ["flow maps", "{a: ".repeat(20_000)],
    ["compact block lists", `${"- ".repeat(20_000)}x`],
    ["explicit keys", "? ".repeat(20_000)],
    ["block maps", Array.from({ length: 2000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n")],
  ])("8: 20,000 nested %s meet the depth limit", (_name, text) => {
    expect(parse(text).diagnostics.map((d) => d.code)).toEqual(["DEPTH_LIMIT"]);
  });

  test("8: exactly the limit passes, one more does not", () => {
    const nested = (n: number) => `${"[".repeat(n)}1${"]".repeat(n)}`;
    expect(problems(nested(LIMITS.depth))).toEqual([]);
    expect(problems(nested(LIMITS.depth + 1))).toEqual([`DEPTH_LIMIT 1:${LIMITS.depth + 1}`]);
  });

  test.each([
    ["anchor", "a: &x 1", ["ALIAS_FORBIDDEN 1:4"]],
    ["alias", "a: *x", ["ALIAS_FORBIDDEN 1:4"]],
    ["alias as key", "*x : 1", ["ALIAS_FORBIDDEN 1:1"]],
    ["merge key", "<<: {a: 1}", ["ALIAS_FORBIDDEN 1:1"]],
    ["merge of an alias", "<<: *base", ["ALIAS_FORBIDDEN 1:1", "ALIAS_FORBIDDEN 1:5"]],
    ["anchor on a document", "&d\na: 1", ["ALIAS_FORBIDDEN 1:1"]],
  ])("9: %s is refused and points to overlays", (_name, text, expected) => {
    expect(problems(text)).toEqual(expected);
    expect(parse(text).diagnostics[0]?.remedy).toContain("overlays");
  });

  test.each([
    "!x v",
    "!!js/function 'return 1'",
    "!!python/object/apply:os.system [ls]",
    "!!str 1",
    "! 1",
    "!<tag:yaml.org,2002:int> 1",
    "!!binary aGk=",
  ])("10: the tag in %j is refused", (value) => {
    expect(parse(`a: ${value}`).diagnostics.map((d) => d.code)).toEqual(["TAG_FORBIDDEN"]);
  });

  test.each([
    "%YAML 1.1\n---\na: yes\n",
    "%TAG ! tag:x,2002:\n---\na: 1\n",
    "%WHATEVER x\n---\na: 1\n",
    "a: 1\n...\n%YAML 1.1\n---\nb: 012\n",
  ])("11: the directive in %j is refused", (text) => {
    expect(parse(text).diagnostics.map((d) => d.code)).toContain("DIRECTIVE_FORBIDDEN");
    expect(parse(text).documents.every((d) => d.faults !== undefined)).toBe(true);
  });

  test("12: each of several documents is validated, empty ones are ignored, the diagnostic says which", () => {
    const text = `---\n---\n# only a comment\n---\n${agent("")}---\n${agent("  modle: 1\n")}...\n---\n\n`;
    const { diagnostics, resources } = validate(text);
    expect(diagnostics.map((d) => [d.code, d.origin?.document])).toEqual([["FIELD_UNKNOWN", 3]]);
    expect(resources.map((r) => r?.document)).toEqual([2, undefined]);
    expect(parse("").documents).toEqual([]);
    expect(parse("# nothing\n\n").documents).toEqual([]);
  });

  test("12: a mistake in one document does not hide those of the others", () => {
    const text = "a: [1\n---\nb: 1\nb: 2\n---\nc: }\n---\nd: 1\n";
    expect(problems(text)).toEqual(["YAML_SYNTAX 1:5", "DUPLICATE_KEY 4:1", "YAML_SYNTAX 6:4"]);
    expect(parse(text).documents.map((d) => [d.document, d.value])).toEqual([
      [1, { b: 1 }],
      [3, { d: 1 }],
    ]);
  });

  test.each([
    "9007199254740993",
    "-9007199254740993",
    "0.1234567890123456789",
    "3.14159265358979323846",
    "1e-400",
    "9".repeat(500),
    "1152921504606846977",
  ])("13: %s is not exactly representable", (number) => {
    expect(problems(`a: ${number}`)).toEqual(["NUMBER_INEXACT 1:4"]);
    expect(problems(`{"a": ${number}}`)).toEqual(["NUMBER_INEXACT 1:7"]);
  });

  test.each([".nan", ".NaN", ".inf", "-.Inf", "+.INF", "1e400", "-1e400", "-0", "-0.0", "-0e3"])("14: %s is refused", (number) => {
    const parsed = parse(`a: ${number}`);
    expect(parsed.diagnostics.map((d) => d.code)).toEqual(["NUMBER_INEXACT"]);
    expect(parsed.documents[0]?.faults).toEqual(["/a"]);
  });

  test.each(["010", "-010", "00.5", "0x1F", "0X1f", "0o17", "0b101", "1_000", "1_0.5", "12:30:00", "12:30", "190:20:30.15"])(
    "15: %s is ambiguous",
    (number) => {
      expect(problems(`a: ${number}`)).toEqual(["NUMBER_FORM 1:4"]);
      expect(problems(`a: "${number}"`)).toEqual([]);
    },
  );

  test.each([
    ["1.10", "1.10"],
    ["1e10", "1e10"],
    ["1.0", "1.0"],
    ["+5", "+5"],
    ["7", "7"],
    ["True", "True"],
    ["true", "true"],
    ["no", "no"],
    ["Off", "Off"],
  ])("16: %s where text is due says: quote it", (written, shown) => {
    const [found, ...more] = validate(agent(`  description: ${written}\n`)).diagnostics;
    expect(more).toEqual([]);
    expect(found?.code).toBe("FIELD_TYPE");
    expect(found?.remedy).toBe(`Quote it: "${shown}".`);
  });

  test("16: quoted, or among the words a field allows, it is fine", () => {
    expect(codes(agent('  description: "1.10"\n'))).toEqual([]);
    const project = "apiVersion: moltbot.dev/v1alpha1\nkind: Project\nmetadata: {name: p}\nspec:\n  verification:\n    commits: off\n";
    expect(codes(project)).toEqual([]);
  });

  test.each([
    ["a lone byte", Buffer.from([0x61, 0x3a, 0x20, 0xff]), 3, "1:4"],
    ["a cut sequence", Buffer.from([0x61, 0x0a, 0x62, 0xe2, 0x82]), 3, "2:2"],
    ["an overlong form", Buffer.from([0x61, 0xc0, 0x80]), 1, "1:2"],
    ["an encoded surrogate", Buffer.from([0x61, 0xed, 0xa0, 0x80]), 1, "1:2"],
    ["after many characters", Buffer.concat([Buffer.from("ä€😀".repeat(1000)), Buffer.from([0x80])]), 9000, "1:4001"],
    ["UTF-16 with a mark", Buffer.from("\ufeffa: 1", "utf16le"), 0, "1:1"],
    ["UTF-16 without", Buffer.from("a: 1", "utf16le"), 0, "1:1"],
    ["UTF-16 big-endian", Buffer.from([0xfe, 0xff, 0, 0x61]), 0, "1:1"],
    ["UTF-32", Buffer.from([0, 0, 0, 0x61]), 0, "1:1"],
  ])("17: %s is refused with the byte offset", (_name, bytes, offset, at) => {
    const [found, ...more] = parse(bytes).diagnostics;
    expect(more).toEqual([]);
    expect([found?.code, found?.context["byteOffset"], `${found?.at?.line}:${found?.at?.column}`]).toEqual(["ENCODING", offset, at]);
    expect(found?.detail).toContain(`byte offset ${offset}`);
  });

  test.each([
    '{"a": "\\ud800"}',
    '{"a": "x\\udc00y"}',
    '{"\\ud800": 1}',
    '"\\Ud800dc00"',
    '"\\U00110000"',
    '"\\Uffffffff"',
    '"\\U80000041"',
  ])("17: the escape in %s names no character", (text) => {
    expect(parse(text).diagnostics.map((d) => d.code)).toContain("ENCODING");
  });

  test("17: a byte order mark at the start is dropped, an escaped pair is one character, nothing becomes U+FFFD", () => {
    expect(parse("\ufeffa: 1").documents[0]?.value).toEqual({ a: 1 });
    expect(parse('{"a": "\\ud83d\\ude00 \\\\Uffffffff"}').documents[0]?.value).toEqual({ a: "😀 \\Uffffffff" });
    expect(problems("a: 1\n---\n\ufeffb: 1\n")).toEqual(["TEXT_UNSAFE 3:1"]);
  });

  test.each(["\u0000", "\u0007", "\u001b", "\u007f", "\u0085", "\u009b", "\u202e", "\u2066", "\u2028", "\u{e0041}"])(
    "18, 19: the raw character %j is refused anywhere and shown escaped",
    (character) => {
      for (const text of [`a: x${character}y\n`, `# x${character}\na: 1\n`, `"k${character}": 1\n`]) {
        const parsed = parse(text);
        expect(parsed.diagnostics.map((d) => d.code)).toEqual(["TEXT_UNSAFE"]);
        expect(parsed.documents.every((d) => d.faults !== undefined)).toBe(true);
        expect(JSON.stringify(parsed.diagnostics)).not.toContain(character);
        expect(parsed.diagnostics[0]?.detail).toContain(`\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
      }
    },
  );

  test.each(["\\0", "\\e", "\\x9b", "\\u202e", "\\u200b", "\\u2066", "\\U000E0041", "\\n"])(
    "18, 19: the escape %s in a name, key or address is refused",
    (escape) => {
      const inName = `apiVersion: moltbot.dev/v1alpha1\nkind: Skill\nmetadata: {name: "a${escape}b"}\nspec: {prompt: x}\n`;
      expect(codes(inName)).toEqual(["TEXT_UNSAFE"]);
      expect(codes(agent(`  "key${escape}": 1\n`))).toEqual(["TEXT_UNSAFE"]);
      expect(codes(agent(`  skills: ["a${escape}"]\n`))).toEqual(["TEXT_UNSAFE"]);
      expect(codes(agent(`  prompt: {file: "a${escape}.md"}\n`))).toEqual(["TEXT_UNSAFE"]);
      expect(firstUnsafe(JSON.stringify(validate(inName).diagnostics))).toBeUndefined();
    },
  );

  test("19: a display name may hold joined emoji but no direction marks; a prompt may hold anything escaped", () => {
    expect(codes(agent("  identity: {displayName: 'Ops 👩‍🚒', emoji: '❤️'}\n"))).toEqual([]);
    expect(codes(agent('  identity: {displayName: "a\\u202eb"}\n'))).toEqual(["TEXT_UNSAFE"]);
    expect(codes(agent('  prompt: "a\\u202eb\\e"\n'))).toEqual([]);
  });

  test("20: a misspelt field has a suggestion and is marked at its key", () => {
    const [found] = validate(agent("  promt: hello\n")).diagnostics;
    expect([found?.code, found?.remedy, found?.origin?.pointer, found?.origin?.part]).toEqual([
      "FIELD_UNKNOWN",
      'Did you mean "prompt"?',
      "/spec/promt",
      "key",
    ]);
  });

  test.each([
    ["missing", "kind: Agent\nmetadata: {name: a}\nspec: {model: {provider: p, name: m}}\n"],
    ["unknown", "apiVersion: apps/v1\nkind: Agent\nmetadata: {name: a}\nspec: {model: {provider: p, name: m}}\n"],
    ["newer", "apiVersion: moltbot.dev/v9\nkind: Agent\nmetadata: {name: a}\nspec: {model: {provider: p, name: m}}\n"],
    ["a number", "apiVersion: 1\nkind: Agent\nmetadata: {name: a}\nspec: {model: {provider: p, name: m}}\n"],
  ])("21: apiVersion %s names the supported ones", (_name, text) => {
    const [found, ...more] = validate(text).diagnostics;
    expect(more).toEqual([]);
    expect(found?.code).toBe("API_VERSION");
    expect(`${found?.detail} ${found?.remedy}`).toContain("moltbot.dev/v1alpha1");
  });

  test("26: 50 MiB are refused by size, before anything is parsed", () => {
    const before = performance.now();
    expect(problems(Buffer.alloc(50 * 1024 * 1024, "a: 1\n"))).toEqual(["FILE_TOO_LARGE 1:1"]);
    expect(performance.now() - before).toBeLessThan(500);
  });

  test.each([
    ["a list", (n: number) => `a: [${"1,".repeat(n)}]`],
    ["a block list", (n: number) => `a:\n${"- 1\n".repeat(n)}`],
    ["a mapping", (n: number) => `a:\n${Array.from({ length: n }, (_, i) => `  k${i}: 1\n`).join("")}`],
    ["a list of lists", (n: number) => `a: [${"[1],".repeat(n)}]`],
  ])("26: %s with one item too many is refused, once", (_name, make) => {
    expect(parse(make(LIMITS.entries)).diagnostics).toEqual([]);
    expect(parse(make(LIMITS.entries + 1)).diagnostics.map((d) => d.code)).toEqual(["LIST_TOO_LONG"]);
    expect(parse(make(100_000)).diagnostics.map((d) => d.code)).toEqual(["LIST_TOO_LONG"]);
  });

  test("26: too many documents, and more values than memory should hold", () => {
    expect(parse("---\na: 1\n".repeat(LIMITS.documents)).diagnostics).toEqual([]);
    expect(parse("---\na: 1\n".repeat(LIMITS.documents + 1)).diagnostics.map((d) => d.code)).toEqual(["TOO_MANY_DOCUMENTS"]);
    const before = process.memoryUsage().rss;
    expect(problems(Buffer.from(`[${"1,".repeat(4_000_000)}]`))).toEqual(["FILE_TOO_LARGE 1:1"]);
    expect(problems(Buffer.from(`${"- ".repeat(60)}1\n`.repeat(60_000)))).toEqual(["FILE_TOO_LARGE 1:1"]);
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
  });
});
