import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { holdRuntime, lockForApply } from "../runtime/store/index.ts";
import { git } from "../test/git.fixture.ts";
import { folderWith, moltbot, type Ran } from "./cli.fixture.ts";
import { tinyRepository } from "./repository.fixture.ts";
import { commit, edit, gitRepository, runningOnes } from "./watching.fixture.ts";

const KIND = "Be kind.";
const BAD = "provider: ecko";

const watchers = runningOnes();
let repo: ReturnType<typeof gitRepository>;
let home: ReturnType<typeof folderWith>;
beforeEach(() => {
  repo = gitRepository();
  home = folderWith({});
});
afterEach(async () => {
  await watchers.stopAll();
  repo.dispose();
  home.dispose();
});

const state = (): string => path.join(home.path, "state");
const following = (...more: readonly string[]): string[] => [
  "watch",
  "--source",
  repo.path,
  "--branch",
  "main",
  "--state",
  state(),
  "--interval",
  "1s",
  ...more,
];
const atHome = (args: readonly string[]): Ran => moltbot([...args, "-C", repo.path, "--state", state()]);
const status = (): { watch: { applied: { id: string }; attempted: { id: string; outcome: string; codes: string[] } }; active: object } =>
  JSON.parse(atHome(["status", "-o", "json"]).out) as ReturnType<typeof status>;
const generations = (): number[] =>
  (JSON.parse(atHome(["history", "-o", "json"]).out) as { generations: { number: number }[] }).generations.map((each) => each.number);
const prompt = (): string =>
  (JSON.parse(atHome(["export", "-o", "json"]).out) as { files: { text: string }[] }).files.map((f) => f.text).join();
const lockIt = async (): Promise<{ release: () => void }> => {
  const holder = { host: "h", pid: 1, actor: "somebody@else", since: "2026-01-01T00:00:00.000Z" };
  const lock = await lockForApply(state(), holder, { timeoutMs: 0 });
  if (!lock.ok) throw new Error("the lock was not free");
  return lock.value;
};

