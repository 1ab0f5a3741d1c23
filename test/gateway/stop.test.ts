/** How a gateway stops: under load, while it starts, when it is told twice. Nothing stays behind. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { moltbot } from "../../cmd/cli.fixture.ts";
import { tinyRepository } from "../../cmd/repository.fixture.ts";
import { runningOnes, type Running } from "../../cmd/watching.fixture.ts";
import { LIMITS } from "../../core/index.ts";
import { postTo, webhookFiles, WEBHOOK_SECRET } from "./webhook.fixture.ts";

const ones = runningOnes();
afterEach(() => ones.stopAll());

function repository(files: Readonly<Record<string, string>>): string {
  const repo = tinyRepository(files);
  onTestFinished(() => repo.dispose());
  const applied = moltbot(["apply", "--auto-approve", "--quiet"], { cwd: repo.path });
  expect(applied.code, applied.err).toBe(0);
  return repo.path;
}

function run(cwd: string): Running {
  return ones.start(["gateway", "run", "-o", "jsonl"], { cwd, env: { HOOK_SECRET: WEBHOOK_SECRET } });
}

function urlIn(said: string): string {
  const line = said.split("\n").find((each) => each.includes('"type":"ready"')) ?? "";
  return (JSON.parse(line) as { readonly facts: { readonly url: string } }).facts.url;
}

/** Files that a stopped gateway must not leave, and processes that still work below the folder. */
function leftIn(repo: string): readonly string[] {
  const files = fs.readdirSync(path.join(repo, ".moltbot")).filter((name) => /gateway\.(json|sock)|\.tmp$|-journal$|-wal$/.test(name));
  const processes = fs.readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(repo);
    } catch {
      return false;
    }
  });
  return [...files, ...processes.map((pid) => `process ${pid}`)];
}

test("under load it ends within its time, what it had taken is answered by the next one, once", async () => {
  const repo = repository(webhookFiles());
  const first = run(repo);
  await first.says('"type":"ready"');
  const url = urlIn(first.out());
  const taken: string[] = [];
  const state = { isOver: false };
  const load = Array.from({ length: 8 }, async (_, who) => {
    for (let n = 0; !state.isOver; n++) {
      const id = `m-${who}-${n}`;
      const got = await postTo(url, { id, sender: "ada", text: "Hello" }).catch(() => null);
      if (got && got.status < 300) taken.push(id);
    }
  });
  await sleep(400);
  const startedAt = performance.now();
  expect(await first.stop("SIGTERM")).toBe(0);
  const ms = performance.now() - startedAt;
  state.isOver = true;
  await Promise.all(load);
  expect(ms).toBeLessThan(LIMITS.stopMs + 1_000);
  expect(first.out()).toContain('"late":[]');
  expect(taken.length).toBeGreaterThan(10);
  expect(leftIn(repo)).toEqual([]);
  const next = run(repo);
  await next.says('"type":"ready"');
  const again = await Promise.all(
    taken.slice(-16).map(async (id) => await postTo(urlIn(next.out()), { id, sender: "ada", text: "Hello" }, { prefer: "respond-async" })),
  );
  expect(again.filter(({ status }) => status >= 300)).toEqual([]);
  expect(await next.stop("SIGTERM")).toBe(0);
  expect(moltbot(["audit", "verify"], { cwd: repo }).code).toBe(0);
});

test("told to stop at any moment of its start it leaves nothing, and the next one starts", async () => {
  const repo = repository(webhookFiles());
  for (const afterMs of [30, 120, 200, 280, 350, 420, 500]) {
    const one = run(repo);
    await sleep(afterMs);
    const code = await one.stop("SIGTERM");
    // Before it listens for signals the system ends it; then nothing was begun.
    expect([0, 130, null], `${afterMs} ms: ${one.err()}`).toContain(code);
    expect(one.err(), `${afterMs} ms`).not.toMatch(/^\s+at /m);
    expect(
      leftIn(repo).filter((name) => !name.endsWith("-wal") || code !== null),
      `${afterMs} ms`,
    ).toEqual([]);
  }
  const last = run(repo);
  await last.says('"type":"ready"');
  expect(await last.stop("SIGTERM")).toBe(0);
  expect(moltbot(["audit", "verify"], { cwd: repo }).code).toBe(0);
});

const hasBubblewrap = spawnSync("bwrap", ["--ro-bind", "/", "/", "true"]).status === 0;

test.runIf(hasBubblewrap)("told twice it ends at once, a command that runs in the sandbox with it; the record stands", async () => {
  const repo = repository({
    ...webhookFiles(),
    "agents/a.yaml": [
      "apiVersion: moltbot.dev/v1alpha1",
      "kind: Agent",
      "metadata: {name: a}",
      "spec:",
      "  model: {provider: echo, name: echo-1}",
      "  capabilities:",
      "    - {tool: exec.run, permissions: [{action: run, resource: sleep}], constraints: {approval: always}}",
      "",
    ].join("\n"),
  });
  const one = run(repo);
  await one.says('"type":"ready"');
  const url = urlIn(one.out());
  void postTo(url, { id: "m-1", sender: "ada", text: '/call exec.run {"argv": ["sleep", "4711"]}' }).catch(() => undefined);
  const list = () =>
    JSON.parse(moltbot(["gateway", "approvals", "-o", "json"], { cwd: repo }).out) as {
      readonly approvals: readonly { readonly id: string }[];
    };
  await expect.poll(() => list().approvals.length, { timeout: 20_000, interval: 100 }).toBe(1);
  expect(moltbot(["gateway", "approvals", "give", list().approvals[0]?.id ?? ""], { cwd: repo }).code).toBe(0);
  const sleepers = (): readonly string[] =>
    fs.readdirSync("/proc").filter((pid) => {
      try {
        return /^\d+$/.test(pid) && fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ").includes("sleep 4711");
      } catch {
        return false;
      }
    });
  await expect.poll(() => sleepers().length, { timeout: 20_000, interval: 50 }).toBeGreaterThan(0);
  one.child.kill("SIGTERM");
  await sleep(200);
  await one.stop("SIGTERM");
  await expect.poll(sleepers, { timeout: 5_000, interval: 50 }).toEqual([]);
  expect(moltbot(["audit", "verify"], { cwd: repo }).code).toBe(0);
  const next = run(repo);
  await next.says('"type":"ready"');
  await expect
    .poll(async () => (await postTo(urlIn(next.out()), { id: "m-1", sender: "ada", text: "again" })).body["answer"], {
      timeout: 20_000,
      interval: 200,
    })
    .toContain("interrupted by a restart");
  expect(await next.stop("SIGTERM")).toBe(0);
});
