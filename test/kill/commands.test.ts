import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { cleanEnv, moltbot } from "../../cmd/cli.fixture.ts";
import { tinyRepository } from "../../cmd/repository.fixture.ts";
import { runningOnes } from "../../cmd/watching.fixture.ts";
import { sampled } from "./kill.fixture.ts";
import { postTo, webhookFiles, WEBHOOK_SECRET } from "../gateway/webhook.fixture.ts";

const CLI = path.join(import.meta.dirname, "../../bin/moltbot.js");
const PRELOAD = path.join(import.meta.dirname, "preload.fixture.ts");
/** Each moment of each command in the slow suite; in the ordinary one any of them, of any command. */
const isSlow = process.env["MOLTBOT_TEST_SLOW"] === "1";

const repo = tinyRepository({
  ...webhookFiles(),
  "agents/a.yaml": [
    "apiVersion: moltbot.dev/v1alpha1",
    "kind: Agent",
    "metadata: {name: a}",
    "spec:",
    "  model: {provider: echo, name: echo-1}",
    "  capabilities:",
    "    - {tool: message.send, permissions: [{action: send, resource: hook}], constraints: {approval: always}}",
    "",
  ].join("\n"),
});
const ones = runningOnes();

/** A store in which somebody has said something, and a call waits for a person. */
beforeAll(async () => {
  const applied = moltbot(["apply", "--auto-approve", "--quiet"], { cwd: repo.path });
  expect(applied.code, applied.err).toBe(0);
  const gateway = ones.start(["gateway", "run", "-o", "jsonl"], { cwd: repo.path, env: { HOOK_SECRET: WEBHOOK_SECRET } });
  await gateway.says('"type":"ready"');
  const { url } = JSON.parse(fs.readFileSync(path.join(repo.path, ".moltbot/gateway.json"), "utf8")) as { readonly url: string };
  await postTo(url, { id: "m-1", sender: "ada", text: "Hello" });
  const call = '/call message.send {"channel":"hook","to":"ada","text":"x"}';
  await postTo(url, { id: "m-2", sender: "ada", text: call }, { prefer: "respond-async" });
  await vi.waitUntil(() => approvalsIn(repo.path).length === 1, { timeout: 20_000, interval: 100 });
  await gateway.stop("SIGTERM");
});
afterAll(async () => {
  await ones.stopAll();
  repo.dispose();
});

interface Approval {
  readonly id: string;
  readonly state: string;
}

function approvalsIn(cwd: string): readonly Approval[] {
  const listed = moltbot(["gateway", "approvals", "-o", "json"], { cwd });
  return (JSON.parse(listed.out) as { readonly approvals: readonly Approval[] }).approvals;
}

/** How much is stored about ada, by keeper; null: nothing. */
function aboutAda(cwd: string): string | null {
  const file = path.join(cwd, "ada.json");
  const exported = moltbot(["gateway", "person", "export", "hook:ada", "--out", file], { cwd });
  if (exported.code !== 0) return exported.err.includes("PERSON_UNKNOWN") ? null : `${exported.code} ${exported.err}`;
  const { parts } = JSON.parse(fs.readFileSync(file, "utf8")) as { readonly parts: Readonly<Record<string, readonly unknown[]>> };
  fs.rmSync(file);
  return JSON.stringify(Object.entries(parts).map(([name, list]) => [name, list.length]));
}

function holdsIn(cwd: string): number {
  const { holds } = JSON.parse(moltbot(["status", "-o", "json"], { cwd }).out) as { readonly holds: readonly unknown[] };
  return holds.length;
}

describe("a command that is killed at a moment that counts: it was done or it was not, and the next one does it", () => {
  const cases: readonly (readonly [string, () => readonly string[], (cwd: string) => unknown])[] = [
    ["a hold", () => ["gateway", "freeze", "Agent/a", "--reason", "x"], (cwd) => holdsIn(cwd) > 0],
    [
      "an approval",
      () => ["gateway", "approvals", "give", approvalsIn(repo.path)[0]?.id ?? ""],
      (cwd) => approvalsIn(cwd).map(({ state }) => state),
    ],
    ["a person's deletion", () => ["gateway", "person", "delete", "hook:ada", "--reason", "x", "--auto-approve"], aboutAda],
  ];
  test.each(isSlow ? cases : sampled(cases, cases.length))("%s", { timeout: 600_000 }, (_, argsOf, look) => {
    const args = argsOf();
    const before = look(repo.path);
    const run = (cwd: string, env: Readonly<Record<string, string>>): number | null =>
      spawnSync(process.execPath, ["--import", PRELOAD, CLI, ...args], { cwd, env: cleanEnv(env) }).status;
    const copy = (name: string): string => {
      const cwd = `${repo.path}-${name}`;
      fs.cpSync(repo.path, cwd, { recursive: true });
      return cwd;
    };
    const whole = copy("whole");
    expect(run(whole, { KILL_COUNT: path.join(whole, "moments") })).toBe(0);
    const moments = Number(fs.readFileSync(path.join(whole, "moments"), "utf8"));
    const after = look(whole);
    expect(after).not.toEqual(before);
    fs.rmSync(whole, { recursive: true });
    const seen = new Set<unknown>();
    const all = Array.from({ length: moments }, (_each, i) => i + 1);
    for (const at of isSlow ? all : sampled(all, moments)) {
      const cwd = copy(String(at));
      const code = run(cwd, { KILL_AT: String(at) });
      const now = look(cwd);
      expect([JSON.stringify(before), JSON.stringify(after)], `moment ${at}: ${code}`).toContain(JSON.stringify(now));
      seen.add(JSON.stringify(now));
      run(cwd, {});
      expect(look(cwd), `moment ${at}, again`).toEqual(after);
      const verified = moltbot(["audit", "verify"], { cwd });
      expect(verified.code, `moment ${at}: ${verified.err}`).toBe(0);
      fs.rmSync(cwd, { recursive: true });
    }
    if (isSlow) expect(seen.size).toBe(2);
  });
});
