/**
 * What the gate costs, with a real store, real policies and the real audit: a table on standard error, JSON on standard output.
 *
 *     node bench/gate.ts [--calls 5000] [--grants 20]
 *
 * - decision: is this call allowed now, as everything before approval and record decides it; the same question again, and ever new ones
 * - gate: a whole call with a tool that does nothing, two durable audit records included, the same with what policies were asked kept beside
 *   them, and with an audit in memory
 * - change: the first check after another process changed the grants; every one of them must see the change
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import {
  addressOf,
  canonicalJson,
  digestBytes,
  digestJson,
  ok,
  type Digest,
  type Json,
  type JsonObject,
  type Resource,
  type Result,
} from "../core/index.ts";
import { openAudit, type Audit, type AuditRecord } from "../runtime/audit/index.ts";
import { newBus } from "../runtime/events/index.ts";
import { canonicalCall } from "../runtime/gate/canonical.ts";
import { decide, factsOf } from "../runtime/gate/decide.ts";
import { UNNARROWED } from "../runtime/gate/handles.ts";
import { callDigest, openGate, type GateWorld, type Tool } from "../runtime/gate/index.ts";
import { newSessionStates } from "../runtime/gate/session-state.ts";
import { openLive } from "../runtime/live/index.ts";
import { questionLog } from "../runtime/replay/index.ts";
import { NO_LABELS, type Run } from "../runtime/run/index.ts";
import { openRecords, openStore, type StorePorts } from "../runtime/store/index.ts";
import { KINDS } from "../schemas/index.ts";
import { canonicaliseRequest } from "../trust/capability/index.ts";

const { values } = parseArgs({ options: { calls: { type: "string", default: "5000" }, grants: { type: "string", default: "20" } } });
const [count, grantCount] = [Number(values.calls), Number(values.grants)];
const OWNER = "acme/default";

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.diagnostics.map(({ code, detail }) => `${code}: ${detail}`).join("; "));
}

function there<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("something is missing");
  return value;
}

function resource(kind: string, name: string, spec: JsonObject): Resource {
  return { apiVersion: "moltbot.dev/v1alpha1", kind, metadata: { name }, spec };
}

function world(revision: number): readonly Resource[] {
  const grants = Array.from({ length: grantCount }, (_, i) => ({
    name: `g${i}`,
    tool: "fs.read",
    permissions: [{ action: "read", resource: i === grantCount - 1 ? `notes/${revision}/**` : `other-${i}/**` }],
    constraints: { approval: "never" },
  }));
  return [
    resource("Project", "acme", {}),
    resource("ModelProvider", "p", { type: "echo" }),
    resource("Agent", "a", { model: { provider: "p", name: "m" }, capabilities: grants, budgets: { repeatedToolCalls: 1000 } }),
  ];
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-bench-gate-"));
const dir = path.join(folder, "state");
const clock = { now: () => new Date() };
let made = 0;
const ids = { next: () => (++made).toString(16).padStart(32, "0") };
const ports: StorePorts = { clock, randomHex: ids.next };

/** As an apply in another process does it: through a connection of its own. */
function apply(resources: readonly Resource[]): void {
  const store = must(openStore(dir, { mode: "write", create: true, actor: "bench" }, ports));
  const bytes = new Map<Digest, Uint8Array>();
  const rows = resources.map((each) => {
    const json = Buffer.from(canonicalJson(each as unknown as Json));
    const digest = digestBytes(json);
    bytes.set(digest, json);
    return { address: addressOf(each.kind, each.metadata.name), digest };
  });
  const fence = must(store.begin(OWNER, digestJson(made), "bench"));
  const facts = { because: null, commit: null, dirty: false, actor: "bench", engine: "0", correctedEdits: [], receipt: {} };
  must(store.commit(fence, { ...facts, reason: "apply", resolved: digestJson(made), schema: digestJson(0), rows, values: bytes }));
  store.close();
}

const tool: Tool = {
  name: "fs.read",
  description: "does nothing",
  input: {},
  canonicalise: (args) => {
    const { on } = args as { readonly on: string };
    const form = must(canonicaliseRequest("path", on));
    const call = { tool: "fs.read", action: "read", resource: form, effect: { on: form } };
    return ok({ ...call, facts: { depth: form.split("/").length }, digest: callDigest(call), summary: `read ${form}` });
  },
  run: () => Promise.resolve(ok({ text: "done", labels: NO_LABELS, facts: {} })),
};

interface Figures {
  readonly p50Us: number;
  readonly p99Us: number;
}

function figures(times: readonly number[]): Figures {
  return { p50Us: at(times, 0.5), p99Us: at(times, 0.99) };
}

