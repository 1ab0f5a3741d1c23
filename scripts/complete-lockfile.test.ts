import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "./checkout.ts";
import { completed, missingEntries, platformOf, type Lockfile } from "./complete-lockfile.ts";

const OURS = JSON.parse(fs.readFileSync(path.join(ROOT, "package-lock.json"), "utf8")) as Lockfile;

describe("package-lock.json", () => {
  test("holds every platform's package, so that `npm ci` accepts it (else: node scripts/complete-lockfile.ts)", () => {
    expect([...missingEntries(OURS).keys()]).toEqual([]);
  });

  test("is in npm's own order, so that completing it again changes nothing", () => {
    expect(Object.keys(completed(OURS).packages)).toEqual(Object.keys(OURS.packages));
  });
});

describe("platforms by name", () => {
  test.each([
    ["@oxfmt/binding-linux-x64-gnu", { os: ["linux"], cpu: ["x64"], libc: ["glibc"] }],
    ["@oxfmt/binding-linux-arm-musleabihf", { os: ["linux"], cpu: ["arm"], libc: ["musl"] }],
    ["@oxlint-tsgolint/darwin-arm64", { os: ["darwin"], cpu: ["arm64"] }],
    ["@oxlint/binding-win32-ia32-msvc", { os: ["win32"], cpu: ["ia32"] }],
    ["@oxlint/binding-android-arm-eabi", { os: ["android"], cpu: ["arm"] }],
  ])("%s", (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });

  test("a name that says no platform is an error, not a guess", () => {
    expect(() => platformOf("fsevents")).toThrow(/does not say/);
  });
});

test("a missing package is added with its parent's version and kind", () => {
  const lockfile: Lockfile = {
    packages: { "": {}, "node_modules/tool": { version: "2.0.0", dev: true, optionalDependencies: { "@tool/darwin-x64": "2.0.0" } } },
  };
  expect(completed(lockfile).packages["node_modules/@tool/darwin-x64"]).toEqual({
    version: "2.0.0",
    cpu: ["x64"],
    dev: true,
    optional: true,
    os: ["darwin"],
  });
});
