import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/checkout.ts";
import { textOf } from "./tree.ts";

const README = textOf("README.md");

/** The `sh` blocks, in order: the first runs the main job, the second the tests. */
const BLOCKS = [...README.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);

const CONSOLE = /^```console\n([\s\S]*?)^```$/gm;

const folders: string[] = [];

function newFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-readme-"));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

/** PATH as a newcomer has it: without the tools of this checkout. */
function systemPath(): string {
  return (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .filter((folder) => !folder.includes("node_modules"))
    .join(path.delimiter);
}

describe("the README's two commands", () => {
  test("the second sets up and passes the tests", () => {
    expect(BLOCKS[1]).toBe("npm ci\nnpm test\n");
  });

  test("the first works in a fresh clone and does the main job", { timeout: 300_000 }, () => {
    const clone = path.join(newFolder(), "moltbot");
    expect(spawnSync("git", ["clone", "--quiet", ROOT, clone]).status).toBe(0);

    const env = { ...process.env, PATH: systemPath() };
    const ran = spawnSync("bash", ["-euo", "pipefail", "-c", BLOCKS[0] ?? ""], { cwd: clone, encoding: "utf8", env, input: "" });
    expect(ran.status, ran.stdout + ran.stderr).toBe(0);
    expect(ran.stdout).toContain("+ Agent/greeter");
    expect(ran.stdout).toContain("Applied generation 1");
    expect(ran.stdout.trimEnd().split("\n").at(-1)).toContain("Can I send this back?");

    const status = spawnSync("git", ["status", "--porcelain"], { cwd: clone, encoding: "utf8" });
    expect(status.stdout, "setting up leaves the clone clean").toBe("");
  });
});

/** The quickstart as a clone has it, beside a `bin/moltbot` that is this checkout's. */
function quickstart(): string {
  const folder = newFolder();
  fs.mkdirSync(path.join(folder, "bin"));
  fs.symlinkSync(path.join(ROOT, "bin", "moltbot"), path.join(folder, "bin", "moltbot"));
  const isOurs = (file: string): boolean => !file.split(path.sep).includes(".moltbot");
  fs.cpSync(path.join(ROOT, "examples", "quickstart"), path.join(folder, "examples", "quickstart"), { recursive: true, filter: isOurs });
  const identity = ["-c", "user.name=Ann", "-c", "user.email=ann@acme.example"];
  for (const command of [
    ["init", "-q", "-b", "main"],
    ["add", "examples"],
    [...identity, "commit", "-q", "-m", "Begin"],
  ]) {
    expect(spawnSync("git", command, { cwd: folder }).status).toBe(0);
  }
  return folder;
}

/** What a terminal would show: each `$ command` and what it printed, standard error included. */
function replay(block: string, folder: string): string {
  const commands = block.split("\n").flatMap((line) => (line.startsWith("$ ") ? [line.slice(2)] : []));
  const env = { ...process.env, NO_COLOR: "1", COLUMNS: "120" };
  return commands
    .map((command) => {
      const { stdout } = spawnSync("bash", ["-c", `{ ${command}\n} 2>&1`], { cwd: folder, encoding: "utf8", env, input: "" });
      return `$ ${command}\n${stdout === "" ? "" : `${stdout.trimEnd()}\n\n`}`;
    })
    .join("")
    .trimEnd()
    .concat("\n");
}

/** Commits and digests differ from run to run, or with every change of a schema; everything else must be as it stands. */
function lasting(text: string): string {
  return text.replaceAll(/main@[0-9a-f]{7}/g, "main@COMMIT").replaceAll(/sha256:[0-9a-f]+/g, "sha256:DIGEST");
}

describe("the README's example", () => {
  test("the agent shown is the quickstart's", () => {
    const [, shown] = /^```yaml\n([\s\S]*?)^```$/m.exec(README) ?? [];
    expect(shown).toBe(textOf("examples/quickstart/agents/support.yaml"));
  });

  test("every command prints what stands there (npm run test:update rewrites it)", () => {
    const folder = quickstart();
    const replayed = README.replaceAll(CONSOLE, (_whole, block: string) => `\`\`\`console\n${replay(block, folder)}\`\`\``);
    if (process.env["MOLTBOT_TEST_UPDATE"] === "1" && lasting(replayed) !== lasting(README))
      fs.writeFileSync(path.join(ROOT, "README.md"), replayed);
    else expect(lasting(README)).toBe(lasting(replayed));
  });
});
