import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { digestBytes, digestJson, UNMANAGED, type Address, type Digest, type Owner, type Resource } from "../../core/index.ts";
import { agent, codesOf, gateState, project, PROVIDER, resource, runOf, valueOf, OWNER } from "../gate/gate.fixture.ts";
import { openStore } from "../store/index.ts";

const TIME = { tool: "time", action: "call" };
const GRANTED = [project(), PROVIDER, agent("a", [TIME])];
const of = (resources: readonly Resource[] = GRANTED) => gateState({ resources, tools: [{ name: "time" }] });

test("is the same value for as long as nobody writes, also where sealed records are written beside it", () => {
  const state = of();
  const first = valueOf(state.live.state());
  expect(valueOf(state.live.state())).toBe(first);
  valueOf(state.records.put("gate/session/x", Buffer.from("x")));
  expect(valueOf(state.live.state())).toBe(first);
});

test("sees a generation, an edit and a hold of another process at the very next look", () => {
  const state = of();
  const grants = (): number => valueOf(state.live.agent(OWNER, "a")).agent.grants.length;
  expect(grants()).toBe(1);
  state.apply([project(), PROVIDER, agent("a", [TIME, { tool: "json", action: "call" }])]);
  expect(grants()).toBe(2);
  const hold = state.hold({ selector: "Agent/a" });
  expect(valueOf(state.live.state()).owners.get(OWNER)?.holds).toMatchObject([{ id: hold.id }]);
  state.lift(hold.id);
  expect(valueOf(state.live.state()).owners.get(OWNER)?.holds).toEqual([]);
  const other = valueOf(openStore(state.dir, { mode: "write", create: false }, { clock: state.clock, randomHex: () => "e".repeat(32) }))!;
  valueOf(other.addEdit({ owner: OWNER, address: "Agent/a", actor: "api", patch: [{ pointer: "/spec/capabilities/1", remove: true }] }));
  other.close();
  expect(grants()).toBe(1);
});

test("its own writes count too", () => {
  const state = of();
  valueOf(state.live.state());
  valueOf(state.store.addHold({ owner: OWNER, selector: "*", denied: "all", reason: "r", actor: "ops", until: null }));
  expect(valueOf(state.live.state()).owners.get(OWNER)?.holds).toHaveLength(1);
});

test("tells who listens of a change, and nobody of none", () => {
  const state = of();
  let changes = 0;
  state.live.onChange(() => {
    throw new Error("a listener that fails stops nobody");
  });
  const leave = state.live.onChange(() => changes++);
  valueOf(state.live.state());
  valueOf(state.live.state());
  expect(changes).toBe(0);
  state.hold({});
  valueOf(state.live.state());
  expect(changes).toBe(1);
  leave();
  state.hold({});
  valueOf(state.live.state());
  expect(changes).toBe(1);
});

test("a grant ends at its instant, and a clock set back does not bring it back", () => {
  const state = of([project(), PROVIDER, agent("a", [{ ...TIME, expiresAt: "2026-03-01T13:00:00Z" }])]);
  const grants = (): number => valueOf(state.live.agent(OWNER, "a")).agent.grants.length;
  expect(grants()).toBe(1);
  state.clock.set("2026-03-01T13:00:00.000Z");
  expect(grants()).toBe(0);
  state.clock.set("2026-03-01T12:00:00.000Z");
  expect(grants()).toBe(0);
});

test("says what is not there", () => {
  const state = of();
  expect(codesOf(state.live.agent("other/default", "a"))).toEqual(["NOTHING_ACTIVE"]);
  expect(codesOf(state.live.agent(OWNER, "b"))).toEqual(["AGENT_NOT_FOUND"]);
});

test("policies that were recorded and are lost deny everything", () => {
  const policy = resource("Policy", "mine", { rego: "package moltbot.policies.mine\nimport rego.v1\n" });
  const state = of([...GRANTED, policy]);
  expect(valueOf(state.gate.offer(runOf()))).toEqual([]);
  expect(
    valueOf(state.live.state())
      .owners.get(OWNER)
      ?.remarks.map(({ code }) => code),
  ).toContain("POLICY_NOT_BUILT");
});

