import fs from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../../core/index.ts";
import { HOST_BUILTINS, withGuards, withoutStart } from "../policy/index.ts";
import { instantiate, type Evaluator } from "../policy/evaluator.ts";
import { compileModule } from "../wasm/index.ts";
import { inspectModule } from "../policy/wasm.ts";
import { capabilitiesFrom, NATIVE_FUNCTIONS, nativesAmong, TOTAL_FUNCTIONS } from "./functions.ts";
import { testOpa, valueOf } from "./rego.fixture.ts";
import { runOpa } from "./opa.ts";
import { fileInTar } from "./tar.ts";
import { inWorkplace } from "./workplace.ts";

/** A call, arguments it answers for, and arguments it has no answer for. `a`, `b`, `c` are those of the input. */
interface Case {
  readonly name: string;
  readonly call: string;
  readonly good: readonly (readonly Json[])[];
  readonly bad: readonly (readonly Json[])[];
}

const unary = (name: string, good: readonly Json[], bad: readonly Json[]): Case => ({
  name,
  call: `${name}(input.a)`,
  good: good.map((each) => [each]),
  bad: bad.map((each) => [each]),
});
const binary = (name: string, good: readonly (readonly Json[])[], bad: readonly (readonly Json[])[]): Case => ({
  name,
  call: `${name}(input.a, input.b)`,
  good,
  bad,
});
const ternary = (name: string, good: readonly (readonly Json[])[], bad: readonly (readonly Json[])[]): Case => ({
  name,
  call: `${name}(input.a, input.b, input.c)`,
  good,
  bad,
});

const NS = 1_700_000_000_123_456_789n;
/** A whole number that JSON.stringify would round. */
const big = (value: bigint): Json => ({ big: String(value) });