describe("following a branch", () => {
  test("a new commit is applied; a bad one changes nothing and says so; the next good one is applied", async () => {
    const watcher = watchers.start(following());
    await watcher.says("applied main@");
    const bad = commit(repo.path, { "agents/a.yaml": ["provider: echo", BAD] });
    await watcher.says(`failed main@${bad.slice(0, 7)}: REF_NOT_FOUND`);
    await watcher.says("agents/a.yaml:7:15  error REF_NOT_FOUND");
    expect(generations()).toEqual([1]);
    expect(status().watch).toMatchObject({ attempted: { id: bad, outcome: "failed", codes: ["REF_NOT_FOUND"] } });
    expect(status().watch.applied.id).not.toBe(bad);
    expect(atHome(["status"]).out).toMatch(/✗ main@[0-9a-f]{7} was tried just now: REF_NOT_FOUND/);
    const good = commit(repo.path, { "agents/a.yaml": [BAD, "provider: echo"], "providers/echo.yaml": ["local: true", "local: false"] });
    await watcher.says(`applied main@${good.slice(0, 7)} as generation 2: 1 update, 2 unchanged`);
    expect(await watcher.stop()).toBe(0);
    expect(watcher.out()).toBe(`✓ main@${good.slice(0, 7)} was applied just now: generation 2\n`);
    expect(status()).toMatchObject({ watch: { applied: { id: good }, attempted: { id: good } }, active: { commit: good, dirty: false } });
    expect(atHome(["audit", "verify"]).code).toBe(0);
  });

  test("-o jsonl: one event a line on standard output, and where it stands at the end", async () => {
    const watcher = watchers.start(following("-o", "jsonl", "--quiet"));
    await watcher.says('"type":"applied"');
    commit(repo.path, { "agents/a.yaml": ["provider: echo", BAD] });
    await watcher.says('"type":"failed"');
    expect(await watcher.stop("SIGINT")).toBe(0);
    const events = watcher
      .out()
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.map((each) => each["type"])).toEqual(["applied", "failed", "end"]);
    expect(events[0]).toMatchObject({ outcome: "applied", generation: 1, revision: { label: expect.stringContaining("main@") as string } });
    expect(events[1]).toMatchObject({ diagnostics: [{ code: "REF_NOT_FOUND", at: { file: "agents/a.yaml", line: 7 } }], retryInMs: 1000 });
    expect(events[2]).toMatchObject({ failures: expect.any(Number) as number, applied: { generation: 1 } });
    expect(watcher.err()).toMatch(/^SIGINT: finishing/);
  });

  test("a repository that is gone, and back", async () => {
    const watcher = watchers.start(following());
    await watcher.says("applied main@");
    fs.renameSync(repo.path, `${repo.path}.gone`);
    await watcher.says("failed before anything could be planned: GIT_FAILED");
    fs.renameSync(`${repo.path}.gone`, repo.path);
    const next = commit(repo.path, { "agents/a.yaml": [KIND, "Be brief."] });
    await watcher.says(`applied main@${next.slice(0, 7)} as generation 2`);
    expect(await watcher.stop()).toBe(0);
    expect(status().watch).toMatchObject({ failures: 0, failing: null });
  });

  test("two watchers on one state folder: every commit is applied once, and both go on", async () => {
    const [one, other] = [watchers.start(following("-o", "jsonl")), watchers.start(following("-o", "jsonl"))];
    for (const text of ["1", "2", "3"]) {
      const id = commit(repo.path, {
        "agents/a.yaml": [/prompt: .*/.exec(fs.readFileSync(path.join(repo.path, "agents/a.yaml"), "utf8"))![0], `prompt: p${text}`],
      });
      await Promise.all([one, other].map((watcher) => watcher.says(`"id":"${id}"`)));
    }
    expect(await one.stop()).toBe(0);
    expect(await other.stop()).toBe(0);
    const applied = [one, other].flatMap((watcher) =>
      watcher
        .out()
        .split("\n")
        .filter((line) => line.includes('"type":"applied"')),
    );
    expect(applied).toHaveLength(generations().length);
    expect(prompt()).toContain("p3");
    expect(atHome(["audit", "verify"]).code).toBe(0);
  });

  test("somebody else applies: the round fails as LOCKED, is tried again, and succeeds", async () => {
    expect(moltbot(following("--once")).code).toBe(0);
    const lock = await lockIt();
    const next = commit(repo.path, { "agents/a.yaml": [KIND, "Be brief."] });
    const watcher = watchers.start(following("--lock-timeout", "0"));
    await watcher.says("APPLY_LOCKED; next try");
    expect(moltbot(following("--once", "--lock-timeout", "0")).code).toBe(5);
    lock.release();
    await watcher.says(`applied main@${next.slice(0, 7)}`);
    expect(await watcher.stop()).toBe(0);
  });

  test("a subfolder, and an address in the way", () => {
    fs.mkdirSync(path.join(repo.path, "bots"));
    for (const name of ["moltbot.yaml", "agents", "providers"]) git(repo.path, "mv", name, `bots/${name}`);
    commit(repo.path, {});
    expect(moltbot(following("--once")).code).toBe(1);
    expect(moltbot(following("--once", "--folder", "bots")).code).toBe(0);
    git(repo.path, "branch", "other");
    const args = ["watch", "--source", repo.path, "--branch", "other", "--state", state(), "--folder", "bots/", "--once"];
    expect(moltbot(args)).toMatchObject({ code: 6, err: expect.stringContaining("error MIRROR_BOUND") as string });
    expect(moltbot([...args, "--rebind"]).code).toBe(0);
  });

  test("an environment of the Project", () => {
    const text = "  environments:\n    prod: {target: {type: embedded}}\n    test: {target: {type: embedded}}\n";
    fs.appendFileSync(path.join(repo.path, "moltbot.yaml"), text);
    commit(repo.path, {});
    expect(moltbot(following("--once"))).toMatchObject({ code: 64, err: expect.stringContaining("ENVIRONMENT_REQUIRED") as string });
    expect(moltbot(following("--once", "-e", "prod")).code).toBe(0);
    expect(moltbot(["status", "-C", repo.path, "--state", state(), "-e", "prod"]).out).toContain("tiny/prod");
  });
});

