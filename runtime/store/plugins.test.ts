import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { digestBytes, outcomeOf } from "../../core/index.ts";
import { archive, FILES } from "./plugins.fixture.ts";
import { installedPlugins, installPlugin, prunePlugins, readPlugin } from "./plugins.ts";

const ARCHIVE = archive();
const DIGEST = digestBytes(ARCHIVE);
const HEX = DIGEST.slice("sha256:".length);

let dir = "";
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-plugins-"));
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

const place = (...parts: readonly string[]): string => path.join(dir, "plugins", "sha256", HEX, ...parts);

describe("an unpacked plugin", () => {
  test("is there whole, and installing it again changes nothing", async () => {
    expect(await readPlugin(dir, DIGEST)).toMatchObject({ ok: true, value: null });
    expect(await installPlugin(dir, ARCHIVE)).toMatchObject({ ok: true, value: "installed" });
    expect(await installPlugin(dir, ARCHIVE)).toMatchObject({ ok: true, value: "present" });
    const read = await readPlugin(dir, DIGEST);
    expect(read.ok && read.value?.map((file) => file.path)).toEqual(FILES.map((file) => file.path).sort());
    expect(fs.statSync(place("files", "index.js")).mode & 0o777).toBe(0o700);
    expect(fs.statSync(place("files", "lib", "b.js")).mode & 0o777).toBe(0o600);
    expect(installedPlugins(dir)).toEqual([DIGEST]);
  });

  test("rows 91-94: nothing at all of a bad archive is written", async () => {
    expect(await installPlugin(dir, ARCHIVE.slice(0, -1))).toMatchObject({ ok: false, diagnostics: [{ code: "ARCHIVE_INVALID" }] });
    expect(fs.readdirSync(dir)).toEqual([]);
  });

  test.each<[string, () => void]>([
    ["edited", () => fs.appendFileSync(place("files", "index.js"), "evil()")],
    ["removed", () => fs.rmSync(place("files", "lib", "b.js"))],
    ["added", () => fs.writeFileSync(place("files", "more.js"), "evil()")],
    [
      "replaced by a link",
      () => {
        fs.rmSync(place("files", "index.js"));
        fs.symlinkSync("/dev/null", place("files", "index.js"));
      },
    ],
    [
      "in a folder that became a link",
      () => {
        fs.renameSync(place("files", "lib"), path.join(dir, "elsewhere"));
        fs.symlinkSync(path.join(dir, "elsewhere"), place("files", "lib"));
      },
    ],
    ["made executable", () => fs.chmodSync(place("files", "plugin.yaml"), 0o700)],
    ["with its archive edited", () => fs.appendFileSync(place("archive.tar.gz"), "x")],
    ["with its archive gone", () => fs.rmSync(place("archive.tar.gz"))],
    ["with another archive in its place", () => fs.writeFileSync(place("archive.tar.gz"), "other")],
  ])("row 96: a file %s is CORRUPT at the next load, and installing brings it back", async (_name, damage) => {
    await installPlugin(dir, ARCHIVE);
    damage();
    const read = await readPlugin(dir, DIGEST);
    expect(read.ok ? [] : read.diagnostics.map(outcomeOf)).toEqual(["CORRUPT"]);
    expect(await installPlugin(dir, ARCHIVE)).toMatchObject({ ok: true, value: "installed" });
    expect(await readPlugin(dir, DIGEST)).toMatchObject({ ok: true });
  });

  test("what nobody needs goes, with what killed processes left", async () => {
    await installPlugin(dir, ARCHIVE);
    fs.mkdirSync(path.join(dir, "plugins", ".scratch-1-0-abc", "files"), { recursive: true });
    expect(prunePlugins(dir, (digest) => digest === DIGEST)).toMatchObject({ ok: true });
    expect([installedPlugins(dir), fs.readdirSync(path.join(dir, "plugins"))]).toEqual([[DIGEST], ["sha256"]]);
    prunePlugins(dir, () => false);
    expect([installedPlugins(dir), fs.readdirSync(path.join(dir, "plugins"))]).toEqual([[], ["sha256"]]);
  });

  test("pruning where nothing was ever installed does nothing", () => {
    expect(prunePlugins(dir, () => false)).toMatchObject({ ok: true });
    expect(fs.readdirSync(dir)).toEqual([]);
  });
});

const hasStrace = spawnSync("strace", ["--version"]).status === 0;
const FIXTURE = path.join(import.meta.dirname, "plugins.fixture.ts");

/** Kills the installing process as it enters the n-th call of that name. @returns whether it was killed. */
function killedAt(call: string, n: number): boolean {
  const inject = `inject=${call}:signal=KILL:when=${n}`;
  const args = ["-f", "-qq", "-o", "/dev/null", "-e", `trace=${call}`, "-e", inject, process.execPath, FIXTURE, dir];
  return spawnSync("strace", args, { encoding: "utf8", timeout: 20_000 }).stdout !== "installed";
}

describe.runIf(hasStrace || process.env["CI"] === "true")("row 95: killed while unpacking", () => {
  test.each([
    ["fsync", 1],
    ["fsync", 3],
    ["fsync", 6],
    ["fsync", 8],
    ["rename", 1],
  ] as const)(
    "at %s number %i: no half plugin is visible, and the next run completes and cleans up",
    { timeout: 30_000 },
    async (call, n) => {
      expect(killedAt(call, n)).toBe(true);
      const read = await readPlugin(dir, DIGEST);
      expect(read).toMatchObject({ ok: true, value: null });
      expect(installedPlugins(dir)).toEqual([]);
      expect(await installPlugin(dir, ARCHIVE)).toMatchObject({ ok: true, value: "installed" });
      prunePlugins(dir, () => true);
      expect(fs.readdirSync(path.join(dir, "plugins"))).toEqual(["sha256"]);
      expect(await readPlugin(dir, DIGEST)).toMatchObject({ ok: true });
    },
  );
});
