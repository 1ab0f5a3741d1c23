import { expect, test } from "vitest";
import { canonicalJson, marked, UNMANAGED, type Json, type JsonObject, type Made, type Resource } from "../../core/index.ts";
import { agent, codesOf, gateState, OWNER, project, PROVIDER, resource, runOf, valueOf, type GateState } from "../gate/gate.fixture.ts";
import { KINDS } from "../../schemas/index.ts";
import { ephemeralPart } from "../process/ephemeral-part.ts";
import { madeCalled } from "./index.ts";

const TIME = { tool: "time", action: "call" };
const JSON_TOOL = { tool: "json", action: "call" };
const KEEP = project({ unmanaged: "keep" });
const DECLARED = [KEEP, PROVIDER, agent("a", [TIME], { budgets: { tokensPerDay: 100 } })];
const stateOf = (resources: readonly Resource[] = DECLARED): GateState =>
  gateState({ resources, tools: [{ name: "time" }, { name: "json" }] });

/** Another process makes an agent; nothing is asked before. */
function make(state: GateState, name: string, more: Partial<Made> & { readonly spec?: JsonObject } = {}): void {
  const { spec = { budgets: { tokensPerDay: 100 } }, ...facts } = more;
  const made: Made = {
    resource: agent(name, [TIME], spec),
    beside: OWNER,
    like: "a",
    by: "device:ci",
    at: state.clock.now().toISOString(),
    ...facts,
  };
  const bytes = Buffer.from(canonicalJson(marked(made) as unknown as Json));
  const rows = [{ address: `Agent/${name}` as const, before: null, bytes, life: `${name}.x` }];
  valueOf(state.store.changeUnmanaged({ rows, actor: "ci", because: "r", schema: `sha256:${"0".repeat(64)}`, engine: "0" }));
}
const problemOf = (state: GateState, name: string): string | null => madeCalled(valueOf(state.live.state()), name)?.problem?.code ?? null;

test("runs among the agents of the owner that it is beside, known to policies as the one it is like", () => {
  const state = stateOf();
  make(state, "m");
  const { owner, agent: made } = valueOf(state.live.agent(OWNER, "m"));
  expect([made.judgedAs.metadata.name, owner.made.get("m")?.life, owner.active.loaded.agents.has("m")]).toEqual(["a", "m.x", true]);
  const [grant] = made.grants;
  expect(grant!.question().input["agent"]).toMatchObject({ name: "a" });
  expect(owner.questionOf(made, grant!, {} as never)["agent"]).toMatchObject({ name: "a" });
  expect(valueOf(state.live.state()).owners.has(UNMANAGED)).toBe(false);
  expect(valueOf(state.gate.offer(runOf({ agent: "m" })))).toHaveLength(1);
});

test("changes nothing of what is declared: not its questions, and not a capability that was offered before", async () => {
  const state = stateOf();
  const run = runOf({ agent: "a" });
  const [offered] = valueOf(state.gate.offer(run));
  const before = valueOf(state.live.agent(OWNER, "a")).agent.grants[0]!.question().digest;
  make(state, "m", { spec: { budgets: { tokensPerDay: 1 }, prompt: "x" } });
  expect(valueOf(state.live.agent(OWNER, "a")).agent.grants[0]!.question().digest).toBe(before);
  const done = await state.gate.execute(offered!.capability, {}, run);
  expect(codesOf(done)).toEqual([]);
});

test("a capability of its own is stale once it, or what is declared, changed", async () => {
  const state = stateOf();
  make(state, "m");
  const run = runOf({ agent: "m" });
  const [offered] = valueOf(state.gate.offer(run));
  state.apply([...DECLARED, resource("Skill", "s", { prompt: "x" })]);
  expect(codesOf(await state.gate.execute(offered!.capability, {}, run))).toEqual(["CAPABILITY_STALE"]);
});

test.each<readonly [string, readonly Resource[], string]>([
  ["its Project refuses", [project(), PROVIDER, agent("a", [TIME])], "UNMANAGED_FORBIDDEN"],
  ["its Project says what cannot be read", [project({ unmanaged: 1 }), PROVIDER, agent("a", [TIME])], "UNMANAGED_FORBIDDEN"],
  ["the agent it is like is gone", [KEEP, PROVIDER, agent("b", [TIME])], "UNMANAGED_GONE"],
  ["that one has no such grant any more", [KEEP, PROVIDER, agent("a", [JSON_TOOL])], "UNMANAGED_WIDER"],
  ["that one is asked about it now", [KEEP, PROVIDER, agent("a", [{ ...TIME, constraints: { approval: "always" } }])], "UNMANAGED_WIDER"],
  [
    "that one uses another provider now",
    [KEEP, PROVIDER, resource("ModelProvider", "q", { type: "echo" }), { ...agent("a", [TIME], { model: { provider: "q", name: "m" } }) }],
    "UNMANAGED_WIDER",
  ],
  ["that one may spend less", [KEEP, PROVIDER, agent("a", [TIME], { budgets: { tokensPerDay: 99 } })], "UNMANAGED_WIDER"],
  ["another takes its workspace", [...DECLARED, agent("c", [], { workspace: { folder: "m/notes" } })], "UNMANAGED_WIDER"],
])("stops when %s, and runs again when that is over; the others go on", (_, resources, code) => {
  const state = stateOf();
  make(state, "m");
  expect(problemOf(state, "m")).toBe(null);
  state.apply(resources);
  expect([problemOf(state, "m"), codesOf(state.live.agent(OWNER, "m"))]).toEqual([code, [code]]);
  const declared = resources.find(({ kind }) => kind === "Agent")?.metadata.name ?? "";
  expect(codesOf(state.live.agent(OWNER, declared))).toEqual([]);
  expect(valueOf(state.live.state()).owners.get(OWNER)?.agents.has("m")).toBe(false);
  state.apply(DECLARED);
  expect([problemOf(state, "m"), codesOf(state.live.agent(OWNER, "m"))]).toEqual([null, []]);
});

