import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { marked, madeOf, type JsonObject, type Resource } from "../../core/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { edgesAmong } from "../../trust/capability/index.ts";
import { effectiveState, widening } from "../../trust/policy/index.ts";
import { widerThan } from "./wider.ts";

const NOW = "2026-06-01T00:00:00.000Z";
const WORLD = { kinds: KINDS, now: NOW };
const make = (kind: string, name: string, spec: JsonObject): Resource => ({
  apiVersion: "moltbot.dev/v1alpha1",
  kind,
  metadata: { name },
  spec,
});
const agent = (name: string, spec: JsonObject): Resource => make("Agent", name, { model: { provider: "p", name: "m" }, ...spec });
const READ: JsonObject = { tool: "fs.read", permissions: [{ action: "read", resource: "docs/**" }], constraints: { approval: "once" } };

const LIKE = agent("t", {
  fallbacks: [{ provider: "q", name: "m" }],
  capabilities: [READ],
  budgets: { tokensPerDay: 100, timePerMessage: "1m" },
  sandbox: { memory: "64MiB", workspaceAccess: "read" },
  sessions: { retention: "7d", scope: "peer" },
  memory: { scope: "peer" },
  debug: { log: "metadata" },
});
const BOUNDED: JsonObject = {
  budgets: { tokensPerDay: 100, timePerMessage: "1m" },
  sandbox: { memory: "64MiB", workspaceAccess: "read" },
  sessions: { retention: "7d", scope: "peer" },
};

describe("compared with the agent that it is like", () => {
  test.each<readonly [string, JsonObject, string | null]>([
    ["the same", {}, null],
    ["no grants, no memory, one model", { capabilities: [] }, null],
    [
      "fewer files, asked more often",
      { capabilities: [{ ...READ, permissions: [{ action: "read", resource: "docs/a" }], constraints: {} }] },
      null,
    ],
    [
      "an expired grant of something else",
      { capabilities: [{ tool: "time", permissions: [{ action: "call" }], expiresAt: "2026-01-01T00:00:00Z" }] },
      null,
    ],
    ["other files", { capabilities: [{ ...READ, permissions: [{ action: "read", resource: "**" }] }] }, "spec.capabilities"],
    ["less often asked", { capabilities: [{ ...READ, constraints: { approval: "never" } }] }, "spec.capabilities"],
    ["a tool that nobody knows", { capabilities: [{ tool: "Exec ", permissions: [{ action: "run" }] }] }, "spec.capabilities"],
    ["another provider", { model: { provider: "r", name: "m" } }, "/spec/model/provider"],
    ["the second provider as the first", { model: { provider: "q", name: "m" } }, null],
    ["a skill", { skills: ["s"] }, "/spec/skills/0"],
    ["a larger budget", { budgets: { tokensPerDay: 101, timePerMessage: "1m" } }, "spec.budgets.tokensPerDay"],
    ["a longer time, written shorter", { budgets: { tokensPerDay: 1, timePerMessage: "61s" } }, "spec.budgets.timePerMessage"],
    ["a budget of text", { budgets: { tokensPerDay: "1", timePerMessage: "1m" } }, "spec.budgets.tokensPerDay"],
    ["a further budget", { budgets: { tokensPerDay: 100, timePerMessage: "1m", costPerDay: 1 } }, null],
    ["no word on the sandbox, whose default is larger", { sandbox: {} }, "spec.sandbox.workspaceAccess"],
    ["the same memory in other words", { sandbox: { memory: "65536KiB", workspaceAccess: "none" } }, null],
    ["conversations that more share", { sessions: { retention: "7d", scope: "main" } }, "spec.sessions.scope"],
    ["conversations without an end", { sessions: {} }, "spec.sessions.retention"],
    ["the text in the log", { debug: { log: "content" } }, "spec.debug.log"],
    ["thinking shown", { debug: { showThinking: true } }, "spec.debug.showThinking"],
    ["another memory", { memory: { scope: "agent" } }, "spec.memory"],
    ["the same memory", { memory: { scope: "peer" } }, null],
    ["a workspace with a name", { workspace: { folder: "t" } }, "spec.workspace.folder"],
    ["files of its own", { workspace: { files: [{ path: "a", content: "x" }] } }, null],
    ["a field of a later version", { later: true }, "spec.later"],
    ["a part of a later version", { budgets: { ...(BOUNDED["budgets"] as JsonObject), later: 1 } }, "spec.budgets.later"],
  ])("%s", (_, more, field) => {
    expect(widerThan(agent("m", { ...BOUNDED, ...more }), LIKE, WORLD)?.field ?? null).toBe(field);
  });

  test("other labels are more", () => {
    const labelled = { ...LIKE, metadata: { name: "m", labels: { team: "x" } } };
    expect(widerThan(labelled, LIKE, WORLD)?.field).toBe("metadata.labels");
    expect(widerThan(labelled, labelled, WORLD)).toBe(null);
  });
});

const pattern = fc.constantFrom("docs/**", "docs/a", "**", "x/*");
const grant = fc.oneof(
  fc
    .tuple(pattern, fc.constantFrom("always", "once", "never"), fc.constantFrom<JsonObject>({}, { expiresAt: "2026-12-01T00:00:00Z" }))
    .map(([on, approval, until]): JsonObject => ({
      name: `read-${on}-${approval}`,
      tool: "fs.read",
      permissions: [{ action: "read", resource: on }],
      constraints: { approval },
      ...until,
    })),
  fc
    .constantFrom("https://x.example/**", "https://**")
    .map((on): JsonObject => ({ name: on, tool: "http.fetch", permissions: [{ action: "get", resource: on }] })),
  fc.constantFrom("b", "c").map((to): JsonObject => ({ name: to, tool: `agent:${to}`, permissions: [{ action: "call" }] })),
);
const spec = fc.record({
  capabilities: fc.uniqueArray(grant, { maxLength: 3, selector: (each) => each["name"] }),
  subAgents: fc.subarray(["b", "c"]),
  skills: fc.subarray(["s"]),
});

test("who is no wider makes nothing possible that a copy of the other would not: as the closure sees it", () => {
  let within = 0;
  fc.assert(
    fc.property(spec, spec, spec, fc.boolean(), (like, other, third, isCut) => {
      const pattern1 = agent("t", like);
      const own = isCut ? { ...like, capabilities: like.capabilities.slice(1) } : other;
      const around = [pattern1, agent("b", third), agent("c", {}), make("Skill", "s", {}), make("ModelProvider", "p", {})];
      const made = agent("m", own);
      if (widerThan(made, pattern1, WORLD) !== null) return;
      within++;
      const copy: Resource = { ...pattern1, metadata: { name: "m" } };
      const stateOf = (all: readonly Resource[]) => effectiveState(all, edgesAmong(all, KINDS), NOW);
      const gained = widening(stateOf([...around, copy]), stateOf([...around, made]));
      expect([gained.added, gained.findings]).toEqual([[], []]);
    }),
    { numRuns: 400 },
  );
  expect(within).toBeGreaterThan(100);
});

test("marks are taken off as they were put on, and nothing else is", () => {
  const made = { resource: LIKE, beside: "acme/prod", like: "t", by: "ci", at: NOW } as const;
  expect(madeOf(marked(made))).toEqual(made);
  const noted = { ...LIKE, metadata: { name: "t", annotations: { note: "x" } } };
  expect(madeOf(marked({ ...made, resource: noted }))?.resource).toEqual(noted);
  expect(madeOf(noted)).toBe(null);
});
