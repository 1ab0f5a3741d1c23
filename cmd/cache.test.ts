import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { digestBytes } from "../core/index.ts";
import { cacheFolder } from "./cache-folder.ts";
import { cacheIn, openCache } from "./cache.ts";

function scratch(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-cache-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const textOf = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

const TOOL = digestBytes("tool");

describe("what was finished, on the disk", () => {
  test("come back as they were, and only under their own name", () => {
    const plans = cacheIn(scratch(), TOOL);
    plans.write("a", Buffer.from("text é\n"));
    plans.write("a", Buffer.from("text é, again\n"));
    expect([textOf(plans.read("a")), plans.read("b")]).toEqual(["text é, again\n", undefined]);
  });

  test("cut at any length, or with any bit flipped, are not there", () => {
    const folder = scratch();
    const plans = cacheIn(folder, TOOL);
    plans.write("a", Buffer.from('{"plan":"of record"}'));
    const file = path.join(folder, "a");
    const whole = fs.readFileSync(file);
    for (let length = 0; length < whole.length; length++) {
      fs.writeFileSync(file, whole.subarray(0, length));
      expect(plans.read("a")).toBeUndefined();
    }
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const flipped = Buffer.from(whole);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      fs.writeFileSync(file, flipped);
      expect(plans.read("a")).toBeUndefined();
    }
  });

  test("are readable by their owner alone, and leave nothing half-written", () => {
    const folder = scratch();
    cacheIn(folder, TOOL).write("a", Buffer.from("text"));
    expect(fs.readdirSync(folder)).toEqual(["a"]);
    expect(fs.statSync(path.join(folder, "a")).mode & 0o777).toBe(0o600);
  });

  test("are not read through a link", () => {
    const folder = scratch();
    const plans = cacheIn(folder, TOOL);
    plans.write("a", Buffer.from("text"));
    fs.symlinkSync("a", path.join(folder, "b"));
    expect(plans.read("b")).toBeUndefined();
  });

  test("stay few: the oldest go", () => {
    const folder = scratch();
    const plans = cacheIn(folder, TOOL);
    for (let i = 0; i < 80; i++) {
      plans.write(`p${i}`, Buffer.from("text"));
      fs.utimesSync(path.join(folder, `p${i}`), i, i);
    }
    expect([fs.readdirSync(folder).length, plans.read("p0"), textOf(plans.read("p79"))]).toEqual([64, undefined, "text"]);
  });

  test("are neither read nor written where the folder cannot be used", () => {
    const plans = cacheIn(path.join(scratch(), "missing"), TOOL);
    plans.write("a", Buffer.from("text"));
    expect(plans.read("a")).toBeUndefined();
  });

  test("are not kept for a program that runs from its sources", () => {
    expect(openCache({ XDG_CACHE_HOME: scratch() })).toBeUndefined();
  });
});

describe("the cache folder", () => {
  test("is made for its owner alone", () => {
    const home = scratch();
    const folder = cacheFolder("plans", { XDG_CACHE_HOME: home });
    expect(folder).toBe(path.join(home, "moltbot", "plans"));
    expect(fs.statSync(folder ?? "").mode & 0o777).toBe(0o700);
  });

  test.each([
    ["others may write to it", 0o777],
    ["others may look into it", 0o755],
    ["a group may", 0o750],
  ])("is not used when %s", (_, mode) => {
    const home = scratch();
    fs.mkdirSync(path.join(home, "moltbot", "plans"), { recursive: true });
    fs.chmodSync(path.join(home, "moltbot", "plans"), mode);
    expect(cacheFolder("plans", { XDG_CACHE_HOME: home })).toBeUndefined();
  });

  test.runIf(process.getuid?.() === 0)("is not used when it is somebody else's", () => {
    const home = scratch();
    const folder = path.join(home, "moltbot", "plans");
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.chownSync(folder, 65_534, 65_534);
    expect(cacheFolder("plans", { XDG_CACHE_HOME: home })).toBeUndefined();
  });

  test("is not used through a link, without a home, or below a relative one", () => {
    const home = scratch();
    fs.mkdirSync(path.join(home, "moltbot"), { mode: 0o700 });
    fs.mkdirSync(path.join(home, "elsewhere"), { mode: 0o700 });
    fs.symlinkSync("../elsewhere", path.join(home, "moltbot", "plans"));
    expect([{ XDG_CACHE_HOME: home }, {}, { HOME: "relative" }].map((env) => cacheFolder("plans", env))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