test("is not there where its owner is not; nobody else answers for it", () => {
  const state = stateOf();
  make(state, "m", { beside: "other/prod" });
  expect(valueOf(state.live.state()).stranded.map((each) => each.name)).toEqual(["m"]);
  expect(problemOf(state, "m")).toBe("UNMANAGED_GONE");
  expect(codesOf(state.live.agent(OWNER, "m"))).toEqual(["AGENT_NOT_FOUND"]);
});

test("ephemeral: what was made before the gateway started does not run", () => {
  const state = stateOf([project({ unmanaged: "ephemeral" }), ...DECLARED.slice(1)]);
  make(state, "old", { at: new Date(state.clock.now().getTime() - 1).toISOString() });
  make(state, "new", { at: state.live.startedAt.toISOString() });
  make(state, "odd", { at: "soon" });
  expect(["old", "new", "odd"].map((each) => problemOf(state, each))).toEqual(["UNMANAGED_FORBIDDEN", null, "UNMANAGED_FORBIDDEN"]);
});

test("what was held of the one it is like is held of it, and so is what was held by its own name, whoever put it", () => {
  const state = stateOf();
  make(state, "m");
  const isHeld = (): boolean => valueOf(state.gate.offer(runOf({ agent: "m" }))).length === 0;
  const like = state.hold({ selector: "Agent/a" });
  expect(isHeld()).toBe(true);
  state.lift(like.id);
  expect(isHeld()).toBe(false);
  valueOf(state.store.addHold({ owner: UNMANAGED, selector: "Agent/m", denied: ["time"], reason: "r", actor: "ops", until: null }));
  expect(isHeld()).toBe(true);
  expect(valueOf(state.gate.offer(runOf({ agent: "a" })))).toHaveLength(1);
});

test("several spend of one day", () => {
  const state = stateOf();
  make(state, "m");
  make(state, "n");
  const spend = (name: string) =>
    state.gate.budgets.spent(runOf({ agent: name }), { provider: "p", model: "m", inputTokens: 50, outputTokens: 0 });
  valueOf(spend("m"));
  expect(codesOf(state.gate.budgets.begin(runOf({ agent: "n" })))).toEqual([]);
  valueOf(spend("n"));
  for (const name of ["a", "m", "n"]) expect(codesOf(state.gate.budgets.begin(runOf({ agent: name })))).toEqual(["BUDGET_SPENT"]);
});

test("is put together once for each change", () => {
  const state = stateOf();
  make(state, "m");
  const first = valueOf(state.live.state());
  valueOf(state.records.put("gate/session/x", Buffer.from("x")));
  expect(valueOf(state.live.state())).toBe(first);
  make(state, "n");
  expect(valueOf(state.live.state()).owners.get(OWNER)?.made.size).toBe(2);
});

test("at its start the gateway takes out of the store what is ephemeral and older, and nothing else", async () => {
  const state = stateOf([project({ unmanaged: "ephemeral" }), ...DECLARED.slice(1)]);
  make(state, "old", { at: new Date(state.clock.now().getTime() - 1).toISOString() });
  make(state, "new", { at: state.live.startedAt.toISOString() });
  make(state, "other", { at: "2000-01-01T00:00:00.000Z", beside: "other/prod" });
  const part = ephemeralPart({ live: () => state.live, store: () => state.store, actor: "gateway", kinds: KINDS, version: "0" });
  valueOf(await part.start(new AbortController().signal));
  const rows = (): readonly string[] => [...valueOf(state.store.rows(UNMANAGED, valueOf(state.store.active(UNMANAGED))!.number)).keys()];
  expect(rows()).toEqual(["Agent/new", "Agent/other"]);
  const { number } = valueOf(state.store.active(UNMANAGED))!;
  valueOf(await part.start(new AbortController().signal));
  expect(valueOf(state.store.active(UNMANAGED))!.number).toBe(number);
});
