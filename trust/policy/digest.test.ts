import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { builtinPolicyDigest } from "./index.ts";

const SHIPPED = path.join(import.meta.dirname, "../../policies");

/** The shipped policies in a folder of their own. */
function copy(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-policies-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  for (const name of ["bundle.wasm", "policies.lock.json"]) fs.copyFileSync(path.join(SHIPPED, name), path.join(folder, name));
  return folder;
}

test("the digest of the shipped policies is that of both of their files", () => {
  expect(builtinPolicyDigest(copy())).toBe(builtinPolicyDigest());
});

test.each([["bundle.wasm"], ["policies.lock.json"]])("another byte in %s is another digest", (name) => {
  const folder = copy();
  fs.appendFileSync(path.join(folder, name), "\n");
  expect(builtinPolicyDigest(folder)).not.toBe(builtinPolicyDigest());
});

test("what cannot be read has none", () => {
  expect(builtinPolicyDigest(path.join(copy(), "missing"))).toBeUndefined();
});
