import { afterEach, expect, test } from "vitest";
import { commit } from "../../cmd/watching.fixture.ts";
import { endAll, setting, startIn } from "./setting.fixture.ts";

afterEach(endAll);

const DELAYS_MS = [250, 400, 550, 650, 750, 850, 950, 1_100, 1_300];

test("a gateway that is killed at any moment of an apply: the next apply reaches the same end", async () => {
  const { cli, repo, gateway, run, config } = await setting();
  expect(cli("apply", "--auto-approve").code).toBe(0);
  let running = gateway;
  let before = "Be kind.";
  const codes: (number | null)[] = [];
  for (const ms of DELAYS_MS) {
    const after = `Be quick ${ms}.`;
    commit(repo, { "agents/a.yaml": [before, after] });
    before = after;
    const applying = startIn(["apply", "--auto-approve"], { cwd: repo, env: { XDG_CONFIG_HOME: config } });
    await new Promise((resolve) => setTimeout(resolve, ms));
    await running.stop("SIGKILL");
    codes.push(
      await new Promise((resolve) =>
        applying.child.exitCode === null ? applying.child.once("close", resolve) : resolve(applying.child.exitCode),
      ),
    );
    running = await run();
    const next = cli("apply", "--auto-approve");
    expect(next, `${ms} ms: ${next.err}`).toMatchObject({ code: 0 });
    expect(cli("plan", "--detailed-exitcode").code).toBe(0);
    expect(cli("audit", "verify").code).toBe(0);
  }
  // Done before the end came, or not: nothing else.
  expect(codes.filter((code) => code !== 0 && code !== 7)).toEqual([]);
});
