import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressOf, LIMITS, type Address, type Json, type JsonObject, type Reach, type Resource } from "../../core/index.ts";
import { oracleEffective, type OracleWorld } from "./closure-oracle.fixture.ts";
import {
  closureOf,
  driversOf,
  effectiveDelta,
  effectiveOf,
  expandGrants,
  isActor,
  matches,
  wayBetween,
  type AtomGain,
  type Closure,
  type DeclaredAtom,
  type ReachEdge,
} from "./index.ts";
import { UNIVERSE } from "./oracle.fixture.ts";

const NOW = "2026-06-01T00:00:00.000Z";

const make = (kind: string, name: string, spec: JsonObject = {}): Resource => ({
  apiVersion: "moltbot.dev/v1alpha1",
  kind,
  metadata: { name },
  spec,
});
const grant = (tool: string, action: string, resource?: string, more: JsonObject = {}): Json => ({
  name: `${tool} ${resource ?? ""} ${JSON.stringify(more)}`,
  tool,
  permissions: [resource === undefined ? { action } : { action, resource }],
  ...more,
});
const agent = (name: string, ...capabilities: readonly Json[]): Resource => make("Agent", name, { capabilities });
const edge = (from: Address, reach: Reach, to: Address): ReachEdge => ({ from, reach, to });
const closure = (resources: readonly Resource[], edges: readonly ReachEdge[] = []): Closure =>
  closureOf(
    resources,
    edges,
    resources.flatMap((each) => expandGrants(each, NOW).atoms),
  );
const READ = grant("fs.read", "read", "x/**");
const gains = (list: readonly AtomGain[]): readonly string[] =>
  list.map((each) => `${each.subject} ${each.tool} ${each.pattern}: ${each.gainers} ${each.first.join(",")} via ${each.via.join(">")}`);

