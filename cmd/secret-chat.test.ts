import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { answerEvents, chunk, serve, sse } from "../runtime/agents/agents.fixture.ts";
import { canary } from "../test/canaries.fixture.ts";
import { hasAge } from "../trust/secrets/secrets.fixture.ts";
import { BIN, cleanEnv, folderWith, moltbot } from "./cli.fixture.ts";
import { encodingsOf, filesWith, repositoryWith, run } from "./secret-chat.fixture.ts";

const CANARY = canary("chat");

/** Runs a command in the folder, expecting success; its standard output. */
function good(cwd: string, args: readonly string[], input?: string): string {
  const ran = moltbot(args, { cwd, ...(input === undefined ? {} : { input }) });
  expect(`${ran.code} ${ran.err}`).toMatch(/^0 /);
  return ran.out;
}

test("an empty standard input never empties a secret; an empty file may", () => {
  const repo = folderWith(repositoryWith("http://127.0.0.1:1"));
  const runtime = "age14rp0qfezjw97ur9lhrqkh6ftvkkkw0q5s9s9j3t04d9f55kt83cstddwwr";
  try {
    const set = ["secret", "set", "k", "value", "--recipient", runtime];
    const refused = moltbot(set, { cwd: repo.path, input: "" });
    expect([refused.code, refused.err.includes("INPUT_EMPTY")]).toEqual([6, true]);
    expect(moltbot([...set, "--from-file", "/dev/null"], { cwd: repo.path }).code).toBe(0);
  } finally {
    fs.rmSync(repo.path, { recursive: true, force: true });
  }
});

describe("a provider's key, from the terminal to the wire", () => {
  test("pending, set, applied, opened at first use by the runtime alone, and shown nowhere (row 100)", async () => {
    let release: () => void = () => undefined;
    await using server = await serve((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(sse(chunk("Good ")));
      release = () => response.end(sse(chunk("day"), chunk("", "stop")));
    });
    const repo = folderWith(repositoryWith(server.url));
    const cwd = repo.path;
    try {
      const said: string[] = [];
      const first = moltbot(["apply", "--auto-approve"], { cwd });
      said.push(first.out, first.err);
      expect(first.code).toBe(0);
      const early = await run(["chat", "helper", "hello"], { cwd }).done;
      expect([early.code, early.out, server.seen.length]).toEqual([6, "", 0]);
      expect(early.err).toContain("moltbot secret set api key");

      const recipient = good(cwd, ["gateway", "recipient"]).trim();
      const set = moltbot(["secret", "set", "api", "key", "--verbose"], { cwd, input: CANARY });
      expect([set.code, set.out]).toEqual([0, "✓ Changed all/secret.yaml: Secret/api key key, encrypted for 1 recipient.\n"]);
      const manifest = fs.readFileSync(path.join(cwd, "all/secret.yaml"), "utf8");
      for (const part of ["# The provider's key.", "# from the console", recipient, "envelope: |"]) expect(manifest).toContain(part);
      for (const args of [
        ["plan"],
        ["plan", "-o", "json"],
        ["apply", "--auto-approve", "--verbose"],
        ["plan", "--verbose"],
        ["status", "-o", "json"],
        ["render"],
      ]) {
        const ran = moltbot(args, { cwd });
        expect(ran.code).toBe(0);
        said.push(ran.out, ran.err);
      }

      const chat = run(["chat", "helper", "hello", "--verbose"], { cwd });
      await expect.poll(() => server.seen.length, { timeout: 10_000 }).toBe(1);
      const children = fs.readFileSync(`/proc/${chat.pid}/task/${chat.pid}/children`, "utf8").split(" ").filter(Boolean);
      const processes = [String(chat.pid), ...children].flatMap((pid) =>
        ["cmdline", "environ"].map((name) => fs.readFileSync(`/proc/${pid}/${name}`, "utf8")),
      );
      release();
      const ran = await chat.done;
      expect([ran.code, ran.out, ran.err]).toEqual([0, "Good day\n", ""]);
      expect(server.seen[0]?.headers["authorization"]).toBe(`Bearer ${CANARY}`);
      expect(server.seen[0]?.path).toBe("/v1/chat/completions");

      const everything = [
        ...said,
        set.err,
        ...processes,
        ran.out,
        ran.err,
        good(cwd, ["audit", "tail", "-o", "json"]),
        good(cwd, ["chat", "helper", "--sessions"]),
      ].join("\n");
      for (const form of encodingsOf(CANARY)) expect(everything).not.toContain(form);
      expect(filesWith(cwd, encodingsOf(CANARY))).toEqual([]);
    } finally {
      repo.dispose();
    }
  });

  test("quoted back by the provider: hidden, whatever the format (row 105)", async () => {
    await using server = await serve((response, { headers }) =>
      response.writeHead(401).end(JSON.stringify({ error: { message: `bad key ${headers["authorization"]}` } })),
    );
    const repo = folderWith(repositoryWith(server.url));
    const cwd = repo.path;
    try {
      good(cwd, ["apply", "--auto-approve"]);
      good(cwd, ["secret", "set", "api", "key"], CANARY);
      good(cwd, ["apply", "--auto-approve"]);
      for (const output of ["text", "json", "jsonl"]) {
        const ran = await run(["chat", "helper", "hello", "-o", output, "--verbose"], { cwd }).done;
        expect(ran.code).toBe(7);
        expect(ran.out + ran.err).toContain("PROVIDER_AUTH");
        expect(ran.out + ran.err).toContain("bad key Bearer ***");
        for (const form of encodingsOf(CANARY)) expect(ran.out + ran.err).not.toContain(form);
      }
    } finally {
      repo.dispose();
    }
  });
});

