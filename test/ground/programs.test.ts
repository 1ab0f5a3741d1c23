import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

/**
 * Tests that need one of these leave themselves out where it is absent. In CI that would be a hole
 * nobody sees, so there each one must be installed (scripts/install-system-packages.sh).
 */
test.runIf(process.env["CI"] === "true").each([["git"], ["age"], ["strace"], ["zsh"], ["fish"], ["gpg"], ["bwrap"], ["wat2wasm"]])(
  "in CI, %s is there",
  (program) => {
    expect(spawnSync(program, ["--version"]).status).toBe(0);
  },
);

test.runIf(process.env["CI"] === "true").each([
  ["openssl", "version"],
  ["ssh-keygen", "-?"],
  ["/usr/sbin/ngircd", "--version"],
  ["chromium", "--version"],
])("in CI, %s is there", (program, argument) => {
  expect(spawnSync(program, [argument]).error).toBeUndefined();
});