describe("--once", () => {
  test("its exit code is the outcome", () => {
    expect(moltbot(following("--once"))).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringMatching(/^✓ main@.* generation 1\n$/) as string,
    });
    commit(repo.path, { "agents/a.yaml": ["provider: echo", BAD] });
    const bad = moltbot(following("--once", "-o", "json"));
    expect(bad).toMatchObject({ code: 1, err: "" });
    expect(JSON.parse(bad.out)).toMatchObject({ kind: "Diagnostics", outcome: "INVALID", diagnostics: [{ code: "REF_NOT_FOUND" }] });
    fs.rmSync(repo.path, { recursive: true });
    const gone = moltbot(following("--once", "-o", "jsonl"));
    expect(gone).toMatchObject({ code: 7 });
    expect(gone.out.trimEnd().split("\n").at(-1)).toContain('"outcome":"UNAVAILABLE"');
  });

  test("hostile input 61: the delete budget is not passed without its number", () => {
    for (const name of ["b", "c", "d", "e"]) {
      fs.writeFileSync(
        path.join(repo.path, "agents", `${name}.yaml`),
        fs.readFileSync(path.join(repo.path, "agents/a.yaml"), "utf8").replace("name: a", `name: ${name}`),
      );
    }
    commit(repo.path, {});
    expect(moltbot(following("--once")).code).toBe(0);
    for (const name of ["b", "c", "d", "e"]) fs.rmSync(path.join(repo.path, "agents", `${name}.yaml`));
    commit(repo.path, {});
    expect(moltbot(following("--once"))).toMatchObject({ code: 6, err: expect.stringContaining("DELETE_BUDGET") as string });
    expect(moltbot(following("--once", "--allow-deletes", "4")).code).toBe(0);
  });

  test.each<[string, readonly string[], string]>([
    ["no branch", ["--source", "x", "--state", "s"], "--source needs --branch."],
    ["no state", ["--source", "x", "--branch", "main"], "--source needs --state"],
    ["branch alone", ["--branch", "main"], "belong to --source"],
    ["folder out of the repository", ["--source", "x", "--branch", "m", "--state", "s", "--folder", "../x"], "--folder is a folder inside"],
    ["an interval of nothing", ["--interval", "10ms"], "--interval takes a duration"],
    ["no interval", ["--interval", "often"], "--interval takes a duration"],
    ["a ref", ["--ref", "main"], "it takes no --ref"],
    ["a work tree and a source", ["-C", ".", "--source", "x"], "--source and --repo contradict each other."],
  ])("usage: %s", (_, args, message) => {
    const ran = moltbot(["watch", ...args, "--once"], { cwd: home.path });
    expect(ran).toMatchObject({ code: 64, out: "", err: expect.stringContaining(message) as string });
    expect(fs.readdirSync(home.path)).toEqual([]);
  });

  test.each([
    ["hostile input 28", "ext::sh -c id", "REF_UNSAFE"],
    ["hostile input 29", "--upload-pack=id", "REF_UNSAFE"],
  ])("%s: %s", (_, url, code) => {
    const ran = moltbot(["watch", `--source=${url}`, "--branch", "main", "--state", state(), "--once"]);
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining(code) as string });
  });

  test("a loop state that was damaged is named, and status still shows the rest", () => {
    expect(moltbot(following("--once")).code).toBe(0);
    fs.writeFileSync(path.join(state(), "watch.json"), '{"formatVersion":"1.0"');
    expect(moltbot(following("--once"))).toMatchObject({ code: 9, err: expect.stringContaining("STORE_CORRUPT") as string });
    expect(atHome(["status"])).toMatchObject({ code: 9, out: expect.stringContaining("generation 1") as string });
  });
});