describe("secret", () => {
  test("keygen into a place where no folder can be made ends, and says so", () => {
    const ran = moltbot(["secret", "keygen", "--out", "/proc/none/below/key"]);
    expect([ran.code, ran.out, ran.err.includes("OUTPUT_FAILED")]).toEqual([7, "", true]);
  });

  test.runIf(hasAge())("keygen writes 0600, once; others encrypt for it and the stock age reads it", () => {
    const repo = folderWith(repositoryWith("http://127.0.0.1:1"));
    const cwd = repo.path;
    try {
      const recipient = good(cwd, ["secret", "keygen", "--out", "keys/me.txt"]).trim();
      expect(fs.statSync(path.join(cwd, "keys/me.txt")).mode & 0o777).toBe(0o600);
      expect(moltbot(["secret", "keygen", "--out", "keys/me.txt"], { cwd }).code).toBe(6);
      const fragment = good(cwd, ["secret", "encrypt", "tls", "key", "--recipient", recipient], "line 1\nline 2\n");
      expect(fragment).toMatch(/^key:\n {2}age:\n {4}setAt: "[^"]+"\n {4}recipients:\n {6}- age1/);
      const json = JSON.parse(
        good(cwd, ["secret", "encrypt", "tls", "key", "--recipient", recipient, "-o", "json"], "line 1\nline 2\n"),
      ) as { key: { age: { envelope: string } } };
      const plain = execFileSync("age", ["-d", "-i", path.join(cwd, "keys/me.txt")], { input: json.key.age.envelope, encoding: "utf8" });
      expect(JSON.parse(plain)).toMatchObject({ for: "acme/Secret/tls#key", value: "line 1\nline 2\n" });
    } finally {
      repo.dispose();
    }
  });

  test.runIf(hasAge())("set: from a file byte for byte, from a foreign age file, into a new manifest that plans", () => {
    const repo = folderWith(repositoryWith("http://127.0.0.1:1"));
    const cwd = repo.path;
    try {
      const recipient = good(cwd, ["secret", "keygen", "--out", "keys/me.txt"]).trim();
      fs.writeFileSync(path.join(cwd, "value.bin"), Buffer.from([0, 255, 10]));
      expect(good(cwd, ["secret", "set", "blob", "--from-file", "value.bin", "--recipient", recipient])).toContain(
        "New manifest secrets/blob.yaml",
      );
      execFileSync("age", ["-r", recipient, "-o", path.join(cwd, "foreign.age")], { input: CANARY });
      const env = { MOLTBOT_AGE_IDENTITY_FILE: path.join(cwd, "keys/me.txt") };
      const taken = moltbot(["secret", "set", "blob", "taken", "--from-age", "foreign.age", "--recipient", recipient], { cwd, env });
      expect([taken.code, taken.out.includes("Changed secrets/blob.yaml")]).toEqual([0, true]);
      const plan = JSON.parse(good(cwd, ["plan", "-o", "json"])) as { body: { changes: { address: string }[] } };
      expect(plan.body.changes.map(({ address }) => address)).toContain("Secret/blob");
      fs.chmodSync(env.MOLTBOT_AGE_IDENTITY_FILE, 0o644);
      const unsafe = moltbot(["secret", "set", "blob", "taken", "--from-age", "foreign.age", "--recipient", recipient], { cwd, env });
      expect([unsafe.code, unsafe.err.includes("KEY_UNSAFE")]).toEqual([6, true]);
      expect(filesWith(cwd, [CANARY])).toEqual([]);
    } finally {
      repo.dispose();
    }
  });

  test("plan tells what needs no key: a damaged envelope, a value the target could never open", () => {
    const repo = folderWith(repositoryWith("http://127.0.0.1:1"));
    const cwd = repo.path;
    const project = path.join(cwd, "moltbot.yaml");
    const manifest = path.join(cwd, "all/secret.yaml");
    try {
      const [me, runtime] = [good(cwd, ["secret", "keygen", "--out", "a"]).trim(), good(cwd, ["secret", "keygen", "--out", "b"]).trim()];
      good(cwd, ["secret", "set", "api", "key", "--recipient", me], CANARY);
      good(cwd, ["plan"]);
      fs.appendFileSync(project, `  target:\n    type: embedded\n    recipient: ${runtime}\n`);
      const notFor = moltbot(["plan"], { cwd });
      expect([notFor.code, notFor.err.includes("SECRET_NOT_FOR_TARGET"), notFor.err.includes("all/secret.yaml:8:")]).toEqual([
        1,
        true,
        true,
      ]);
      good(cwd, ["secret", "set", "api", "key", "--recipient", me], CANARY);
      good(cwd, ["plan"]);
      const text = fs.readFileSync(manifest, "utf8");
      fs.writeFileSync(manifest, text.replace(/(-----BEGIN AGE ENCRYPTED FILE-----\n\s+)./, "$1A"));
      const damaged = moltbot(["plan"], { cwd });
      expect([damaged.code, damaged.err.includes("SECRET_ENVELOPE_INVALID")]).toEqual([1, true]);
      fs.writeFileSync(manifest, text.replace(/ +- age1.*\n/, ""));
      const claimed = moltbot(["plan"], { cwd });
      expect([claimed.code, claimed.err.includes("SECRET_ENVELOPE_MISMATCH")]).toEqual([4, true]);
    } finally {
      repo.dispose();
    }
  });

  const typed: readonly (readonly [string, string, number, string])[] = [
    ["twice the same", `${CANARY}\r${CANARY}\r`, 0, "Changed all/secret.yaml"],
    ["two that differ", `${CANARY}\rother\r`, 6, "NOT_CONFIRMED"],
    ["Ctrl-C", "\u0003", 130, "interrupted"],
  ];
  test.each(typed)("typed on a terminal, unseen: %s", (_, keys, code, words) => {
    const repo = folderWith(repositoryWith("http://127.0.0.1:1"));
    const cwd = repo.path;
    try {
      const me = good(cwd, ["secret", "keygen", "--out", "a"]).trim();
      // Keys are pressed once the question stands there: before that, the terminal itself would echo them.
      const press = `sleep 1.5; printf '${keys.replaceAll("\r", "\\r").replaceAll("\u0003", "\\003")}'; sleep 1`;
      const line = `(${press}) | script -qec "${BIN} secret set api key --recipient ${me}" /dev/null`;
      const ran = spawnSync("bash", ["-c", line], { cwd, env: cleanEnv(), encoding: "utf8", timeout: 20_000 });
      expect([ran.status, ran.stdout.includes(words)]).toEqual([code, true]);
      expect(ran.stdout).toContain("Value of Secret/api key (not shown): ");
      expect(ran.stdout + ran.stderr).not.toContain(CANARY);
      expect(filesWith(cwd, [CANARY])).toEqual([]);
    } finally {
      repo.dispose();
    }
  });

  const refused: readonly (readonly [string, readonly string[], number, string])[] = [
    ["nobody to encrypt for", ["secret", "set", "api", "key"], 1, "RECIPIENT_INVALID"],
    ["a plugin's recipient", ["secret", "set", "api", "key", "--recipient", "age1plugin1qqqq"], 1, "RECIPIENT_INVALID"],
    ["a private key as recipient", ["secret", "encrypt", "api", "key", "--recipient", "AGE-SECRET-KEY-1QQQQ"], 1, "RECIPIENT_INVALID"],
    ["a value on the command line", ["secret", "set", "api", "key", "hunter2-canary"], 64, "never stands on the command line"],
    ["an unknown flag", ["secret", "set", "api", "--valeu", "hunter2"], 64, "moltbot secret set --help"],
    ["a value in place of the name", ["secret", "set", "Hunter2 Canary"], 64, "NAME takes the name"],
    ["a value in place of the key", ["secret", "set", "api", "hunter2 canary!"], 64, "KEY takes the key"],
    ["a commit to write to", ["secret", "set", "api", "key", "--ref", "HEAD"], 64, "--ref"],
    ["two sources", ["secret", "set", "api", "key", "--from-file", "a", "--from-age", "b"], 64, "contradict"],
    ["a file that is not there", ["secret", "encrypt", "api", "key", "--recipient", "RECIPIENT", "--from-file", "none"], 7, "READ_FAILED"],
    ["a runtime that is not there", ["gateway", "recipient"], 6, "NO_RECORD"],
  ];
  test.each(refused)("%s", (_, args, code, words) => {
    const repo = folderWith(repositoryWith("http://127.0.0.1:1"));
    try {
      const recipient = args.includes("RECIPIENT") ? good(repo.path, ["secret", "keygen", "--out", "k"]).trim() : "";
      const ran = moltbot(
        args.map((arg) => (arg === "RECIPIENT" ? recipient : arg)),
        { cwd: repo.path, input: CANARY },
      );
      expect([ran.code, ran.err.includes(words)]).toEqual([code, true]);
      expect(ran.out + ran.err).not.toMatch(/AGE-SECRET-KEY-1Q|canary-sk|hunter2/i);
      expect(fs.existsSync(path.join(repo.path, ".moltbot"))).toBe(false);
      expect(fs.readFileSync(path.join(repo.path, "all/secret.yaml"), "utf8")).toContain("pending");
    } finally {
      repo.dispose();
    }
  });
});

