import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { folderWith, moltbot, type Ran } from "../../cmd/cli.fixture.ts";
import { repositoryWith, run as start } from "../../cmd/secret-chat.fixture.ts";
import { chunk, serve, sse } from "../../runtime/agents/agents.fixture.ts";
import { canary } from "../canaries.fixture.ts";

/** A runtime with a post-quantum key, as operators meet it: through the built CLI. */

const VALUE = canary("pq");
const folders: (() => void)[] = [];
afterAll(() => folders.forEach((dispose) => dispose()));

interface Place {
  readonly cwd: string;
  readonly run: (args: readonly string[], options?: { readonly as?: string; readonly input?: string }) => Ran;
  /** Runs it, expecting success; its standard output. */
  readonly good: (args: readonly string[], options?: { readonly as?: string; readonly input?: string }) => string;
  readonly read: (name: string) => string;
  readonly write: (name: string, text: string) => void;
  /** A new pair of keys: the name of its file, and the public half. */
  readonly pair: (name: string, ...more: readonly string[]) => { readonly file: string; readonly recipient: string };
}

function placeWith(endpoint: string): Place {
  const [folder, keys] = [folderWith(repositoryWith(endpoint)), folderWith({})];
  folders.push(folder.dispose, keys.dispose);
  const cwd = folder.path;
  const run: Place["run"] = (args, { as, input = VALUE } = {}) =>
    moltbot(args, { cwd, input, ...(as === undefined ? {} : { env: { MOLTBOT_AGE_IDENTITY_FILE: as } }) });
  const good: Place["good"] = (args, options) => {
    const ran = run(args, options);
    expect([args.join(" ").slice(0, 80), ran.code, ran.code === 0 ? "" : ran.err]).toEqual([args.join(" ").slice(0, 80), 0, ""]);
    return ran.out;
  };
  return {
    cwd,
    run,
    good,
    read: (name) => fs.readFileSync(path.join(cwd, name), "utf8"),
    write: (name, text) => fs.writeFileSync(path.join(cwd, name), text),
    pair: (name, ...more) => {
      const file = path.join(keys.path, name);
      return { file, recipient: good(["secret", "keygen", "--out", file, ...more]).trim() };
    },
  };
}

const SECRET_FILE = "all/secret.yaml";
const rules = (...recipients: readonly string[]): string =>
  `  secrets:\n    rules:\n      # everybody\n      - path: "*"\n        recipients: [${recipients.join(", ")}]\n`;
const target = (recipient: string): string => `  target:\n    type: embedded # here\n    recipient: ${recipient}\n`;