describe("the work tree", () => {
  let tree: ReturnType<typeof tinyRepository>;
  beforeEach(() => {
    tree = tinyRepository();
  });
  afterEach(() => tree.dispose());

  test("what is saved is applied, a mistake is not, and what we write ourselves wakes nobody", async () => {
    // A state folder without a dot inside the watched tree: only ours is left out.
    const watcher = watchers.start(["watch", "-C", tree.path, "--state", path.join(tree.path, "state"), "--interval", "1h", "--verbose"]);
    await watcher.says("applied work tree as generation 1");
    await watcher.says("unchanged work tree");
    edit(tree.path, { "agents/a.yaml": [KIND, "Be brief."] });
    await watcher.says("applied work tree as generation 2");
    edit(tree.path, { "agents/a.yaml": ["provider: echo", BAD] });
    await watcher.says("failed work tree: REF_NOT_FOUND");
    edit(tree.path, { "agents/a.yaml": [BAD, "provider: echo"] });
    await watcher.says("unchanged work tree", 2);
    const said = watcher.err().length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(watcher.err().length).toBe(said);
    expect(await watcher.stop()).toBe(0);
    expect(moltbot(["status", "-C", tree.path, "--state", path.join(tree.path, "state")]).out).toContain(
      "watch      the work tree; last looked",
    );
  });

  test("what is not committed is recorded as such", () => {
    edit(repo.path, { "agents/a.yaml": [KIND, "Be brief."] });
    expect(moltbot(["watch", "-C", repo.path, "--once"]).code).toBe(0);
    const shown = JSON.parse(moltbot(["status", "-C", repo.path, "-o", "json"]).out) as { active: object };
    expect(shown.active).toMatchObject({ dirty: true, commit: git(repo.path, "rev-parse", "HEAD") });
  });

  test("a file whose save comes in pieces is one change", async () => {
    const watcher = watchers.start(["watch", "-C", tree.path, "--interval", "1h"]);
    await watcher.says("applied work tree as generation 1");
    const file = path.join(tree.path, "agents/a.yaml");
    const text = fs.readFileSync(file, "utf8").replace(KIND, "Be brief.");
    fs.writeFileSync(`${file}.new~`, text);
    fs.renameSync(`${file}.new~`, file);
    await watcher.says("applied work tree as generation 2");
    expect(await watcher.stop()).toBe(0);
  });
});

describe("SIGTERM in the middle of an apply", () => {
  test("while it waits for the lock: nothing was done, nothing is recorded", async () => {
    expect(moltbot(following("--once")).code).toBe(0);
    const before = fs.readFileSync(path.join(state(), "watch.json"), "utf8");
    const lock = await lockIt();
    commit(repo.path, { "agents/a.yaml": [KIND, "Be brief."] });
    const watcher = watchers.start(following("--lock-timeout", "60", "--verbose"));
    await watcher.says("lock: ");
    expect(await watcher.stop()).toBe(0);
    lock.release();
    expect(fs.readFileSync(path.join(state(), "watch.json"), "utf8")).toBe(before);
    expect(generations()).toEqual([1]);
  });

  test("while a server does not answer: git is ended, nothing is recorded", async () => {
    const silent = net.createServer();
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as net.AddressInfo;
    const asked = once(silent, "connection") as Promise<[net.Socket]>;
    const watcher = watchers.start(["watch", "--source", `https://127.0.0.1:${port}/bots`, "--branch", "main", "--state", state()]);
    const [connection] = await asked;
    const ended = once(connection, "close");
    connection.on("error", () => undefined).resume();
    expect(await watcher.stop()).toBe(0);
    await ended;
    silent.close();
    expect(JSON.parse(fs.readFileSync(path.join(state(), "watch.json"), "utf8"))).toMatchObject({ failures: 0, attempted: null });
  });

  test("while it writes: the step is finished, and the record is whole", async () => {
    const watcher = watchers.start(following("--verbose"));
    await watcher.says("writing generation 1");
    expect(await watcher.stop()).toBe(0);
    expect(generations()).toEqual([1]);
    expect(status().watch.applied).toMatchObject({ generation: 1 });
    expect(atHome(["audit", "verify"]).code).toBe(0);
    expect(moltbot(following("--once", "-o", "jsonl")).out).toContain('"type":"unchanged"');
  });

  test("while a runtime has not answered: PARTIAL is recorded, and the next round settles it", async () => {
    expect(moltbot(following("--once")).code).toBe(0);
    const held = holdRuntime(state());
    if (!held.ok) throw new Error("the runtime's hold was not free");
    try {
      commit(repo.path, { "agents/a.yaml": [KIND, "Be brief."] });
      const watcher = watchers.start(following("--verbose"));
      await watcher.says("writing generation 2");
      expect(await watcher.stop()).toBe(0);
      expect(watcher.out()).toContain("APPLY_INCOMPLETE");
      expect(status().watch).toMatchObject({ attempted: { outcome: "failed", codes: ["APPLY_INCOMPLETE"] } });
    } finally {
      held.value.release();
    }
    expect(moltbot(following("--once")).code).toBe(0);
    expect(prompt()).toContain("Be brief.");
    expect(atHome(["audit", "verify"]).code).toBe(0);
  });
});
