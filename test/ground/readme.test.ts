import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/checkout.ts";
import { textOf } from "./tree.ts";

/** The `sh` blocks of the README, in order: the first runs the main job, the second the tests. */
const BLOCKS = [...textOf("README.md").matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);

const folders: string[] = [];

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
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-clone-"));
    folders.push(folder);
    const clone = path.join(folder, "moltbot");
    expect(spawnSync("git", ["clone", "--quiet", ROOT, clone]).status).toBe(0);

    const env = { ...process.env, PATH: systemPath() };
    const ran = spawnSync("bash", ["-euo", "pipefail", "-c", BLOCKS[0] ?? ""], { cwd: clone, encoding: "utf8", env, input: "" });
    expect(ran.status, ran.stdout + ran.stderr).toBe(0);
    expect(ran.stdout).toContain("+ Agent/greeter");

    const status = spawnSync("git", ["status", "--porcelain"], { cwd: clone, encoding: "utf8" });
    expect(status.stdout, "setting up leaves the clone clean").toBe("");
  });
});
