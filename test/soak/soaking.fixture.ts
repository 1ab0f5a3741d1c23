import { randomBytes } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { once } from "node:events";
import { moltbot, start, type Ran } from "../../cmd/cli.fixture.ts";
import { tinyRepository } from "../../cmd/repository.fixture.ts";
import { runningOnes, type Running } from "../../cmd/watching.fixture.ts";
import { botServer, TOKEN, type BotServer } from "../../runtime/channels/adapters/telegram/bot-api.fixture.ts";
import { signWebhook } from "../../runtime/channels/adapters/webhook/index.ts";

const SECRET = "webhook-secret-of-a-soak-0123456789";
const API = "apiVersion: moltbot.dev/v1alpha1";
const SENDERS = 60;
/** However slow the machine is. */
const LEAST_KILLS = 2;
/** How long what was taken may need when everything is over. */
const DRAIN_MS = 120_000;
const senders = Array.from({ length: SENDERS }, (_, i) => String(1_000 + i));
export interface Soak {
  readonly forMs: number;
  /** Between two kills; the real pause is between half of it and one and a half. */
  readonly killEveryMs: number;
  readonly perSecond: number;
}

export interface Soaked {
  readonly kills: number;
  /** People who write over each of the two channels. */
  readonly conversations: number;
  readonly telegram: Tally;
  readonly webhook: Tally;
  /** What was said by `audit verify` where it did not say 0. */
  readonly audits: readonly string[];
  /** Files of locks and processes that a stopped gateway left. */
  readonly left: readonly string[];
  /** Resident memory before each kill, in the order of the kills. */
  readonly residentMiB: readonly number[];
}

interface Tally {
  readonly acknowledged: number;
  /** Neither answered nor kept as an answer that may not have arrived. */
  readonly lost: readonly string[];
  /** What people see twice: answered again where the platform cannot tell, or by two runs where it can. */
  readonly again: readonly string[];
  /** Sent again with the id by which the receiver drops it. */
  readonly repeated: number;
  /** Kept as `unknown`: a kill came between the send and its receipt. */
  readonly unknown: number;
  /** Of those, answers that had not arrived. */
  readonly missing: number;
}

/** One thing that a platform was given: its own id, what it answers, and when it came. */
interface Sent {
  readonly id: string;
  readonly answers: string;
  readonly at: number;
}

/** Real gateways, killed and started again while people write; then everything is counted. */
export async function soak({ forMs, killEveryMs, perSecond }: Soak): Promise<Soaked> {
  const bot = await botServer();
  const callbacks = await callbackServer();
  const repo = repositoryFor(bot.url, callbacks.url);
  const ones = runningOnes();
  onTestFinished(async () => {
    await ones.stopAll();
    repo.dispose();
  });
  const applied = moltbot(["apply", "--auto-approve"], { cwd: repo.path });
  if (applied.code !== 0) throw new Error(applied.err);
  const run = async (): Promise<Running> => {
    const one = ones.start(["gateway", "run", "-o", "jsonl"], { cwd: repo.path, env: { HOOK_SECRET: SECRET, BOT_TOKEN: TOKEN } });
    await one.says('"type":"ready"');
    return one;
  };
  let kills = 0;
  const audits: string[] = [];
  const residentMiB: number[] = [];
  const state = { url: "" };
  const until = performance.now() + forMs;
  let gateway = await run();
  state.url = urlOf(repo.path);
  const traffic = writing(bot, state, until, perSecond);
  while (performance.now() < until || kills < LEAST_KILLS) {
    await sleep(killEveryMs * (0.5 + Math.random()));
    residentMiB.push(residentOf(gateway.child.pid ?? 0));
    await gateway.stop("SIGKILL");
    kills++;
    gateway = await run();
    state.url = urlOf(repo.path);
    const verified = await cli(repo.path, "audit", "verify");
    if (verified.code !== 0) audits.push(verified.out + verified.err);
  }
  const written = await traffic;
  let kept: ReadonlySet<string> = new Set();
  const isDone = async (): Promise<boolean> => {
    if (lostOf(written.webhook, callbacks.got).length > 0) return false;
    const missing = lostOf(written.telegram, telegramSends(bot));
    return missing.length === 0 || (missing.length <= 2 * kills && missing.every((key) => kept.has(key)));
  };
  for (const deadline = performance.now() + DRAIN_MS; !(await isDone()) && performance.now() < deadline;) {
    await sleep(1_000);
    kept = await keptIn(repo.path);
  }
  // A second answer would come now.
  await sleep(1_500);
  await gateway.stop();
  kept = await keptIn(repo.path);
  const verified = await cli(repo.path, "audit", "verify");
  if (verified.code !== 0) audits.push(verified.out + verified.err);
  return {
    kills,
    conversations: SENDERS / 2,
    telegram: tallyOf(written.telegram, telegramSends(bot), "does not know", kept),
    webhook: tallyOf(written.webhook, callbacks.got, "knows", kept),
    audits,
    left: leavingsOf(repo.path),
    residentMiB,
  };
}

