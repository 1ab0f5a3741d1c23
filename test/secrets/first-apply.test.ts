import fs from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { moltbot, type Ran } from "../../cmd/cli.fixture.ts";
import { canary } from "../canaries.fixture.ts";
import { person, project, secret, secretsRepository, type Person, type SecretsRepository } from "./tree.fixture.ts";

/** What a plan and an apply say of encrypted values before they do anything. */

const [me, bob] = [await person(), await person()];
let tree: SecretsRepository | undefined;
afterEach(() => tree?.dispose());

function treeWith(more = ""): (args: readonly string[], who?: Person | null, input?: string) => Ran {
  const made = secretsRepository({ "moltbot.yaml": project([me], more), "s/api.yaml": secret("api", ["one", "two"]) });
  tree = made;
  const run = (args: readonly string[], who: Person | null = null, input = ""): Ran =>
    moltbot(args, { cwd: made.repo, env: who ? made.env(who) : {}, input });
  for (const key of ["one", "two"]) expect(run(["secret", "set", "api", key], null, canary(key)).code).toBe(0);
  return run;
}

describe("before the first apply", () => {
  test("each value is told with its place and the way on, by plan and by apply, and the way works", () => {
    const run = treeWith();
    const plan = run(["plan"]);
    expect(plan.err.match(/^s\/api\.yaml:\d+:\d+ {2}warning SECRET_NOT_FOR_RUNTIME/gm)).toHaveLength(2);
    expect(plan.err).toContain('moltbot secret rekey --add "$(moltbot gateway recipient)"');
    const refused = run(["apply"]);
    expect([refused.code, refused.err.includes("SECRET_NOT_FOR_RUNTIME"), fs.existsSync(path.join(tree?.repo ?? "", ".moltbot"))]).toEqual([
      6,
      true,
      false,
    ]);
    expect(run(["apply", "--auto-approve"]).code).toBe(0);
    const own = run(["gateway", "recipient"]).out.trim();
    const now = run(["plan"]);
    expect([now.code, now.err]).toEqual([1, expect.stringMatching(/s\/api\.yaml:\d+:\d+ {2}error SECRET_NOT_FOR_TARGET/)]);
    expect(run(["secret", "rekey", "--add", own], me).code).toBe(0);
    expect(run(["plan"]).err).not.toContain("SECRET_NOT_FOR");
  });

  test("a recipient that is named is another machine's to a plan, and certainly not this one's to the apply that makes the key", () => {
    const run = treeWith(`  target: {type: embedded, recipient: ${bob.recipient}}\n`);
    expect(run(["plan"])).toMatchObject({ code: 0, err: expect.not.stringContaining("SECRET_NOT_FOR") as string });
    const refused = run(["apply"]);
    expect([refused.code, refused.err.match(/s\/api\.yaml:\d+:\d+ {2}warning SECRET_NOT_FOR_RUNTIME/g)]).toEqual([
      6,
      expect.objectContaining({ length: 2 }),
    ]);
    expect(refused.err).toContain(`moltbot secret rekey --replace "${bob.recipient}=$(moltbot gateway recipient)"`);
    expect(run(["apply", "--auto-approve"]).code).toBe(0);
    expect(run(["secret", "rekey", "--replace", `${bob.recipient}=${run(["gateway", "recipient"]).out.trim()}`], me).code).toBe(0);
    expect(run(["plan"]).err).not.toContain("SECRET_NOT_FOR");
  });
});

test("apply says of what was encrypted again whether it is the same value, to whoever holds an identity", () => {
  const run = treeWith();
  expect(run(["apply", "--auto-approve"]).code).toBe(0);
  const own = run(["gateway", "recipient"]).out.trim();
  expect(run(["secret", "rekey", "--add", own], me).code).toBe(0);
  expect(run(["secret", "set", "api", "two", "--recipient", own], null, canary("other")).code).toBe(0);
  const [known, unknown] = [run(["apply"], me), run(["apply"])];
  expect(known.err).toMatch(/values\.one\.age\.envelope +re-encrypted, same value\n/);
  expect(known.err).toMatch(/values\.two\.age\.envelope +value changed\n/);
  expect(unknown.err.match(/re-encrypted, value not compared/g)).toHaveLength(2);
  // Only what is shown differs: the plan is one and the same.
  expect(run(["plan", "-o", "json"], me).out).toBe(run(["plan", "-o", "json"]).out);
  for (const each of [canary("one"), canary("two"), canary("other")]) expect(known.err + known.out).not.toContain(each);
});
