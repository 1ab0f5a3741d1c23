import { describe, expect, test } from "vitest";
import type { Address } from "../../core/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { agent, desiredOf, ECHO, written } from "../../test/worlds.fixture.ts";
import { neededFrom, selectChanges } from "./index.ts";

const skill = (name: string, prompt: string) => written("Skill", name, { prompt });
const recorded = desiredOf([ECHO, agent("a"), agent("b"), agent("gone", { skills: ["old"] }), skill("old", "Old.")]);
const desired = desiredOf([ECHO, agent("a", { prompt: "New.", skills: ["s"] }), agent("b", { prompt: "New." }), skill("s", "Do it.")]);

function select(targets: readonly Address[], excludes: readonly Address[] = []): ReturnType<typeof selectChanges> {
  return selectChanges(desired, recorded, { targets: new Set(targets), excludes: new Set(excludes) }, KINDS);
}

describe("selectChanges", () => {
  test.each<[string, readonly Address[], readonly Address[], readonly Address[]]>([
    ["a target brings what it needs", ["Agent/a"], [], ["Agent/a", "Skill/s"]],
    ["a target alone", ["Agent/b"], [], ["Agent/b"]],
    ["what goes brings what refers to it", ["Skill/old"], [], ["Agent/gone", "Skill/old"]],
    ["all but one", [], ["Agent/b"], ["Agent/a", "Agent/gone", "Skill/old", "Skill/s"]],
    ["nothing for what does not differ", ["ModelProvider/echo"], [], []],
  ])("%s", (_name, targets, excludes, closure) => {
    const result = select(targets, excludes);
    expect(result.ok && result.value.closure).toEqual(closure);
  });

  test("N+1 is N with only those changes", () => {
    const result = select(["Agent/b"]);
    if (!result.ok) throw new Error("not selected");
    const { config } = result.value;
    expect(config.byAddress.get("Agent/b")?.resource.spec["prompt"]).toBe("New.");
    expect(config.byAddress.get("Agent/a")).toBe(recorded.byAddress.get("Agent/a"));
    expect([...config.byAddress.keys()]).toEqual([...recorded.byAddress.keys()]);
  });

  test("a mixture that refers to what is not there is refused", () => {
    const result = select(["Agent/a"], ["Skill/s"]);
    expect(result.ok || result.diagnostics.map((each) => each.code)).toEqual(["REF_NOT_FOUND"]);
  });

  test("neededFrom follows what is needed, not who is talked to", () => {
    const edges = desiredOf([ECHO, agent("a", { subAgents: ["b"] }), agent("b", { skills: ["s"] }), skill("s", "x")]).edges;
    expect([...neededFrom(["Agent/a"], edges)].sort()).toEqual(["Agent/a", "ModelProvider/echo"]);
    expect([...neededFrom(["Agent/b"], edges)].sort()).toEqual(["Agent/b", "ModelProvider/echo", "Skill/s"]);
  });
});
