import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { moltbot } from "./cli.fixture.ts";
import { tinyRepository } from "./repository.fixture.ts";
import { edit, runningOnes } from "./watching.fixture.ts";

const watchers = runningOnes();
let repo: ReturnType<typeof tinyRepository>;
beforeEach(() => {
  repo = tinyRepository();
});
afterEach(async () => {
  await watchers.stopAll();
  repo.dispose();
});
const save = (from: string, to: string): void => edit(repo.path, { "agents/a.yaml": [from, to] });

describe("plan --watch", () => {
  test("shows a new plan at each save, a mistake, and the next good plan; Ctrl-C ends with 0", async () => {
    expect(moltbot(["apply", "--auto-approve"], { cwd: repo.path }).code).toBe(0);
    const watcher = watchers.start(["plan", "--watch"], { cwd: repo.path });
    await watcher.says("No changes. 3 resources match generation 1.");
    save("Be kind.", "Be brief.");
    await watcher.says("~ Agent/a");
    expect(watcher.out()).toContain('"Be kind." -> "Be brief."');
    save("provider: echo", "provider: ecko");
    await watcher.says("agents/a.yaml:7:15  error REF_NOT_FOUND");
    save("provider: ecko", "provider: echo");
    await watcher.says("~ Agent/a", 2);
    save("Be brief.", "Be kind.");
    await watcher.says("No changes.", 2);
    expect(await watcher.stop("SIGINT")).toBe(0);
  });

  test("the same plan is not shown twice; an apply beside it is seen at the next save", async () => {
    const watcher = watchers.start(["plan", "--watch", "-o", "jsonl", "--quiet"], { cwd: repo.path });
    await watcher.says('"type":"plan"');
    save("Be kind.", "Be kind. # the same");
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(watcher.out().split('"type":"plan"').length - 1).toBe(1);
    expect(moltbot(["apply", "--auto-approve"], { cwd: repo.path }).code).toBe(0);
    save("# the same", "# still");
    await watcher.says('"type":"plan"', 2);
    expect(await watcher.stop("SIGTERM")).toBe(0);
  });

  test("it does not matter that the tree is broken when it begins", async () => {
    save("apiVersion", "apiversion");
    const watcher = watchers.start(["plan", "--watch"], { cwd: repo.path });
    await watcher.says("error");
    save("apiversion", "apiVersion");
    await watcher.says("+ Agent/a");
    expect(await watcher.stop("SIGINT")).toBe(0);
  });

  test.each([[["--out", "p.json"]], [["--ref", "HEAD"]], [["--report", "json=x"]], [["--detailed-exitcode"]]])("contradicts %j", (more) => {
    expect(moltbot(["plan", "--watch", ...more], { cwd: repo.path })).toMatchObject({ code: 64, out: "" });
  });

  test("a variable that names a commit is no work tree either", () => {
    expect(moltbot(["plan", "--watch"], { cwd: repo.path, env: { MOLTBOT_REF: "HEAD" } })).toMatchObject({ code: 64, out: "" });
  });
});
