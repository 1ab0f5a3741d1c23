/**
 * One day of a gateway: messages, a compacted conversation, a schedule that comes due, a call that a person
 * approves, a candidate that becomes active, a device that is made known, a hold. The gateway is killed at one
 * durable moment of it and started again; whoever waited tries again, as people and platforms do.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { cleanEnv, moltbot } from "../../cmd/cli.fixture.ts";
import { tinyRepository } from "../../cmd/repository.fixture.ts";
import type { JsonObject } from "../../core/index.ts";
import { signWebhook } from "../../runtime/channels/adapters/webhook/index.ts";

const CLI = path.join(import.meta.dirname, "../../bin/moltbot.js");
const PRELOAD = path.join(import.meta.dirname, "preload.fixture.ts");
const API = "apiVersion: moltbot.dev/v1alpha1";
const SECRET = "webhook-secret-of-a-day-0123456789";
const LIMIT_MS = 40_000;
const LONG = "A sentence that fills a conversation until it has to be summarised. ".repeat(12);

/** What is known when the day is over and everything is stopped. */
export interface Day {
  /** Moments that the first gateway had, where it was not killed. */
  readonly moments: number;
  readonly died: boolean;
  /** By the message that they answer: the ids of the answers, each once. */
  readonly answers: ReadonlyMap<string, ReadonlySet<string>>;
  /** Messages whose answer says that the run was cut off. */
  readonly cutOff: readonly string[];
  /** Messages that the approved call sent. */
  readonly effects: number;
  /** What the schedule's conversation was asked. */
  readonly woken: number;
  readonly isScheduled: boolean;
  /** Of conversations that were compacted. */
  readonly summaries: number;
  readonly generation: number;
  readonly isCandidateOpen: boolean;
  readonly devices: readonly string[];
  readonly holds: number;
  /** What `audit verify` said where it did not say 0. */
  readonly audit: string;
  readonly unstopped: readonly string[];
}

