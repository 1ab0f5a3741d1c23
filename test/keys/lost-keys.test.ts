import fs from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { folderWith, moltbot, shell, type Ran } from "../../cmd/cli.fixture.ts";
import { filesBelow } from "../files.fixture.ts";
import { repositoryWith } from "../../cmd/secret-chat.fixture.ts";

/** Each key of a store deleted once, as users meet it: through the built CLI. */

const TREE = {
  ...repositoryWith("http://127.0.0.1:9"),
  "all/echo.yaml":
    "apiVersion: moltbot.dev/v1alpha1\nkind: ModelProvider\nmetadata:\n  name: echo\nspec:\n  type: echo\n  local: true\n---\n" +
    "apiVersion: moltbot.dev/v1alpha1\nkind: Agent\nmetadata:\n  name: parrot\nspec:\n  model:\n    provider: echo\n    name: echo-1\n  prompt: Be kind.\n",
};

const NEEDS_STORE: readonly (readonly string[])[] = [
  ["plan"],
  ["apply", "--auto-approve"],
  ["status"],
  ["history"],
  ["drift"],
  ["export", "--out", "exported"],
  ["rollback", "1", "--because", "x", "--auto-approve"],
  ["resume"],
  ["destroy", "--because", "x", "--auto-approve"],
  ["adopt", "Agent/a", "--from", "other/default", "--auto-approve"],
  ["backup", "moltbot.backup"],
  ["restore", "--accept-older", "--because", "x"],
  ["audit", "verify"],
  ["audit", "tail"],
  ["chat", "parrot", "hello"],
  ["watch", "--once"],
];

const KEYS = {
  "runtime.agekey": {
    forward: ["gateway", "recipient", "--new"],
    alsoNeeds: [
      ["gateway", "recipient"],
      ["secret", "set", "api", "key"],
    ],
  },
  "store.key": { forward: ["gateway", "reset-store", "--reason", "lost"], alsoNeeds: [] },
  "ledger.key": { forward: ["audit", "new-epoch", "--reason", "lost"], alsoNeeds: [] },
} as const;
const NAMES = ["runtime.agekey", "store.key", "ledger.key"] as const;

const folders: (() => void)[] = [];
afterAll(() => folders.forEach((dispose) => dispose()));

/** An applied repository with one conversation. */
function applied(): { readonly repo: string; readonly run: (...args: readonly string[]) => Ran } {
  const folder = folderWith(TREE);
  folders.push(folder.dispose);
  const run = (...args: readonly string[]): Ran => moltbot(args, { cwd: folder.path, input: "a value" });
  expect(run("apply", "--auto-approve").code).toBe(0);
  expect(run("chat", "parrot", "hello").code).toBe(0);
  return { repo: folder.path, run };
}

/** The lock's own empty file may appear, and a watch loop notes its attempt. */
const untouched = (repo: string): Readonly<Record<string, string>> => filesBelow(repo, /(lock\.db|watch\.json)$/);

describe.each(NAMES)("%s is gone", (name) => {
  const { forward, alsoNeeds } = KEYS[name];
  const { repo, run } = applied();
  fs.rmSync(path.join(repo, ".moltbot", "keys", name));
  const before = untouched(repo);

  test("every command that needs it is CORRUPT, names the way forward, and starts nothing anew", () => {
    for (const args of [...NEEDS_STORE, ...alsoNeeds]) {
      const ran = run(...args);
      expect([args.join(" "), ran.code, ran.out]).toEqual([args.join(" "), 9, ""]);
      expect(ran.err).toContain(`KEY_MISSING`);
      expect(ran.err).toContain(`moltbot ${forward.slice(0, 2).join(" ")}`);
    }
    expect(untouched(repo)).toEqual(before);
  }, 60_000);

  test("what does not need it still works", () => {
    expect([run("validate").code, run("render").code]).toEqual([0, 0]);
  });

  test("the way forward asks first: without a terminal it is refused and nothing happens", () => {
    const ran = run(...forward);
    expect([ran.code, ran.out]).toEqual([6, ""]);
    expect(ran.err).toMatch(/CONFIRMATION_NEEDED[\s\S]*--auto-approve/);
    expect(untouched(repo)).toEqual(before);
  });
});

describe.each(NAMES)("the way forward from a lost %s", (name) => {
  const { forward } = KEYS[name];

  test("works, is recorded, and the store goes on", () => {
    const { repo, run } = applied();
    fs.rmSync(path.join(repo, ".moltbot", "keys", name));
    const renewed = run(...forward, "--auto-approve", "-o", "json");
    expect(renewed).toMatchObject({ code: 0 });
    expect(JSON.parse(renewed.out)).toMatchObject({ formatVersion: "1.0" });
    expect(run("plan", "--detailed-exitcode").code).toBe(0);
    const records = run("audit", "tail", "--lines", "1", "-o", "jsonl").out;
    expect(JSON.parse(records)).toMatchObject({ kind: "epoch", body: { key: name } });
    expect(run("audit", "verify").code).toBe(0);
    expect(run("chat", "parrot", "again").code).toBe(0);
    expect(run("history").code).toBe(0);
    expect(fs.readdirSync(path.join(repo, ".moltbot", "keys")).sort()).toEqual([...NAMES].sort());
  });
});

