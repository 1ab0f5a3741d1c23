import { expect, test } from "vitest";
import { agentText, ECHO, PROJECT, repository, value, worldOf, write, YES } from "../test/engine.fixture.ts";
import { loadBuiltinPolicy, type Policy } from "../trust/policy/index.ts";
import { apply, plan } from "./engine.ts";

/** The built-in policies, and how often they were asked. */
function counting(): { readonly policy: Policy; readonly asked: () => number } {
  const builtin = value(loadBuiltinPolicy());
  let asked = 0;
  const evaluate: Policy["evaluate"] = (entry, input) => {
    asked++;
    return builtin.evaluate(entry, input);
  };
  return { policy: { ...builtin, evaluate }, asked: () => asked };
}

const TREE = { "moltbot.yaml": PROJECT, "r/echo.yaml": ECHO, "r/a.yaml": agentText("a"), "r/b.yaml": agentText("b") };

test("the plan under the lock asks nothing that the plan before it asked of the same values", async () => {
  const repo = repository(TREE);
  const [planned, applied] = [counting(), counting()];
  value(await plan({ repo }, worldOf({ policy: planned.policy })));
  value(await apply({ repo }, null, YES, worldOf({ policy: applied.policy })));
  expect([planned.asked() > 0, applied.asked()]).toEqual([true, planned.asked()]);
});

test("it asks again where a file changed meanwhile, and applies nothing", async () => {
  const repo = repository(TREE);
  const [planned, applied] = [counting(), counting()];
  value(await plan({ repo }, worldOf({ policy: planned.policy })));
  const confirm: typeof YES.confirm = async (made) => {
    write(repo, { "r/b.yaml": agentText("b", "prompt: Something else.") });
    return await YES.confirm(made);
  };
  const ended = await apply({ repo }, null, { ...YES, confirm }, worldOf({ policy: applied.policy }));
  expect(ended.ok ? [] : ended.diagnostics.map(({ code }) => code)).toContain("PLAN_STALE");
  expect(applied.asked()).toBe(2 * planned.asked());
});