const CASES: readonly Case[] = [
  // Numbers.
  unary("abs", [-1, 2.5], ["x", null]),
  unary("ceil", [1.2, -1.2], ["x", {}]),
  unary("floor", [1.8, -1.2], ["x", []]),
  unary("round", [1.5, -1.4], ["x", null]),
  {
    name: "plus",
    call: "input.a + input.b",
    good: [
      [1, 2],
      [0.5, 0.25],
    ],
    bad: [
      ["1", 2],
      [1, null],
    ],
  },
  {
    name: "minus",
    call: "input.a - input.b",
    good: [[1, 2]],
    bad: [
      ["1", 2],
      [1, "x"],
      [1, []],
    ],
  },
  {
    name: "mul",
    call: "input.a * input.b",
    good: [[3, 2]],
    bad: [
      ["1", 2],
      [{}, 1],
    ],
  },
  {
    name: "div",
    call: "input.a / input.b",
    good: [
      [6, 2],
      [1, 4],
    ],
    bad: [
      [1, 0],
      ["1", 2],
    ],
  },
  {
    name: "rem",
    call: "input.a % input.b",
    good: [[7, 3]],
    bad: [
      [1, 0],
      [1.5, 1],
      ["1", 2],
    ],
  },
  unary("to_number", ["12", "1.5", "-3e2", true, null, 4], ["", "x", "12x", "0x10", [], {}]),
  binary(
    "numbers.range",
    [
      [1, 4],
      [3, 1],
    ],
    [
      ["1", 4],
      [1.5, 4],
      [1, null],
    ],
  ),
  ternary(
    "numbers.range_step",
    [
      [1, 10, 3],
      [10, 1, 3],
    ],
    [
      [1, 10, 0],
      [1, 10, -1],
      ["1", 2, 1],
    ],
  ),
  binary(
    "bits.and",
    [[6, 3]],
    [
      [1.5, 1],
      ["x", 1],
    ],
  ),
  binary(
    "bits.or",
    [[6, 3]],
    [
      [1.5, 1],
      ["x", 1],
    ],
  ),
  binary(
    "bits.xor",
    [[6, 3]],
    [
      [1.5, 1],
      ["x", 1],
    ],
  ),
  unary("bits.negate", [6], [1.5, "x"]),
  binary(
    "bits.lsh",
    [[1, 4]],
    [
      [1, -1],
      ["x", 1],
    ],
  ),
  binary(
    "bits.rsh",
    [[16, 2]],
    [
      [1, -1],
      ["x", 1],
    ],
  ),
  binary(
    "format_int",
    [
      [255, 16],
      [10, 2],
    ],
    [
      [1, 3],
      ["x", 10],
    ],
  ),
  unary("units.parse", ["10K", "1Mi", "200m", "5", "1.5G", "2ki"], ["", "x", "10 K", "10KB", "1.2.3"]),
  unary("units.parse_bytes", ["10KB", "1MiB", "5", "1.5gb", "100k", "2Ki", "3mb"], ["", "x", "10 KB", "10KX"]),
  // Collections.
  unary("count", [[1, 2], {}, "häß", ["a"]], [1, null, true]),
  unary("sum", [[1, 2], []], [["x"], "x", null]),
  unary("product", [[3, 2], []], [["x"], 1]),
  unary(
    "max",
    [
      [1, 3, 2],
      ["a", "b"],
    ],
    ["x", 1],
  ),
  unary(
    "min",
    [
      [1, 3, 2],
      ["a", "b"],
    ],
    ["x", 1],
  ),
  unary(
    "sort",
    [
      [3, 1, 2],
      ["b", "a"],
    ],
    ["x", 1],
  ),
  {
    name: "and",
    call: "{x | some x in input.a} & {x | some x in input.b}",
    good: [
      [
        [1, 2],
        [2, 3],
      ],
    ],
    bad: [],
  },
  {
    name: "or",
    call: "{x | some x in input.a} | {x | some x in input.b}",
    good: [
      [
        [1, 2],
        [2, 3],
      ],
    ],
    bad: [],
  },
  { name: "intersection", call: "intersection({s | some e in input.a; s := {x | some x in e}})", good: [[[[1, 2], [2]]]], bad: [] },
  { name: "union", call: "union({s | some e in input.a; s := {x | some x in e}})", good: [[[[1, 2], [3]]]], bad: [] },
  binary(
    "array.concat",
    [[[1], [2]]],
    [
      [1, [2]],
      [[1], "x"],
    ],
  ),
  unary("array.reverse", [[1, 2]], ["x", null]),
  ternary(
    "array.slice",
    [
      [[1, 2, 3], 1, 2],
      [[1, 2], -1, 9],
    ],
    [
      ["x", 0, 1],
      [[1], "0", 1],
    ],
  ),
  ternary(
    "object.get",
    [
      [{ a: 1 }, "a", 0],
      [{ a: 1 }, "b", 0],
      [{ a: { b: 2 } }, ["a", "b"], 0],
    ],
    [
      [1, "a", 0],
      ["x", "a", 0],
    ],
  ),
  { name: "object.keys", call: "object.keys(input.a)", good: [[{ a: 1, b: 2 }]], bad: [[1], ["x"]] },
  binary(
    "object.filter",
    [[{ a: 1, b: 2 }, ["a"]]],
    [
      [1, ["a"]],
      [{ a: 1 }, "a"],
    ],
  ),
  binary(
    "object.remove",
    [[{ a: 1, b: 2 }, ["a"]]],
    [
      [1, ["a"]],
      [{ a: 1 }, "a"],
    ],
  ),
  binary(
    "object.union",
    [
      [{ a: 1 }, { b: 2 }],
      [{ a: { x: 1 } }, { a: { y: 2 } }],
    ],
    [
      [1, {}],
      [{}, "x"],
    ],
  ),
  binary(
    "json.filter",
    [[{ a: { b: 1, c: 2 } }, ["a/b"]]],
    [
      [1, ["a"]],
      [{ a: 1 }, "a"],
    ],
  ),
  binary(
    "json.remove",
    [[{ a: { b: 1, c: 2 } }, ["a/b"]]],
    [
      [1, ["a"]],
      [{ a: 1 }, "a"],
    ],
  ),
  {
    name: "graph.reachable",
    call: "graph.reachable(input.a, input.b)",
    good: [[{ a: ["b"], b: [] }, ["a"]]],
    bad: [
      ["x", ["a"]],
      [{ a: ["b"] }, 1],
    ],
  },
  { name: "walk", call: "[x | walk(input.a, x)]", good: [[{ a: [1] }], [1]], bad: [] },
  // Text.
  binary(
    "concat",
    [[",", ["a", "b"]]],
    [
      [1, ["a"]],
      [",", [1]],
      [",", "x"],
    ],
  ),
  binary(
    "contains",
    [
      ["abc", "b"],
      ["abc", "x"],
    ],
    [
      [1, "b"],
      ["abc", null],
    ],
  ),
  binary(
    "startswith",
    [
      ["abc", "a"],
      ["abc", "b"],
    ],
    [
      [1, "b"],
      ["abc", null],
      [["a"], "a"],
    ],
  ),
  binary(
    "endswith",
    [
      ["abc", "c"],
      ["abc", "b"],
    ],
    [
      [1, "b"],
      ["abc", null],
    ],
  ),
  binary(
    "indexof",
    [
      ["abc", "c"],
      ["häß", "ß"],
      ["abc", "x"],
    ],
    [
      [1, "b"],
      ["abc", null],
      ["abc", ""],
    ],
  ),
  unary("lower", ["ABC"], [1, null]),
  unary("upper", ["abc"], [1, null]),
  ternary(
    "replace",
    [["abca", "a", "x"]],
    [
      [1, "a", "x"],
      ["abc", 1, "x"],
    ],
  ),
  binary(
    "split",
    [
      ["a,b", ","],
      ["abc", ""],
    ],
    [
      [1, ","],
      ["a", null],
    ],
  ),
  ternary(
    "substring",
    [
      ["abcdef", 1, 2],
      ["abc", 1, -1],
    ],
    [
      [1, 1, 2],
      ["abc", -1, 2],
      ["abc", "x", 2],
    ],
  ),
  binary(
    "trim",
    [["xxaxx", "x"]],
    [
      [1, "x"],
      ["a", 1],
    ],
  ),
  binary(
    "trim_left",
    [["xxaxx", "x"]],
    [
      [1, "x"],
      ["a", 1],
    ],
  ),
  binary(
    "trim_right",
    [["xxaxx", "x"]],
    [
      [1, "x"],
      ["a", 1],
    ],
  ),
  binary(
    "trim_prefix",
    [["xxaxx", "x"]],
    [
      [1, "x"],
      ["a", 1],
    ],
  ),
  binary(
    "trim_suffix",
    [["xxaxx", "x"]],
    [
      [1, "x"],
      ["a", 1],
    ],
  ),
  unary("trim_space", ["  a "], [1, null]),
  unary("strings.reverse", ["abc"], [1, null]),
  {
    name: "strings.replace_n",
    call: "strings.replace_n(input.a, input.b)",
    good: [[{ a: "x" }, "abca"]],
    bad: [
      [{ a: 1 }, "abc"],
      [{ a: "x" }, 1],
    ],
  },
  binary(
    "strings.any_prefix_match",
    [
      ["abc", "a"],
      [
        ["abc", "xyz"],
        ["q", "x"],
      ],
      ["abc", ["q"]],
    ],
    [
      [1, "a"],
      ["abc", 1],
      [["a", 1], "a"],
    ],
  ),
  binary(
    "strings.any_suffix_match",
    [
      ["abc", "c"],
      [
        ["abc", "xyz"],
        ["q", "z"],
      ],
      ["abc", ["q"]],
    ],
    [
      [1, "a"],
      ["abc", 1],
      [["a", 1], "a"],
    ],
  ),
  binary(
    "strings.count",
    [
      ["cheese", "e"],
      ["abc", "x"],
    ],
    [
      [1, "a"],
      ["abc", null],
    ],
  ),
  binary(
    "sprintf",
    [
      ["%s is %d of %v%%", ["x", 3, [1, "a", null]]],
      ["%v", [{ a: true }]],
      ["%x %q", [255, "a b"]],
      ["none", []],
    ],
    [
      ["%s", "x"],
      [1, ["x"]],
    ],
  ),
  // Encodings.
  unary("base64.encode", ["häß", ""], [1, null]),
  unary("base64.decode", ["aGk=", "", "aG\nk="], ["!!", "aGk", 1]),
  unary("base64.is_valid", ["aGk=", "!!", 1], []),
  unary("base64url.encode", ["h?>"], [1]),
  unary("base64url.encode_no_pad", ["h?>", "a"], [1]),
  unary("base64url.decode", ["aD8-", "YQ"], ["!!", 1]),
  unary("hex.encode", ["häß"], [1]),
  unary("hex.decode", ["68c3a4", "4A"], ["zz", "123", 1]),
  unary("urlquery.encode", ["a b&c=ä~/"], [1]),
  unary("urlquery.decode", ["a+b%26%C3%A4"], ["%zz", "%", 1]),
  unary("urlquery.decode_object", ["a=1&b=2&a=3&c", "", "x=a+b"], ["a=%zz", 1, "a;b=1"]),
  unary("json.marshal", [{ a: [1, "x", null] }, "a"], []),
  unary("json.unmarshal", ['{"a": [1, true]}', "1"], ["{", "", "nope", 1, null]),
  unary("json.is_valid", ["{}", "{", "1"], []),
  unary("crypto.sha256", ["abc", ""], [1, null]),
  // Patterns.
  binary(
    "regex.match",
    [
      ["^a+$", "aaa"],
      ["^a+$", "b"],
    ],
    [
      ["(", "a"],
      [1, "a"],
      ["a", null],
    ],
  ),
  unary("regex.is_valid", ["^a$", "("], []),
  ternary(
    "regex.find_all_string_submatch_n",
    [["a(b)", "ab ab", -1]],
    [
      ["(", "a", -1],
      ["a", 1, -1],
    ],
  ),
  ternary(
    "glob.match",
    [
      ["*.example.com", ["."], "api.example.com"],
      ["*.example.com", ["."], "a.b.example.com"],
    ],
    [
      ["[", ["."], "x"],
      [1, [], "x"],
      ["*", [1], "x"],
    ],
  ),
  // Networks.
  binary(
    "net.cidr_contains",
    [
      ["10.0.0.0/8", "10.1.2.3"],
      ["10.0.0.0/8", "11.0.0.0/16"],
      ["2001:db8::/32", "2001:db8::1"],
    ],
    [
      ["10.0.0.0/33", "10.1.2.3"],
      ["x", "10.1.2.3"],
      ["10.0.0.0/8", "x"],
      [1, "10.0.0.1"],
    ],
  ),
  binary(
    "net.cidr_intersects",
    [
      ["10.0.0.0/8", "10.1.0.0/16"],
      ["10.0.0.0/8", "11.0.0.0/8"],
    ],
    [
      ["x", "10.0.0.0/8"],
      ["10.0.0.0/8", 1],
    ],
  ),
  unary("net.cidr_is_valid", ["10.0.0.0/8", "10.0.0.0", "10.0.0.0/33", "2001:db8::/32", "x", 1, null], []),
  // Versions.
  binary(
    "semver.compare",
    [
      ["1.2.3", "1.10.0"],
      ["1.0.0-rc.1", "1.0.0"],
      ["1.0.0+a", "1.0.0+b"],
      ["1.0.0-a.2", "1.0.0-a.10"],
      ["1.0.0-a", "1.0.0-1"],
    ],
    [
      ["1.2", "1.2.3"],
      ["x", "1.0.0"],
      ["1.0.0", "v1.0.0"],
      [1, "1.0.0"],
    ],
  ),
  unary("semver.is_valid", ["1.2.3", "1.2", "v1.2.3", "1.0.0-a.b", "x"], []),
  // Time comes in as input.
  unary(
    "time.parse_rfc3339_ns",
    ["2027-01-01T00:00:00Z", "2024-02-29T23:59:59.123456789+02:00", "1969-12-31T23:59:59Z"],
    ["2027-02-30T00:00:00Z", "2027-01-01", "tomorrow", "2027-01-01T24:00:00Z", "9999-01-01T00:00:00Z", 1],
  ),
  unary("time.parse_duration_ns", ["1h30m", "1.5s", "-2ms", "0", "3us"], ["", "x", "1", "1d", 5]),
  unary("time.date", [big(NS), 0, -1, [0, "UTC"]], ["x", 1.5, null]),
  unary("time.clock", [big(NS), 0], ["x", null]),
  unary("time.weekday", [big(NS), 0], ["x", null]),
  {
    name: "time.add_date",
    call: "time.add_date(input.a, input.b, input.c, 3)",
    good: [
      [big(NS), 1, 2],
      [0, 0, 1],
    ],
    bad: [
      ["x", 1, 1],
      [0, "x", 1],
    ],
  },
  // What has an answer for everything.
  { name: "type_name", call: "type_name(input.a)", good: [[1], ["x"], [null], [[]], [{}]], bad: [] },
  ...["is_array", "is_boolean", "is_null", "is_number", "is_object", "is_string"].map((name) => ({
    name,
    call: `[1 | ${name}(input.a)]`,
    good: [[1], ["x"], [null], [[]], [{}], [true]],
    bad: [],
  })),
  { name: "is_set", call: "[1 | is_set({x | some x in input.a})]", good: [[[1]]], bad: [] },
  ...["==", "!=", "<", "<=", ">", ">="].map((operator) => ({
    name: { "==": "equal", "!=": "neq", "<": "lt", "<=": "lte", ">": "gt", ">=": "gte" }[operator] ?? "",
    call: `[1 | input.a ${operator} input.b]`,
    good: [
      [1, 2],
      [2, 1],
      ["a", 1],
      [null, false],
      [[1], [1]],
      [{ a: 1 }, { a: 1 }],
      [1, 1],
    ],
    bad: [],
  })),
  {
    name: "internal.member_2",
    call: "[1 | input.a in input.b]",
    good: [
      [1, [1, 2]],
      [3, [1, 2]],
      [1, { x: 1 }],
      [1, "x"],
    ],
    bad: [],
  },
  {
    name: "internal.member_3",
    call: "[1 | input.a, input.c in input.b]",
    good: [
      [0, [1, 2], 1],
      ["x", { x: 1 }, 1],
      [0, "x", 1],
    ],
    bad: [],
  },
];

