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

describe("what has another name", () => {
  const call = (to: string): JsonObject => ({ tool: `agent:${to}`, permissions: [{ action: "call" }] });
  const send = (to: string): JsonObject => ({ tool: "message.send", permissions: [{ action: "send", resource: to }] });
  const plan = (to: string): JsonObject => ({ tool: "schedule.create", permissions: [{ action: "write", resource: to }] });
  const serve = (server: string): JsonObject => ({ tool: `mcp:${server}/x`, permissions: [{ action: "call" }] });
  const chat = (...agents: readonly string[]): Resource =>
    make("Channel", "web", { type: "web", access: { direct: "open" }, routing: agents.map((each) => ({ agent: each })) });
  const talks = (...agents: readonly string[]): readonly ReachEdge[] =>
    agents.map((each) => ({ from: "Channel/web", reach: "talks-to", to: `Agent/${each}` }));

  interface Renaming extends Sides {
    readonly moves: readonly (readonly [from: Address, to: Address])[];
  }
  /** Where everything may have changed. */
  function gains({ old, fresh, oldEdges = [], freshEdges = [], moves }: Renaming): ReturnType<typeof widening> {
    const before = new Map<Address, Resource | null>([
      ...fresh.map((each) => [at(each), null] as const),
      ...old.map((each) => [at(each), each] as const),
    ]);
    const followed = { now: freshEdges, before: oldEdges };
    const renames = new Map(moves.map(([from, to]) => [to, from]));
    return widening(stateBefore(fresh, before, followed, NOW, renames), effectiveState(fresh, freshEdges, NOW));
  }
  const told = (sides: Renaming): readonly string[] => {
    const { added, removed, findings } = gains(sides);
    const line = (sign: string) => (each: (typeof added)[number]) =>
      `${sign} ${each.subject} ${each.tool} ${each.action} ${each.pattern} for ${each.first.join(",")}`;
    const codes = findings.map((each) => `! ${(each as { code: string }).code}`);
    return [...added.map(line("+")), ...removed.map(line("-")), ...codes];
  };

  const REACHED = { oldEdges: talks("a"), freshEdges: talks("b"), moves: [["Agent/a", "Agent/b"]] } as const;

  test.each<[string, Renaming, readonly string[]]>([
    [
      "a move alone",
      {
        ...REACHED,
        old: [chat("a"), agent("a", { capabilities: [READ, WEB] })],
        fresh: [chat("b"), agent("b", { capabilities: [READ, WEB] })],
      },
      [],
    ],
    [
      "a move and one more grant",
      { ...REACHED, old: [chat("a"), agent("a", { capabilities: [READ] })], fresh: [chat("b"), agent("b", { capabilities: [READ, WEB] })] },
      ["+ Agent/b http.fetch get https://x.example/** for Agent/b,Channel/web", "! lethal-trifecta"],
    ],
    [
      "a move and one grant less",
      { ...REACHED, old: [chat("a"), agent("a", { capabilities: [READ, WEB] })], fresh: [chat("b"), agent("b", { capabilities: [READ] })] },
      ["- Agent/b http.fetch get https://x.example/** for Agent/b,Channel/web"],
    ],
    [
      "two that swap their names",
      {
        old: [chat("a"), agent("a", { capabilities: [READ] }), agent("b", { capabilities: [WEB, call("a")] })],
        fresh: [chat("b"), agent("b", { capabilities: [READ] }), agent("a", { capabilities: [WEB, call("b")] })],
        oldEdges: talks("a"),
        freshEdges: talks("b"),
        moves: [
          ["Agent/a", "Agent/b"],
          ["Agent/b", "Agent/a"],
        ],
      },
      [],
    ],
    [
      "two that swap their names, while the channel stays with the name",
      {
        old: [chat("a"), agent("a", { capabilities: [READ] }), agent("b", { capabilities: [WEB] })],
        fresh: [chat("a"), agent("b", { capabilities: [READ] }), agent("a", { capabilities: [WEB] })],
        oldEdges: talks("a"),
        freshEdges: talks("a"),
        moves: [
          ["Agent/a", "Agent/b"],
          ["Agent/b", "Agent/a"],
        ],
      },
      ["+ Agent/a http.fetch get https://x.example/** for Channel/web", "- Agent/b fs.read read x/** for Channel/web"],
    ],
    [
      "each takes the name of the next",
      {
        old: [
          agent("a", { capabilities: [READ, call("b")] }),
          agent("b", { capabilities: [call("c")] }),
          agent("c", { capabilities: [WEB] }),
        ],
        fresh: [
          agent("b", { capabilities: [READ, call("c")] }),
          agent("c", { capabilities: [call("d")] }),
          agent("d", { capabilities: [WEB] }),
        ],
        moves: [
          ["Agent/a", "Agent/b"],
          ["Agent/b", "Agent/c"],
          ["Agent/c", "Agent/d"],
        ],
      },
      [],
    ],
    [
      "a server, a channel and an agent that others name in grants",
      {
        old: [
          agent("a", { capabilities: [serve("m"), send("web"), plan("t"), call("t")] }),
          agent("t", { capabilities: [READ] }),
          make("McpServer", "m", { transport: { stdio: { command: "m" } } }),
          chat(),
        ],
        fresh: [
          agent("a", { capabilities: [serve("n"), send("net"), plan("u"), call("u")] }),
          agent("u", { capabilities: [READ] }),
          make("McpServer", "n", { transport: { stdio: { command: "m" } } }),
          make("Channel", "net", { type: "web", access: { direct: "open" } }),
        ],
        moves: [
          ["Agent/t", "Agent/u"],
          ["McpServer/m", "McpServer/n"],
          ["Channel/web", "Channel/net"],
        ],
      },
      [],
    ],
    [
      "a grant that named the new name while nothing had it",
      {
        old: [agent("x", { capabilities: [plan("b")] }), agent("a", { capabilities: [READ] })],
        fresh: [agent("x", { capabilities: [plan("b")] }), agent("b", { capabilities: [READ] })],
        moves: [["Agent/a", "Agent/b"]],
      },
      [
        "+ Agent/b fs.read read x/** for Agent/x",
        "+ Agent/x schedule.create write b for Agent/x",
        "- Agent/x schedule.create write b for Agent/x",
      ],
    ],
    [
      "a secret's new name",
      {
        old: [agent("a", {}), make("Skill", "s", {})],
        fresh: [agent("a", {}), make("Skill", "s", {})],
        oldEdges: [
          { from: "Agent/a", reach: "uses", to: "Skill/s" },
          { from: "Skill/s", reach: "holds", to: "Secret/k" },
        ],
        freshEdges: [
          { from: "Agent/a", reach: "uses", to: "Skill/s" },
          { from: "Skill/s", reach: "holds", to: "Secret/l" },
        ],
        moves: [["Secret/k", "Secret/l"]],
      },
      [],
    ],
  ])("%s", (_, sides, expected) => expect(told(sides)).toEqual(expected));

  test("without being told, another name is another thing", () => {
    const sides = { old: [agent("a", { capabilities: [READ] })], fresh: [agent("b", { capabilities: [READ] })], moves: [] };
    expect(told(sides)).toEqual(["+ Agent/b fs.read read x/** for Agent/b", "- Agent/a fs.read read x/** for Agent/a"]);
  });

  /** Written with names that nothing else holds, so that renaming the text is renaming the state. */
  const NAMES = ["n-1", "n-2", "n-3", "n-4", "n-5"] as const;
  const who = fc.constantFrom(...NAMES.slice(0, 3));
  const world = fc
    .record({
      agents: fc.array(
        fc.tuple(who, fc.array(fc.oneof(fc.constantFrom(READ, WEB, plan("*")), who.map(call), who.map(plan)), { maxLength: 3 })),
        { maxLength: 4 },
      ),
      routes: fc.uniqueArray(who, { maxLength: 3 }),
    })
    .map(({ agents, routes }) => {
      const all = new Map(NAMES.slice(0, 3).map((each) => [each as string, agent(each, {})]));
      for (const [own, capabilities] of agents) all.set(own, agent(own, { capabilities }));
      return { resources: [...all.values(), chat(...routes)], edges: talks(...routes) };
    });
  const renamed = <T>(value: T, names: ReadonlyMap<string, string>): T =>
    JSON.parse(JSON.stringify(value).replaceAll(/n-\d/g, (each) => names.get(each) ?? each)) as T;

  test("what is gained is what would be, had the move come first and alone", () => {
    let gained = 0;
    fc.assert(
      fc.property(
        world,
        world,
        fc.shuffledSubarray([...NAMES], { minLength: 3, maxLength: 3 }),
        fc.boolean(),
        (old, other, to, isAlone) => {
          const names = new Map(NAMES.slice(0, 3).map((each, i) => [each as string, to[i] ?? each]));
          const moved = renamed(old, names);
          const fresh = isAlone ? moved : renamed(other, names);
          const moves = [...names].filter(([a, b]) => a !== b).map(([a, b]) => [`Agent/${a}`, `Agent/${b}`] as const);
          const sides = { fresh: fresh.resources, freshEdges: fresh.edges };
          const atOnce = gains({ ...sides, old: old.resources, oldEdges: old.edges, moves });
          const second = gains({ ...sides, old: moved.resources, oldEdges: moved.edges, moves: [] });
          expect(atOnce).toEqual(second);
          if (isAlone) expect(atOnce).toEqual({ added: [], removed: [], findings: [] });
          gained += atOnce.added.length;
        },
      ),
      { numRuns: 400 },
    );
    expect(gained).toBeGreaterThan(50);
  });
});
