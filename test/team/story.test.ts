/** examples/team as its README tells it: the very commands, in a fresh repository with keys made there, by the built CLI. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/checkout.ts";
import { commandsOf, scriptOf } from "./story.fixture.ts";

const TEAM = path.join(ROOT, "examples", "team");
const STORY_TIMEOUT_MS = 240_000;
const commands = commandsOf(fs.readFileSync(path.join(TEAM, "README.md"), "utf8"));
const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-team-")));
const at = (...names: readonly string[]): string => path.join(folder, ...names);

/** Nothing of the developer's own settings, and no tool of the checkout but moltbot. */
const PATH = [at("bin"), ...(process.env["PATH"] ?? "").split(path.delimiter).filter((each) => !each.includes("node_modules"))];
const ENV = { PATH: PATH.join(path.delimiter), HOME: folder, LANG: "C.UTF-8", GIT_CONFIG_NOSYSTEM: "1", MOLTBOT_ACTOR: "ada@laptop" };

interface Told {
  readonly status: number | null;
  readonly text: string;
}
let told: Told = { status: null, text: "" };

beforeAll(() => {
  fs.mkdirSync(at("bin"));
  fs.symlinkSync(path.join(ROOT, "bin", "moltbot"), at("bin", "moltbot"));
  const isOurs = (file: string): boolean => !file.split(path.sep).includes(".moltbot");
  fs.cpSync(TEAM, at("examples", "team"), { recursive: true, filter: isOurs });
  const ran = spawnSync("bash", ["-c", `{ ${scriptOf(commands)} } 2>&1`], { cwd: folder, env: ENV, input: "", encoding: "utf8" });
  told = { status: ran.status, text: ran.stdout };
}, STORY_TIMEOUT_MS);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const run = (...args: readonly string[]): { readonly status: number | null; readonly out: string } => {
  const ran = spawnSync(path.join(ROOT, "bin", "moltbot"), args, { cwd: at("acme-care"), env: ENV, encoding: "utf8" });
  return { status: ran.status, out: ran.stdout + ran.stderr };
};

describe("the script of a README", () => {
  const ran = (readme: string) =>
    spawnSync("bash", ["-c", scriptOf(commandsOf(`\`\`\`sh\n${readme}\n\`\`\`\n`))], { encoding: "utf8", env: ENV }).status;

  test.each<readonly [string, string, number]>([
    ["what works and what is refused as it says", "true\ncd / && ls nothing-there   # exit 2: nothing-there", 0],
    ["a loop over several lines", "for each in a b; do\n  echo $each\ndone", 0],
    ["a command that fails", "false\ntrue", 1],
    ["a refusal that does not come", "true   # exit 4: CODE", 1],
    ["another exit code", "false   # exit 4: CODE", 1],
    ["another reason", "ls /nothing-there   # exit 2: CODE", 1],
    ["the first part of a pipe", "false | true", 1],
  ])("%s", (_, readme, status) => expect(ran(readme)).toBe(status));
});

describe("a team's repository", () => {
  test("is signed, approved, applied, proved, and refuses what its README says", () => {
    expect(told.status, told.text).toBe(0);
    for (const words of ["signed by ada@acme.example", "approved by bob", "lifted by PolicyException/tell-the-desk"])
      expect(told.text).toContain(words);
    expect(commands.flatMap(({ expected }) => expected?.says ?? [])).toEqual([
      "TRUST_ANCHOR_MISSING",
      "APPROVAL_MISSING",
      "APPROVER_NOT_ASKED",
      "SECRET_NOT_FOR_TARGET",
      "COMMIT_UNSIGNED",
      "refunds.not-for-it",
      "approval.mutating",
      "BUNDLE_OTHER_ARTIFACT",
      "POLICY_STALE",
      "APPROVAL_MISSING",
    ]);
  });

  test("has the same plugin however often it is packed, and a proof that a changed byte breaks", () => {
    expect(
      fs.readFileSync(at("acme-care", "plugins", "orders.tar.gz")).equals(fs.readFileSync(path.join(TEAM, "plugins/orders.tar.gz"))),
    ).toBe(true);
    const proof = fs.readFileSync(at("proof.json"), "utf8");
    fs.writeFileSync(at("forged.json"), proof.replace("status.acme.example", "status.evil.example"));
    expect(run("prove", "verify", at("forged.json")).status).toBe(4);
  });

  test("shows no secret that its people typed", () => {
    const typed = commands.flatMap(({ text }) => /printf %s "([^"]+)"/.exec(text)?.[1] ?? []);
    expect(typed).toHaveLength(2);
    // `set -x` shows the command that types it; nothing that moltbot says or leaves does.
    const said = told.text.replaceAll(/^\+ .*$/gm, "");
    for (const secret of typed) {
      expect(said).not.toContain(secret);
      expect(fs.readFileSync(at("proof.json"), "utf8")).not.toContain(secret);
    }
  });
});

describe("the example as it is committed", () => {
  const example = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    spawnSync(path.join(ROOT, "bin", "moltbot"), [...args, "-C", at("examples", "team")], {
      cwd: folder,
      env: { ...ENV, ...more },
      encoding: "utf8",
    });
  const YEARS_LATER = { NODE_OPTIONS: `--import=${path.join(import.meta.dirname, "years-later.fixture.ts")}` };

  test("holds values for two people, who can both open them", () => {
    const text = fs.readFileSync(path.join(import.meta.dirname, "demo-identities.txt"), "utf8");
    const identities = text.split("\n").filter((line) => line.startsWith("AGE-SECRET-KEY-"));
    expect(identities).toHaveLength(2);
    for (const identity of identities) {
      const viewed = example(["secret", "view", "desk", "token"], { MOLTBOT_AGE_IDENTITY: identity });
      expect([viewed.status, viewed.stdout.trimEnd()], viewed.stderr).toEqual([0, "demo-desk-token"]);
    }
  });

  test.each([
    ["now", {}],
    ["in twenty years", YEARS_LATER],
  ] as const)("passes what CI asks of it, %s", (_, clock) => {
    const asked = ["validate", "policy test --min-coverage 100", "policy build --check", "plugin verify", "secret check"];
    for (const words of asked) {
      const ran = example(words.split(" "), clock);
      expect(ran.status, `${words}\n${ran.stderr}`).toBe(0);
    }
  });

  test("is not planned in twenty years without a new end for its exception, and says so", () => {
    const state = at("state");
    const anchor = path.join(TEAM, "trust", "allowed_signers");
    const planned = example(["plan", "--state", state, "--trust-anchor", anchor], YEARS_LATER);
    expect(planned.status).not.toBe(0);
    expect(planned.stdout + planned.stderr).toContain("POLICY_EXCEPTION_EXPIRED");
  });
});
