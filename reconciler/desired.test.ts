import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { agentText, codesOf, ECHO, manifest, PROJECT, repository, value, worldOf, write, YES } from "../test/engine.fixture.ts";
import { git, gitInit } from "../test/git.fixture.ts";
import { apply, plan, validate } from "./engine.ts";

const world = worldOf();
const addresses = (resources: readonly { readonly kind: string; readonly metadata: { readonly name: string } }[]): string[] =>
  resources.map((each) => `${each.kind}/${each.metadata.name}`);

describe("which files are manifests", () => {
  test("overlays of one environment are no manifests of another", async () => {
    const repo = repository({
      "moltbot.yaml": manifest(
        "Project",
        "acme",
        "environments:\n  prod: {overlays: [overlays/prod]}\n  test: {overlays: [overlays/test.yaml]}",
      ),
      "r/echo.yaml": ECHO,
      "r/a.yaml": agentText("a"),
      "overlays/prod/a.yaml": agentText("a", "prompt: Be quick."),
      "overlays/test.yaml": agentText("a", "prompt: Be wrong."),
    });
    for (const [environment, prompt] of [
      ["prod", "Be quick."],
      ["test", "Be wrong."],
    ] as const) {
      const { resources } = value(await validate({ repo, environment }, world));
      expect(addresses(resources)).toEqual(["Agent/a", "ModelProvider/echo", "Project/acme"]);
      expect(resources[0]?.spec["prompt"]).toBe(prompt);
    }
  });

  test.each([
    ["named on the command line", "target: {type: embedded}", "state"],
    ["named by the Project", "target: {type: embedded, state: here}", undefined],
  ])("a state folder inside the work tree holds none: %s", async (_, spec, state) => {
    const repo = repository({ "moltbot.yaml": manifest("Project", "acme", spec), "r/echo.yaml": ECHO, "r/a.yaml": agentText("a") });
    const query = { repo, ...(state === undefined ? {} : { state: join(repo, state) }) };
    value(await apply(query, null, YES, world));
    write(repo, { [join(state ?? "here", "watch.json")]: "{}" });
    expect(value(await plan(query, world)).plan.body.changes).toEqual([]);
  });

  test("hostile input 45: with a commit asked for, what is not committed takes no part, and the plan says so", async () => {
    const repo = repository({ "moltbot.yaml": PROJECT, "r/echo.yaml": ECHO, "r/a.yaml": agentText("a") });
    gitInit(repo);
    write(repo, { "r/b.yaml": agentText("b"), "r/a.yaml": "broken: [" });
    expect(codesOf(await plan({ repo }, world))).not.toEqual([]);
    const planned = value(await plan({ repo, ref: "HEAD" }, world));
    expect(addresses(value(await validate({ repo, ref: "HEAD" }, world)).resources)).toEqual([
      "Agent/a",
      "ModelProvider/echo",
      "Project/acme",
    ]);
    expect(planned.warnings.map((each) => each.code)).toEqual(["WORK_TREE_IGNORED"]);
    git(repo, "checkout", "-q", "--", ".");
    git(repo, "clean", "-qfd");
    expect(value(await plan({ repo, ref: "HEAD" }, world)).warnings).toEqual([]);
  });
});
