import { describe, expect, test } from "vitest";
import { agent, codesOf, gateState, offered, project, PROVIDER, runOf, valueOf, type GateSetting } from "./gate.fixture.ts";

const READ = { tool: "fs.read", action: "read", resource: "notes/**" };
const FILES = { name: "fs.read", type: "path" } as const;

function setting(more: Partial<GateSetting> = {}): GateSetting {
  return { resources: [project(), PROVIDER, agent("a", [READ])], tools: [FILES], ...more };
}

describe("a call that a grant covers", () => {
  test("runs once, with a record before and one after", async () => {
    const state = gateState(setting());
    const run = runOf();
    const result = valueOf(await state.gate.execute(offered(state, "fs.read", run), { action: "read", on: "notes/a.md" }, run));
    expect(result.text).toBe("done");
    expect(state.ran).toEqual([{ tool: "fs.read", effect: { action: "read", on: "notes/a.md" } }]);
    expect(state.events.map(({ kind, resource }) => [kind, resource])).toEqual([
      ["tool.called", "notes/a.md"],
      ["tool.done", "notes/a.md"],
    ]);
  });
});

describe("no effect", () => {
  const cases: readonly (readonly [string, { readonly action: string; readonly on: string }, string])[] = [
    ["another folder", { action: "read", on: "secrets/a" }, "CALL_NOT_GRANTED"],
    ["another action", { action: "write", on: "notes/a" }, "CALL_NOT_GRANTED"],
    ["a path that leads out", { action: "read", on: "notes/../secrets/a" }, "REQUEST_INVALID"],
    ["a wildcard", { action: "read", on: "notes/*" }, "REQUEST_INVALID"],
  ];
  test.each(cases)("%s", async (_, args, code) => {
    const state = gateState(setting());
    const run = runOf();
    const result = await state.gate.execute(offered(state, "fs.read", run), args, run);
    expect(codesOf(result)).toEqual([code]);
    expect(state.ran).toEqual([]);
    expect(state.events.map(({ kind, code: said }) => [kind, said])).toEqual([["tool.denied", code]]);
  });

  test("when the audit cannot be written", async () => {
    const state = gateState(setting());
    const run = runOf();
    const capability = offered(state, "fs.read", run);
    state.breakAudit();
    expect(codesOf(await state.gate.execute(capability, { action: "read", on: "notes/a" }, run))).toEqual(["STORE_UNAVAILABLE"]);
    expect(state.ran).toEqual([]);
  });

  test("after a hold, at the very next check, and again when it is lifted", async () => {
    const state = gateState(setting());
    const run = runOf();
    const capability = offered(state, "fs.read", run);
    const hold = state.hold({ selector: "Agent/a", denied: ["fs.read"] });
    const args = { action: "read", on: "notes/a" };
    expect(codesOf(await state.gate.execute(capability, args, run))).toEqual(["HELD"]);
    expect(valueOf(state.gate.offer(run))).toEqual([]);
    state.lift(hold.id);
    expect(codesOf(await state.gate.execute(capability, args, run))).toEqual([]);
  });

  test("after another generation, until the tools are offered again", async () => {
    const state = gateState(setting());
    const run = runOf();
    const capability = offered(state, "fs.read", run);
    state.apply([project(), PROVIDER, agent("a", [READ, { tool: "time", action: "call" }])]);
    const args = { action: "read", on: "notes/a" };
    expect(codesOf(await state.gate.execute(capability, args, run))).toEqual(["CAPABILITY_STALE"]);
    expect(codesOf(await state.gate.execute(offered(state, "fs.read", run), args, run))).toEqual([]);
  });
});

test("holds are in the audit beside the calls they stopped, by whatever process they were put", async () => {
  const state = gateState(setting());
  const run = runOf();
  const capability = offered(state, "fs.read", run);
  const hold = state.hold({ selector: "Agent/a", denied: ["fs.read"], actor: "ops@laptop" });
  await state.gate.execute(capability, { action: "read", on: "notes/a" }, run);
  state.lift(hold.id);
  await state.gate.execute(capability, { action: "read", on: "notes/a" }, run);
  expect(state.events.map(({ kind, actor }) => [kind, actor])).toEqual([
    ["hold.added", "ops@laptop"],
    ["tool.denied", "telegram:4711"],
    ["hold.ended", "runtime"],
    ["tool.called", "telegram:4711"],
    ["tool.done", "telegram:4711"],
  ]);
});

test("what ends after the gate was closed writes nothing more", async () => {
  const state = gateState(setting());
  const run = runOf();
  const capability = offered(state, "fs.read", run);
  state.gate.close();
  const before = valueOf(state.records.get("gate/session/5e5510n0"));
  await state.gate.execute(capability, { action: "read", on: "notes/a" }, run);
  await new Promise((resolve) => void setTimeout(resolve, 250));
  expect(valueOf(state.records.get("gate/session/5e5510n0"))).toEqual(before);
});