/** In microseconds, of milliseconds. */
function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10_000) / 10;
}

/** In rounds, of which the calmest counts: on a shared machine the others show whoever else runs. */
const ROUNDS = 10;

async function timed(times: number, act: (i: number) => unknown): Promise<Figures> {
  for (let i = 0; i < Math.min(times, 500); i++) await act(i);
  const rounds: Figures[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const found: number[] = [];
    for (let i = round * (times / ROUNDS); i < (round + 1) * (times / ROUNDS); i++) {
      const start = performance.now();
      const done = act(i);
      if (done instanceof Promise) await done;
      found.push(performance.now() - start);
    }
    rounds.push(figures(found));
  }
  return rounds.reduce((best, each) => (each.p99Us < best.p99Us ? each : best));
}

apply(world(0));
const store = there(must(openStore(dir, { mode: "write", create: false }, ports)));
const records = there(must(openRecords(dir)));
const log = must(openAudit(dir, { clock }));
let kept = 0;
const inMemory: Audit = { record: (event) => ok({ ...event, seq: ++kept, prev: null, at: "", hash: digestBytes("") } as AuditRecord) };
const live = openLive({ store, kinds: KINDS, clock, workspaces: path.join(folder, "workspaces") });
const base = { live, records, bus: newBus(), clock, ids, tools: () => [tool] };
const run: Run = {
  owner: OWNER,
  agent: "a",
  session: "bench000",
  id: "0".repeat(32),
  principal: null,
  channel: null,
  callers: [],
  behind: [],
  signal: new AbortController().signal,
};

try {
  const { owner, agent } = must(live.agent(OWNER, "a"));
  const session = must(newSessionStates(records).of("decisions"));
  const asked = (on: string): Parameters<typeof decide>[0] => ({
    owner,
    agent,
    run,
    call: must(canonicalCall(tool, { on }, run)),
    session,
    narrowing: UNNARROWED,
    now: live.now(),
  });
  const again = asked("notes/0/a");
  const isAllowed = (question: ReturnType<typeof asked>): void => {
    if (!decide(question).isAllowed) throw new Error("a call that is granted was refused");
  };
  const fresh = Array.from({ length: count }, (_, i) => asked(`notes/0/${i}`));
  const look = await timed(count, () => must(live.state()));
  const grant = there(agent.grants.at(-1));
  const facts = factsOf(again);
  const policies = await timed(count, () => owner.judgeCall(agent, grant, facts));
  const memoised = await timed(count, () => isAllowed(again));
  const different = await timed(count, (i) => isAllowed(there(fresh[i % fresh.length])));
  const through = async (audit: Audit, more: Partial<GateWorld> = {}): Promise<Figures> => {
    const gate = openGate({ ...base, audit, ...more });
    const capability = there(must(gate.offer(run))[0]).capability;
    const found = await timed(count, async (i) => must(await gate.execute(capability, { on: `notes/0/${i}` }, run)));
    gate.close();
    return found;
  };
  const whole = await through(inMemory);
  const durable = await through(log);
  const failed = (reason: string): never => {
    throw new Error(reason);
  };
  const questions = questionLog({ records, clock, secrets: () => [], failed });
  const replayable = await through(log, { asked: questions.keep });
  questions.close();
  const gate = openGate({ ...base, audit: inMemory });
  const changes: number[] = [];
  for (let revision = 1; revision <= 100; revision++) {
    apply(world(revision));
    const start = performance.now();
    const capability = there(must(gate.offer(run))[0]).capability;
    const result = await gate.execute(capability, { on: `notes/${revision}/a` }, run);
    changes.push(performance.now() - start);
    const before = await gate.execute(capability, { on: `notes/${revision - 1}/a` }, run);
    if (!result.ok || before.ok) throw new Error("a check did not see the change before it");
  }
  gate.close();
  const rows: Readonly<Record<string, Figures>> = {
    "what is active, nothing changed": look,
    "what policies say, asked before": policies,
    "decision, the same call again": memoised,
    "decision, ever new calls": different,
    "whole gate without tool, audit in memory": whole,
    "whole gate without tool, two durable records": durable,
    "the same, and the question kept": replayable,
    "first offer and call after a change of grants": figures(changes),
  };
  for (const [name, { p50Us, p99Us }] of Object.entries(rows))
    console.error(`${name.padEnd(46)} p50 ${String(p50Us).padStart(8)} us   p99 ${String(p99Us).padStart(8)} us`);
  console.log(JSON.stringify({ calls: count, grants: grantCount, rows }));
} finally {
  live.close();
  log.close();
  records.close();
  store.close();
  fs.rmSync(folder, { recursive: true, force: true });
}
