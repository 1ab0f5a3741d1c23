import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/checkout.ts";

/** The oldest Node that package.json's `engines` allows. */
const OLDEST = [24, 16] as const;

const OWN_NODE = path.join(ROOT, "node_modules", ".bin", "node");

function numbers(version: string): readonly number[] {
  return version.replace(/^v/, "").split(".").map(Number);
}

describe("the Node that really runs", () => {
  test("the tests: the checkout's own, not the system's", () => {
    expect(fs.realpathSync(process.execPath)).toBe(fs.realpathSync(OWN_NODE));
  });

  test("is new enough for what we use, and the line that CI asked for", () => {
    const [major = 0, minor = 0] = numbers(process.version);
    expect(String(major)).toBe(process.env["MOLTBOT_EXPECT_NODE"] ?? String(major));
    expect(major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]), process.version).toBe(true);
  });

  test("is what `engines` promises", () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
      readonly engines: { readonly node: string };
    };
    expect(manifest.engines.node).toBe(`>=${OLDEST.join(".")}`);
  });

  test("children found by name: the same one", () => {
    const child = spawnSync("node", ["-p", "process.execPath"], { encoding: "utf8" });
    expect(fs.realpathSync(child.stdout.trim())).toBe(fs.realpathSync(OWN_NODE));
  });
});
