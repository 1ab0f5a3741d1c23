import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../core/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { agent, desiredOf, ECHO, editOf, liveOf, recordedOf, written } from "../../test/worlds.fixture.ts";
import type { ResolvedConfig } from "../resolve/index.ts";
import { addressesToRead, diff, edited, fieldDifferences, type Differences, type DiffInput } from "./index.ts";

const NOW = new Date("2026-06-01T00:00:00Z");

function difference(before: ResolvedConfig | null, after: ResolvedConfig, more: Partial<DiffInput> = {}): Differences {
  return diff({
    desired: after,
    live: liveOf(before),
    recorded: recordedOf(before),
    kinds: KINDS,
    moves: [],
    driftMode: "correct",
    deleteReason: "not-declared",
    now: NOW,
    isForgotten: () => false,
    adopted: new Map(),
    leaveDrift: new Set(),
    ...more,
  });
}

const lines = ({ changes }: Differences): string[] => changes.map((each) => `${each.action} ${each.address} ${each.reason} ${each.reload}`);

const TWO = desiredOf([ECHO, agent("a"), agent("b")]);

describe("diff", () => {
  test("a state compared with itself gives only noops", () => {
    expect(difference(TWO, TWO)).toEqual({ changes: [], drift: [], holds: [], noop: 3 });
  });

  test("creates from nothing, deletes towards nothing", () => {
    expect(lines(difference(null, TWO))).toEqual([
      "create Agent/a declared hot",
      "create Agent/b declared hot",
      "create ModelProvider/echo declared hot",
    ]);
    expect(
      difference(TWO, desiredOf([]), { deleteReason: "destroy" }).changes.map((each) => [each.action, each.reason, each.after]),
    ).toEqual([
      ["delete", "destroy", null],
      ["delete", "destroy", null],
      ["delete", "destroy", null],
    ]);
  });

  test("an update says which fields, sorted, keyed lists by key", () => {
    const grant = (more: JsonObject): JsonObject => ({
      tool: "http.fetch",
      permissions: [{ action: "get", resource: "https://a.example.com/**" }],
      ...more,
    });
    const before = desiredOf([
      ECHO,
      agent("a", { capabilities: [grant({}), { tool: "time", permissions: [{ action: "read", resource: "**" }] }] }),
    ]);
    const after = desiredOf([ECHO, agent("a", { prompt: "Be short.", capabilities: [grant({ expiresAt: "2027-01-01T00:00:00Z" })] })]);
    const [change] = difference(before, after).changes;
    expect(change?.action).toBe("update");
    expect(change?.fields.map((field) => field.path)).toEqual([
      "spec.capabilities[http.fetch].expiresAt",
      "spec.capabilities[time]",
      "spec.prompt",
    ]);
    expect(change?.fields.find((field) => field.path === "spec.prompt")).toMatchObject({
      before: "Be kind.",
      after: "Be short.",
      sensitive: false,
    });
  });

  test("an envelope that changed is sensitive, and only its digests are there", () => {
    const secret = (text: string) => written("Secret", "k", { values: { value: { age: { recipients: [], envelope: text } } } });
    const [change] = difference(desiredOf([secret("one")]), desiredOf([secret("two")])).changes;
    expect(change?.fields).toHaveLength(1);
    expect(change?.fields[0]).toMatchObject({ sensitive: true, before: expect.stringMatching(/^sha256:/) as string });
  });

  test("an immutable field replaces", () => {
    const node = (type: string): ResolvedConfig => desiredOf([written("ModelProvider", "p", { type })]);
    const spec = KINDS.byName.get("ModelProvider")?.schema.properties?.["spec"]?.properties?.["type"];
    const [change] = difference(
      node("echo"),
      desiredOf([written("ModelProvider", "p", { type: "ollama", endpoint: "http://127.0.0.1:11434" })]),
    ).changes;
    expect(change?.action).toBe(spec?.["x-moltbot-immutable"] ? "replace" : "update");
  });

  test("a move renames where it lives, and only where it can", () => {
    const moves = [{ from: "Agent/a", to: "Agent/c" }] as const;
    const after = desiredOf([ECHO, agent("b"), agent("c")]);
    expect(lines(difference(TWO, after, { moves }))).toEqual(["move Agent/c moved hot"]);
    expect(lines(difference(after, after, { moves }))).toEqual([]);
    expect(lines(difference(null, after, { moves }))).toHaveLength(3);
    expect(lines(difference(TWO, desiredOf([ECHO, agent("a"), agent("b"), agent("c")]), { moves }))).toEqual([
      "create Agent/c declared hot",
    ]);
  });

  test.each<[string, readonly (readonly [string, string])[], readonly string[], readonly string[]]>([
    [
      "a name that followed another",
      [
        ["a", "x"],
        ["x", "c"],
      ],
      ["b", "c"],
      ["move Agent/c moved hot"],
    ],
    [
      "the same, in the other order",
      [
        ["x", "c"],
        ["a", "x"],
      ],
      ["b", "c"],
      ["move Agent/c moved hot"],
    ],
    [
      "names that go round",
      [
        ["a", "x"],
        ["x", "y"],
        ["y", "x"],
      ],
      ["b", "c"],
      ["delete Agent/a not-declared session", "create Agent/c declared hot"],
    ],
    [
      "two names for one",
      [
        ["a", "c"],
        ["a", "d"],
      ],
      ["b", "c", "d"],
      ["move Agent/c moved hot", "create Agent/d declared hot"],
    ],
    [
      "one name for two",
      [
        ["a", "c"],
        ["b", "c"],
      ],
      ["c"],
      ["delete Agent/b not-declared session", "move Agent/c moved hot"],
    ],
    [
      "a name that is still lived under",
      [
        ["a", "b"],
        ["b", "c"],
      ],
      ["b", "c"],
      ["delete Agent/a not-declared session", "create Agent/c declared hot"],
    ],
  ])("moves: %s", (_, pairs, declared, expected) => {
    const moves = pairs.map(([from, to]) => ({ from: `Agent/${from}`, to: `Agent/${to}` }) as const);
    expect(lines(difference(TWO, desiredOf([ECHO, ...declared.map((each) => agent(each))]), { moves }))).toEqual(expected);
  });

  test("edits are drift, not changes; what is recorded stays the base", () => {
    const edits = [editOf("Agent/a", [{ pointer: "/spec/prompt", value: "Be rude." }])];
    const found = difference(TWO, TWO, { live: liveOf(TWO, { edits }) });
    expect(found.changes).toEqual([]);
    expect(found.drift).toEqual([
      {
        address: "Agent/a",
        class: "neutral",
        action: "correct",
        fields: [{ path: "spec.prompt", before: "Be kind.", after: "Be rude.", sensitive: false }],
      },
    ]);
    expect(difference(TWO, TWO, { live: liveOf(TWO, { edits }), driftMode: "report" }).drift[0]?.action).toBe("report");
    expect(difference(TWO, TWO, { live: liveOf(TWO, { edits }), leaveDrift: new Set(["Agent/a"] as const) }).drift[0]?.action).toBe(
      "report",
    );
  });

  test("holds that are over are not listed", () => {
    const hold = {
      owner: "acme/default",
      selector: "*",
      denied: "all",
      reason: "incident",
      actor: "ops",
      at: "2026-05-01T00:00:00.000Z",
    } as const;
    const holds = [
      { ...hold, id: "h2", until: null },
      { ...hold, id: "h1", until: "2026-06-01T00:00:00.000Z" },
      { ...hold, id: "h0", until: "2026-06-01T00:00:00.001Z" },
    ];
    expect(difference(TWO, TWO, { live: liveOf(TWO, { holds }) }).holds.map((each) => each.id)).toEqual(["h0", "h2"]);
  });

  test("another owner's resource is no create; taken over, it is adopted", () => {
    const foreign = new Map([["Agent/a", "other/default"]] as const);
    const live = liveOf(null, { foreign });
    expect(lines(difference(null, TWO, { live }))).toEqual(["create Agent/b declared hot", "create ModelProvider/echo declared hot"]);
    expect(lines(difference(null, TWO, { live, adopted: foreign }))[0]).toBe("adopt Agent/a adopt-requested hot");
  });

  test("needs only what differs, goes or was edited", () => {
    const after = desiredOf([ECHO, agent("a", { prompt: "Other." })]);
    const edits = [editOf("ModelProvider/echo", [{ pointer: "/spec/type", value: "echo" }])];
    expect(addressesToRead(after, liveOf(TWO), false)).toEqual(["Agent/a", "Agent/b"]);
    expect(addressesToRead(TWO, liveOf(TWO, { edits }), false)).toEqual(["ModelProvider/echo"]);
    expect(addressesToRead(TWO, liveOf(TWO), true)).toHaveLength(3);
  });
});

