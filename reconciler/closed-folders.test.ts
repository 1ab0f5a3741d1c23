import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findOpa } from "../trust/policy-build/index.ts";
import { codesOf, repository } from "../test/engine.fixture.ts";
import { readLoopState } from "./loop-state.ts";
import { findRepository } from "./source/repository.ts";
import { readAnchor, removeAnchor, writeAnchor } from "./trust-anchor.ts";

const NOBODY = 65_534;
const ANCHOR = { formatVersion: "1.0", kind: "TrustAnchor", over: null, actor: "a", at: "", since: null, trust: {} } as const;

/** A folder that this process may not look into while `look` runs; modes do not stop root, so it is nobody meanwhile. */
function closed<T>(files: readonly string[], look: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "moltbot-closed-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const inner = join(folder, "closed");
  mkdirSync(inner);
  for (const file of files) writeFileSync(join(inner, file), "{}", { mode: 0o600 });
  chmodSync(folder, 0o755);
  chmodSync(inner, 0);
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    return look(inner);
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(inner, 0o700);
  }
}

test("row 58: a trust anchor in a folder that is closed to us is not taken for none, and nothing throws", () => {
  expect(closed([], (folder) => codesOf(readAnchor(folder)))).toEqual(["STORE_UNAVAILABLE"]);
  expect(closed(["trust-anchor.json"], (folder) => codesOf(readAnchor(folder)))).toEqual(["STORE_UNAVAILABLE"]);
  for (const mayReplace of [true, false])
    expect(closed([], (folder) => codesOf(writeAnchor(folder, ANCHOR, mayReplace)))).toEqual(["STORE_UNAVAILABLE"]);
  expect(closed([], (folder) => codesOf(removeAnchor(folder)))).toEqual(["STORE_UNAVAILABLE"]);
});

test("the state of a loop in such a folder is not called corrupt", () => {
  expect(closed(["watch.json"], (folder) => codesOf(readLoopState(folder)))).toEqual(["STORE_UNAVAILABLE"]);
});

test("a repository that is closed to us is not taken for none", () => {
  const root = repository({});
  chmodSync(root, 0o755);
  mkdirSync(join(root, ".git"), { mode: 0o700 });
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(NOBODY);
  else chmodSync(join(root, ".git"), 0);
  try {
    expect(findRepository(root)?.gitDir).toContain(".git");
  } finally {
    if (isRoot) process.seteuid?.(0);
    else chmodSync(join(root, ".git"), 0o700);
  }
});

test("a folder of the PATH that is closed to us holds no compiler", () => {
  const found = closed(["opa"], (folder) => findOpa({ PATH: folder }));
  expect(found.ok || found.diagnostics[0]?.code === "POLICY_COMPILER").toBe(true);
});