function repositoryFor(telegram: string, callback: string): ReturnType<typeof tinyRepository> {
  const channel = (name: string, more: readonly string[]): string =>
    [
      API,
      "kind: Channel",
      "metadata:",
      `  name: ${name}`,
      "spec:",
      ...more,
      "  access:",
      "    direct: allowlist",
      `    allow: [${senders.map((id) => `"${id}"`).join(", ")}]`,
      "  routing:",
      "    - agent: a",
      "  rateLimits: {perSender: 100000/min, total: 1000000/min}",
      "",
    ].join("\n");
  const secret = (name: string, key: string, env: string): string =>
    [API, "kind: Secret", "metadata:", `  name: ${name}`, "spec:", "  values:", `    ${key}: {env: {name: ${env}}}`, ""].join("\n");
  return tinyRepository({
    // Conversations of a bounded length, so that memory says something of the gateway and not of what was said.
    "agents/a.yaml": [
      API,
      "kind: Agent",
      "metadata:",
      "  name: a",
      "spec:",
      "  model: {provider: echo, name: echo-1}",
      "  sessions: {maxMessages: 40}",
      "",
    ].join("\n"),
    "channels/tg.yaml": channel("tg", [
      "  type: telegram",
      `  connection: {endpoint: "${telegram}"}`,
      "  credentials:",
      "    token: {secret: telegram, key: token}",
      "  delivery: {streaming: 'off', replyTo: first}",
    ]),
    "channels/hook.yaml": channel("hook", [
      "  type: webhook",
      `  connection: {endpoint: "${callback}"}`,
      "  credentials:",
      "    webhookSecret: {secret: hook, key: shared}",
    ]),
    "secrets/telegram.yaml": secret("telegram", "token", "BOT_TOKEN"),
    "secrets/hook.yaml": secret("hook", "shared", "HOOK_SECRET"),
  });
}

interface Written {
  readonly telegram: readonly string[];
  readonly webhook: readonly string[];
}

/**
 * Many people write, whether a gateway runs or not. Telegram keeps what nobody took; who writes to a webhook
 * sends the same message, with the same id, until it is acknowledged.
 */
async function writing(bot: BotServer, state: { readonly url: string }, until: number, perSecond: number): Promise<Written> {
  const telegram: string[] = [];
  const webhook: string[] = [];
  const posts: Promise<void>[] = [];
  for (let n = 1; performance.now() < until; n++) {
    const from = senders[n % SENDERS] ?? "";
    const text = `Message ${n}`;
    if (n % 2 === 0) {
      telegram.push(`m-${n}`);
      const person = { id: Number(from), is_bot: false, first_name: "Ada" };
      bot.push({ message: { message_id: n, date: 1_767_225_600, from: person, chat: { id: Number(from), type: "private" }, text } });
    } else {
      webhook.push(`m-${n}`);
      posts.push(postUntilTaken(state, { id: `m-${n}`, sender: from, text }, until + 30_000));
    }
    await sleep(1_000 / perSecond);
  }
  await Promise.all(posts);
  return { telegram, webhook };
}