const FILE = "cases.rego";
const POLICY = [
  "package moltbot",
  "import rego.v1",
  "admission := {}",
  "call := {}",
  ...CASES.map(({ name, call }, i) => `# ${name}\ngrant := [out] if { input.i == ${i}; out := ${call} }`),
].join("\n");

const inputText = (i: number, [a, b, c]: readonly Json[]): string =>
  JSON.stringify({ i, a, ...(b === undefined ? {} : { b }), ...(c === undefined ? {} : { c }) }).replace(/\{"big":"(-?\d+)"\}/g, "$1");

let evaluator: Evaluator;
let make: () => Evaluator;
beforeAll(() => {
  const builtins = [...Object.keys(NATIVE_FUNCTIONS), ...Object.keys(HOST_BUILTINS)].sort();
  const wasm = inWorkplace(testOpa(), (place) => {
    place.write("capabilities.json", capabilitiesFrom(place.run("capabilities", "--current").stdout));
    place.write(FILE, POLICY);
    const run = place.run("build", "-t", "wasm", "-e", "moltbot/grant", "--capabilities", "capabilities.json", "-o", "bundle.tar.gz", FILE);
    if (run.status !== 0) throw new Error(run.stderr);
    const raw = fileInTar(gunzipSync(fs.readFileSync(path.join(place.folder, "bundle.tar.gz"))), "/policy.wasm");
    return withGuards(withoutStart(raw ?? new Uint8Array()), nativesAmong(builtins));
  });
  const { memoryPages } = valueOf(inspectModule(wasm));
  const module = compileModule(wasm);
  make = () => instantiate(module, memoryPages, { data: "{}", builtins });
  evaluator = make();
});

