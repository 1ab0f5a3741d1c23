import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { folderWith } from "../../cmd/cli.fixture.ts";
import { finishReplacing } from "../../cmd/replace-files.ts";

const CHILD = path.join(import.meta.dirname, "replacing.fixture.ts");
const NAMES = ["a.yaml", "deep/b.yaml", "deep/er/c.yaml"];
const OLD = Object.fromEntries(NAMES.map((name) => [name, `old ${name}`]));
const NEW = Object.fromEntries(NAMES.map((name) => [name, `new ${name}`]));

function contents(folder: string): Readonly<Record<string, string>> {
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => fs.statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(files.sort().map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]));
}

/** Each call in the slow suite, every third in the ordinary one, always with the last. */
const STEP = process.env["MOLTBOT_TEST_SLOW"] === "1" ? 1 : 3;

test("killed at any call to the file system, all files are replaced or none, and nothing stays beside them", () => {
  const outcomes: string[] = [];
  for (let at = 1; ; at += STEP) {
    const { path: folder, dispose } = folderWith({ ...OLD, "names.json": JSON.stringify(NAMES) });
    const { signal, status } = spawnSync(process.execPath, [CHILD, folder, String(at)], { stdio: "ignore" });
    expect(finishReplacing(folder).ok, `call ${at}`).toBe(true);
    const { "names.json": _, ...files } = contents(folder);
    dispose();
    const isNew = files["a.yaml"] === NEW["a.yaml"];
    expect(files, `call ${at}`).toEqual(isNew ? NEW : OLD);
    outcomes.push(isNew ? "new" : "old");
    if (signal === null) {
      expect(status).toBe(0);
      break;
    }
  }
  // Before one certain call always the old ones, from there on always the new ones.
  expect(outcomes.indexOf("new")).toBeGreaterThan(10 / STEP);
  expect(outcomes.slice(outcomes.indexOf("new")).every((each) => each === "new")).toBe(true);
});

test("a folder that a checkout made, or that leads elsewhere, replaces nothing", () => {
  for (const [mode, names] of [
    [0o755, ["a.yaml"]],
    [0o700, ["../a.yaml"]],
    [0o700, [".git/hooks/x"]],
    [0o700, ["link/a.yaml"]],
  ] as const) {
    const { path: folder, dispose } = folderWith({ "r/a.yaml": "old", "r/.git/HEAD": "", "other/a.yaml": "old", "a.yaml": "old" });
    const repo = path.join(folder, "r");
    fs.symlinkSync("../other", path.join(repo, "link"));
    fs.mkdirSync(path.join(repo, ".moltbot-replacing"));
    fs.chmodSync(path.join(repo, ".moltbot-replacing"), mode);
    fs.writeFileSync(path.join(repo, ".moltbot-replacing/0"), "evil");
    fs.writeFileSync(path.join(repo, ".moltbot-replacing/files.json"), JSON.stringify(names));
    expect(finishReplacing(repo).ok, names[0]).toBe(false);
    expect(Object.entries(contents(folder)).filter(([name, content]) => content === "evil" && !name.includes("replacing"))).toEqual([]);
    expect(fs.existsSync(path.join(repo, ".git/hooks"))).toBe(false);
    dispose();
  }
});