/** @param killAt - Which moment of the first gateway is its last; 0: none. */
export async function day(killAt: number): Promise<Day> {
  const got: { readonly id: string; readonly answers: string | null; readonly text: string }[] = [];
  const callback = await callbacks((body) => got.push(body as (typeof got)[number]));
  const repo = repositoryFor(callback);
  const report = path.join(repo.path, "moments");
  onTestFinished(() => repo.dispose());
  const cli = (...args: readonly string[]) => moltbot(args, { cwd: repo.path });
  must(cli("apply", "--auto-approve"));
  let gateway = start(repo.path, { KILL_AT: String(killAt), KILL_COUNT: report });
  let died = false;
  const deadline = performance.now() + LIMIT_MS;
  /** Tries until it is done; a gateway that died is started again. */
  const until = async (what: string, isDone: () => Promise<boolean> | boolean): Promise<void> => {
    while (!(await Promise.resolve(isDone()).catch(() => false))) {
      if (performance.now() > deadline) throw new Error(`killed at ${killAt}, it did not come to: ${what}\n${gateway.said()}`);
      if (gateway.child.signalCode === "SIGKILL") {
        died = true;
        gateway = start(repo.path, {});
      }
      await sleep(10);
    }
  };
  const place = (): { readonly url: string; readonly socket: string } =>
    JSON.parse(fs.readFileSync(path.join(repo.path, ".moltbot", "gateway.json"), "utf8")) as ReturnType<typeof place>;
  const ask = async (method: string, target: string, body?: JsonObject): Promise<JsonObject> =>
    await askOver(place().socket, method, target, body);
  const isCutOff = (id: string) => got.some((each) => each.answers === id && each.text.includes("interrupted by a restart"));
  const answered = (id: string) => got.some((each) => each.answers === id);
  const say = async (id: string, text: string): Promise<void> => {
    await until(`${id} is taken`, async () => (await post(place().url, { id, sender: "ada", text })) === 202);
    await until(`${id} is answered`, async () => {
      await give(ask);
      return answered(id);
    });
  };
  try {
    await say("m1", LONG);
    await say("m2", `${LONG} And so on.`);
    const soon = new Date(Date.now() + 1_500).toISOString();
    await say("m3", `/call schedule.create ${JSON.stringify({ name: "wake", message: "Wake up", at: soon })}`);
    await say("m4", `/call message.send ${JSON.stringify({ channel: "hook", to: "ada", text: "the effect" })}`);
    const { x = "" } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
    await until("the device is known", async () => {
      const { items } = (await ask("GET", "/v2/auth/devices")) as { readonly items: readonly { readonly name: string }[] };
      if (!items.some(({ name }) => name === "laptop"))
        await ask("POST", "/v2/auth/devices", { name: "laptop", publicKey: x, role: "viewer" });
      return items.some(({ name }) => name === "laptop");
    });
    const agent = path.join(repo.path, "agents/a.yaml");
    fs.writeFileSync(agent, fs.readFileSync(agent, "utf8").replace("Be kind", "Be brief"));
    await until(
      "the edit is active",
      // One that nobody answered for keeps its number, and the next try has the next.
      () => cli("apply", "--auto-approve", "-o", "json").code === 0 && statusOf(cli).active.number >= 2,
    );
    await until("the schedule came due, if it was made", async () => {
      const isOver = Date.now() > Date.parse(soon) && ((await ask("GET", "/v2/status"))["schedules"] as readonly unknown[]).length === 0;
      if (!isOver) return false;
      return isCutOff("m3") || (await entriesOf(ask)).some(({ text }) => text === "Wake up");
    });
    await until("nothing is left", async () => {
      return (await ask("GET", "/v2/status"))["undeliveredAnswers"] === 0;
    });
    await until("it runs", async () => typeof (await ask("GET", "/v2/status"))["log"] === "string");
    let entries: readonly Entry[] = [];
    await until("it says what was said", async () => {
      entries = await entriesOf(ask);
      return true;
    });
    await until("a hold is set", () => cli("gateway", "freeze", "Agent/a", "--reason", "the end of the day").code === 0);
    let devices: readonly { readonly name: string }[] = [];
    let house: House = { owners: [], schedules: [] };
    await until("it says what there is", async () => {
      ({ items: devices } = (await ask("GET", "/v2/auth/devices")) as { readonly items: typeof devices });
      house = (await ask("GET", "/v2/status")) as unknown as House;
      return true;
    });
    while (!(await isStopped(gateway))) {
      // Killed while it stopped: the next one tidies up.
      died = true;
      gateway = start(repo.path, {});
      await until("it runs again", async () => typeof (await ask("GET", "/v2/status"))["log"] === "string");
    }
    const verified = cli("audit", "verify");
    const { active, candidate } = statusOf(cli);
    return {
      moments: fs.existsSync(report) ? Number(fs.readFileSync(report, "utf8")) : 0,
      died,
      answers: answersBy(got),
      cutOff: ["m3", "m4"].filter(isCutOff),
      effects: got.filter(({ text }) => text === "the effect").length,
      woken: entries.filter(({ kind, text }) => kind === "user" && text === "Wake up").length,
      summaries: entries.filter(({ kind }) => kind === "summary").length,
      isScheduled: house.schedules.length > 0,
      generation: active.number,
      isCandidateOpen: candidate !== null,
      devices: devices.map(({ name }) => name),
      holds: house.owners.flatMap(({ holds }) => holds).length,
      audit: verified.code === 0 ? "" : verified.out + verified.err,
      unstopped: fs.readdirSync(path.join(repo.path, ".moltbot")).filter((name) => /gateway\.json|\.tmp|-journal$/.test(name)),
    };
  } finally {
    gateway.child.kill("SIGKILL");
  }
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  readonly said: () => string;
}