/** What the compiled policy says, as text; undefined when it stops. Silence is `[]`. */
function compiled(input: string): string | undefined {
  try {
    return evaluator.evaluate(evaluator.entrypoints.get("moltbot/grant") ?? -1, input);
  } catch {
    evaluator = make();
    return undefined;
  }
}

/** Whole numbers past 2^53 as text, keys and entries in one order: sets have none. */
function comparable(text: string): unknown {
  const value = JSON.parse(text, (_key, each: unknown, { source }: { readonly source?: string } = {}) =>
    typeof each === "number" && Number.isInteger(each) && !Number.isSafeInteger(each) ? source : each,
  ) as unknown;
  return sorted(value);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]) => [key, sorted(each)])
      .sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1)),
  );
}

interface Asked {
  readonly name: string;
  readonly input: string;
}

/** What `opa` says of each: `[]` where a function fails, unless errors end the whole. */
function opaSays(asked: readonly Asked[], ...flags: readonly string[]): readonly string[] {
  return inWorkplace(testOpa(), (place) => {
    place.write(FILE, POLICY);
    place.write("inputs.json", `[${asked.map((each) => each.input).join(",")}]`);
    const query = "[out | some each in input; out := [x | x := data.moltbot.grant with input as each]]";
    const run = runOpa(testOpa(), place.folder, [
      "eval",
      ...flags,
      "--format",
      "raw",
      "--input",
      "inputs.json",
      "--data",
      FILE,
      "--import",
      "rego.v1",
      query,
    ]);
    if (run.status !== 0) throw new Error(run.stdout + run.stderr);
    return comparableList(run.stdout).map((each) => JSON.stringify(each));
  });
}

