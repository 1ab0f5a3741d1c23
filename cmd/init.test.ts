import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { git, gitInit } from "../test/git.fixture.ts";
import { BIN, cleanEnv, folderWith, moltbot, type Ran } from "./cli.fixture.ts";

let home: ReturnType<typeof folderWith>;
let user: ReturnType<typeof folderWith>;
beforeEach(() => {
  home = folderWith({});
  user = folderWith({});
});
afterEach(() => {
  home.dispose();
  user.dispose();
});

/** Nobody's own git settings, but somebody who may commit. */
const env = (): Record<string, string> => ({
  HOME: user.path,
  GIT_AUTHOR_NAME: "Dev",
  GIT_AUTHOR_EMAIL: "dev@acme.example",
  GIT_COMMITTER_NAME: "Dev",
  GIT_COMMITTER_EMAIL: "dev@acme.example",
});
const init = (args: readonly string[], more: Record<string, string> = {}): Ran =>
  moltbot(["init", ...args], { cwd: home.path, env: { ...env(), ...more } });
const inBots = (args: readonly string[]): Ran => moltbot([...args, "-C", "bots"], { cwd: home.path });
const at = (...parts: readonly string[]): string => path.join(home.path, ...parts);
const read = (...parts: readonly string[]): string => fs.readFileSync(at(...parts), "utf8");

describe("a tree whose plan and apply work at once", () => {
  test.each<[string, readonly string[], string | null]>([
    ["echo", [], null],
    ["ollama", [], null],
    ["openai-compatible", [], null],
    ["openai-compatible", ["--endpoint", "https://models.acme.example/v1", "--model", "m-1"], "secrets/openai-compatible.yaml"],
    ["anthropic", [], "secrets/anthropic.yaml"],
  ])("%s %j", (provider, more, secret) => {
    const made = init(["bots", "--name", "acme-bots", "--agent", "support", "--provider", provider, ...more]);
    expect(made).toMatchObject({ code: 0, err: "" });
    expect(made.out).toMatch(/^✓ acme-bots in bots: \d files, committed as [0-9a-f]{7}\.\n {2}moltbot\.yaml\n/);
    expect(made.out.includes("moltbot secret set")).toBe(secret !== null);
    expect(fs.existsSync(at("bots", secret ?? "secrets"))).toBe(secret !== null);
    expect(inBots(["validate"])).toMatchObject({ code: 0, err: "" });
    expect(inBots(["fmt", "--check"])).toMatchObject({ code: 0 });
    const planned = inBots(["plan"]);
    expect(planned).toMatchObject({ code: 0, err: "" });
    expect(planned.out).toContain(`main@${git(at("bots"), "rev-parse", "--short=7", "HEAD")}  ->  embedded (nothing applied yet)`);
    expect(inBots(["apply", "--auto-approve"]).code).toBe(0);
    expect(inBots(["plan", "--detailed-exitcode"])).toMatchObject({ code: 0, out: expect.stringContaining("No changes.") as string });
    expect(git(at("bots"), "status", "--porcelain")).toBe("");
    expect(read("bots", "moltbot.yaml")).not.toContain("warn");
  });

  test("chat answers", () => {
    init(["bots", "--yes"]);
    inBots(["apply", "--auto-approve"]);
    expect(inBots(["chat", "assistant", "hello"]).out).toContain("hello");
  });

  test("names come from the folder, as far as they can be names", () => {
    expect(JSON.parse(init(["My Bots!", "--yes", "-o", "json"]).out)).toMatchObject({
      kind: "Init",
      project: "my-bots",
      agent: "assistant",
    });
    expect(JSON.parse(init(["東京", "--yes", "-o", "json"]).out)).toMatchObject({ project: "agents" });
  });

  test("in the current folder, and below -C", () => {
    fs.mkdirSync(at("here"));
    expect(moltbot(["init", "--yes", "--no-git"], { cwd: at("here"), env: env() }).out).toMatch(/^✓ here: 6 files\.\n/);
    expect(init(["sub", "-C", "other", "--yes", "--no-git"]).code).toBe(0);
    expect(fs.existsSync(at("other", "sub", "moltbot.yaml"))).toBe(true);
    expect(fs.existsSync(at("here", ".git"))).toBe(false);
  });
});