test("the workspace is below the owner's folder, by its own name or the agent's; one that leads out is none", () => {
  const state = of([
    project(),
    PROVIDER,
    agent("a", []),
    agent("b", [], { workspace: { folder: "shared/notes" } }),
    agent("c", [], { workspace: { folder: "../../etc" } }),
  ]);
  const folders = [...valueOf(state.live.state()).owners.get(OWNER)!.agents.values()].map(({ workspace }) => workspace);
  const below = path.join(path.dirname(state.dir), "workspaces", "acme", "default");
  expect(folders).toEqual([path.join(below, "a"), path.join(below, "shared/notes"), null]);
  expect(fs.existsSync(below)).toBe(false);
});

/** Another owner's generation on the same store, as another Project applies it. */
function applyAs(dir: string, owner: Owner, resources: readonly Resource[], clock: { now: () => Date }): void {
  const store = valueOf(openStore(dir, { mode: "write", create: true, actor: "tester" }, { clock, randomHex: () => "d".repeat(32) }));
  const values = new Map<Digest, Uint8Array>();
  const rows = resources.map((each): { readonly address: Address; readonly digest: Digest } => {
    const bytes = Buffer.from(JSON.stringify(each));
    const digest = digestBytes(bytes);
    values.set(digest, bytes);
    return { address: `${each.kind}/${each.metadata.name}`, digest };
  });
  const fence = valueOf(store.begin(owner, digestJson(owner), "tester"));
  const facts = {
    resolved: digestJson(owner),
    schema: digestJson("s"),
    engine: "0",
    commit: null,
    dirty: false,
    actor: "tester",
    because: null,
  };
  valueOf(store.commit(fence, { ...facts, reason: "apply", rows, values, correctedEdits: [], receipt: {} }));
  store.close();
}

test("is the union of all owners, each judged by its own Project, and one that cannot run stops only itself", () => {
  const state = of();
  valueOf(state.live.state());
  const strict = resource("Project", "other", {});
  const fetch = { tool: "http.fetch", action: "get", resource: "https://api.example.com/**" };
  const named = (name: string, grants: readonly object[]): Resource => ({ ...agent(name, grants as never) });
  applyAs(
    state.dir,
    "other/prod",
    [
      strict,
      resource("ModelProvider", "q", { type: "echo" }),
      { ...named("o", [fetch]), spec: { ...named("o", [fetch]).spec, model: { provider: "q", name: "m" } } },
    ],
    state.clock,
  );
  const found = valueOf(state.live.agent("other/prod", "o"));
  expect(found.owner.environment).toBe("prod");
  // Its Project has no ceiling of its own: this machine alone.
  expect(found.agent.grants[0]!.verdict()).toMatchObject({ answer: "denied" });
  applyAs(state.dir, "broken/prod", [resource("Agent", "x", {})], state.clock);
  expect(valueOf(state.live.state()).broken.has("broken/prod")).toBe(true);
  expect(codesOf(state.live.agent("broken/prod", "x"))).toEqual(["GENERATION_UNLOADABLE"]);
  expect(codesOf(state.live.agent(OWNER, "a"))).toEqual([]);
});

test.each([
  ["refuse", undefined, true],
  ["ephemeral, and made before the start", "ephemeral", true],
  ["keep", "keep", false],
])("what belongs to no Project may do what the strictest Project says: %s", (_, unmanaged, isRefused) => {
  const state = of([project(unmanaged === undefined ? {} : { unmanaged }), PROVIDER, agent("a", [TIME])]);
  applyAs(
    state.dir,
    UNMANAGED,
    [
      resource("ModelProvider", "u", { type: "echo" }),
      { ...agent("free", [TIME]), spec: { ...agent("free", [TIME]).spec, model: { provider: "u", name: "m" } } },
    ],
    {
      now: () => new Date(state.clock.now().getTime() - 1_000),
    },
  );
  const { agent: free } = valueOf(state.live.agent(UNMANAGED, "free"));
  expect(free.refused !== null).toBe(isRefused);
  expect(valueOf(state.gate.offer(runOf({ owner: UNMANAGED, agent: "free" }))).length).toBe(isRefused ? 0 : 1);
});
