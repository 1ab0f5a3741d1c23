import fs from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { folderWith, moltbot, type Ran } from "../../cmd/cli.fixture.ts";
import { generateIdentity, identityFile, recipientOf } from "../../trust/secrets/index.ts";

/** How the store's key is kept, and keys inside a backup, as users meet them: through the built CLI. */

const TREE = {
  "moltbot.yaml": "apiVersion: moltbot.dev/v1alpha1\nkind: Project\nmetadata:\n  name: acme\nspec:\n  sources: [all]\n",
  "all/echo.yaml":
    "apiVersion: moltbot.dev/v1alpha1\nkind: ModelProvider\nmetadata:\n  name: echo\nspec:\n  type: echo\n  local: true\n---\n" +
    "apiVersion: moltbot.dev/v1alpha1\nkind: Agent\nmetadata:\n  name: parrot\nspec:\n  model:\n    provider: echo\n    name: echo-1\n  prompt: Be kind.\n",
};

const folders: (() => void)[] = [];
afterAll(() => folders.forEach((dispose) => dispose()));

interface Place {
  readonly repo: string;
  readonly run: (args: readonly string[], env?: Readonly<Record<string, string>>) => Ran;
  readonly file: (name: string, text: string) => string;
}

function fresh(): Place {
  const folder = folderWith(TREE);
  folders.push(folder.dispose);
  return {
    repo: folder.path,
    run: (args, env = {}) => moltbot(args, { cwd: folder.path, input: "", env }),
    file: (name, text) => {
      const file = path.join(folder.path, name);
      fs.writeFileSync(file, text, { mode: 0o600 });
      return file;
    },
  };
}

const identity = await generateIdentity();
const recipient = await recipientOf(identity);
const IDENTITY = (await identityFile(identity, "2026-01-01T00:00:00Z")).open();
const key = (repo: string): string => fs.readFileSync(path.join(repo, ".moltbot/keys/store.key"), "utf8");

describe("a store key locked by a passphrase", () => {
  test("from the first apply on: plans need nothing, chat needs the passphrase, and it can be changed", () => {
    const { repo, run, file } = fresh();
    const [right, wrong] = [file("right", "correct horse battery staple\n"), file("wrong", "incorrect horse battery\n")];
    expect(run(["apply", "--auto-approve", "--store-key", "passphrase", "--passphrase-file", file("short", "short\n")]).err).toContain(
      "PASSPHRASE_INVALID",
    );
    expect(fs.existsSync(path.join(repo, ".moltbot"))).toBe(false);
    expect(run(["apply", "--auto-approve", "--store-key", "passphrase", "--passphrase-file", right]).code).toBe(0);
    expect(key(repo)).toMatch(/^moltbot-store-key-passphrase-1:/m);
    expect(run(["plan", "--detailed-exitcode"]).code).toBe(0);
    expect(run(["chat", "parrot", "hello", "--passphrase-file", right]).out).toContain("hello");
    for (const ran of [run(["chat", "parrot", "hello"]), run(["chat", "parrot", "hello", "--passphrase-file", wrong])])
      expect([ran.code, ran.err]).toEqual([6, expect.stringContaining("STORE_KEY_LOCKED")]);
    expect(run(["doctor"]).out).toContain("The store's key is locked (passphrase).");

    const change = ["gateway", "reset-store", "--auto-approve", "--reason", "plain again", "--store-key", "file"];
    expect(run(change).code).toBe(6);
    expect(run([...change, "--passphrase-file", right]).code).toBe(0);
    expect(key(repo)).toMatch(/^moltbot-store-key-1:/m);
    expect(run(["chat", "parrot", "--sessions"]).out).toContain("hello");
    expect(run(["doctor"]).out).toContain("a fallback");
    expect(run(["audit", "verify"]).code).toBe(0);
  });

  test("a file from another store is noticed by a plan", () => {
    const [one, two] = [fresh(), fresh()];
    for (const { run, file } of [one, two])
      expect(
        run(["apply", "--auto-approve", "--store-key", "passphrase", "--passphrase-file", file("p", "correct horse battery\n")]).code,
      ).toBe(0);
    fs.writeFileSync(path.join(one.repo, ".moltbot/keys/store.key"), key(two.repo));
    const plan = one.run(["plan"]);
    expect([plan.code, plan.err]).toEqual([9, expect.stringContaining("KEY_MISMATCH")]);
  });
});