describe("a tree moves from classic to post-quantum keys", { shuffle: false }, () => {
  test("keygen --pq, recipient --new --pq, rekey --replace, apply: and the runtime opens the value", async () => {
    await using server = await serve((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(sse(chunk("Good day"), chunk("", "stop")));
    });
    const { cwd, good, run, read, write, pair } = placeWith(server.url);
    const [classic, quantum] = [pair("classic.txt"), pair("quantum.txt", "--pq")];
    const project = read("moltbot.yaml");
    good(["apply", "--auto-approve"]);
    const old = good(["gateway", "recipient"]).trim();
    write("moltbot.yaml", project + target(old) + rules(classic.recipient));
    good(["secret", "set", "api", "key"]);
    good(["apply", "--auto-approve"]);

    const own = good(["gateway", "recipient", "--new", "--pq", "--auto-approve", "--reason", "post-quantum"]).trim();
    expect([own.startsWith("age1pq1"), own.length]).toEqual([true, 1959]);
    expect(JSON.parse(good(["audit", "tail", "--lines", "1", "-o", "jsonl"]))).toMatchObject({ kind: "epoch", body: { recipient: own } });
    const warned = run(["plan"]);
    expect([warned.code, warned.err]).toEqual([0, expect.stringContaining(`--replace "${old}=$(moltbot gateway recipient)"`)]);
    expect(warned.err).not.toContain(own);

    // Half of it would mix the types: refused whole, and nothing is written.
    const before = [read("moltbot.yaml"), read(SECRET_FILE)];
    const half = run(["secret", "rekey", "--replace", `${old}=${own}`], { as: classic.file });
    expect([half.code, half.err]).toEqual([
      1,
      expect.stringMatching(/all\/secret\.yaml:\d+:\d+ {2}error RECIPIENT_INVALID[^]*secret rekey --replace OLD=NEW/),
    ]);
    expect(half.err).toContain(classic.recipient);
    const all = ["secret", "rekey", "--replace", `${old}=${own}`, "--replace", `${classic.recipient}=${quantum.recipient}`];
    expect(run(all).code).toBe(6);
    expect(good([...all, "--dry-run"])).toContain("moltbot.yaml would name the new recipients.");
    expect([read("moltbot.yaml"), read(SECRET_FILE)]).toEqual(before);

    expect(good(all, { as: classic.file })).toContain("moltbot.yaml names the new recipients.");
    expect(read("moltbot.yaml")).toBe(project + target(own) + rules(quantum.recipient));
    expect(good(["secret", "view", "api", "key"], { as: quantum.file })).toBe(VALUE);
    expect(run(["secret", "view", "api", "key"], { as: classic.file }).err).toContain("SECRET_NO_IDENTITY");
    good(["secret", "check"]);
    good(["apply", "--auto-approve"]);
    expect(run(["plan"]).err).not.toContain("SECRET_NOT_FOR");

    const chat = await start(["chat", "helper", "hello"], { cwd }).done;
    expect([chat.code, chat.out, chat.err]).toEqual([0, "Good day\n", ""]);
    expect(server.seen[0]?.headers["authorization"]).toBe(`Bearer ${VALUE}`);

    // What is there with a classic key is there with this one.
    expect(good(["doctor"])).toContain("0 failures");
    expect(JSON.parse(good(["status", "-o", "json"]))).toMatchObject({ recipient: own });
    const backup = path.join(cwd, "..", `${path.basename(cwd)}.backup`);
    folders.push(() => fs.rmSync(backup, { force: true }));
    good(["backup", backup, "--with-keys", "--to", quantum.recipient]);
    fs.rmSync(path.join(cwd, ".moltbot"), { recursive: true });
    good(["restore", backup, "--identity", quantum.file, "--because", "a new disk"]);
    expect(good(["gateway", "recipient"]).trim()).toBe(own);
    const again = await start(["chat", "helper", "hello"], { cwd }).done;
    expect([again.code, again.out]).toEqual([0, "Good day\n"]);

    // A key that is lost, or made anew, stays of its type.
    fs.rmSync(path.join(cwd, ".moltbot", "keys", "runtime.agekey"));
    expect(run(["plan"]).err).toContain("KEY_MISSING");
    const third = good(["gateway", "recipient", "--new", "--auto-approve"]).trim();
    expect([third.startsWith("age1pq1"), third === own]).toEqual([true, false]);
    expect(good(["gateway", "recipient", "--new", "--classic", "--auto-approve"])).toMatch(/^age1(?!pq1)/);
  }, 60_000);
});

describe("which key a new store's runtime gets", () => {
  test.each([
    ["classic, where the Project names nobody", "", [], "age1"],
    ["post-quantum, where everybody the Project names is", "pq", [], "age1pq1"],
    ["what --runtime-key says", "", ["--runtime-key", "post-quantum"], "age1pq1"],
    ["what --runtime-key says, also against the Project", "pq", ["--runtime-key", "x25519"], "age1"],
  ])("%s", (_, named, more, begins) => {
    const { good, read, write, pair } = placeWith("http://127.0.0.1:9");
    if (named === "pq") write("moltbot.yaml", read("moltbot.yaml") + rules(pair("me", "--pq").recipient));
    good(["apply", "--auto-approve", ...more]);
    const recipient = good(["gateway", "recipient"]);
    expect(recipient).toMatch(new RegExp(`^${begins}${begins === "age1" ? "(?!pq1)" : ""}`));
  });

  test("a backup without its keys gets a key of the type that the store had", () => {
    const { cwd, good } = placeWith("http://127.0.0.1:9");
    good(["apply", "--auto-approve", "--runtime-key", "post-quantum"]);
    good(["backup", "b"]);
    fs.rmSync(path.join(cwd, ".moltbot"), { recursive: true });
    good(["restore", "b", "--because", "a new disk"]);
    expect(good(["gateway", "recipient"])).toMatch(/^age1pq1/);
  });

  test.each([
    [["gateway", "recipient", "--pq"]],
    [["gateway", "recipient", "--classic"]],
    [["gateway", "recipient", "--new", "--pq", "--classic"]],
  ])("%j is a usage error", (args) => expect(placeWith("http://127.0.0.1:9").run(args).code).toBe(64));
});

