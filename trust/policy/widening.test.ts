import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressOf, type Address, type JsonObject, type Resource } from "../../core/index.ts";
import type { ReachEdge } from "../capability/index.ts";
import { effectiveState, reachesTheSame, stateBefore, widening } from "./widening.ts";

const NOW = "2026-06-01T00:00:00.000Z";
const make = (kind: string, name: string, spec: JsonObject): Resource => ({
  apiVersion: "moltbot.dev/v1alpha1",
  kind,
  metadata: { name },
  spec,
});
const at = ({ kind, metadata }: Resource): Address => addressOf(kind, metadata.name);
const agent = (name: string, spec: JsonObject): Resource => make("Agent", name, spec);
const READ = { tool: "fs.read", permissions: [{ action: "read", resource: "x/**" }] };
const WEB = { tool: "http.fetch", permissions: [{ action: "get", resource: "https://x.example/**" }] };

interface Sides {
  readonly old: readonly Resource[];
  readonly fresh: readonly Resource[];
  readonly oldEdges?: readonly ReachEdge[];
  readonly freshEdges?: readonly ReachEdge[];
}

/** Whether it is taken as the same, and whether following everything finds that it is. */
function both({ old, fresh, oldEdges = [], freshEdges = [] }: Sides): readonly [isSame: boolean, isEmpty: boolean] {
  const was = new Map(old.map((each) => [at(each), each]));
  const is = new Map(fresh.map((each) => [at(each), each]));
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter(
    (address) => JSON.stringify(was.get(address)) !== JSON.stringify(is.get(address)),
  );
  const before = new Map(changed.map((address) => [address, was.get(address) ?? null]));
  const edges = { now: freshEdges, before: oldEdges.filter((edge) => before.has(edge.from)) };
  const { added, removed, findings } = widening(stateBefore(fresh, before, edges, NOW), effectiveState(fresh, freshEdges, NOW));
  return [reachesTheSame(is, before, edges, NOW), added.length + removed.length + findings.length === 0];
}

const name = fc.constantFrom("a", "b", "c");
const capability = fc.constantFrom<JsonObject>(
  READ,
  WEB,
  { ...READ, constraints: { approval: "never" } },
  { ...WEB, expiresAt: "2026-01-01T00:00:00Z" },
  { tool: "agent:a", permissions: [{ action: "call" }] },
  { tool: "agent:b", permissions: [{ action: "call" }] },
  { tool: "mcp:m/x", permissions: [{ action: "call" }] },
);
const resource = fc.oneof(
  fc
    .tuple(name, fc.array(capability, { maxLength: 2 }), fc.constantFrom("x", "y"), fc.constantFrom(true, false, undefined))
    .map(([own, capabilities, prompt, enabled]) => agent(own, { capabilities, prompt, ...(enabled === undefined ? {} : { enabled }) })),
  fc.constantFrom(
    make("Channel", "web", { type: "web", access: { direct: "open" }, routing: [{ agent: "a" }] }),
    make("Channel", "web", { type: "web", access: { direct: "pairing" }, routing: [{ agent: "a" }] }),
    make("Skill", "s", { prompt: "x" }),
    make("Skill", "s", { prompt: "y" }),
    make("McpServer", "m", { transport: { stdio: { command: "m" } } }),
    make("McpServer", "m", { transport: { http: { url: "https://m.example" } } }),
    make("Workflow", "w", { trigger: { message: {} } }),
  ),
);
const state = fc.array(resource, { maxLength: 6 }).map((all) => [...new Map(all.map((each) => [at(each), each])).values()]);
const edges = fc.uniqueArray(
  fc.constantFrom<ReachEdge>(
    { from: "Channel/web", reach: "talks-to", to: "Agent/a" },
    { from: "Agent/a", reach: "uses", to: "Skill/s" },
    { from: "Skill/s", reach: "holds", to: "Secret/k" },
    { from: "Agent/b", reach: "uses", to: "McpServer/m" },
  ),
);

describe("a change that has no part in who reaches what", () => {
  test.each<[string, boolean, Sides]>([
    ["another prompt", true, { old: [agent("a", { prompt: "x" })], fresh: [agent("a", { prompt: "y" })] }],
    [
      "grants in another order",
      true,
      { old: [agent("a", { capabilities: [READ, WEB] })], fresh: [agent("a", { capabilities: [WEB, READ] })] },
    ],
    ["one grant more", false, { old: [agent("a", {})], fresh: [agent("a", { capabilities: [READ] })] }],
    ["another agent", false, { old: [], fresh: [agent("a", {})] }],
    ["an agent less", false, { old: [agent("a", {})], fresh: [] }],
    ["an agent that is switched off", false, { old: [agent("a", {})], fresh: [agent("a", { enabled: false })] }],
    ["a channel", false, { old: [make("Channel", "c", { x: 1 })], fresh: [make("Channel", "c", { x: 2 })] }],
    [
      "one reference more",
      false,
      {
        old: [agent("a", { prompt: "x" })],
        fresh: [agent("a", { prompt: "y" })],
        freshEdges: [{ from: "Agent/a", reach: "uses", to: "Skill/s" }],
      },
    ],
  ])("%s: %s", (_, isSame, sides) => expect(both(sides)[0]).toBe(isSame));

  test("changes nothing of what anybody can do, as following everything shows", () => {
    let seen = 0;
    fc.assert(
      fc.property(state, state, edges, edges, (old, others, oldEdges, moreEdges) => {
        // Mostly the same resources and references, so that the case is met often.
        const fresh = [...new Map([...old, ...others.slice(0, 2)].map((each) => [at(each), each])).values()];
        const freshEdges = others.length % 2 === 0 ? oldEdges : moreEdges;
        const [isSame, isEmpty] = both({ old, fresh, oldEdges, freshEdges });
        if (isSame) seen++;
        expect(!isSame || isEmpty).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect(seen).toBeGreaterThan(20);
  });
});
