import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import * as age from "age-encryption";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BIN, cleanEnv, moltbot, type Ran } from "../../cmd/cli.fixture.ts";
import { canary } from "../canaries.fixture.ts";
import { hasAge } from "../../trust/secrets/secrets.fixture.ts";
import { person, project, secret, secretsRepository, type Person, type SecretsRepository } from "./tree.fixture.ts";

const [me, bob, carol] = [await person(), await person(), await person()];
let tree: SecretsRepository;
const run = (
  args: readonly string[],
  who: Person | null = me,
  more: { readonly input?: string; readonly env?: Record<string, string> } = {},
): Ran =>
  moltbot(args, {
    cwd: tree.repo,
    env: { ...(who ? tree.env(who) : {}), ...more.env },
    ...(more.input === undefined ? {} : { input: more.input }),
  });
const view = (name: string, key: string, who: Person = me): string => run(["secret", "view", name, key], who).out;

afterAll(() => tree.dispose());

// One story: each part goes on from where the one before left the tree.
describe("secret commands", { shuffle: false }, () => {
  describe("a value is viewed and edited", { shuffle: false }, () => {
    beforeAll(() => {
      tree = secretsRepository({ "moltbot.yaml": project([me, bob]), "s/api.yaml": secret("api", ["one", "two"]) });
      expect(run(["secret", "set", "api", "one"], null, { input: canary("first") }).code).toBe(0);
      expect(run(["secret", "set", "api", "two"], null, { input: "second\n" }).code).toBe(0);
      tree.commit("values");
    });

    const editor = (script: string): Record<string, string> => {
      const file = path.join(tree.aside, "editor.sh");
      fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      return { EDITOR: file };
    };
    const leavings = (): readonly string[] =>
      fs
        .readdirSync("/dev/shm")
        .filter((name) => name.startsWith("moltbot-edit-") && fs.statSync(path.join("/dev/shm", name)).uid === process.geteuid?.());

    test("row 98: without an identity, or with a wrong one, it says who could", () => {
      const without = run(["secret", "view", "api", "one"], null);
      const wrong = run(["secret", "view", "api", "one"], carol);
      for (const ran of [without, wrong]) {
        expect([ran.code, ran.out]).toEqual([6, ""]);
        expect(ran.err).toContain(`s/api.yaml:9:5`);
        expect(ran.err).toContain("SECRET_NO_IDENTITY");
        expect(ran.err).toContain(me.recipient);
        expect(ran.err).not.toContain("AGE-SECRET-KEY");
      }
    });

    test("to standard output byte for byte, from a commit, into a file of mode 0600 that must be new", () => {
      expect(view("api", "two")).toBe("second\n");
      expect(run(["secret", "view", "api", "one", "--ref", "HEAD"], bob).out).toBe(canary("first"));
      const out = path.join(tree.aside, "out.canary-input");
      expect(run(["secret", "view", "api", "one", "--out", out]).code).toBe(0);
      expect([fs.readFileSync(out, "utf8"), fs.statSync(out).mode & 0o777]).toEqual([canary("first"), 0o600]);
      expect(run(["secret", "view", "api", "one", "--out", out]).code).not.toBe(0);
    });

    test("a name that nothing declares", () => {
      expect(run(["secret", "view", "apo", "one"]).err).toContain('Did you mean "api"?');
      expect(run(["secret", "view", "api", "ones"]).err).toContain('Did you mean "one"?');
    });

    test("only what changed is encrypted again; comments and layout stay; the editor sees no MOLTBOT_ variable", () => {
      const before = tree.read("s/api.yaml");
      const seen = path.join(tree.aside, "seen");
      const ran = run(["secret", "edit", "api"], me, {
        env: editor(
          `env >${seen}; stat -c '%a %n' "$1" "$(dirname "$1")" >>${seen}; sed -i 's/^one: .*/one: changed/' "$1"; echo 'three: added' >>"$1"`,
        ),
      });
      expect(ran.out).toContain("keys one, three");
      const facts = fs.readFileSync(seen, "utf8");
      expect(facts).not.toContain("MOLTBOT_");
      expect(facts).toMatch(/^600 /m);
      expect(facts).toMatch(/^700 /m);
      expect([view("api", "one"), view("api", "two"), view("api", "three")]).toEqual(["changed", "second\n", "added"]);
      const two = (text: string): string => text.slice(text.indexOf("    two:"), text.indexOf("-----END", text.indexOf("    two:")));
      expect(two(tree.read("s/api.yaml"))).toBe(two(before));
      expect(tree.read("s/api.yaml").startsWith("# The keys of api.\n")).toBe(true);
      expect(tree.read("s/api.yaml")).toContain("    # about two\n");
      expect(leavings()).toEqual([]);
    });

    test("the line break that an editor adds is not taken for a part of the value", () => {
      run(["secret", "edit", "api", "three"], me, { env: editor(`printf 'typed\\n' >"$1"`) });
      expect(view("api", "three")).toBe("typed");
      expect(run(["secret", "edit", "api", "three"], me, { env: editor("true") }).out).toContain("Nothing was changed");
    });

    test.each([
      ["fails", "exit 3", "EDITOR_FAILED"],
      ["deletes its file", `rm "$1"`, "EDITOR_FAILED"],
      ["leaves a pipe", `rm "$1"; mkfifo "$1"`, "EDITOR_FAILED"],
      ["leaves a link", `rm "$1"; ln -s /etc/hostname "$1"`, "EDITOR_FAILED"],
      ["leaves no YAML", `echo ': : [' >"$1"`, "SECRET_EDIT_INVALID"],
      ["removes a key", `echo 'one: x' >"$1"`, "SECRET_EDIT_INVALID"],
      ["leaves a number", `sed -i 's/^one: .*/one: 4711/' "$1"`, "SECRET_EDIT_INVALID"],
    ])("an editor that %s changes nothing and leaves nothing", (_, script, code) => {
      const before = tree.read("s/api.yaml");
      const ran = run(["secret", "edit", "api"], me, { env: editor(script) });
      expect([ran.code === 0, ran.err.includes(code), tree.read("s/api.yaml")]).toEqual([false, true, before]);
      expect(leavings()).toEqual([]);
    });

    test("no editor is a mistake on the command line", () => {
      expect(run(["secret", "edit", "api"]).code).toBe(64);
    });

    test("ended by a signal the file is gone; what kill -9 leaves is removed by the next", async () => {
      for (const signal of ["SIGTERM", "SIGHUP", "SIGKILL"] as const) {
        const started = path.join(tree.aside, "started");
        fs.rmSync(started, { force: true });
        const env = cleanEnv({ ...tree.env(me), ...editor(`echo here >${started}; sleep 1`) });
        const child = spawn(BIN, ["secret", "edit", "api"], { cwd: tree.repo, env, stdio: "ignore" });
        const ended = new Promise((resolve) => child.on("close", resolve));
        while (!fs.existsSync(started)) await new Promise((resolve) => setTimeout(resolve, 20));
        child.kill(signal);
        await ended;
        if (signal === "SIGKILL") run(["secret", "edit", "api"], me, { env: editor("true") });
        expect(leavings(), signal).toEqual([]);
      }
    });
  });

  describe("recipients are changed", { shuffle: false }, () => {
    const FILES = ["s/a.yaml", "s/b.yaml", "deep/c.yaml"];
    beforeAll(() => {
      tree?.dispose();
      tree = secretsRepository({
        "moltbot.yaml": project([me, bob]),
        "s/a.yaml": secret("a", ["one", "two"], "  rotation:\n    every: 90d\n"),
        "s/b.yaml": secret("b", ["one"]),
        "deep/c.yaml": secret("c", ["one"]),
      });
      for (const [name, key] of [
        ["a", "one"],
        ["a", "two"],
        ["b", "one"],
        ["c", "one"],
      ] as const)
        expect(run(["secret", "set", name, key], null, { input: `${name} ${key}` }).code).toBe(0);
      tree.commit("values");
    });

    test("nothing to do", () => {
      expect(run(["secret", "rekey"]).out).toContain("4 values");
      expect(tree.git("status", "--porcelain")).toBe("");
    });

    test("--dry-run says what and writes nothing; who cannot open everything changes nothing", () => {
      const dry = run(["secret", "rekey", "--remove", bob.recipient, "--dry-run"]);
      expect(dry.out).toContain("Would encrypt 4 values again in 3 files");
      expect(run(["secret", "rekey", "--remove", bob.recipient], carol).code).toBe(6);
      expect(tree.git("status", "--porcelain")).toBe("");
    });

    test("a removed recipient is out, and plan and status owe a rotation until the value is set", () => {
      tree.write("moltbot.yaml", project([me]));
      expect(run(["secret", "check"], null).code).toBe(1);
      expect(run(["secret", "rekey", "-o", "json"]).code).toBe(0);
      expect(run(["secret", "view", "a", "one"], bob).code).toBe(6);
      expect(view("a", "one")).toBe("a one");
      expect(run(["secret", "check"], null).code).toBe(0);
      const owed = (): readonly string[] =>
        (JSON.parse(run(["plan", "-o", "json"], null).out) as { body: { warnings: { code: string; address: string }[] } }).body.warnings
          .filter(({ code }) => code === "SECRET_ROTATE_UPSTREAM")
          .map(({ address }) => address);
      expect(owed()).toEqual(["Secret/a", "Secret/a", "Secret/b", "Secret/c"]);
      run(["secret", "set", "a", "one"], null, { input: "new" });
      expect(owed()).toEqual(["Secret/a", "Secret/b", "Secret/c"]);
      expect(run(["apply", "--auto-approve"], null).code).toBe(0);
      expect(run(["status"], null).out.match(/SECRET_ROTATE_UPSTREAM/g)).toHaveLength(3);
      tree.commit("rotated");
    });

    test("--add for some Secrets only, and the way back clears what it opened", () => {
      const before = FILES.map((file) => tree.read(file));
      expect(run(["secret", "rekey", "b", "--add", carol.recipient]).code).toBe(0);
      expect(FILES.map((file) => tree.read(file) === before[FILES.indexOf(file)])).toEqual([true, false, true]);
      expect(view("b", "one", carol)).toBe("b one");
      expect(run(["secret", "rekey", "nothing"]).err).toContain("SECRET_UNKNOWN");
    });

    test("row 104: a recipient that names a plugin with a path is INVALID and no program runs", () => {
      const bait = path.join(tree.aside, "ran");
      const folder = path.join(tree.aside, "bin");
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(path.join(folder, "age-plugin-x"), `#!/bin/sh\ntouch ${bait}\n`, { mode: 0o755 });
      const env = { PATH: `${folder}:${process.env["PATH"]}` };
      for (const recipient of ["age1../../x1qqqq", "age1x1qqqqqq", "../age-plugin-x"]) {
        expect(run(["secret", "rekey", "--add", recipient], me, { env }).code).toBe(1);
        expect(run(["secret", "set", "a", "one", "--recipient", recipient], null, { env, input: "x" }).code).toBe(1);
      }
      for (const text of ["AGE-PLUGIN-../X-1QQQQ", "AGE-PLUGIN-X-1QQQQ"])
        expect(run(["secret", "view", "a", "one"], null, { env: { ...env, MOLTBOT_AGE_IDENTITY: text } }).code).toBe(1);
      tree.write("moltbot.yaml", project([{ ...me, recipient: "age1../x1qqqq" }]));
      expect(run(["plan"], null, { env }).code).toBe(1);
      tree.git("checkout", "-q", "moltbot.yaml");
      expect(fs.existsSync(bait)).toBe(false);
    });
  });

  describe("identities", { shuffle: false }, () => {
    test("an identity file with a passphrase: from a file, from a descriptor, not at all", async () => {
      const [locked, words] = [path.join(tree.aside, "locked.txt"), path.join(tree.aside, "words")];
      fs.writeFileSync(words, "correct horse\n", { mode: 0o600 });
      const encrypter = new age.Encrypter();
      encrypter.setPassphrase("correct horse");
      encrypter.setScryptWorkFactor(8);
      fs.writeFileSync(locked, await encrypter.encrypt(`${me.identity.open()}\n`), { mode: 0o600 });
      const MOLTBOT_AGE_IDENTITY_FILE = locked;
      const env = { MOLTBOT_AGE_IDENTITY_FILE, MOLTBOT_AGE_PASSPHRASE_FILE: words };
      expect(run(["secret", "view", "c", "one"], null, { env }).out).toBe("c one");
      const fd = execFileSync("sh", ["-c", `"$0" secret view c one 3<${words}`, BIN], {
        cwd: tree.repo,
        env: cleanEnv({ MOLTBOT_AGE_IDENTITY_FILE, MOLTBOT_AGE_PASSPHRASE_FD: "3" }),
        encoding: "utf8",
      });
      expect(fd).toBe("c one");
      expect(run(["secret", "view", "c", "one"], null, { env: { MOLTBOT_AGE_IDENTITY_FILE } }).err).toContain("IDENTITY_LOCKED");
      fs.writeFileSync(words, "wrong");
      expect(run(["secret", "view", "c", "one"], null, { env }).err).toContain("IDENTITY_PASSPHRASE");
      fs.chmodSync(words, 0o644);
      expect(run(["secret", "view", "c", "one"], null, { env }).err).toContain("KEY_UNSAFE");
    });

    test.runIf(hasAge())("keygen --passphrase makes an identity file that no stranger reads", () => {
      const [locked, words] = [path.join(tree.aside, "made.txt"), path.join(tree.aside, "made-words")];
      fs.writeFileSync(words, "correct horse\n", { mode: 0o600 });
      const made = run(["secret", "keygen", "--passphrase", "--out", locked], null, { env: { MOLTBOT_AGE_PASSPHRASE_FILE: words } });
      expect([
        made.code,
        fs.readFileSync(locked, "utf8").startsWith("-----BEGIN AGE ENCRYPTED FILE-----"),
        fs.statSync(locked).mode & 0o777,
      ]).toEqual([0, true, 0o600]);
    });

    test("row 103: an identity that others can read, or that is committed, is REFUSED", () => {
      const file = path.join(tree.repo, "me.txt");
      fs.writeFileSync(file, `${me.identity.open()}\n`, { mode: 0o600 });
      fs.chmodSync(file, 0o640);
      const env = { MOLTBOT_AGE_IDENTITY_FILE: file };
      expect(run(["secret", "view", "a", "one"], null, { env })).toMatchObject({ code: 6, out: "" });
      fs.chmodSync(file, 0o600);
      expect(run(["secret", "check"], null).err).toContain("me.txt:1:1");
      tree.commit("oh");
      const ran = run(["secret", "view", "a", "one"], null, { env });
      expect([ran.code, ran.err.includes("IDENTITY_COMMITTED")]).toEqual([6, true]);
      tree.git("rm", "-q", "-f", "me.txt");
    });

    test("row 102: a megabyte of any bytes is delivered byte for byte, one byte more is LIMIT", () => {
      const big = path.join(tree.aside, "big");
      const bytes = Buffer.alloc(1024 * 1024, "\0\xff\r\nüx");
      fs.writeFileSync(big, bytes);
      expect(run(["secret", "set", "a", "two", "--from-file", big], null).code).toBe(0);
      const out = path.join(tree.aside, "big-out");
      fs.rmSync(out, { force: true });
      expect(run(["secret", "view", "a", "two", "--out", out]).code).toBe(0);
      expect(fs.readFileSync(out).equals(bytes)).toBe(true);
      fs.appendFileSync(big, "x");
      const ran = run(["secret", "set", "a", "two", "--from-file", big], null);
      expect([ran.code, ran.err.includes("SECRET_TOO_LARGE")]).toEqual([1, true]);
    });
  });
});