describe("an effective set", () => {
  test("is one's own, and what everybody can do whom one can make act, with the way there", () => {
    const found = closure(
      [agent("support", grant("agent:ops", "call")), agent("ops", READ), make("Channel", "web")],
      [edge("Channel/web", "talks-to", "Agent/support")],
    );
    expect(effectiveOf(found, "Channel/web").through.map(({ way, atoms }) => [way, atoms.map(({ atom }) => atom.tool)])).toEqual([
      [["Channel/web", "Agent/support"], ["agent:ops"]],
      [["Channel/web", "Agent/support", "Agent/ops"], ["fs.read"]],
    ]);
    expect(driversOf(found, "Agent/ops").map(({ driver }) => driver)).toEqual(["Agent/ops", "Agent/support", "Channel/web"]);
    expect(wayBetween(found, "Channel/web", "Agent/ops")).toEqual(["Channel/web", "Agent/support", "Agent/ops"]);
    expect(wayBetween(found, "Agent/ops", "Channel/web")).toBeNull();
    expect(effectiveOf(found, "Agent/nobody")).toEqual({ through: [], reached: [] });
  });

  const uses = [edge("Agent/a", "uses", "McpServer/crm"), edge("McpServer/crm", "holds", "Secret/crm")];
  test.each<[string, boolean, readonly Resource[], readonly ReachEdge[], Address, Address]>([
    ["a secret that its server holds", true, [agent("a")], uses, "Agent/a", "Secret/crm"],
    ["a server by its grant alone", true, [agent("a", grant("mcp:crm/*", "call"))], [], "Agent/a", "McpServer/crm"],
    [
      "not the key of its model provider",
      false,
      [agent("a")],
      [edge("Agent/a", "uses", "ModelProvider/p"), edge("ModelProvider/p", "holds", "Secret/key")],
      "Agent/a",
      "Secret/key",
    ],
    [
      "not an agent that is listed and not granted",
      false,
      [agent("a"), agent("b")],
      [edge("Agent/a", "calls", "Agent/b")],
      "Agent/a",
      "Agent/b",
    ],
    ["an agent it can wake later", true, [agent("a", grant("schedule.create", "write", "b")), agent("b")], [], "Agent/a", "Agent/b"],
    ["any agent it can wake later", true, [agent("a", grant("schedule.create", "write", "**")), agent("b")], [], "Agent/a", "Agent/b"],
    [
      "not by a grant whose time is over",
      false,
      [agent("a", grant("agent:b", "call", undefined, { expiresAt: "2000-01-01T00:00:00Z" })), agent("b")],
      [],
      "Agent/a",
      "Agent/b",
    ],
    [
      "a workflow that listens everywhere",
      true,
      [make("Channel", "c"), make("Workflow", "w", { trigger: { message: {} } }), agent("a")],
      [edge("Workflow/w", "calls", "Agent/a")],
      "Channel/c",
      "Agent/a",
    ],
    [
      "nothing from a channel that is off",
      false,
      [make("Channel", "c", { enabled: false }), make("Workflow", "w", { trigger: { message: {} } }), agent("a")],
      [edge("Workflow/w", "calls", "Agent/a"), edge("Channel/c", "talks-to", "Agent/a")],
      "Channel/c",
      "Agent/a",
    ],
    [
      "who leads a team, its agents",
      true,
      [make("Team", "t", { orchestration: { pattern: "supervisor", coordinator: "a", agents: ["b"] } }), agent("a"), agent("b")],
      [edge("Team/t", "calls", "Agent/b"), edge("Team/t", "calls", "Agent/a")],
      "Agent/a",
      "Agent/b",
    ],
    [
      "not who is led, the others",
      false,
      [make("Team", "t", { orchestration: { pattern: "supervisor", coordinator: "a", agents: ["b", "c"] } }), agent("b"), agent("c")],
      [edge("Team/t", "calls", "Agent/b"), edge("Team/t", "calls", "Agent/c")],
      "Agent/b",
      "Agent/c",
    ],
    [
      "who hands on, the next",
      true,
      [make("Team", "t", { orchestration: { pattern: "sequential", agents: ["a", "b"] } }), agent("a"), agent("b")],
      [],
      "Agent/a",
      "Agent/b",
    ],
    [
      "who writes on the board, all who read it",
      true,
      [make("Team", "t", { orchestration: { pattern: "blackboard", agents: ["a", "b"] } }), agent("a"), agent("b")],
      [edge("Team/t", "calls", "Agent/a")],
      "Agent/b",
      "Agent/a",
    ],
  ])("reaches: %s", (_name, expected, resources, edges, from, to) => {
    expect(wayBetween(closure(resources, edges), from, to) !== null).toBe(expected);
  });
});