async function postUntilTaken(state: { readonly url: string }, message: object, until: number): Promise<void> {
  const body = Buffer.from(JSON.stringify(message));
  while (performance.now() < until) {
    const signed = signWebhook(SECRET, String(Math.floor(Date.now() / 1_000)), randomBytes(16).toString("hex"), body);
    const headers = { "content-type": "application/json", ...signed };
    const answered = await fetch(`${state.url}/hooks/hook`, { method: "POST", body, headers }).catch(() => null);
    await answered?.arrayBuffer().catch(() => null);
    if (answered?.status === 202) return;
    if (answered && answered.status < 500 && answered.status !== 404) throw new Error(`refused with ${answered.status}`);
    await sleep(100);
  }
  throw new Error("it was never taken");
}

/** A message of ours has no id at Telegram before it is sent: what it replies to says which message it answers. */
function telegramSends(bot: BotServer): readonly Sent[] {
  return bot.calls
    .filter(({ method }) => method === "sendMessage")
    .map(({ params, at }) => {
      const { message_id: replied } = (params["reply_parameters"] ?? {}) as { readonly message_id?: number };
      return { id: "", answers: `m-${replied}`, at };
    });
}

interface Callbacks {
  readonly url: string;
  readonly got: readonly Sent[];
}

async function callbackServer(): Promise<Callbacks> {
  const got: Sent[] = [];
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { id, answers } = JSON.parse(body) as { readonly id: string; readonly answers: string };
      got.push({ id, answers, at: performance.now() });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/answers`, got };
}

/** Beside this process, whose platforms must go on answering. */
async function cli(cwd: string, ...args: readonly string[]): Promise<Ran> {
  const child = start(args, { cwd });
  let [out, err] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err };
}

/** What the gateway says that it cannot know: the messages that those answers answer. */
async function keptIn(folder: string): Promise<ReadonlySet<string>> {
  const listed = await cli(folder, "gateway", "deliveries", "-o", "json", "--verbose");
  if (listed.code !== 0) throw new Error(listed.out + listed.err);
  const { deliveries } = JSON.parse(listed.out) as { readonly deliveries: readonly { readonly text: string; readonly state: string }[] };
  for (const { state, text } of deliveries) if (state !== "unknown") throw new Error(`${state}: ${text}`);
  // The echo model says what it was told.
  return new Set(deliveries.map(({ text }) => `m-${/Message (\d+)/.exec(text)?.[1] ?? text}`));
}

function lostOf(asked: readonly string[], sent: readonly Sent[]): readonly string[] {
  const answered = new Set(sent.map(({ answers }) => answers));
  return asked.filter((key) => !answered.has(key));
}

function tallyOf(asked: readonly string[], sent: readonly Sent[], platform: "knows" | "does not know", kept: ReadonlySet<string>): Tally {
  const by = new Map<string, Sent[]>();
  for (const each of sent) by.set(each.answers, [...(by.get(each.answers) ?? []), each]);
  const wanted = new Set(asked);
  const again: string[] = [...by.keys()].filter((key) => !wanted.has(key)).map((key) => `${key} answers nothing`);
  let repeated = 0;
  for (const [key, all] of by) {
    for (const [i, each] of all.entries()) {
      const before = all[i - 1];
      if (!before) continue;
      if (platform === "knows" && each.id === before.id) repeated++;
      else again.push(`${key}: ${before.id} and ${each.id} ${(each.at - before.at).toFixed(0)} ms later`);
    }
  }
  const missing = lostOf(asked, sent);
  return {
    acknowledged: asked.length,
    lost: missing.filter((key) => !kept.has(key)),
    again,
    repeated,
    unknown: asked.filter((key) => kept.has(key)).length,
    missing: missing.length,
  };
}

function urlOf(folder: string): string {
  const { url } = JSON.parse(fs.readFileSync(path.join(folder, ".moltbot", "gateway.json"), "utf8")) as { readonly url: string };
  return url;
}

function residentOf(pid: number): number {
  const [, kib = "0"] = /VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib) / 1024;
}

/**
 * What a stopped gateway left in the state folder, and processes that still work in the repository. The file
 * `lock.db` stays: the lock on it is the system's and ends with the process.
 */
function leavingsOf(folder: string): readonly string[] {
  const files = fs.readdirSync(path.join(folder, ".moltbot"), { recursive: true }).map(String);
  const locks = files.filter((name) => name !== "lock.db" && /lock|gateway\.json|\.tmp|-journal$/.test(name));
  const processes = fs.readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && fs.readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
  return [...locks, ...processes.map((pid) => `process ${pid}`)];
}
