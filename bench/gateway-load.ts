/** Messages over a signed webhook, 200 conversations, policy, an `echo` agent and back; what a health check sees meanwhile. */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { signWebhook } from "../runtime/channels/adapters/webhook/index.ts";

export const CONVERSATIONS = 200;
export const SECRET = "what-requests-of-the-bench-are-signed-with";

/** A repository whose one agent answers 200 senders through a webhook. */
export function loadRepository(scratch: string): string {
  const folder = path.join(scratch, "load");
  const document = (kind: string, name: string, spec: readonly string[]): string =>
    ["apiVersion: moltbot.dev/v1alpha1", `kind: ${kind}`, "metadata:", `  name: ${name}`, "spec:", ...spec, ""].join("\n");
  const files: Readonly<Record<string, string>> = {
    "moltbot.yaml": document("Project", "load", ["  target: {type: embedded}"]),
    "bots/agent.yaml": document("Agent", "a", ["  model: {provider: echo, name: echo-1}"]),
    "bots/provider.yaml": document("ModelProvider", "echo", ["  type: echo", "  local: true"]),
    "bots/secret.yaml": document("Secret", "hook", ["  values: {shared: {env: {name: HOOK_SECRET}}}"]),
    "bots/channel.yaml": document("Channel", "hook", [
      "  type: webhook",
      "  credentials: {webhookSecret: {secret: hook, key: shared}}",
      `  access: {direct: allowlist, allow: [${Array.from({ length: CONVERSATIONS }, (_, i) => `s${i}`).join(", ")}]}`,
      "  routing: [{agent: a}]",
      "  rateLimits: {perSender: 100000/min, total: 1000000/min}",
    ]),
  };
  fs.mkdirSync(path.join(folder, "bots"), { recursive: true });
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  return folder;
}

export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Told to come again, with `Retry-After`, or not let in past `limits.apiConnections`. */
  readonly refused: number;
}

/** `refused`: the gateway has too much to do, and says so. */
type Say = (sender: number, text: string) => Promise<"answered" | "refused">;

/** Too many, too late, not now: nothing of it was taken in, and it may be sent again. */
const COME_AGAIN: ReadonlySet<number> = new Set([408, 429, 503]);

/** Requests over connections that stay, as senders keep them, or each over one of its own. */
export function sayTo(url: string, agent: http.Agent | false): Say {
  return (sender, text) => {
    const body = Buffer.from(JSON.stringify({ sender: `s${sender}`, text }));
    const signed = signWebhook(SECRET, String(Math.floor(Date.now() / 1_000)), randomBytes(16).toString("hex"), body);
    const headers = { "content-type": "application/json", "content-length": body.length, ...signed };
    return new Promise((resolve, reject) => {
      const request = http.request(`${url}/hooks/hook`, { method: "POST", agent, headers }, (response) => {
        let said = "";
        response.on("data", (chunk: Buffer) => (said += chunk.toString()));
        response.on("end", () => {
          if (response.statusCode === 200 && said.includes(text)) resolve("answered");
          else if (COME_AGAIN.has(response.statusCode ?? 0)) resolve("refused");
          else reject(new Error(`${response.statusCode}: ${said}`));
        });
      });
      // Past so many connections a further one is closed at once.
      request.on("error", (error) => ("code" in error && error.code === "ECONNRESET" ? resolve("refused") : reject(error)));
      request.end(body);
    });
  };
}

/** Each sender writes its next message when the one before was answered. */
export async function closedLoop(say: Say, ms: number): Promise<Load> {
  const taken: number[] = [];
  let refused = 0;
  const startedAt = performance.now();
  const talk = async (sender: number): Promise<void> => {
    for (let i = 0; performance.now() - startedAt < ms; i++) {
      const before = performance.now();
      if ((await say(sender, `message ${i}`)) === "answered") taken.push(performance.now() - before);
      else {
        refused++;
        await sleep(1_000);
      }
    }
  };
  await Promise.all(Array.from({ length: CONVERSATIONS }, (_, i) => talk(i)));
  return loadOf(taken, refused, performance.now() - startedAt);
}

/** Messages at a steady rate, from one sender after the other; the time of each counts from when it was due. */
export async function offered(say: Say, perSecond: number, ms: number): Promise<Load> {
  const taken: number[] = [];
  let refused = 0;
  const one = async (i: number, due: number): Promise<void> => {
    if ((await say(i % CONVERSATIONS, `message ${i}`)) === "answered") taken.push(performance.now() - due);
    else refused++;
  };
  const all: Promise<void>[] = [];
  const startedAt = performance.now();
  const count = Math.round((perSecond * ms) / 1_000);
  for (let i = 0; i < count;) {
    const due = startedAt + (i * 1_000) / perSecond;
    if (due > performance.now()) {
      await sleep(1);
      continue;
    }
    all.push(one(i++, due));
  }
  await Promise.all(all);
  return loadOf(taken, refused, performance.now() - startedAt);
}

function loadOf(taken: number[], refused: number, ms: number): Load {
  return { perSecond: taken.length / (ms / 1_000), ...percentiles(taken), refused };
}

function percentiles(ms: number[]): { readonly p50Ms: number; readonly p99Ms: number } {
  ms.sort((a, b) => a - b);
  const at = (share: number): number => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** How long `/livez` takes over connections of its own, asked again and again until `work` is done. */
export async function healthDuring(url: string, work: Promise<unknown>): Promise<{ readonly p50Ms: number; readonly p99Ms: number }> {
  const during = { isDone: false };
  const ended = work.finally(() => (during.isDone = true)).catch(() => undefined);
  const taken: number[] = [];
  while (!during.isDone) {
    const before = performance.now();
    await new Promise<void>((resolve, reject) => {
      const request = http.get(`${url}/livez`, { agent: false }, (response) => {
        response.resume().on("end", resolve);
      });
      request.on("error", (error) => ("code" in error && error.code === "ECONNRESET" ? resolve() : reject(error)));
    });
    taken.push(performance.now() - before);
    await sleep(20);
  }
  await ended;
  return percentiles(taken);
}
