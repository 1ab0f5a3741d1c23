import { expect, onTestFinished, test } from "vitest";
import { apply, destroy, plan } from "../../reconciler/engine.ts";
import { agentText, codesOf, ECHO, manifest, repository, value, worldOf, write, YES } from "../engine.fixture.ts";
import { gitInit } from "../git.fixture.ts";
import { StepwiseServer } from "./server.fixture.ts";
import { stepwiseTarget } from "./target.fixture.ts";

const PROJECT = manifest("Project", "acme", "target: {type: openclaw, url: 'wss://gateway.acme.example', state: .state}");

test("a work tree that differs from its commit is applied to no target but the embedded one", async () => {
  const server = new StepwiseServer();
  const url = await server.start();
  onTestFinished(() => server.stop());
  const world = worldOf({ targets: { openclaw: () => stepwiseTarget(url) } });
  const repo = repository({ "moltbot.yaml": PROJECT, "r/echo.yaml": ECHO, "r/a.yaml": agentText("a") });
  gitInit(repo);
  write(repo, { "r/b.yaml": agentText("b") });
  expect(value(await plan({ repo }, world)).blockers.map((each) => each.code)).toEqual(["DIRTY_REMOTE"]);
  expect(codesOf(await apply({ repo }, null, YES, world))).toEqual(["DIRTY_REMOTE"]);
  expect(server.done).toEqual([]);
  value(await apply({ repo, ref: "HEAD" }, null, YES, world));
  expect(server.done).not.toContain("create Agent/b");
  // What it takes away is that of the record, whatever the work tree holds.
  value(await destroy({ repo }, "over", YES, world));
  expect(server.done).toContain("delete Agent/a");
});
