import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lockForApply } from "../runtime/store/index.ts";
import { BIN, cleanEnv, moltbot as run, shell, type Ran } from "./cli.fixture.ts";
import { tinyRepository } from "./repository.fixture.ts";

let repo: ReturnType<typeof tinyRepository>;
beforeEach(() => {
  repo = tinyRepository();
});
afterEach(() => repo.dispose());

const moltbot = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Ran => run(args, { cwd: repo.path, env });
const at = (...parts: readonly string[]): string => path.join(repo.path, ...parts);
const write = (file: string, text: string): void => fs.writeFileSync(at(file), text);
const change = (file: string, from: string, to: string): void => write(file, fs.readFileSync(at(file), "utf8").replace(from, to));
const apply = (): Ran => moltbot(["apply", "--auto-approve"]);

describe("validate", () => {
  test("a valid tree", () => {
    const ran = moltbot(["validate"]);
    expect(ran).toEqual({ code: 0, err: "", out: "✓ tiny is valid: 3 resources in 3 files (1 Agent, 1 ModelProvider, 1 Project).\n" });
    expect(JSON.parse(moltbot(["validate", "-o", "json"]).out)).toMatchObject({
      kind: "Diagnostics",
      outcome: null,
      diagnostics: [],
      resources: 3,
    });
    expect(fs.existsSync(at(".moltbot"))).toBe(false);
  });

  test("every error of the tree, with its place; the reports say the same", () => {
    change("agents/a.yaml", "provider: echo", "provider: ecko");
    change("providers/echo.yaml", "type: echo", "typ: echo");
    const ran = moltbot(["validate", ...["sarif", "junit", "github", "markdown", "json"].flatMap((f) => ["--report", `${f}=report.${f}`])]);
    expect(ran).toMatchObject({ code: 1, out: "" });
    expect(ran.err).toContain("agents/a.yaml:7:15  error REF_NOT_FOUND");
    expect(ran.err).toContain("providers/echo.yaml:6:3  error FIELD_UNKNOWN");
    expect(ran.err).toMatch(/\n\d errors\n$/);
    for (const format of ["sarif", "junit", "github", "markdown", "json"]) {
      expect(fs.readFileSync(at(`report.${format}`), "utf8")).toContain("REF_NOT_FOUND");
      expect(fs.statSync(at(`report.${format}`)).mode & 0o777).toBe(0o644);
    }
    expect(fs.readdirSync(repo.path).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("a report that cannot be written spoils success, and hides no failure", () => {
    const good = moltbot(["validate", "--report", "json=no/such/folder/x"]);
    expect(good.code).toBe(7);
    expect(good.err).toContain("error OUTPUT_FAILED");
    change("agents/a.yaml", "provider: echo", "provider: ecko");
    expect(moltbot(["validate", "--report", "json=no/such/folder/x"]).code).toBe(1);
  });

  test("a report on standard error leaves standard output alone", () => {
    change("agents/a.yaml", "provider: echo", "provider: ecko");
    const ran = moltbot(["validate", "--report", "github=-", "-o", "json"]);
    expect(JSON.parse(ran.out)).toMatchObject({ outcome: "INVALID" });
    expect(ran.err).toMatch(/^::error file=agents\/a.yaml,line=7,col=15/);
  });

  test("an environment that was not named is a mistake on the command line", () => {
    change("moltbot.yaml", "spec:\n", "spec:\n  environments:\n    prod: {}\n    staging: {}\n");
    const ran = moltbot(["validate"]);
    expect(ran.code).toBe(64);
    expect(ran.err).toContain("prod, staging");
    expect(moltbot(["validate", "-e", "prod"]).code).toBe(0);
    expect(moltbot(["validate"], { MOLTBOT_ENVIRONMENT: "prod" }).code).toBe(0);
  });

  test("fits 20 columns, but for the head lines", () => {
    change("agents/a.yaml", "provider: echo", "provider: ecko");
    const body = moltbot(["validate"], { COLUMNS: "20" })
      .err.split("\n")
      .filter((line) => line.startsWith(" "));
    expect(Math.max(...body.map((line) => line.length))).toBeLessThanOrEqual(20);
  });
});

describe("plan, show, render", () => {
  test("the saved plan is what -o json prints, private, and what show shows", () => {
    const json = moltbot(["plan", "--out", "p.json", "-o", "json"]);
    expect(json).toMatchObject({ code: 0, err: "" });
    expect(fs.readFileSync(at("p.json"), "utf8")).toBe(json.out);
    expect(fs.statSync(at("p.json")).mode & 0o777).toBe(0o600);
    expect(moltbot(["show", "p.json", "-o", "json"]).out).toBe(json.out);
    expect(moltbot(["show", "p.json"]).out).toContain("+ Agent/a");
    expect(fs.existsSync(at(".moltbot"))).toBe(false);
  });

  test("exit codes: 0, and with --detailed-exitcode 2 for changes and 0 for none", () => {
    expect(moltbot(["plan"]).code).toBe(0);
    expect(moltbot(["plan", "--detailed-exitcode"]).code).toBe(2);
    apply();
    const empty = moltbot(["plan", "--detailed-exitcode"]);
    expect(empty.code).toBe(0);
    expect(empty.out).toContain("No changes. 3 resources match generation 1.");
  });

  test("the same plan twice is the same bytes", () =>
    expect(moltbot(["plan", "-o", "json"]).out).toBe(moltbot(["plan", "-o", "json"]).out));

  test.each([
    ["cut short", "{", "PLAN_FILE_INVALID"],
    ["another major version", '{"formatVersion":"2.0","kind":"Plan"}', "PLAN_VERSION"],
  ])("show: %s", (_, text, code) => {
    write("p.json", text);
    expect(moltbot(["show", "p.json"])).toMatchObject({ code: 1, out: "", err: expect.stringContaining(code) as string });
  });

  test("show: no such file, and no pipe is waited for", () => {
    expect(moltbot(["show", "nope.json"])).toMatchObject({ code: 1, out: "" });
    expect(moltbot(["show", "."])).toMatchObject({ code: 1, out: "" });
    expect(shell('mkfifo f && "$0" show f', { cwd: repo.path })).toMatchObject({ code: 1, out: "" });
  });

  test("render: everything reads back, one by its address, an unknown one with a suggestion", () => {
    const all = moltbot(["render"]).out;
    expect(all.split("\n---\n")).toHaveLength(3);
    expect(JSON.parse(moltbot(["render", "Agent/a", "-o", "json"]).out)).toMatchObject([{ kind: "Agent", metadata: { name: "a" } }]);
    expect(moltbot(["render", "Agent/b"])).toMatchObject({ code: 1, err: expect.stringContaining("Did you mean Agent/a?") as string });
  });
});

describe("apply and the record", () => {
  test("without a terminal it refuses, and leaves nothing behind", () => {
    const ran = moltbot(["apply"]);
    expect(ran).toMatchObject({ code: 6, out: "" });
    expect(ran.err).toContain("error CONFIRMATION_NEEDED");
    expect(fs.existsSync(at(".moltbot"))).toBe(false);
  });

  test("the whole way: apply, change, plan file, again, rollback, pinned, resume", () => {
    expect(apply()).toMatchObject({ code: 0, out: "✓ Applied generation 1 of tiny/default (embedded): 3 create, 0 unchanged.\n" });
    expect(apply()).toMatchObject({ code: 0, out: "✓ No changes. 3 resources match generation 1.\n" });
    change("agents/a.yaml", "Be kind.", "Be brief.");
    moltbot(["plan", "--out", "p.json"]);
    expect(moltbot(["apply", "p.json"])).toMatchObject({
      code: 0,
      out: "✓ Applied generation 2 of tiny/default (embedded): 1 update, 2 unchanged.\n",
    });
    expect(moltbot(["apply", "p.json"])).toMatchObject({ code: 0, out: "✓ Already applied as generation 2.\n" });
    expect(moltbot(["rollback", "1", "--because", "worse", "--auto-approve", "-o", "json"]).code).toBe(0);
    const pinned = apply();
    expect(pinned).toMatchObject({ code: 6, out: "" });
    expect(pinned.err).toContain("error PINNED");
    expect(moltbot(["plan"]).out).toContain("Pinned to generation 1");
    expect(moltbot(["resume"]).out).toBe("✓ The pin of tiny/default to generation 1 is ended.\n");
    expect(apply().code).toBe(0);
    const history = JSON.parse(moltbot(["history", "-o", "json"]).out) as { generations: { number: number; reason: string }[] };
    expect(history.generations.map((each) => `${each.number} ${each.reason}`)).toEqual(["4 apply", "3 rollback", "2 apply", "1 apply"]);
    expect(moltbot(["history"]).out).toContain("rollback: worse");
    expect(moltbot(["audit", "verify"]).out).toMatch(/^✓ The ledger of store [0-9a-f]{12} verifies: \d+ records/);
    expect(moltbot(["audit", "tail", "-n", "1", "-o", "jsonl"]).out.trimEnd().split("\n")).toHaveLength(1);
    expect(moltbot(["status"]).out).toContain("active     generation 4 from the work tree");
    expect(moltbot(["drift", "--detailed-exitcode"])).toMatchObject({ code: 0, out: "No drift: what is live is generation 4.\n" });
  });

  test.runIf(fs.existsSync("/dev/full"))("output that is full or closed does not stop the work", () => {
    expect(shell('"$0" apply --auto-approve > /dev/full', { cwd: repo.path }).code).toBe(7);
    expect(moltbot(["plan"]).out).toContain("No changes.");
    change("agents/a.yaml", "Be kind.", "Be brief.");
    expect(shell('"$0" apply --auto-approve 2> /dev/full', { cwd: repo.path }).code).toBe(0);
    change("agents/a.yaml", "Be brief.", "Be loud.");
    expect(shell('"$0" apply --auto-approve >&- 2>&-', { cwd: repo.path }).code).toBe(0);
    expect(moltbot(["plan"]).out).toContain("match generation 3");
  });

  test("a plan file whose world moved is stale", () => {
    moltbot(["plan", "--out", "p.json"]);
    change("agents/a.yaml", "Be kind.", "Be brief.");
    expect(moltbot(["apply", "p.json"])).toMatchObject({ code: 5, out: "", err: expect.stringContaining("error PLAN_STALE") as string });
  });

  test("destroy, and back", () => {
    apply();
    expect(moltbot(["destroy"]).code).toBe(64);
    expect(moltbot(["destroy", "--because", "over"]).code).toBe(6);
    expect(moltbot(["destroy", "--because", "over", "--auto-approve"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("3 delete") as string,
    });
    expect(moltbot(["status"]).out).toContain("resources  0");
    expect(apply().out).toContain("3 create");
  });

  test("export: a folder of its own, never into one that holds something", () => {
    apply();
    expect(moltbot(["export", "--out", "out"]).code).toBe(0);
    expect(fs.readdirSync(at("out"))).toContain("moltbot.yaml");
    expect(moltbot(["export", "--out", "out"])).toMatchObject({ code: 6, err: expect.stringContaining("OUTPUT_EXISTS") as string });
    expect(moltbot(["export"]).out).toContain("# moltbot.yaml\n");
  });

  test("another owner's address is refused, and adopted when asked", () => {
    apply();
    const state = ["--state", at(".moltbot")];
    change("moltbot.yaml", "name: tiny", "name: other");
    const owned = moltbot(["plan", ...state]);
    expect(owned.code).toBe(6);
    expect(owned.err).toContain("moltbot adopt Agent/a --from tiny/default");
    const adopt = ["adopt", "Agent/a", "ModelProvider/echo", "--auto-approve", ...state];
    expect(moltbot([...adopt, "--from", "tiny"]).code).toBe(64);
    expect(moltbot(["adopt", "a", "--from", "tiny/default", ...state]).code).toBe(64);
    expect(moltbot([...adopt, "--from", "tiny/default"])).toMatchObject({ code: 0, out: expect.stringContaining("2 adopt") as string });
  });

  test("a store of this format needs no migration", () => {
    apply();
    expect(moltbot(["migrate"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^✓ The store has format \S+ already\.\n$/) as string,
    });
  });

  test("a part of the change: --target and --exclude", () => {
    apply();
    change("agents/a.yaml", "Be kind.", "Be brief.");
    change("providers/echo.yaml", "local: true", "local: true\n  description: Echo.");
    expect(moltbot(["plan", "--target", "ModelProvider/echo"]).out).not.toContain("Agent/a  ");
    expect(moltbot(["plan", "--exclude", "ModelProvider/echo"]).out).toContain("~ Agent/a");
    expect(moltbot(["plan"], { MOLTBOT_TARGET: "ModelProvider/echo,Agent/a" }).out).toContain("2 update");
    expect(moltbot(["plan", "--target", "nonsense"]).code).toBe(1);
  });

  test("backup, loss, restore", () => {
    apply();
    expect(moltbot(["backup", "b"])).toMatchObject({ code: 0, out: expect.stringContaining("Keys are not in it.") as string });
    expect(moltbot(["restore", "b", "--because", "x"])).toMatchObject({ code: 6 });
    fs.rmSync(at(".moltbot"), { recursive: true });
    expect(moltbot(["restore", "b", "--because", "disk"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("Restored up to ledger record") as string,
    });
    expect(moltbot(["plan"]).out).toContain("No changes.");
    expect(moltbot(["restore", "--because", "x"]).code).toBe(64);
    expect(moltbot(["restore", "b", "--accept-older", "--because", "x"]).code).toBe(64);
  });

  test.each<[string, readonly string[], number]>([
    ["history", ["history"], 0],
    ["status", ["status"], 0],
    ["drift", ["drift"], 6],
    ["resume", ["resume"], 6],
    ["export", ["export"], 6],
    ["audit verify", ["audit", "verify"], 6],
    ["audit tail", ["audit", "tail"], 6],
    ["rollback", ["rollback", "1", "--because", "x"], 1],
    ["rollback to no number", ["rollback", "one", "--because", "x"], 64],
    ["audit verify with a broken head", ["audit", "verify", "--head", "x"], 64],
  ])("before anything was applied: %s", (_, args, code) => {
    expect(moltbot(args).code).toBe(code);
    expect(fs.existsSync(at(".moltbot"))).toBe(false);
  });

  test("progress is on standard error: lines, JSON lines, or nothing", () => {
    expect(apply().err).toContain("apply: writing generation 1\n");
    change("agents/a.yaml", "Be kind.", "Be brief.");
    const lines = moltbot(["apply", "--auto-approve", "-o", "jsonl", "--quiet"]);
    expect(lines.err).toBe("");
    expect(JSON.parse(lines.out)).toMatchObject({ type: "applied", outcome: "applied" });
    change("agents/a.yaml", "Be brief.", "Be loud.");
    const logged = moltbot(["apply", "--auto-approve", "-o", "jsonl"])
      .err.split("\n")
      .filter((line) => line.startsWith("{"));
    expect(logged.map((line) => (JSON.parse(line) as { stage: string }).stage)).toContain("apply");
  });
});

describe("who waits, and who stops", () => {
  test("somebody else applies: locked, at once; waiting ends with Ctrl-C, interrupted", async () => {
    apply();
    change("agents/a.yaml", "Be kind.", "Be brief.");
    const holder = { host: "h", pid: 1, actor: "somebody@else", since: "2026-01-01T00:00:00.000Z" };
    const lock = await lockForApply(at(".moltbot"), holder, { timeoutMs: 0 });
    if (!lock.ok) throw new Error("the lock was not free");
    try {
      const locked = apply();
      expect(locked).toMatchObject({ code: 5, out: "" });
      expect(locked.err).toContain("somebody@else");
      const child = spawn(BIN, ["apply", "--auto-approve", "--lock-timeout", "60"], { cwd: repo.path, env: cleanEnv() });
      let err = "";
      child.stderr.on("data", (chunk: Buffer) => {
        err += chunk.toString();
        if (err.includes("lock: ") && !err.includes("SIGINT")) child.kill("SIGINT");
      });
      const [code] = (await once(child, "close")) as [number];
      expect(err).toContain("SIGINT: finishing the running step");
      expect(code).toBe(130);
    } finally {
      lock.value.release();
    }
    expect(apply().code).toBe(0);
  });

  const hasScript = spawnSync("script", ["--version"]).status === 0;
  test.runIf(hasScript).each([
    ["yes", "yes\n", 0],
    ["y is not yes", "y\n", 6],
    ["nothing", "\n", 6],
    ["end of input", "\u0004", 6],
    ["Ctrl-C", "\u0003", 130],
  ])("on a terminal it asks: %s", async (_, typed, code) => {
    const child = spawn("script", ["-qec", `${BIN} apply`, "/dev/null"], { cwd: repo.path, env: cleanEnv() });
    let shown = "";
    let isAnswered = false;
    child.stdout.on("data", (chunk: Buffer) => {
      shown += chunk.toString();
      if (isAnswered || !shown.includes('Only "yes" is accepted: ')) return;
      isAnswered = true;
      child.stdin.write(typed);
    });
    const [status] = (await once(child, "close")) as [number];
    expect(shown).toContain("Agent/a");
    expect({ isAnswered, status }).toEqual({ isAnswered: true, status: code });
    expect(fs.existsSync(at(".moltbot"))).toBe(code === 0);
  });
});