describe("nothing that is there is overwritten", () => {
  test("a second run, and any name that is taken: all are listed, nothing is written", () => {
    expect(init(["bots", "--yes"]).code).toBe(0);
    fs.rmSync(at("bots", "providers"), { recursive: true });
    const again = init(["bots", "--yes"]);
    expect(again).toMatchObject({ code: 6, out: "" });
    for (const name of ["moltbot.yaml", "agents/assistant.yaml", "prompts/assistant.md"])
      expect(again.err).toContain(`bots/${name} is there already`);
    expect(again.err).toContain("moltbot plan -C");
    expect(fs.existsSync(at("bots", "providers"))).toBe(false);
  });

  test("a link that leads nowhere is in the way, too", () => {
    fs.mkdirSync(at("bots"));
    fs.symlinkSync(at("elsewhere.yaml"), at("bots", "moltbot.yaml"));
    expect(init(["bots", "--yes"]).code).toBe(6);
    expect(fs.existsSync(at("elsewhere.yaml"))).toBe(false);
  });

  test("README and .gitignore of somebody stay; the state folder is ignored all the same", () => {
    fs.mkdirSync(at("bots", "charts"), { recursive: true });
    fs.writeFileSync(at("bots", "README.md"), "Mine.\n");
    fs.writeFileSync(at("bots", ".gitignore"), "dist");
    fs.writeFileSync(at("bots", "charts", "values.yaml"), "replicas: 3\n");
    gitInit(at("bots"));
    const made = init(["bots", "--yes"]);
    expect(made).toMatchObject({ code: 0, err: "" });
    expect(made.out).toContain("README.md (kept as it is)");
    expect(made.out).toContain(".gitignore (now with .moltbot/)");
    expect(made.out).toContain("  git add -A . && git commit\n");
    expect(read("bots", "README.md")).toBe("Mine.\n");
    expect(read("bots", ".gitignore")).toBe("dist\n.moltbot/\n");
    expect(git(at("bots"), "rev-list", "--count", "HEAD")).toBe("1");
    // Another's YAML is not taken for manifests.
    expect(read("bots", "moltbot.yaml")).toContain("  sources:\n    - agents\n    - providers\n");
    expect(inBots(["plan"]).code).toBe(0);
  });

  test("a .gitignore that has it stays byte for byte", () => {
    fs.mkdirSync(at("bots"));
    fs.writeFileSync(at("bots", ".gitignore"), "/.moltbot\r\n");
    expect(init(["bots", "--yes"]).out).toContain(".gitignore (kept as it is)");
    expect(read("bots", ".gitignore")).toBe("/.moltbot\r\n");
  });
});

describe("git", () => {
  test("nobody to commit as: the files stand, a warning says what to do", () => {
    fs.writeFileSync(path.join(user.path, ".gitconfig"), "[user]\n\tuseConfigOnly = true\n");
    const ran = moltbot(["init", "bots", "--yes"], { cwd: home.path, env: { HOME: user.path } });
    expect(ran).toMatchObject({ code: 0, err: expect.stringContaining("warning GIT_FAILED") as string });
    expect(inBots(["validate"]).code).toBe(0);
  });

  test("the user's own branch name is respected", () => {
    fs.writeFileSync(path.join(user.path, ".gitconfig"), "[init]\n\tdefaultBranch = trunk\n");
    expect(init(["bots", "--yes"]).code).toBe(0);
    expect(git(at("bots"), "symbolic-ref", "--short", "HEAD")).toBe("trunk");
  });

  test("without git, the files stand", () => {
    const tools = folderWith({});
    for (const tool of ["sh", "node", "dirname", "readlink"]) {
      const found = spawnSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).stdout.trim();
      if (found !== "") fs.symlinkSync(fs.realpathSync(found), path.join(tools.path, tool));
    }
    const ran = init(["bots", "--yes"], { PATH: tools.path });
    tools.dispose();
    expect(ran).toMatchObject({ code: 0, err: expect.stringContaining("warning GIT_FAILED") as string });
    expect(fs.existsSync(at("bots", "moltbot.yaml"))).toBe(true);
  });
});