describe("edited", () => {
  const base = { apiVersion: "v", kind: "K", metadata: { name: "n" }, spec: { list: [1, 2], deep: { a: 1 } } };
  test.each([
    ["sets", "/spec/deep/a", 2, { list: [1, 2], deep: { a: 2 } }],
    ["makes", "/spec/new/x", 1, { list: [1, 2], deep: { a: 1 }, new: { x: 1 } }],
    ["replaces an item", "/spec/list/0", 9, { list: [9, 2], deep: { a: 1 } }],
    ["appends", "/spec/list/-", 3, { list: [1, 2, 3], deep: { a: 1 } }],
  ])("%s %s", (_name, pointer, value, spec) => {
    expect(edited(base, [editOf("K/n", [{ pointer, value }])]).spec).toEqual(spec);
  });

  test("removes a field and an item", () => {
    const patch = [
      { pointer: "/spec/deep/a", remove: true },
      { pointer: "/spec/list/0", remove: true },
    ] as const;
    expect(edited(base, [editOf("K/n", patch)]).spec).toEqual({ list: [2], deep: {} });
  });
});

describe("fieldDifferences", () => {
  test("null is not absent", () => {
    const paths = (before: JsonObject, after: JsonObject): string[] => fieldDifferences(before, after, undefined).map((each) => each.path);
    expect(paths({ a: null }, {})).toEqual(["a"]);
    expect(paths({}, { b: { c: null } })).toEqual(["b"]);
    expect(paths({ b: { c: null } }, { b: {} })).toEqual(["b.c"]);
  });

  test("of any value with itself is empty; of two, never empty unless they are equal", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const [x, y] = [JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b))] as [never, never];
        expect(fieldDifferences(x, x, undefined)).toEqual([]);
        expect(fieldDifferences(x, y, undefined).length === 0).toBe(JSON.stringify(sorted(x)) === JSON.stringify(sorted(y)));
      }),
    );
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}
