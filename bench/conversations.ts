/**
 * Messages through the loop alone: taken in durably, answered by `echo`, recorded, delivered. 200 conversations,
 * so many messages a second as are offered; how long one takes from being handed in to being delivered.
 *
 *     node bench/conversations.ts [--rate 500] [--seconds 10] [--conversations 200]
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { ok } from "../core/index.ts";
import { newBus } from "../runtime/events/index.ts";
import { conductOf, type LoadedProvider } from "../runtime/load/index.ts";
import { NO_LABELS } from "../runtime/run/index.ts";
import { openConversations, type LiveAgent } from "../runtime/conversations/index.ts";
import { openRecords, openStore } from "../runtime/store/index.ts";

const { values } = parseArgs({
  options: {
    rate: { type: "string", default: "500" },
    seconds: { type: "string", default: "10" },
    conversations: { type: "string", default: "200" },
  },
});
const [rate, seconds, conversations] = [Number(values.rate), Number(values.seconds), Number(values.conversations)];

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-bench-"));
const dir = path.join(folder, "state");
let made = 0;
const ids = { next: () => (++made).toString(16).padStart(32, "0") };
const clock = { now: () => new Date() };
const store = openStore(dir, { mode: "write", create: true, actor: "bench" }, { clock, randomHex: ids.next });
if (!store.ok) throw new Error("no store");
store.value.close();
const records = openRecords(dir);
if (!records.ok || !records.value) throw new Error("no records");
const open = records.value;

const provider: LoadedProvider = {
  name: "p",
  protocol: "echo",
  endpoint: null,
  headers: [],
  credentials: null,
  oauth: null,
  tls: [],
  timeoutMs: 30_000,
  maxResponseBytes: 1024 * 1024,
  retries: 0,
  backoffMs: 1,
  models: new Map(),
  limits: { concurrency: null, requests: null, tokensPerMinute: null },
  lacks: [],
};
const live: LiveAgent = {
  owner: "acme/default",
  generation: 1,
  agent: {
    name: "a",
    system: "",
    choices: [{ provider: "p", model: "echo" }],
    showThinking: false,
    timePerMessageMs: null,
    conduct: conductOf({}),
  },
  providers: new Map([["p", provider]]),
  vault: { opened: () => [], open: () => Promise.reject(new Error("none")) },
  life: "a",
};

const startedAt = new Map<string, number>();
const took: number[] = [];
const talk = openConversations({
  agents: { find: () => ok(live), known: () => ok(live), all: () => ok([live]) },
  gate: null,
  bus: newBus(),
  audit: null,
  withRecords: (work) => work(open),
  deliver: ({ message }) => {
    took.push(performance.now() - (startedAt.get(message.to.replyTo ?? "") ?? 0));
    return Promise.resolve(ok({ platformId: null, at: new Date().toISOString() }));
  },
  clock,
  ids,
});

const total = rate * seconds;
const begin = performance.now();
for (let sent = 0; sent < total;) {
  const due = Math.min(total, Math.ceil(((performance.now() - begin) / 1000) * rate));
  for (; sent < due; sent++) {
    const id = `m${sent}`;
    startedAt.set(id, performance.now());
    void talk.receive({
      key: id,
      agent: "a",
      conversation: `peer/${sent % conversations}`,
      principal: { id: `web:${sent % conversations}`, kind: "person", role: null, verified: true, person: null },
      channel: { name: "web", type: "web", peer: String(sent % conversations), group: false, dataClass: null },
      labels: NO_LABELS,
      text: "Where is my order? It was to come on Monday.",
      attachments: [],
      to: { account: "", peer: "1", thread: null, replyTo: id },
    });
  }
  await new Promise((resolve) => setTimeout(resolve, 2));
}
while (took.length < total && performance.now() - begin < seconds * 10_000) await new Promise((resolve) => setTimeout(resolve, 10));
const all = performance.now() - begin;
await talk.stop(1_000);
open.close();
fs.rmSync(folder, { recursive: true, force: true });
took.sort((a, b) => a - b);
const at = (share: number): string => (took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0).toFixed(1);
const { user, system } = process.cpuUsage();
process.stdout.write(
  `${JSON.stringify({
    messages: took.length,
    perSecond: Math.round((took.length / all) * 1000),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
    cpuMsEach: ((user + system) / 1000 / took.length).toFixed(2),
    rssMb: Math.round(process.memoryUsage().rss / 1e6),
  })}\n`,
);
