import { onTestFinished, describe, expect, test } from "vitest";
import { apply, plan } from "../../reconciler/engine.ts";
import { agentText, codesOf, ECHO, manifest, repository, value, worldOf, write, YES } from "../engine.fixture.ts";
import { LEASE_MS, StepwiseServer, type Fault } from "./server.fixture.ts";
import { stepwiseTarget } from "./target.fixture.ts";
import type { World } from "../../reconciler/engine.ts";

const PROJECT = manifest("Project", "acme", "target: {type: openclaw, url: 'wss://gateway.acme.example', state: state}");
const TREE = { "moltbot.yaml": PROJECT, "r/echo.yaml": ECHO, "r/a.yaml": agentText("a"), "r/b.yaml": agentText("b") };

async function start(): Promise<{ readonly server: StepwiseServer; readonly world: World; readonly repo: string }> {
  const server = new StepwiseServer();
  const url = await server.start();
  onTestFinished(() => server.stop());
  return { server, world: worldOf({ targets: { openclaw: () => stepwiseTarget(url) } }), repo: repository(TREE) };
}

describe("a target that cannot commit at once", () => {
  test("is brought to the plan in dependency order, and the next plan is empty", async () => {
    const { server, world, repo } = await start();
    expect(value(await apply({ repo }, null, YES, world)).outcome).toBe("applied");
    expect(server.done.indexOf("create ModelProvider/echo")).toBeLessThan(server.done.indexOf("create Agent/a"));
    expect(value(await plan({ repo }, world)).plan.body.changes).toEqual([]);
    write(repo, { "r/b.yaml": null });
    server.done.length = 0;
    value(await apply({ repo }, null, YES, world));
    expect(server.done).toEqual(["delete Agent/b"]);
  });

  test("leaves what is forgotten as it is: no step, and its record lets it go", async () => {
    const { server, world, repo } = await start();
    write(repo, { "moltbot.yaml": `${PROJECT}  forget: [Agent/b]\n` });
    value(await apply({ repo }, null, YES, world));
    server.done.length = 0;
    write(repo, { "r/b.yaml": null, "r/a.yaml": agentText("a", "prompt: New.") });
    value(await apply({ repo }, null, YES, world));
    expect([server.done, server.unmanaged]).toEqual([["update Agent/a"], ["Agent/b"]]);
    expect(value(await plan({ repo }, world)).plan.body.changes).toEqual([]);
  });

  test("hostile input 62: an answer that never came is looked up before the step is tried again", async () => {
    const { server, world, repo } = await start();
    server.faults.set("Agent/a", [{ kind: "hang", after: true }]);
    value(await apply({ repo }, null, YES, world));
    expect(server.done.filter((step) => step.endsWith("Agent/a"))).toEqual(["create Agent/a"]);
  });

  const passing: readonly (readonly [string, Fault])[] = [
    ["500", { kind: "status", status: 500 }],
    ["500 after it acted", { kind: "status", status: 500, after: true }],
    ["429 with Retry-After", { kind: "status", status: 429, retryAfterS: 0 }],
    ["one byte at a time", { kind: "trickle" }],
    ["an endless body", { kind: "huge" }],
    ["HTML instead of JSON", { kind: "html" }],
    ["closing early", { kind: "close" }],
  ];
  test.each(passing)("hostile input 63: %s once is survived, with one effect", async (_name, fault) => {
    const { server, world, repo } = await start();
    server.faults.set("Agent/a", [fault]);
    value(await apply({ repo }, null, YES, world));
    expect(server.done.filter((step) => step.endsWith("Agent/a"))).toEqual(["create Agent/a"]);
  });

  test("hostile input 63: failing on and on ends, after bounded tries, in what was done and what was not", async () => {
    const { server, world, repo } = await start();
    server.faults.set(
      "Agent/a",
      Array.from({ length: 50 }, (): Fault => ({ kind: "status", status: 503 })),
    );
    const result = await apply({ repo }, null, YES, world);
    expect(codesOf(result)).toEqual(["TARGET_UNAVAILABLE", "APPLY_INCOMPLETE"]);
    expect(server.faults.get("Agent/a")).toHaveLength(46);
    expect(server.done).toContain("create Agent/b");
    server.faults.clear();
    value(await apply({ repo }, null, YES, world));
    expect(value(await plan({ repo }, world)).plan.body.changes).toEqual([]);
  });

  test("hostile input 64: a target that says done and did nothing is not believed", async () => {
    const { server, world, repo } = await start();
    server.faults.set("Agent/a", [{ kind: "lie" }]);
    const result = await apply({ repo }, null, YES, world);
    expect(codesOf(result)).toEqual(["NOT_CONVERGED", "APPLY_INCOMPLETE"]);
  });

  test("hostile input 68: what depends on a failed step is not tried, what does not goes on", async () => {
    const { server, world, repo } = await start();
    server.faults.set("ModelProvider/echo", [{ kind: "refuse" }]);
    write(repo, { "r/s.yaml": manifest("Skill", "s", "prompt: Do it.") });
    const result = await apply({ repo }, null, YES, world);
    expect(codesOf(result)).toEqual(["STEP_FAILED", "APPLY_INCOMPLETE"]);
    expect(result.ok || result.diagnostics[1]?.detail).toContain("Not tried: Agent/a, Agent/b");
    expect(server.done).toEqual(["create Project/acme", "create Skill/s"]);
  });

  test("hostile input 54, leased: a holder that slept past its lease is fenced off, and no step runs twice", async () => {
    const { server, world, repo } = await start();
    server.meddle = () => {
      server.meddle = undefined;
      server.now += LEASE_MS + 1;
      server.claim();
    };
    const result = await apply({ repo }, null, YES, world);
    expect(codesOf(result)).toContain("FENCE_LOST");
    expect(server.done).toHaveLength(1);
    server.now += LEASE_MS + 1;
    value(await apply({ repo }, null, YES, world));
    expect(new Set(server.done).size).toBe(server.done.length);
  });

  test("a lease that somebody holds is waited for, then reported", async () => {
    const { server, world, repo } = await start();
    server.claim();
    expect(codesOf(await apply({ repo }, null, YES, world))).toEqual(["TARGET_UNAVAILABLE"]);
    expect(server.done).toEqual([]);
  });

  test("an interrupted apply finishes the running step, and the next one goes on", async () => {
    const { server, repo, world: base } = await start();
    const interrupt = new AbortController();
    server.meddle = () => interrupt.abort();
    const result = await apply({ repo }, null, YES, { ...base, signal: interrupt.signal });
    expect(codesOf(result)).toContain("APPLY_INCOMPLETE");
    expect(server.done.length).toBeLessThan(4);
    server.meddle = undefined;
    value(await apply({ repo }, null, YES, base));
    expect(new Set(server.done).size).toBe(server.done.length);
  });
});
