import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { BIN, cleanEnv, folderWith, moltbot, shell, start } from "./cli.fixture.ts";

const MANIFEST = path.resolve(import.meta.dirname, "..", "oclif.manifest.json");
const commands = Object.values((JSON.parse(fs.readFileSync(MANIFEST, "utf8")) as { commands: Record<string, CommandEntry> }).commands);

interface CommandEntry {
  readonly id: string;
  readonly summary: string;
  readonly examples: readonly { readonly description: string; readonly command: string }[];
  readonly flags: Readonly<Record<string, { readonly env?: string }>>;
}

const scratch = folderWith({});
afterAll(scratch.dispose);

describe("a mistake on the command line is exit 64, and nothing is done", () => {
  test.each<[string, readonly string[], string]>([
    ["unknown command", ["explian"], 'There is no command "explian". Did you mean "moltbot explain"?'],
    ["unknown command far from any", ["frobnicate"], 'There is no command "frobnicate".'],
    ["flag before the command", ["--quiet", "plan"], "A command comes before its flags."],
    ["unknown flag", ["plan", "--outptu", "json"], "There is no flag --outptu. Did you mean --output?"],
    ["unknown short flag", ["plan", "-z"], "There is no flag -z."],
    ["repeated flag", ["plan", "-o", "json", "-o", "text"], "Flag --output can only be specified once"],
    ["repeated switch", ["plan", "--quiet", "--quiet"], "--quiet may be given once."],
    ["contradictory flags", ["plan", "--quiet", "--verbose"], "--quiet and --verbose contradict each other."],
    ["unknown value", ["plan", "-o", "xml"], "Expected --output=xml to be one of"],
    ["missing value", ["plan", "--ref"], "Flag --ref expects a value"],
    ["empty value", ["plan", "-C", ""], "--repo needs a value."],
    ["too many arguments", ["explain", "A", "B"], "Unexpected argument: B"],
    ["missing argument", ["show"], "FILE is needed: a file written by `plan --out`."],
    [
      "missing argument of a command with flags that repeat",
      ["gateway", "freeze"],
      "SELECTOR is needed: an address such as Agent/support, or '*'.",
    ],
    ["a number too large", ["gateway", "run", "--port", "99999"], "--port takes a whole number of at most 65535; found 99999."],
    ["command of three words", ["gateway", "person", "export", "web:ann"], "--out is needed.\nSee: moltbot gateway person export --help"],
    ["report where there is none", ["explain", "--report", "json=x"], "explain makes no report."],
    ["unknown report", ["plan", "--report", "pdf=x"], "--report takes FORMAT=PATH"],
    ["report without a path", ["plan", "--report", "json="], "--report takes FORMAT=PATH"],
    ["two reports to one file", ["plan", "--report", "json=x", "--report", "sarif=./x"], "Two --report flags name the same file."],
    ["unsafe actor", ["plan", "--actor", "a\u202eb"], "--actor takes 1 to 200 visible characters."],
    ["escape codes in a flag", ["plan", "--\u001b[31mx"], "There is no flag --\\u001b[31mx."],
  ])("%s", (_, args, message) => {
    const ran = moltbot(args, { cwd: scratch.path });
    expect(ran.err).toContain(`moltbot: ${message}`);
    expect(ran.err).toMatch(/\nSee: moltbot .*--help\n$/);
    expect(ran).toMatchObject({ code: 64, out: "" });
    expect(fs.readdirSync(scratch.path)).toEqual([]);
  });
});

describe("help", () => {
  test.each([[[]], [["--help"]], [["help"]], [["-h"]]])("moltbot %j lists every command on standard output", (args) => {
    const ran = moltbot(args);
    expect(ran).toMatchObject({ code: 0, err: "" });
    for (const { id } of commands) expect(ran.out).toContain(id.split(":")[0]);
  });

  test.each(commands.map((command) => [command.id, command] as const))(
    "%s has a summary, examples that name it, and a variable for each flag",
    (_, command) => {
      const words = command.id.replaceAll(":", " ");
      expect(command.summary.length).toBeGreaterThan(10);
      expect(command.examples.length).toBeGreaterThan(0);
      for (const example of command.examples) {
        expect(example.description).not.toBe("");
        expect(example.command).toContain("<%= config.bin %> ");
      }
      expect(command.examples.map((example) => example.command).join("\n")).toContain(`<%= config.bin %> ${words}`);
      for (const [name, flag] of Object.entries(command.flags))
        expect([name, flag.env]).toEqual([name, expect.stringMatching(/^MOLTBOT_[A-Z_]+$/)]);
    },
  );

  test("is the same through --help, -h and help COMMAND, at 20 columns too", () => {
    const [one, ...others] = [
      ["plan", "--help"],
      ["plan", "-h"],
      ["help", "plan"],
    ].map((args) => moltbot(args, { env: { COLUMNS: "20" } }).out);
    expect(one).toContain("$ moltbot plan [FLAGS]");
    for (const other of others) expect(other).toBe(one);
  });

  test("a word after -- is no question for help", () => expect(moltbot(["show", "--", "--help"]).code).not.toBe(0));
});