describe("a mistake writes nothing", () => {
  test.each<[string, readonly string[], number, string]>([
    ["no terminal", ["bots"], 6, "error CONFIRMATION_NEEDED"],
    ["a name that is none", ["bots", "--yes", "--name", "Acme Bots"], 64, "--name takes lower-case letters"],
    ["an agent that is none", ["bots", "--yes", "--agent", "../x"], 64, "--agent takes lower-case letters"],
    ["a provider that is none", ["bots", "--yes", "--provider", "magic"], 64, "Expected --provider=magic to be one of"],
    ["an endpoint for nobody", ["bots", "--yes", "--provider", "echo", "--endpoint", "http://x/"], 64, "--endpoint says nothing about"],
    [
      "an endpoint with a password",
      ["bots", "--yes", "--provider", "openai-compatible", "--endpoint", "http://a:b@x/"],
      64,
      "--endpoint takes",
    ],
    ["an endpoint that is none", ["bots", "--yes", "--provider", "openai-compatible", "--endpoint", "file:///x"], 64, "--endpoint takes"],
    ["a model with blanks", ["bots", "--yes", "--provider", "ollama", "--model", "a b"], 64, "--model takes"],
  ])("%s", (_, args, code, message) => {
    expect(init(args)).toMatchObject({ code, out: "", err: expect.stringContaining(message) as string });
    expect(fs.readdirSync(home.path)).toEqual([]);
  });
});

const hasScript = spawnSync("script", ["--version"]).status === 0;

describe.runIf(hasScript)("on a terminal it asks", () => {
  const converse = async (typed: string, args = "init bots"): Promise<{ shown: string; status: number }> => {
    const child = spawn("script", ["-qec", `${BIN} ${args}`, "/dev/null"], { cwd: home.path, env: { ...cleanEnv(env()) } });
    let shown = "";
    let isAnswered = false;
    child.stdout.on("data", (chunk: Buffer) => {
      shown += chunk.toString();
      if (isAnswered || !shown.includes("]: ")) return;
      isAnswered = true;
      child.stdin.write(typed);
    });
    const [status] = (await once(child, "close")) as [number];
    return { shown, status };
  };

  test("for each thing, again where the answer does not fit; nothing typed is the default", async () => {
    const { shown, status } = await converse("Acme!\nacme\n\nopenai-compatible\nhttp://127.0.0.1:9/v1\nm-1\n");
    expect(shown).toContain("Name of the project [bots]: ");
    expect(shown).toContain("That takes lower-case letters");
    expect(shown).toContain("Name of the first agent [assistant]: ");
    expect(status).toBe(0);
    expect(read("bots", "moltbot.yaml")).toContain("name: acme\n");
    expect(read("bots", "providers", "openai-compatible.yaml")).toContain("endpoint: http://127.0.0.1:9/v1\n");
    expect(read("bots", "agents", "assistant.yaml")).toContain("name: m-1\n");
  });

  test("only what is not given, and nothing with --yes", async () => {
    expect((await converse("\n\n", "init bots --provider echo")).status).toBe(0);
    expect((await converse("", "init more --yes")).shown).not.toContain("]: ");
  });

  test.each([
    ["the end of the input", "\u0004", 6],
    ["Ctrl-C", "\u0003", 130],
  ])("%s writes nothing", async (_, typed, code) => {
    expect((await converse(typed)).status).toBe(code);
    expect(fs.readdirSync(home.path)).toEqual([]);
  });
});
