import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cleanEnv, moltbot } from "../../cmd/cli.fixture.ts";
import { finishReplacing } from "../../cmd/replace-files.ts";
import { person, project, secret, secretsRepository, type Person, type SecretsRepository } from "../secrets/tree.fixture.ts";

const CLI = path.join(import.meta.dirname, "../../bin/moltbot.js");
const PRELOAD = path.join(import.meta.dirname, "preload.fixture.ts");
const FILES = ["moltbot.yaml", "s/api.yaml", "s/db.yaml"];
/** Each call in the slow suite, every seventh in the ordinary one, always with the last. */
const STEP = process.env["MOLTBOT_TEST_SLOW"] === "1" ? 1 : 7;

let ada: Person;
let bob: Person;
let eve: Person;
let tree: SecretsRepository;
const at = (repo: string): readonly string[] => FILES.map((file) => fs.readFileSync(path.join(repo, file), "utf8"));
/** Each list of recipients: that somebody was removed is written down beside it. */
function listsIn(text: string): readonly string[] {
  const lists = [...text.matchAll(/recipients:\n((?: +- age1\w+\n)+)/g)].map(([, list = ""]) => list);
  expect(lists.length).toBeGreaterThan(0);
  return lists;
}

beforeAll(async () => {
  [ada, bob, eve] = await Promise.all([person(), person(), person()]);
  tree = secretsRepository({
    "moltbot.yaml": project([ada, bob]),
    "s/api.yaml": secret("api", ["one", "two"]),
    "s/db.yaml": secret("db", ["password"]),
  });
  for (const [name, key] of [
    ["api", "one"],
    ["api", "two"],
    ["db", "password"],
  ] as const) {
    const set = moltbot(["secret", "set", name, key, "-C", tree.repo], { env: tree.env(ada), input: `value of ${key}` });
    expect(set.code, set.err).toBe(0);
  }
});
afterAll(() => tree.dispose());

test("rekey --replace killed at any call that changes something: the tree is as it was, or wholly for the other key", () => {
  const before = at(tree.repo);
  const outcomes: string[] = [];
  for (let call = 1; ; call += STEP) {
    const repo = `${tree.repo}-${call}`;
    fs.cpSync(tree.repo, repo, { recursive: true });
    const args = ["--import", PRELOAD, CLI, "secret", "rekey", "--replace", `${bob.recipient}=${eve.recipient}`, "-C", repo, "--quiet"];
    const env = cleanEnv({ ...tree.env(ada), KILL_AT: String(call) });
    const { signal, status, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8" });
    expect(finishReplacing(repo).ok, `call ${call}`).toBe(true);
    const after = at(repo);
    const isNew = after[0] !== before[0];
    if (isNew) {
      for (const text of after) {
        for (const list of listsIn(text)) {
          expect(list, `call ${call}`).not.toContain(bob.recipient);
          expect(list, `call ${call}`).toContain(eve.recipient);
        }
      }
    } else expect(after, `call ${call}`).toEqual(before);
    expect(
      fs.readdirSync(repo).filter((name) => name.startsWith(".moltbot-")),
      `call ${call}`,
    ).toEqual([]);
    outcomes.push(isNew ? "new" : "old");
    if (signal === null) {
      expect(status, stderr).toBe(0);
      for (const who of [ada, eve])
        expect(moltbot(["secret", "view", "api", "two", "-C", repo], { env: tree.env(who) }).out).toBe("value of two");
      expect(moltbot(["secret", "view", "api", "two", "-C", repo], { env: tree.env(bob) }).code).not.toBe(0);
      break;
    }
    fs.rmSync(repo, { recursive: true, force: true });
  }
  // Before one certain call always the old tree, from there on always the new one.
  const first = outcomes.indexOf("new");
  expect(first).toBeGreaterThan(0);
  expect(outcomes.slice(first).every((each) => each === "new")).toBe(true);
});
