/**
 * A gateway's conversations as a process of their own, which dies at the n-th step that counts: before or
 * after a transaction, before or after an effect, before or after a delivery.
 *
 *     node kill.fixture.ts STATE-FOLDER FILES-FOLDER STEP TEXT [knows]
 *
 * With `knows` the platform tells a repeat by its id; without, what goes there twice is seen twice.
 *
 * Says how many steps there were when everything was delivered.
 */
import fs from "node:fs";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { fail, ok, systemClock } from "../../core/index.ts";
import { newBus } from "../events/index.ts";
import type { Capability, Gate } from "../gate/index.ts";
import { conductOf, type LoadedProvider } from "../load/index.ts";
import { NO_LABELS } from "../run/index.ts";
import { openRecords } from "../store/index.ts";
import { openConversations, undeliveredAnswers, type Agents, type LiveAgent } from "./index.ts";

const [dir = "", files = "", dies = "0", text = "", knows = ""] = process.argv.slice(2);
let steps = 0;

function step(): void {
  if (++steps === Number(dies)) process.kill(process.pid, "SIGKILL");
}

function note(name: string, line: string): void {
  const file = fs.openSync(path.join(files, name), "a");
  fs.writeSync(file, `${line}\n`);
  fs.fsyncSync(file);
  fs.closeSync(file);
}

const records = openRecords(dir);
if (!records.ok || !records.value) throw new Error("no records");
const open = records.value;
const ids = { next: () => randomBytes(16).toString("hex") };

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
const choices = [{ provider: "p", model: "echo" }] as const;
const live: LiveAgent = {
  owner: "acme/default",
  generation: 1,
  agent: { name: "a", system: "", choices, showThinking: false, timePerMessageMs: null, conduct: conductOf({}) },
  providers: new Map([["p", provider]]),
  vault: { opened: () => [], open: () => Promise.reject(new Error("none")) },
  life: "a",
};
const capability = { tool: "x.effect" } as unknown as Capability;
const gate: Gate = {
  offer: () => ok([{ name: "x.effect", description: "", input: { type: "object" }, capability }]),
  execute: () => {
    step();
    note("effects", text);
    step();
    return Promise.resolve(ok({ text: "effected", labels: NO_LABELS, receipt: `sha256:${"0".repeat(64)}` as const }));
  },
  labelsOf: () => NO_LABELS,
  labelled: () => ok(undefined),
};

const find: Agents["find"] = (name) => (name === "a" ? ok(live) : fail());
const talk = openConversations({
  agents: { find, known: find, all: () => ok([live]) },
  gate,
  bus: newBus(),
  audit: null,
  withRecords: (work) => {
    step();
    const result = work(open);
    step();
    return result;
  },
  deliver: async ({ message }, _, keeping) => {
    step();
    const begun = knows === "knows" || !keeping ? ok(undefined) : await keeping.sending();
    if (!begun.ok) return begun;
    step();
    note("sent", JSON.stringify({ id: message.id, text: message.text }));
    step();
    return ok({ platformId: null, at: new Date().toISOString() });
  },
  clock: systemClock,
  ids,
});

await talk.start();
// The platform hands it in until it is told that it was taken.
const taken = await talk.receive({
  key: "web/1",
  agent: "a",
  conversation: "peer/1",
  principal: { id: "web:1", kind: "person", role: null, verified: true, person: null },
  channel: { name: "web", type: "web", peer: "1", group: false, dataClass: null },
  labels: NO_LABELS,
  text,
  attachments: [{ name: "a.txt", mediaType: "text/plain", bytes: Buffer.from("attached") }],
  to: { account: "", peer: "1", thread: null, replyTo: "1" },
});
if (!taken.ok) throw new Error("not taken");
function undelivered(): number {
  const all = undeliveredAnswers(open);
  return all.ok ? all.value.length : 0;
}
const deadline = performance.now() + 10_000;
while (
  performance.now() < deadline &&
  !((fs.existsSync(path.join(files, "sent")) || undelivered() > 0) && talk.undelivered() === 0 && talk.status("a").waiting === 0)
)
  await new Promise((resolve) => setTimeout(resolve, 5));
const count = steps;
await talk.stop(1_000);
open.close();
process.stdout.write(`${count}\n`);