describe("secret rekey --replace", () => {
  test("takes whole trees only, and two different keys", () => {
    const { run, pair } = placeWith("http://127.0.0.1:9");
    const [a, b] = [pair("a").recipient, pair("b").recipient];
    for (const wrong of [
      ["api", "--replace", `${a}=${b}`],
      ["--replace", a],
      ["--replace", `${a}=`],
      ["--replace", `${a}=${b}`, "--replace", `${b}=${a}`],
    ])
      expect(run(["secret", "rekey", ...wrong]).code).toBe(64);
    const unnamed = run(["secret", "rekey", "--replace", `${a}=${b}`]);
    expect([unnamed.code, unnamed.err]).toEqual([1, expect.stringContaining("neither moltbot.yaml nor any value names it")]);
    expect(run(["secret", "rekey", "--replace", `${a}=age1nobody`])).toMatchObject({
      code: 1,
      err: expect.stringContaining("RECIPIENT_INVALID") as string,
    });
  });

  test("in every environment, once in a list, and with comments and layout kept", () => {
    const { good, run, read, write, pair } = placeWith("http://127.0.0.1:9");
    const [a, b, c] = [pair("a"), pair("b"), pair("c")];
    const text = (first: string, second: string, list: string): string =>
      `${read("moltbot.yaml").split("spec:")[0]}spec:\n  environments:\n    eu: {target: {type: embedded, recipient: ${first}}} # Paris\n    us:\n      target:\n        type: embedded\n        recipient: "${second}"\n  secrets:\n    rules:\n      - path: "*"\n        recipients:\n${list}`;
    write("moltbot.yaml", text(a.recipient, b.recipient, `          - ${a.recipient}\n          - ${c.recipient} # carol\n`));
    good(["secret", "set", "api", "key", "-e", "eu"]);
    good(["secret", "rekey", "-e", "eu", "--replace", `${a.recipient}=${c.recipient}`], { as: a.file });
    expect(read("moltbot.yaml")).toBe(text(c.recipient, b.recipient, `          - ${c.recipient} # carol\n`));
    good(["secret", "check"]);
    expect([
      good(["secret", "view", "api", "key", "-e", "eu"], { as: c.file }),
      run(["secret", "view", "api", "key", "-e", "eu"], { as: a.file }).code,
    ]).toEqual([VALUE, 6]);
  });
});

test("a manifest with a byte order mark and CRLF keeps both when a value is set", () => {
  const { good, read, write, pair } = placeWith("http://127.0.0.1:9");
  const me = pair("me");
  write(SECRET_FILE, `\ufeff${read(SECRET_FILE).replaceAll("\n", "\r\n")}`);
  good(["secret", "set", "api", "key", "--recipient", me.recipient]);
  const text = read(SECRET_FILE);
  expect([text.startsWith("\ufeff"), /(?<!\r)\n/.test(text)]).toEqual([true, false]);
  expect(good(["secret", "view", "api", "key"], { as: me.file })).toBe(VALUE);
});

test("the stock age reads what is for a post-quantum runtime where it is new enough; an older one says that it cannot", () => {
  const { cwd, good, pair } = placeWith("http://127.0.0.1:9");
  const me = pair("me", "--pq");
  const json = JSON.parse(good(["secret", "encrypt", "api", "key", "--recipient", me.recipient, "-o", "json"])) as {
    readonly key: { readonly age: { readonly envelope: string } };
  };
  const version = (): string => execFileSync("age", ["--version"], { encoding: "utf8" }).replace(/^v/, "");
  const [major = 0, minor = 0] = version().split(".").map(Number);
  const open = (): string =>
    execFileSync("age", ["-d", "-i", me.file], { cwd, input: json.key.age.envelope, encoding: "utf8", stdio: "pipe" });
  if (major > 1 || minor >= 3) expect(JSON.parse(open())).toMatchObject({ value: VALUE });
  else expect(open).toThrow(/unknown identity type|malformed|error/);
});