describe("standard output", () => {
  test("closed early: the exit code stands and nothing is said", async () => {
    const child = start(["explain", "-o", "json"]);
    child.stdout!.destroy();
    let err = "";
    child.stderr!.on("data", (chunk: Buffer) => (err += chunk.toString()));
    const [code] = (await once(child, "close")) as [number];
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test("closed early by head", () => expect(shell('"$0" explain | head -n 1')).toMatchObject({ code: 0, err: "" }));

  test.runIf(fs.existsSync("/dev/full"))("a full device is OUTPUT_FAILED, exit 7", () => {
    const ran = shell('"$0" explain > /dev/full');
    expect(ran.code).toBe(7);
    expect(ran.err).toContain("error OUTPUT_FAILED");
  });

  test("is not coloured in a pipe, and is with FORCE_COLOR", () => {
    expect(moltbot(["explain", "REF_NOT_FOUND"]).out).not.toContain("\u001b");
    expect(moltbot(["explain", "REF_NOT_FOUND"], { env: { FORCE_COLOR: "1" } }).out).toContain("\u001b[1mREF_NOT_FOUND");
    expect(moltbot(["explain", "REF_NOT_FOUND", "--no-color"], { env: { FORCE_COLOR: "1" } }).out).not.toContain("\u001b");
    expect(moltbot(["explain", "NOPE"], { env: { NO_COLOR: "1" } }).err).not.toContain("\u001b");
  });

  test("is never read from standard input: an absent argument is absent", () =>
    expect(moltbot(["explain", "-o", "json"], { input: "REF_NOT_FOUND\n" }).out.startsWith("[")).toBe(true));
});

describe("a bug of ours", () => {
  // Nothing a user can do breaks JSON.parse this way; it stands for whatever we did not foresee.
  const patch = "JSON.parse = () => { throw new RangeError(`b${String.fromCharCode(27)}oom`) }";
  const broken = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(patch)}` };

  test("is exit 70 and one paragraph that asks for a report", () => {
    const ran = moltbot(["explain", "REF_NOT_FOUND"], { env: broken });
    expect(ran).toMatchObject({ code: 70, out: "" });
    expect(ran.err).toMatch(/^moltbot: this is a bug in moltbot.*RangeError: b\\u001boom\. Add --verbose to see where it happened\.\n$/);
  });

  test("shows where only with --verbose", () => {
    expect(moltbot(["explain", "--verbose"], { env: broken }).err).toMatch(/\n +at .*main\.js/);
    expect(moltbot(["explain"], { env: { ...broken, MOLTBOT_VERBOSE: "1" } }).err).toMatch(/\n +at /);
  });
});

describe("variables", () => {
  test("stand in for flags, and the flag wins", () => {
    expect(moltbot(["explain", "REF_NOT_FOUND"], { env: { MOLTBOT_OUTPUT: "json" } }).out.startsWith("{")).toBe(true);
    expect(moltbot(["explain", "REF_NOT_FOUND", "-o", "text"], { env: { MOLTBOT_OUTPUT: "json" } }).out).toMatch(/^REF_NOT_FOUND/);
    expect(moltbot(["explain", "REF_NOT_FOUND"], { env: { MOLTBOT_OUTPUT: "" } }).code).toBe(0);
    expect(moltbot(["explain", "REF_NOT_FOUND"], { env: { MOLTBOT_OUTPUT: "xml" } }).code).toBe(64);
    expect(moltbot(["explain", "REF_NOT_FOUND", "--verbose"], { env: { MOLTBOT_QUIET: "1" } }).code).toBe(0);
  });
});

describe("explain", () => {
  test("a page, a list, an unknown code", () => {
    expect(moltbot(["explain", "ref_not_found"]).out).toContain("REF_NOT_FOUND  Reference not found\nINVALID, exit code 1\n");
    const list: unknown = JSON.parse(moltbot(["explain", "-o", "json"]).out);
    expect(list).toContainEqual(expect.objectContaining({ code: "PLAN_STALE", outcome: "STALE", exit: 5 }));
    const unknown = moltbot(["explain", "REF_NOT_FOND"]);
    expect(unknown).toMatchObject({ code: 1, out: "" });
    expect(unknown.err).toContain("error CODE_UNKNOWN  Unknown diagnostic code");
    expect(unknown.err).toContain("Did you mean REF_NOT_FOUND?");
  });

  test("a failure in JSON is one document on standard output, with the same exit code", () => {
    const ran = moltbot(["explain", "NOPE", "-o", "json"]);
    expect(ran).toMatchObject({ code: 1, err: "" });
    expect(JSON.parse(ran.out)).toMatchObject({ kind: "Diagnostics", outcome: "INVALID", diagnostics: [{ code: "CODE_UNKNOWN" }] });
  });

  test("fits 20 columns, in ASCII where the locale is not UTF-8", () => {
    const { out } = moltbot(["explain"], { env: { COLUMNS: "20", LANG: "C" } });
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(20);
    // oxlint-disable-next-line no-control-regex
    expect(out).toMatch(/^[\x00-\x7f]*$/);
  });
});

describe("the launcher", () => {
  test("works through symbolic links, from anywhere, with blanks in the way", () => {
    const links = folderWith({ "a b/x": "" });
    try {
      fs.symlinkSync(BIN, path.join(links.path, "a b", "first"));
      fs.symlinkSync("first", path.join(links.path, "a b", "second"));
      const version = shell(`"${path.join(links.path, "a b", "second")}" --version`, { cwd: links.path });
      expect(version).toMatchObject({ code: 0, err: "" });
      expect(version.out).toMatch(/^moltbot \d+\.\d+\.\d+\n$/);
    } finally {
      links.dispose();
    }
  });

  test("a checkout that is not set up: one clear line", () => {
    const bare = folderWith({});
    try {
      fs.mkdirSync(path.join(bare.path, "bin"));
      fs.copyFileSync(BIN, path.join(bare.path, "bin", "moltbot"));
      const ran = shell(`sh "${bare.path}/bin/moltbot" plan`);
      expect(ran).toMatchObject({ code: 70, out: "" });
      expect(ran.err).toMatch(/^moltbot: .* is not set up yet; run `npm ci` there first\n$/);
    } finally {
      bare.dispose();
    }
  });

  test("a Node that is too old gets one clear line, whatever it can parse", () => {
    const script = path.join(path.dirname(BIN), "moltbot.js");
    const body = fs.readFileSync(script, "utf8").replace(/^#!.*\n/, "");
    const pretend = `Object.defineProperty(process, "versions", {value: {...process.versions, node: "18.20.4"}});\n${body}`;
    const old = folderWith({ "bin/moltbot.mjs": pretend });
    try {
      const ran = shell(`"${process.execPath}" "${path.join(old.path, "bin", "moltbot.mjs")}" plan`);
      expect(ran).toEqual({
        code: 70,
        out: "",
        err: "moltbot: needs Node 24.16 or newer; this is Node 18.20.4. Install a newer one from https://nodejs.org\n",
      });
    } finally {
      old.dispose();
    }
  });
});

describe("Ctrl-C", () => {
  const SCRIPT = `
    import { listenForInterrupt } from ${JSON.stringify(path.join(import.meta.dirname, "interrupt.ts"))};
    const { signal } = listenForInterrupt((name) => console.log("first " + name), () => process.exit(130));
    signal.addEventListener("abort", () => console.log(signal.reason.name));
    console.log("ready");
    setInterval(() => undefined, 1000);
  `;

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s asks first, then orders", async (name) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", SCRIPT], { env: cleanEnv() });
    let out = "";
    const said = (word: string): Promise<void> =>
      new Promise((resolve) => {
        const check = (): void => (out.includes(word) ? resolve() : void setTimeout(check, 10));
        check();
      });
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    await said("ready");
    child.kill(name);
    await said(`first ${name}`);
    expect(out).toContain("AbortError");
    await new Promise((resolve) => setTimeout(resolve, 150));
    child.kill(name);
    const [code] = (await once(child, "exit")) as [number];
    expect(code).toBe(130);
  });
});
