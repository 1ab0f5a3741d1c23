/** One state folder, everything that may work on it at once: the gateway under load, applies, a chat, backups, reading. */
import fs from "node:fs";
import path from "node:path";
import { once } from "node:events";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { moltbot, start, type Ran } from "../../cmd/cli.fixture.ts";
import { tinyRepository } from "../../cmd/repository.fixture.ts";
import { edit, runningOnes } from "../../cmd/watching.fixture.ts";
import { postTo, webhookFiles, WEBHOOK_SECRET } from "./webhook.fixture.ts";

const ones = runningOnes();
afterEach(() => ones.stopAll());

/** Beside this process. */
async function cli(cwd: string, ...args: readonly string[]): Promise<Ran> {
  const child = start(args, { cwd });
  let [out, err] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err };
}

test("a gateway under load, applies, chats, backups and readers at once: nobody fails, nothing is lost, a backup opens", async () => {
  const repo = tinyRepository(webhookFiles());
  onTestFinished(() => repo.dispose());
  const cwd = repo.path;
  expect(moltbot(["apply", "--auto-approve", "--quiet"], { cwd }).code).toBe(0);
  const gateway = ones.start(["gateway", "run", "-o", "jsonl"], { cwd, env: { HOOK_SECRET: WEBHOOK_SECRET } });
  await gateway.says('"type":"ready"');
  const { url } = JSON.parse(fs.readFileSync(path.join(cwd, ".moltbot/gateway.json"), "utf8")) as { readonly url: string };
  const state = { isOver: false };
  const taken: string[] = [];
  const refused: unknown[] = [];
  const load = Array.from({ length: 4 }, async (_, who) => {
    for (let n = 0; !state.isOver; n++) {
      const id = `m-${who}-${n}`;
      const got = await postTo(url, { id, sender: "ada", text: `Message ${id}` });
      // Who is told to come again may come again: that is no failure.
      if (got.status === 200) taken.push(id);
      else if (got.status !== 429 && got.status !== 503) refused.push(got);
    }
  });
  const failed: Ran[] = [];
  const must = async (...args: readonly string[]): Promise<Ran> => {
    const ran = await cli(cwd, ...args);
    if (ran.code !== 0) failed.push(ran);
    return ran;
  };
  await Promise.all([
    (async () => {
      for (const [before, after] of [
        ["kind", "brief"],
        ["brief", "calm"],
      ]) {
        edit(cwd, { "agents/a.yaml": [`Be ${before}.`, `Be ${after}.`] });
        await must("apply", "--auto-approve", "--quiet");
      }
    })(),
    (async () => {
      for (const word of ["one", "two"]) expect((await must("chat", "a", `Hello ${word}`)).out).toContain(`Hello ${word}`);
    })(),
    (async () => {
      for (const name of ["one.db", "two.db"]) await must("backup", path.join(cwd, name));
    })(),
    (async () => {
      await must("audit", "verify");
      await must("gateway", "status");
    })(),
  ]);
  state.isOver = true;
  await Promise.all(load);
  expect({ failed, refused }).toEqual({ failed: [], refused: [] });
  expect(taken.length).toBeGreaterThan(4);
  expect(await gateway.stop("SIGTERM")).toBe(0);
  const { active } = JSON.parse(moltbot(["status", "-o", "json"], { cwd }).out) as { readonly active: { readonly number: number } };
  expect(active.number).toBe(3);
  expect(moltbot(["audit", "verify"], { cwd })).toMatchObject({ code: 0 });
  const restored = path.join(cwd, "restored");
  expect(moltbot(["restore", path.join(cwd, "two.db"), "--because", "a test", "--state", restored], { cwd })).toMatchObject({ code: 0 });
}, 60_000);