test("a store key locked for an age identity", () => {
  const { repo, run, file } = fresh();
  expect(run(["apply", "--auto-approve"]).code).toBe(0);
  expect(run(["chat", "parrot", "hello"]).code).toBe(0);
  const lock = ["gateway", "reset-store", "--auto-approve", "--reason", "locked", "--store-key", "age", "--store-key-recipient", recipient];
  expect(run(lock).code).toBe(0);
  expect(key(repo)).toMatch(/^moltbot-store-key-age-1:/m);
  expect(run(["chat", "parrot", "again"]).code).toBe(6);
  const env = { MOLTBOT_AGE_IDENTITY_FILE: file("id", IDENTITY) };
  expect(run(["chat", "parrot", "--sessions"], env).out).toContain("hello");
  expect(run(["apply", "--auto-approve", "--store-key", "age", "--store-key-recipient", recipient]).err).toContain("STORE_EXISTS");
});

describe.each(["runtime.agekey", "store.key"] as const)("%s", (name) => {
  test.each(["emptied", "another store's"])("%s: every command that opens the store ends with 9", (how) => {
    const [one, two] = [fresh(), fresh()];
    for (const { run } of [one, two]) expect(run(["apply", "--auto-approve"]).code).toBe(0);
    const text = how === "emptied" ? "" : fs.readFileSync(path.join(two.repo, ".moltbot/keys", name), "utf8");
    fs.writeFileSync(path.join(one.repo, ".moltbot/keys", name), text);
    for (const command of [["plan"], ["status"], ["apply", "--auto-approve"], ["history"], ["audit", "verify"], ["export", "--out", "o"]])
      expect([command[0], one.run(command).code]).toEqual([command[0], 9]);
  });
});

describe("backup --with-keys", () => {
  test("seals the keys; restore opens them with an identity, and conversations with them", () => {
    const { repo, run, file } = fresh();
    expect(run(["apply", "--auto-approve"]).code).toBe(0);
    expect(run(["chat", "parrot", "hello"]).code).toBe(0);
    const plain = run(["backup", "plain.backup"]);
    const sealed = run(["backup", "sealed.backup", "--with-keys", "--to", recipient]);
    expect([plain.out, sealed.out]).toEqual([expect.stringContaining("Keys are not in it"), expect.stringContaining("sealed")]);
    const bytes = fs.readFileSync(path.join(repo, "sealed.backup"), "latin1");
    const kept = key(repo).split("\n")[1] ?? "";
    expect(bytes.includes(kept.split(":")[1] ?? "?")).toBe(false);

    const id = file("id", IDENTITY);
    const other = file("other", "AGE-SECRET-KEY-1QQPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQQHZQV3\n");
    fs.rmSync(path.join(repo, ".moltbot"), { recursive: true });
    expect(run(["restore", "sealed.backup", "--identity", other, "--because", "x"]).code).not.toBe(0);
    expect(fs.existsSync(path.join(repo, ".moltbot/store.db"))).toBe(false);
    const back = run(["restore", "sealed.backup", "--identity", id, "--because", "new host"]);
    expect([back.code, back.out]).toEqual([0, expect.not.stringContaining("are new")]);
    expect(key(repo)).toContain(kept);
    expect(run(["chat", "parrot", "--sessions"]).out).toContain("hello");

    fs.rmSync(path.join(repo, ".moltbot"), { recursive: true });
    expect(run(["restore", "sealed.backup", "--because", "without"]).out).toContain("are new: runtime.agekey, store.key, ledger.key");
  });

  test("a backup with keys that was cut or changed is refused whole", () => {
    const { repo, run, file } = fresh();
    expect(run(["apply", "--auto-approve"]).code).toBe(0);
    expect(run(["backup", "b", "--with-keys", "--to", recipient]).code).toBe(0);
    const whole = fs.readFileSync(path.join(repo, "b"));
    const changed = Buffer.from(whole);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    const id = file("id", IDENTITY);
    for (const bytes of [whole.subarray(0, -1), changed]) {
      fs.writeFileSync(path.join(repo, "b"), bytes);
      expect(run(["restore", "b", "--replace", "--identity", id, "--because", "x"]).err).toContain("BACKUP_INVALID");
    }
  });

  test.each([
    [["--with-keys"], "--to"],
    [["--to", "age1x"], "--with-keys"],
  ])("%j alone is a usage error", (flags, other) => {
    const ran = fresh().run(["backup", "b", ...flags]);
    expect([ran.code, ran.err]).toEqual([64, expect.stringContaining(other)]);
  });
});