describe("chat", () => {
  test("one message, piped or as an argument; sessions; JSON", async () => {
    await using server = await serve((response, _, count) =>
      answerEvents(response, chunk(`answer ${count} \u001b[2J::error::x\n::error::y`), chunk("", "stop")),
    );
    const repo = folderWith(repositoryWith(server.url));
    const cwd = repo.path;
    try {
      fs.writeFileSync(
        path.join(cwd, "all/secret.yaml"),
        fs.readFileSync(path.join(cwd, "all/secret.yaml"), "utf8").replace("pending: {}", "env:\n        name: API_KEY"),
      );
      good(cwd, ["apply", "--auto-approve"]);
      const env = { API_KEY: CANARY };
      const one = await run(["chat", "helper"], { cwd, env, input: "from a pipe\n" }).done;
      expect(one.out).toBe("answer 1 \\u001b[2J::error::x\n\\u003a:error::y\n");
      const two = await run(["chat", "helper", "-o", "json", "next"], { cwd, env }).done;
      const turn = JSON.parse(two.out) as { session: string; exchanges: number; text: string };
      expect([turn.exchanges, turn.text]).toEqual([2, "answer 2 \u001b[2J::error::x\n::error::y"]);
      expect(two.out).toContain(String.raw`\u001b`);
      const sent = JSON.parse(server.seen[1]?.body ?? "") as { messages: { content: string }[] };
      expect(sent.messages.map(({ content }) => content.slice(0, 11))).toEqual(["Help.", "from a pipe", "answer 1 \u001b[", "next"]);
      const three = await run(["chat", "helper", "--new", "-o", "jsonl", "again"], { cwd, env }).done;
      expect(
        three.out
          .trim()
          .split("\n")
          .map((line) => (JSON.parse(line) as { type: string }).type),
      ).toEqual(["delta", "turn"]);
      const list = JSON.parse(good(cwd, ["chat", "helper", "--sessions", "-o", "json"])) as {
        sessions: { id: string; exchanges: number; title: string }[];
      };
      expect(list.sessions.map(({ exchanges, title }) => [exchanges, title])).toEqual([
        [1, "again"],
        [2, "from a pipe"],
      ]);
      good(cwd, ["chat", "helper", "--forget", turn.session]);
      const gone = await run(["chat", "helper", "--session", turn.session, "x"], { cwd, env }).done;
      expect([gone.code, gone.err.includes("SESSION_INVALID")]).toEqual([1, true]);
      const unset = await run(["chat", "helper", "x"], { cwd }).done;
      expect([unset.code, unset.err.includes("SECRET_ENV_MISSING")]).toEqual([6, true]);
      expect(filesWith(cwd, [CANARY, "from a pipe"])).toEqual([]);
    } finally {
      repo.dispose();
    }
  });

  test("nothing applied; no such agent; not text; nothing written by any of it", async () => {
    const repo = folderWith(repositoryWith("http://127.0.0.1:1"));
    const cwd = repo.path;
    try {
      const nothing = moltbot(["chat", "helper", "x"], { cwd });
      expect([nothing.code, nothing.err.includes("NOTHING_ACTIVE"), fs.existsSync(path.join(cwd, ".moltbot"))]).toEqual([6, true, false]);
      good(cwd, ["apply", "--auto-approve"]);
      const wrong = moltbot(["chat", "helpr", "x"], { cwd });
      expect([wrong.code, wrong.err.includes('Did you mean "helper"?')]).toEqual([1, true]);
      const bytes = await run(["chat", "helper"], { cwd, input: new Uint8Array([0xff, 0xfe]) }).done;
      expect([bytes.code, bytes.err.includes("ENCODING")]).toEqual([1, true]);
      expect(moltbot(["chat", "helper", "x", "--sessions"], { cwd }).code).toBe(64);
    } finally {
      repo.dispose();
    }
  });

  test("Ctrl-C while an answer comes: stopped, exit 130, not recorded", async () => {
    await using server = await serve((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(sse(chunk("on and on\n")));
    });
    const repo = folderWith(repositoryWith(server.url));
    const cwd = repo.path;
    try {
      fs.writeFileSync(
        path.join(cwd, "all/provider.yaml"),
        fs.readFileSync(path.join(cwd, "all/provider.yaml"), "utf8").replace(/ {2}credentials:\n.*\n.*\n/, ""),
      );
      good(cwd, ["apply", "--auto-approve"]);
      const chat = run(["chat", "helper", "x"], { cwd });
      await expect.poll(() => server.seen.length, { timeout: 10_000 }).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 200));
      chat.kill("SIGINT");
      const ran = await chat.done;
      expect([ran.code, ran.out]).toEqual([130, "on and on\n"]);
      expect(ran.err).toContain("TURN_STOPPED");
      expect(good(cwd, ["chat", "helper", "--sessions"])).toBe("No conversation yet.\n");
    } finally {
      repo.dispose();
    }
  });

  test("a conversation on a terminal: two questions, Ctrl-D", () => {
    const repo = folderWith({
      ...repositoryWith("http://127.0.0.1:1"),
      "all/provider.yaml": "apiVersion: moltbot.dev/v1alpha1\nkind: ModelProvider\nmetadata:\n  name: cloud\nspec:\n  type: echo\n",
    });
    const cwd = repo.path;
    try {
      good(cwd, ["apply", "--auto-approve"]);
      // script(1) gives the command a terminal; \u0004 is Ctrl-D.
      const ran = spawnSync("script", ["-qec", `${BIN} chat helper`, "/dev/null"], {
        cwd,
        env: cleanEnv(),
        input: "first\rsecond\r\u0004",
        encoding: "utf8",
        timeout: 20_000,
      });
      expect(ran.status).toBe(0);
      expect(ran.stdout).toContain("helper> ");
      expect(ran.stdout).toContain("You said: first");
      expect(ran.stdout).toContain("You said: second");
      const list = JSON.parse(good(cwd, ["chat", "helper", "--sessions", "-o", "json"])) as { sessions: { exchanges: number }[] };
      expect(list.sessions.map(({ exchanges }) => exchanges)).toEqual([2]);
    } finally {
      repo.dispose();
    }
  });
});