function start(cwd: string, env: Readonly<Record<string, string>>): Started {
  const child = spawn(process.execPath, ["--import", PRELOAD, CLI, "gateway", "run", "-o", "jsonl"], {
    cwd,
    env: cleanEnv({ HOOK_SECRET: SECRET, KILL_SKIP: "writeSync", ...env }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return { child, ended: once(child, "close"), said: () => said };
}

const STOP_MS = 15_000;

/** Tells it to stop. @returns false where it was killed while it did. */
async function isStopped({ child, ended, said }: Started): Promise<boolean> {
  child.kill("SIGTERM");
  const late = new AbortController();
  const isInTime = await Promise.race([ended.then(() => true), sleep(STOP_MS, false, { signal: late.signal })]);
  late.abort();
  if (!isInTime) throw new Error(`it did not stop:\n${said()}`);
  return child.signalCode !== "SIGKILL";
}

function must({ code, out, err }: ReturnType<typeof moltbot>): void {
  if (code !== 0) throw new Error(out + err);
}

type Ask = (method: string, target: string, body?: JsonObject) => Promise<JsonObject>;

/** Gives what waits for a person. */
async function give(ask: Ask): Promise<void> {
  const { items } = (await ask("GET", "/v2/approvals").catch(() => ({ items: [] }))) as {
    readonly items: readonly { readonly id: string; readonly digest: string; readonly state: string }[];
  };
  for (const { id, digest, state } of items)
    if (state === "asked") await ask("POST", `/v2/approvals/${id}/answer`, { answer: "given", digest }).catch(() => undefined);
}

interface House {
  readonly owners: readonly { readonly holds: readonly unknown[] }[];
  readonly schedules: readonly unknown[];
}

interface Entry {
  readonly kind: string;
  readonly text?: string;
}

async function entriesOf(ask: Ask): Promise<readonly Entry[]> {
  const { items } = (await ask("GET", "/v2/agents/a/sessions")) as { readonly items: readonly { readonly id: string }[] };
  const all: Entry[] = [];
  for (const { id } of items) {
    const { items: entries } = (await ask("GET", `/v2/agents/a/sessions/${id}/messages`)) as unknown as {
      readonly items: readonly Entry[];
    };
    all.push(...entries);
  }
  return all;
}

function answersBy(got: readonly { readonly id: string; readonly answers: string | null }[]): Map<string, Set<string>> {
  const by = new Map<string, Set<string>>();
  for (const { id, answers } of got) if (answers !== null) by.set(answers, (by.get(answers) ?? new Set()).add(id));
  return by;
}

function statusOf(cli: (...args: readonly string[]) => ReturnType<typeof moltbot>): {
  readonly active: { readonly number: number };
  readonly candidate: unknown;
} {
  return JSON.parse(cli("status", "-o", "json").out) as ReturnType<typeof statusOf>;
}

async function post(url: string, message: object): Promise<number> {
  const body = Buffer.from(JSON.stringify(message));
  const signed = signWebhook(SECRET, String(Math.floor(Date.now() / 1_000)), randomBytes(16).toString("hex"), body);
  const answer = await fetch(`${url}/hooks/hook`, { method: "POST", body, headers: { "content-type": "application/json", ...signed } });
  await answer.arrayBuffer();
  return answer.status;
}

async function askOver(socketPath: string, method: string, target: string, body?: JsonObject): Promise<JsonObject> {
  return await new Promise((resolve, reject) => {
    const headers = body ? { "content-type": "application/json" } : {};
    const request = http.request({ socketPath, method, path: target, headers, timeout: 10_000 }, (answer) => {
      let text = "";
      answer.on("data", (chunk: Buffer) => (text += chunk.toString()));
      answer.on("error", reject);
      answer.on("end", () => {
        if ((answer.statusCode ?? 500) >= 300) reject(new Error(`${method} ${target}: ${answer.statusCode} ${text}`));
        else resolve(JSON.parse(text) as JsonObject);
      });
    });
    request.on("error", reject);
    request.on("timeout", () => request.destroy(new Error("no answer")));
    request.end(body ? JSON.stringify(body) : undefined);
  });
}

async function callbacks(take: (body: unknown) => void): Promise<string> {
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      take(JSON.parse(body));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/answers`;
}

function repositoryFor(callback: string): ReturnType<typeof tinyRepository> {
  const document = (kind: string, name: string, ...spec: readonly string[]): string =>
    [API, `kind: ${kind}`, "metadata:", `  name: ${name}`, "spec:", ...spec.map((line) => `  ${line}`), ""].join("\n");
  return tinyRepository({
    "moltbot.yaml": document("Project", "tiny", "target: {type: embedded, applyTimeout: 3s}", "unmanaged: keep"),
    "providers/echo.yaml": document("ModelProvider", "echo", "type: echo", "local: true", "models: [{name: echo-1, contextWindow: 900}]"),
    "agents/a.yaml": document(
      "Agent",
      "a",
      "model: {provider: echo, name: echo-1, maxTokens: 100}",
      "prompt: Be kind.",
      "capabilities:",
      "  - {tool: message.send, permissions: [{action: send, resource: hook}], constraints: {approval: always}}",
      "  - {tool: schedule.create, permissions: [{action: write, resource: a}], constraints: {approval: always}}",
    ),
    "channels/hook.yaml": document(
      "Channel",
      "hook",
      "type: webhook",
      `connection: {endpoint: "${callback}"}`,
      "credentials: {webhookSecret: {secret: hook, key: shared}}",
      "access: {direct: allowlist, allow: [ada]}",
      "routing: [{agent: a}]",
    ),
    "secrets/hook.yaml": document("Secret", "hook", "values: {shared: {env: {name: HOOK_SECRET}}}"),
  });
}
