import { expect, test } from "vitest";
import { repositoryFiles, textOf } from "./tree.ts";

/**
 * Absolute paths of a developer's or build machine: true nowhere else, and nobody else's business. `ann` is the person of
 * our examples, whose home folder stands in samples of foreign configuration.
 */
const MACHINE_PATH = /(?:^|[^a-zA-Z0-9._~*-])\/(?:work|root|tmp|home\/(?!ann\/)[a-z]+|Users\/(?!ann\/)[A-Za-z]+)\/[a-zA-Z0-9._-]/;

/** A lockfile entry that says where it was fetched from ties every later install to that host. */
const REGISTRY_URL = /"resolved":/;

/** Published cases, kept byte for byte. */
const FOREIGN = /^test\/vectors\//;

test("no file names a path of the machine it was written on", () => {
  const found = repositoryFiles()
    .filter((file) => !FOREIGN.test(file))
    .flatMap((file) =>
      textOf(file)
        .split("\n")
        .flatMap((line, i) => (MACHINE_PATH.test(line) ? [`${file}:${i + 1}: ${line.trim().slice(0, 120)}`] : [])),
    );
  expect(found).toEqual([]);
});

test("the lockfile names no registry host", () => {
  expect(textOf("package-lock.json")).not.toMatch(REGISTRY_URL);
});

/** Made in pieces, so that this file does not name such a path itself. */
const absolute = (...segments: readonly string[]): string => ["", ...segments].join("/");

test.each([
  [`a checkout at ${absolute("work", "main")}`, true],
  [`"${absolute("root", ".config")}"`, true],
  [absolute("home", "dev", "bots"), true],
  [absolute("Users", "Dev", "bots"), true],
  [absolute("Users", "ann", ".openclaw"), false],
  ["docs/work/README.md", false],
  ["https://example.com/tmp/x", false],
  ["agents/home/mail.md", false],
])("the pattern on %j: %s", (text, isFound) => {
  expect(MACHINE_PATH.test(text)).toBe(isFound);
});