test("a key that is there can be renewed too; conversations and the ledger stay readable", () => {
  const { run } = applied();
  const old = run("gateway", "recipient").out;
  for (const name of NAMES) expect(run(...KEYS[name].forward, "--auto-approve")).toMatchObject({ code: 0 });
  expect(run("gateway", "recipient").out).not.toBe(old);
  expect(run("audit", "verify").code).toBe(0);
  expect(run("chat", "parrot", "again").code).toBe(0);
});

test("what a lost runtime.agekey could open is set again for the new recipient", () => {
  const { repo, run } = applied();
  fs.rmSync(path.join(repo, ".moltbot", "keys", "runtime.agekey"));
  const recipient = run("gateway", "recipient", "--new", "--auto-approve").out.trim();
  expect(recipient).toMatch(/^age1[a-z0-9]+$/);
  expect(run("secret", "set", "api", "key")).toMatchObject({ code: 0 });
  expect(fs.readFileSync(path.join(repo, "all", "secret.yaml"), "utf8")).toContain(recipient);
  expect(run("apply", "--auto-approve").code).toBe(0);
});

test("a plan remarks on values that the runtime's new key cannot open, where moltbot.yaml still names the old one", () => {
  const { repo, run } = applied();
  const old = run("gateway", "recipient").out.trim();
  const file = path.join(repo, "moltbot.yaml");
  fs.appendFileSync(file, `  target: {type: embedded, recipient: ${old}}\n`);
  expect(run("secret", "set", "api", "key").code).toBe(0);
  expect(run("apply", "--auto-approve")).toMatchObject({ code: 0, err: expect.not.stringContaining("SECRET_NOT_FOR_RUNTIME") as string });
  const fresh = run("gateway", "recipient", "--new", "--auto-approve").out.trim();
  expect(run("plan")).toMatchObject({ code: 0, err: expect.stringContaining(`SECRET_NOT_FOR_RUNTIME`) as string });
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(old, fresh));
  expect(run("secret", "set", "api", "key").code).toBe(0);
  expect(run("plan").err).not.toContain("SECRET_NOT_FOR_RUNTIME");
});

describe("what does not fit is refused before anything is made", () => {
  test("there is no store yet", () => {
    const folder = folderWith(TREE);
    folders.push(folder.dispose);
    for (const name of NAMES) {
      expect(moltbot([...KEYS[name].forward, "--auto-approve"], { cwd: folder.path })).toMatchObject({ code: 6, out: "" });
    }
    expect(fs.existsSync(path.join(folder.path, ".moltbot"))).toBe(false);
  });

  test.each([
    [["audit", "new-epoch", "--auto-approve"]],
    [["gateway", "reset-store", "--auto-approve"]],
    [["audit", "new-epoch", "--reason", " ", "--auto-approve"]],
    [["audit", "new-epoch", "--reason", "a\u202eb", "--auto-approve"]],
    [["gateway", "recipient", "--reason", "lost"]],
  ])("%j is a usage error", (args) => {
    const folder = folderWith(TREE);
    folders.push(folder.dispose);
    expect(moltbot(args, { cwd: folder.path }).code).toBe(64);
  });

  test("somebody is applying: LOCKED, and the key stays", () => {
    const { repo, run } = applied();
    const before = run("gateway", "recipient").out;
    const script = `import { lockForApply } from ${JSON.stringify(path.resolve(import.meta.dirname, "../../dist/runtime/store/index.js"))};
      const lock = await lockForApply(${JSON.stringify(path.join(repo, ".moltbot"))}, { host: "h", pid: process.pid, actor: "other@h", since: "2026-01-01T00:00:00.000Z" }, { timeoutMs: 0 });
      if (!lock.ok) process.exit(3);
      const { spawnSync } = await import("node:child_process");
      const ran = spawnSync(process.argv[1], ["gateway", "recipient", "--new", "--auto-approve", "-C", ${JSON.stringify(repo)}], { encoding: "utf8" });
      process.stdout.write(ran.stderr); process.exitCode = ran.status;`;
    const ran = shell(`"${process.execPath}" --input-type=module -e '${script.replaceAll("'", "'\\''")}' "$0"`);
    expect([ran.code, ran.out]).toEqual([5, expect.stringContaining("other@h")]);
    expect(run("gateway", "recipient").out).toBe(before);
  });
});
