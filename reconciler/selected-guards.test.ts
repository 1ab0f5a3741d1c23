import { describe, expect, test } from "vitest";
import type { Address } from "../core/index.ts";
import { agentText, ECHO, manifest, repository, value, worldOf, write, YES } from "../test/engine.fixture.ts";
import { apply, plan } from "./engine.ts";

const PROJECT: Address = "Project/acme";
const project = (more: string): string => manifest("Project", "acme", `target: {type: embedded}\n${more}`);
const tree = { "providers/echo.yaml": ECHO, "agents/a.yaml": agentText("a"), "agents/b.yaml": agentText("b") };

/** What stands against a plan of everything but the Project, after a change of the Project that takes Agent/b away. */
async function planned(before: string, after: string) {
  const root = repository({ ...tree, "moltbot.yaml": project(before) });
  value(await apply({ repo: root }, null, YES, worldOf()));
  write(root, { "moltbot.yaml": project(after), "agents/b.yaml": null });
  return value(await plan({ repo: root, excludes: [PROJECT] }, worldOf()));
}

describe("a Project that is left out of a plan", () => {
  test("lifts no protection", async () => {
    const { blockers } = await planned("protection: [Agent/b]", "description: Lifted.");
    expect(blockers.map(({ code }) => code)).toEqual(["PROTECTED"]);
  });

  test("raises no delete budget", async () => {
    const { confirmations } = await planned("limits: {deletes: {percent: 0, count: 0}}", "description: Lifted.");
    expect(confirmations.map(({ code }) => code)).toEqual(["DELETE_BUDGET"]);
  });

  test("releases nothing", async () => {
    const { plan: made } = await planned("description: Nothing is released.", "forget: [Agent/b]");
    expect(made.body.changes.map(({ address, action }) => `${action} ${address}`)).toEqual(["delete Agent/b"]);
  });
});