describe("the delta of two closures", () => {
  const support = agent("support", grant("agent:ops", "call"));
  const web = make("Channel", "web");
  const talks = edge("Channel/web", "talks-to", "Agent/support");

  test("a new grant is gained by its agent and by everybody who can make it act", () => {
    const { added, removed } = effectiveDelta(
      closure([web, support, agent("ops")], [talks]),
      closure([web, support, agent("ops", READ)], [talks]),
    );
    expect(gains(added.atoms)).toEqual([
      "Agent/ops fs.read x/**: 3 Agent/ops,Agent/support,Channel/web via Channel/web>Agent/support>Agent/ops",
    ]);
    expect(removed.atoms).toEqual([]);
  });

  test.each<[string, string | null, string | null, number, number]>([
    ["moved later", "2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z", 1, 0],
    ["taken away", "2027-01-01T00:00:00Z", null, 1, 0],
    ["moved sooner", "2028-01-01T00:00:00Z", "2027-01-01T00:00:00Z", 0, 1],
    ["set", null, "2027-01-01T00:00:00Z", 0, 1],
    ["the same instant, written otherwise", "2027-01-01T01:00:00+01:00", "2027-01-01T00:00:00Z", 0, 0],
    ["past and moved within the past", "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z", 0, 0],
    ["past and given time again", "2020-01-01T00:00:00Z", "2027-01-01T00:00:00Z", 1, 0],
    ["beyond four digits of years", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-01:00", 1, 0],
  ])("the end of a grant, %s: %s -> %s", (_, before, after, gained, lost) => {
    const ending = (expiresAt: string | null): Closure =>
      closure([
        agent("a", { ...(grant("http.fetch", "get", "https://a.example/**") as JsonObject), ...(expiresAt === null ? {} : { expiresAt }) }),
      ]);
    const delta = effectiveDelta(ending(before), ending(after));
    expect([delta.added.atoms.length, delta.removed.atoms.length]).toEqual([gained, lost]);
  });

  test("a grant that lasts longer beside one that ends keeps it from being lost", () => {
    const short = grant("http.fetch", "get", "https://a.example/**", { expiresAt: "2027-01-01T00:00:00Z" });
    const long = grant("http.fetch", "get", "https://a.example/**", { expiresAt: "2028-01-01T00:00:00Z" });
    const delta = effectiveDelta(closure([agent("a", short, long)]), closure([agent("a", long)]));
    expect([delta.added.atoms, delta.removed.atoms]).toEqual([[], []]);
    const sooner = effectiveDelta(closure([agent("a", short, long)]), closure([agent("a", short)]));
    expect([sooner.added.atoms.length, sooner.removed.atoms.length]).toEqual([0, 1]);
  });

  test("a new route gains every grant behind it, for the channel alone", () => {
    const resources = [web, support, agent("ops", READ)];
    expect(gains(effectiveDelta(closure(resources), closure(resources, [talks])).added.atoms)).toEqual([
      "Agent/ops fs.read x/**: 1 Channel/web via Channel/web>Agent/support>Agent/ops",
      "Agent/support agent:ops ops: 1 Channel/web via Channel/web>Agent/support",
    ]);
  });

  test("a secret that a server is handed is gained by those who can use the server", () => {
    const resources = [agent("a", grant("mcp:crm/*", "call"))];
    const { added } = effectiveDelta(closure(resources), closure(resources, [edge("McpServer/crm", "holds", "Secret/crm")]));
    expect(added).toMatchObject({ atoms: [], secrets: [{ secret: "Secret/crm", gainers: 1, first: ["Agent/a"] }] });
  });

  test.each<[string, Json, Json, number, number]>([
    ["narrowed: the rest is no gain", grant("fs.read", "read", "**"), READ, 0, 1],
    ["widened: what was covered is no loss", READ, grant("fs.read", "read", "**"), 1, 0],
    ["renamed", READ, { ...(READ as JsonObject), name: "other" }, 0, 0],
    ["asked about no more", READ, grant("fs.read", "read", "x/**", { constraints: { approval: "never" } }), 1, 0],
    ["asked about from now on", grant("fs.read", "read", "x/**", { constraints: { approval: "never" } }), READ, 0, 1],
    ["with a rate", READ, grant("fs.read", "read", "x/**", { constraints: { rate: "1/s" } }), 0, 1],
    [
      "with another rate",
      grant("fs.read", "read", "x/**", { constraints: { rate: "2/s" } }),
      grant("fs.read", "read", "x/**", { constraints: { rate: "1/s" } }),
      1,
      1,
    ],
    ["with an end", READ, grant("fs.read", "read", "x/**", { expiresAt: "2027-01-01T00:00:00Z" }), 0, 1],
    ["one tool of many", grant("mcp:crm/*", "call"), grant("mcp:crm/find", "call"), 0, 1],
    ["every host to one", grant("http.fetch", "get", "https://**"), grant("http.fetch", "get", "https://a.example/**"), 0, 1],
    ["another action", grant("http.fetch", "get", "https://**"), grant("http.fetch", "post", "https://**"), 1, 1],
  ])("a grant %s", (_name, before, after, added, removed) => {
    const delta = effectiveDelta(closure([agent("a", before)]), closure([agent("a", after)]));
    expect([delta.added.atoms.length, delta.removed.atoms.length]).toEqual([added, removed]);
  });

  test("names the first gainers, and the ends of a long way", () => {
    const chain = (length: number): readonly Resource[] =>
      Array.from({ length }, (_, i) =>
        agent(`a${String(i).padStart(3, "0")}`, ...(i + 1 < length ? [grant(`agent:a${String(i + 1).padStart(3, "0")}`, "call")] : [])),
      );
    const at = (length: number): AtomGain | undefined => {
      const old = chain(length);
      const last = agent(old.at(-1)?.metadata.name ?? "", READ);
      return effectiveDelta(closure(old), closure([...old.slice(0, -1), last])).added.atoms[0];
    };
    const whole = at(LIMITS.gainersShown);
    expect([whole?.gainers, whole?.first.length, whole?.via.length, whole?.viaSkipped]).toEqual([20, 20, 20, undefined]);
    const cut = at(LIMITS.gainersShown + 1);
    expect([cut?.gainers, cut?.first.length, cut?.via.length, cut?.viaSkipped]).toEqual([21, 20, 20, 1]);
    expect([cut?.via[0], cut?.via[9], cut?.via[10], cut?.via[19]]).toEqual(["Agent/a000", "Agent/a009", "Agent/a011", "Agent/a020"]);
  });
});

describe("against the slow oracle", () => {
  const NAMES = ["a", "b", "c", "d"];
  const PATTERNS = ["**", "x", "x/**", "*/y", "y/*"];
  const capability: fc.Arbitrary<Json> = fc.oneof(
    fc.constantFrom(...NAMES).map((name) => grant(`agent:${name}`, "call")),
    fc.constantFrom(...PATTERNS).map((pattern) => grant("fs.read", "read", pattern)),
    fc.constantFrom(...PATTERNS).map((pattern) => grant("fs.write", "write", pattern)),
    fc.constantFrom(...NAMES).map((name) => grant(`agent:${name}`, "call", undefined, { expiresAt: "2000-01-01T00:00:00Z" })),
  );
  const agents = fc.tuple(...NAMES.map((name) => fc.array(capability, { maxLength: 3 }).map((list) => agent(name, ...distinct(list)))));
  const world: fc.Arbitrary<OracleWorld> = fc
    .record({
      agents,
      routes: fc.subarray(NAMES),
      steps: fc.subarray(NAMES),
      message: fc.constantFrom<JsonObject>({}, { channels: ["web"] }, { channels: ["irc"] }),
      enabled: fc.boolean(),
    })
    .map(({ agents: made, routes, steps, message, enabled }) => ({
      resources: [...made, make("Channel", "web", { enabled }), make("Channel", "irc"), make("Workflow", "w", { trigger: { message } })],
      edges: [
        ...routes.map((name) => edge("Channel/web", "talks-to", addressOf("Agent", name))),
        ...steps.map((name) => edge("Workflow/w", "calls", addressOf("Agent", name))),
      ],
    }));

  function distinct(list: readonly Json[]): readonly Json[] {
    return [...new Map(list.map((each) => [JSON.stringify(each), each])).values()];
  }
  const built = ({ resources, edges }: OracleWorld): Closure => closure(resources, edges);

  /** The same set, from the closure. */
  function effective(found: Closure): ReadonlySet<string> {
    const requests = (declared: DeclaredAtom): readonly string[] => {
      const { pattern } = declared;
      return pattern ? UNIVERSE.path.filter((request) => matches(pattern, request)) : ["-"];
    };
    return new Set(
      found.graph.nodes
        .filter(isActor)
        .flatMap((address) =>
          effectiveOf(found, address).through.flatMap(({ atoms }) =>
            atoms.flatMap((each) => requests(each).map((request) => `${address} ${each.atom.tool} ${each.atom.action} ${request}`)),
          ),
        ),
    );
  }

  test("everybody can do exactly what the oracle says", () => {
    fc.assert(
      fc.property(world, (each) => {
        expect([...effective(built(each))].sort()).toEqual([...oracleEffective(each)].sort());
      }),
      { numRuns: 200 },
    );
  });

  test("whoever can do more is named as a gainer, and nobody else", () => {
    fc.assert(
      fc.property(world, world, (one, other) => {
        const { added } = effectiveDelta(built(one), built(other));
        const named = new Set(added.atoms.flatMap((each) => each.first.map((who) => `${who} ${each.tool} ${each.action}`)));
        const [before, after] = [oracleEffective(one), oracleEffective(other)];
        for (const each of after) if (!before.has(each)) expect(named).toContain(each.split(" ").slice(0, 3).join(" "));
        const can = new Set([...after].map((each) => each.split(" ").slice(0, 3).join(" ")));
        for (const each of named) expect(can).toContain(each);
        for (const each of added.atoms) expect(each.gainers).toBe(each.first.length);
      }),
      { numRuns: 200 },
    );
  });

  test("the delta one way is the other way's, turned round", () => {
    fc.assert(
      fc.property(world, world, (one, other) => {
        const [there, back] = [effectiveDelta(built(one), built(other)), effectiveDelta(built(other), built(one))];
        expect([there.added, there.removed]).toEqual([back.removed, back.added]);
        expect(effectiveDelta(built(one), built(one))).toEqual({ added: { atoms: [], secrets: [] }, removed: { atoms: [], secrets: [] } });
      }),
      { numRuns: 100 },
    );
  });

  test("adding a grant takes nothing from anybody; taking one away gives nothing", () => {
    fc.assert(
      fc.property(world, fc.constantFrom(...NAMES), capability, (each, name, more) => {
        const wider = {
          ...each,
          resources: each.resources.map((resource) =>
            resource.kind === "Agent" && resource.metadata.name === name
              ? agent(name, ...distinct([...(resource.spec["capabilities"] as readonly Json[]), more]))
              : resource,
          ),
        };
        expect(effectiveDelta(built(each), built(wider)).removed.atoms).toEqual([]);
        expect(effectiveDelta(built(wider), built(each)).added.atoms).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("the order of resources, references and grants changes nothing", () => {
    fc.assert(
      fc.property(world, world, (one, other) => {
        const turned = ({ resources, edges }: OracleWorld): OracleWorld => ({
          resources: resources.toReversed(),
          edges: edges.toReversed(),
        });
        expect(effectiveDelta(built(turned(one)), built(turned(other)))).toEqual(effectiveDelta(built(one), built(other)));
      }),
      { numRuns: 100 },
    );
  });
});

describe("10,000 atoms", () => {
  const COUNT = 10_000;
  const name = (i: number): string => `a${String(i).padStart(5, "0")}`;
  const shapes: readonly (readonly [string, (i: number) => readonly Json[]])[] = [
    ["a chain", (i) => (i + 1 < COUNT ? [grant(`agent:${name(i + 1)}`, "call")] : [READ])],
    ["a hub", (i) => (i === 0 ? [READ] : [grant(`agent:${name(0)}`, "call")])],
    ["a circle", (i) => [grant(`agent:${name((i + 1) % COUNT)}`, "call")]],
  ];
  test.each(shapes)("%s: from nothing to everything, and what the last grant adds, in about a second", (_name, capabilities) => {
    const resources = Array.from({ length: COUNT }, (_, i) => agent(name(i), ...capabilities(i)));
    const started = process.cpuUsage();
    const after = closure(resources);
    const { added } = effectiveDelta(closure([]), after);
    const { user, system } = process.cpuUsage(started);
    expect(added.atoms).toHaveLength(COUNT);
    // A circle is one component; a chain has one for each agent.
    expect([1, COUNT]).toContain(after.components.count);
    expect((user + system) / 1e6).toBeLessThan(6);
  });
});
