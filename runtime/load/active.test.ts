import { describe, expect, test } from "vitest";
import {
  canonicalJson,
  digestBytes,
  ok,
  type Address,
  type Digest,
  type Edit,
  type Generation,
  type Hold,
  type Json,
} from "../../core/index.ts";
import { heldBy, readActive, type ActiveStore } from "./index.ts";

const OWNER = "acme/default";
const rows: Readonly<Record<Address, Json>> = {
  "Agent/a": {
    apiVersion: "v",
    kind: "Agent",
    metadata: { name: "a" },
    spec: { model: { provider: "echo", name: "m" }, skills: ["s", "t"] },
  },
  "ModelProvider/echo": { apiVersion: "v", kind: "ModelProvider", metadata: { name: "echo" }, spec: { type: "echo" } },
  "Skill/s": { apiVersion: "v", kind: "Skill", metadata: { name: "s" }, spec: { prompt: "S" } },
  "Skill/t": { apiVersion: "v", kind: "Skill", metadata: { name: "t" }, spec: { prompt: "T" } },
};

/** A store of these rows, as plain values: reading it is what is tested, the real one has its own tests. */
function storeOf(content: Readonly<Record<Address, Json | string>>, edits: readonly Edit[] = [], holds: readonly Hold[] = []): ActiveStore {
  const entries = Object.entries(content).map(([address, value]) => {
    const text = typeof value === "string" ? value : canonicalJson(value);
    return { address: address as Address, digest: digestBytes(text), bytes: Buffer.from(text) };
  });
  const generation = { owner: OWNER, number: 3 } as unknown as Generation;
  return {
    active: () => ok(entries.length > 0 ? generation : null),
    rows: () => ok(new Map(entries.map(({ address, digest }) => [address, digest]))),
    values: (digests: Iterable<Digest>) => {
      const wanted = new Set(digests);
      return ok(new Map(entries.filter(({ digest }) => wanted.has(digest)).map(({ digest, bytes }) => [digest, bytes])));
    },
    edits: () => ok(edits),
    holds: () => ok(holds),
  };
}

function edit(address: Address, patch: Edit["patch"]): Edit {
  return { id: "e", owner: OWNER, address, patch, actor: "ops", at: "2026-01-01T00:00:00.000Z" };
}

describe("the active generation", () => {
  test("nothing applied is null", () => expect(readActive(storeOf({}), OWNER)).toEqual(ok(null)));

  test("rows become agents; edits are on them, in order", () => {
    const edits = [
      edit("Agent/a", [
        { pointer: "/spec/model/temperature", value: 0.5 },
        { pointer: "/spec/skills/0", remove: true },
      ]),
      edit("Agent/a", [
        { pointer: "/spec/model/temperature", value: 0.9 },
        { pointer: "/spec/identity/theme", value: "odd" },
      ]),
      edit("Agent/a", [
        { pointer: "/spec/skills/-", value: "s" },
        { pointer: "/spec/skills/0", value: "t" },
      ]),
    ];
    const result = readActive(storeOf(rows, edits), OWNER);
    const active = result.ok ? result.value : null;
    expect(active?.generation.number).toBe(3);
    expect(active?.loaded.agents.get("a")?.choices[0].temperature).toBe(0.9);
    expect(active?.loaded.agents.get("a")?.system).toBe("Your manner: odd\n\n# Skill: t\n\nT\n\n# Skill: s\n\nS");
  });

  test("an edit cannot reach the prototype", () => {
    readActive(storeOf(rows, [edit("Agent/a", [{ pointer: "/__proto__/polluted", value: 1 }])]), OWNER);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test.each(["{", "[]", '{"kind":"Agent"}'])("a row that is %s is CORRUPT", (row) => {
    const result = readActive(storeOf({ "Agent/a": row }), OWNER);
    expect(result.ok ? [] : result.diagnostics.map((d) => d.code)).toEqual(["STORE_CORRUPT"]);
  });
});

describe("holds", () => {
  const hold = (over: Partial<Hold>): Hold => ({
    id: "h",
    owner: OWNER,
    selector: "Agent/a",
    denied: "all",
    reason: "r",
    actor: "ops",
    at: "2026-01-01T00:00:00.000Z",
    until: null,
    ...over,
  });
  const now = new Date("2026-06-01T00:00:00Z");
  const cases: readonly (readonly [string, Partial<Hold>, boolean])[] = [
    ["this agent", {}, true],
    ["everything", { selector: "*" }, true],
    ["another agent", { selector: "Agent/b" }, false],
    ["one tool only", { denied: ["http.fetch"] }, false],
    ["until later", { until: "2026-06-01T00:00:00.001Z" }, true],
    ["until now", { until: "2026-06-01T00:00:00.000Z" }, false],
    ["until an instant that cannot be read", { until: "soon" }, true],
  ];
  test.each(cases)("%s", (_, over, stops) => expect(heldBy([hold(over)], "Agent/a", now) !== undefined).toBe(stops));
});
