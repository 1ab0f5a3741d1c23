import fs from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../core/index.ts";
import { openAuditReader } from "../../runtime/audit/index.ts";
import { value } from "../engine.fixture.ts";
import { moltbot } from "../../cmd/cli.fixture.ts";
import { tinyRepository } from "../../cmd/repository.fixture.ts";
import { edit, runningOnes } from "../../cmd/watching.fixture.ts";

const ones = runningOnes();
let repo = tinyRepository();

afterEach(async () => {
  await ones.stopAll();
  repo.dispose();
  repo = tinyRepository();
});

const cli = (...args: string[]) => moltbot(args, { cwd: repo.path });
const run = (...args: string[]) => ones.start(["gateway", "run", "-o", "jsonl", ...args], { cwd: repo.path });
const apply = () => cli("apply", "--auto-approve");

/** A channel whose secret comes from a variable that is not set. */
const HOOK = `apiVersion: moltbot.dev/v1alpha1
kind: Channel
metadata: {name: hook}
spec:
  type: webhook
  credentials: {webhookSecret: {secret: hook, key: shared}}
  access: {direct: allowlist, allow: [shop]}
  routing: [{agent: a}]
---
apiVersion: moltbot.dev/v1alpha1
kind: Secret
metadata: {name: hook}
spec: {values: {shared: {env: {name: HOOK_SECRET}}}}
`;

/** The kinds of everything that was audited, newest first. */
function audited(): readonly string[] {
  const reader = value(openAuditReader(path.join(repo.path, ".moltbot"), systemClock));
  const page = reader && value(reader.query({ limit: 100 }));
  reader?.close();
  return page?.records.map(({ kind }) => kind) ?? [];
}

test("a gateway that starts on nothing has a key at once, takes what is applied beside it, and stops with 0", async () => {
  const gateway = run();
  await gateway.says('"type":"ready"');
  const { url } = (JSON.parse(cli("gateway", "status", "-o", "json").out) as { readonly facts: { readonly url: string } }).facts;
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect([(await fetch(`${url}/livez`)).status, (await fetch(`${url}/readyz`)).status]).toEqual([200, 503]);
  expect(cli("gateway", "recipient").out).toMatch(/^age1/);
  expect(cli("gateway", "status").code).toBe(0);
  expect(apply().code).toBe(0);
  await gateway.says('"type":"active"');
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(JSON.parse(cli("gateway", "status", "-o", "json").out)).toMatchObject({
    house: {
      owners: [{ generation: 1, holds: [] }],
      channels: [],
      plugins: [],
      approvalsWaiting: 0,
      undeliveredAnswers: 0,
      keptAnswers: 0,
      schedules: [],
    },
  });
  expect(cli("gateway", "status").out).toMatch(/ generation 1\n[^]* 0 answers wait to be sent\n {2}commands [^]* {2}log .*gateway\.log\n/);
  expect(await gateway.stop()).toBe(0);
  expect(gateway.out()).toContain('"late":[]');
  expect(cli("gateway", "logs").out).toMatch(/ info {2}generation changed .*generation=1/);
  expect(cli("gateway", "logs", "--lines", "1", "-o", "jsonl").out).toMatch(/^\{.*"level":"info".*\}\n$/);
  expect(audited()).toEqual(["runtime.stopped", "generation.active", "runtime.started", "audit.created"]);
  expect(fs.existsSync(path.join(repo.path, ".moltbot", "gateway.json"))).toBe(false);
  expect(cli("gateway", "status")).toMatchObject({ code: 7 });
});

test("a channel that cannot be connected is told as trouble, once, and status says why", async () => {
  fs.writeFileSync(path.join(repo.path, "agents", "hook.yaml"), HOOK);
  expect(apply().code).toBe(0);
  const gateway = run();
  await gateway.says('"type":"ready"');
  await gateway.says("HOOK_SECRET");
  expect(cli("gateway", "status").out).toMatch(/Channel\/hook .* failed: .*HOOK_SECRET/);
  expect(await gateway.stop()).toBe(0);
  expect(`${gateway.out()}${gateway.err()}`.match(/Channel\/hook/g)).toHaveLength(1);
});

test("a change that is applied beside it comes in without a restart", async () => {
  apply();
  const gateway = run();
  await gateway.says('"type":"ready"');
  edit(repo.path, { "agents/a.yaml": ["Be kind.", "Be brief."] });
  expect(apply().code).toBe(0);
  await gateway.says('"generation":2');
  expect(JSON.parse(cli("status", "-o", "json").out)).toMatchObject({ active: { number: 2 } });
  expect(await gateway.stop("SIGINT")).toBe(0);
});

test("a second one on the same state folder is refused, and told who holds it", async () => {
  const gateway = run();
  await gateway.says('"type":"ready"');
  const second = cli("gateway", "run");
  expect(second).toMatchObject({ code: 5 });
  expect(second.err).toContain("RUNTIME_HELD");
  expect(second.err.replaceAll(/\s+/g, " ")).toContain(`It is process ${gateway.child.pid},`);
});

test("killed, it leaves nothing in the way: status says stopped, the next one starts, apply goes on alone", async () => {
  const gateway = run();
  await gateway.says('"type":"ready"');
  expect(await gateway.stop("SIGKILL")).toBe(null);
  expect(fs.existsSync(path.join(repo.path, ".moltbot", "gateway.json"))).toBe(true);
  expect(cli("gateway", "status").code).toBe(7);
  expect(apply().code).toBe(0);
  const next = run();
  await next.says('"type":"ready"');
  expect(await next.stop()).toBe(0);
});

test("needs no repository with --state", async () => {
  apply();
  const state = path.join(repo.path, ".moltbot");
  const gateway = ones.start(["gateway", "run", "-o", "jsonl", "--state", state], { cwd: path.dirname(repo.path) });
  await gateway.says('"type":"ready"');
  const status = moltbot(["gateway", "status", "--state", state, "-o", "json"], { cwd: "/" });
  expect(JSON.parse(status.out)).toMatchObject({ state: "running", folder: state });
  expect(await gateway.stop()).toBe(0);
});