/** The outer list keeps its order. */
function comparableList(text: string): readonly unknown[] {
  const parts = JSON.parse(text, (_key, each: unknown, { source }: { readonly source?: string } = {}) =>
    typeof each === "number" && Number.isInteger(each) && !Number.isSafeInteger(each) ? source : each,
  ) as readonly unknown[];
  return parts.map(sorted);
}

function compiledSays(input: string): string {
  const text = compiled(input);
  return text === undefined
    ? "stopped"
    : JSON.stringify(sorted((comparable(text) as readonly { result: unknown }[]).map((each) => each.result)));
}

describe("built-in functions", () => {
  test("there is a case for each that policies get", () => {
    const names = new Set(CASES.map((each) => each.name));
    const all = [...TOTAL_FUNCTIONS, ...Object.keys(NATIVE_FUNCTIONS), ...Object.keys(HOST_BUILTINS)];
    expect(all.filter((name) => !names.has(name) && !["assign", "eq"].includes(name))).toEqual([]);
  });

  test("the compiled policy answers what opa answers, for every good argument", () => {
    const asked = CASES.flatMap(({ name, good }, i) => good.map((args) => ({ name, input: inputText(i, args) })));
    const expected = opaSays(asked, "--strict-builtin-errors");
    const wrong = asked.flatMap(({ name, input }, i) => {
      const got = compiledSays(input);
      return got === expected[i] ? [] : [{ name, input, got, expected: expected[i] }];
    });
    expect(wrong).toEqual([]);
  });

  test("row 71: every bad argument is an error for opa, and stops the compiled policy", () => {
    const asked = CASES.flatMap(({ name, bad }, i) => bad.map((args) => ({ name, input: inputText(i, args) })));
    expect(
      asked.map((each) => `${each.name} ${each.input} ${compiledSays(each.input)}`).filter((each) => !each.endsWith(" stopped")),
    ).toEqual([]);
    const fine = inWorkplace(testOpa(), (place) => {
      place.write(FILE, POLICY);
      // One for each function: a child process for every one of them takes long, and the test below asks about more.
      const first = asked.filter(({ name }, i) => asked.findIndex((other) => other.name === name) === i);
      return first.filter(({ input }) => {
        place.write("input.json", input);
        return (
          place.run("eval", "--strict-builtin-errors", "--fail", "--input", "input.json", "--data", FILE, "data.moltbot.grant").status === 0
        );
      });
    });
    expect(opaSays(asked).filter((each) => each !== "[]")).toEqual([]);
    expect(fine.map(({ name, input }) => `${name} ${input}`)).toEqual([]);
  });

  // Where opa has no answer the compiled policy must stop; where it has one, the compiled policy has the same, or stops.
  test("whatever the arguments, the compiled policy is never silent where opa fails, and never says anything else", () => {
    const pool: readonly Json[] = [
      null,
      true,
      -1,
      1.5,
      3,
      "",
      "a",
      "10.0.0.1",
      "1.2.3",
      "[",
      "\u00e4\ud83d\ude00",
      [],
      [1, "a"],
      ["a"],
      {},
      { a: "b" },
    ];
    const asked = CASES.flatMap(({ name, call }, i) => {
      const arity = ["a", "b", "c"].filter((each) => call.includes(`input.${each}`)).length;
      const lists =
        arity === 1
          ? pool.map((a) => [a])
          : pool.flatMap((a, x) => pool.map((b, y) => (arity === 2 ? [a, b] : [a, b, pool[(7 * x + y) % pool.length] ?? null])));
      return lists.map((args) => ({ name, input: inputText(i, args) }));
    });
    const expected = opaSays(asked);
    const said = asked.map(({ input }) => compiledSays(input));
    const wrong = asked.flatMap(({ name, input }, i) => {
      const got = said[i];
      return got === "stopped" || got === expected[i] ? [] : [`${name} ${input}: ${got} instead of ${expected[i]}`];
    });
    expect(wrong).toEqual([]);
    const stricter = asked.filter((_each, i) => expected[i] !== "[]" && said[i] === "stopped").map(({ name }) => name);
    // `sprintf` prints what does not fit its verbs as `%!s(...)`; `substring` of half a character.
    expect([...new Set(stricter)].sort()).toEqual(["sprintf", "substring"]);
  });
});
