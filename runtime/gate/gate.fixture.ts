import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import {
  addressOf,
  type Address,
  canonicalJson,
  digestBytes,
  digestJson,
  fail,
  ok,
  problem,
  type Digest,
  type Hold,
  type Json,
  type JsonObject,
  type Owner,
  type Resource,
  type Result,
} from "../../core/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { canonicaliseRequest } from "../../trust/capability/index.ts";
import { newBus, type RuntimeEvent } from "../events/index.ts";
import { openLive, type Live } from "../live/index.ts";
import { NO_LABELS, type Labels, type Run } from "../run/index.ts";
import type { Audit, AuditRecord, SecurityEvent } from "../audit/index.ts";
import { openRecords, openStore, type SealedRecords, type StorePorts, type StoreWriter } from "../store/index.ts";
import { callDigest, openGate, type CanonicalCall, type Capability, type GateWorld, type RuntimeGate, type Tool } from "./index.ts";

export const OWNER: Owner = "acme/default";

export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(
    result.diagnostics
      .map(
        ({ code, detail, cause }) =>
          `${code} ${detail}${cause instanceof Error ? ` (${cause.message})` : typeof cause === "string" ? ` (${cause})` : ""}`,
      )
      .join("; "),
  );
}

export function codesOf(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.diagnostics.map(({ code }) => code);
}

export function resource(kind: string, name: string, spec: JsonObject, labels: Record<string, string> = {}): Resource {
  return { apiVersion: "moltbot.dev/v1alpha1", kind, metadata: { name, labels }, spec };
}

export interface GrantSpec {
  readonly name?: string;
  readonly tool: string;
  readonly action: string;
  readonly resource?: string;
  readonly constraints?: JsonObject;
  readonly expiresAt?: string;
}

export function agent(name: string, grants: readonly GrantSpec[], more: JsonObject = {}): Resource {
  const capabilities = grants.map(({ action, resource: on, constraints = { approval: "never" }, ...rest }) => ({
    ...rest,
    permissions: [on === undefined ? { action } : { action, resource: on }],
    constraints,
  }));
  return resource("Agent", name, { model: { provider: "p", name: "m" }, capabilities, ...more });
}

/** Lowers the rules that would refuse the small grants of tests, as a Project can. */
export function project(spec: JsonObject = {}): Resource {
  return resource("Project", "acme", { policies: { rules: { "approval.mutating": "off" }, network: { ceiling: ["**"] } }, ...spec });
}

export const PROVIDER = resource("ModelProvider", "p", { type: "echo" });

/** What tests see of a tool that ran. */
export interface Ran {
  readonly tool: string;
  readonly effect: JsonObject;
}

export interface TestTool {
  readonly name: string;
  readonly type?: "url" | "path" | "command" | "name" | null;
  readonly output?: string;
  readonly labels?: Labels;
  readonly run?: Tool["run"];
}

/** A tool that acts on nothing but a list: `{action, on, ...}` are its arguments. */
export function testTool({ name, type = null, output = "done", labels = NO_LABELS, run }: TestTool, ran: Ran[]): Tool {
  return {
    name,
    description: "a tool of a test",
    input: { type: "object" },
    canonicalise: (args) => canonicalOf(name, type, args),
    run:
      run ??
      ((call) => {
        ran.push({ tool: name, effect: call.effect });
        return Promise.resolve(ok({ text: output, labels, facts: {} }));
      }),
  };
}

function canonicalOf(tool: string, type: TestTool["type"], args: Json): Result<CanonicalCall> {
  const given = typeof args === "object" && args !== null && !Array.isArray(args) ? (args as JsonObject) : {};
  const action = typeof given["action"] === "string" ? given["action"] : "call";
  const on = given["on"];
  if (type && typeof on !== "string") return fail(problem("CALL_INVALID", { detail: "no resource" }));
  const form = type ? canonicaliseRequest(type, on as string) : ok(null);
  if (!form.ok) return form;
  const call = { tool, action, resource: form.value, effect: { ...given } };
  return ok({ ...call, facts: { size: canonicalJson(given).length }, digest: callDigest(call), summary: `${tool} ${action}` });
}

export interface GateState {
  readonly dir: string;
  readonly gate: RuntimeGate;
  readonly live: Live;
  readonly records: SealedRecords;
  readonly store: StoreWriter;
  readonly events: SecurityEvent[];
  readonly heard: RuntimeEvent[];
  readonly ran: Ran[];
  readonly clock: { now: () => Date; set: (instant: string) => void; add: (ms: number) => void };
  /** From now on nothing can be recorded. */
  readonly breakAudit: () => void;
  /** Another process applies these, through a connection of its own. */
  readonly apply: (resources: readonly Resource[]) => number;
  readonly hold: (hold: Partial<Hold>) => Hold;
  readonly lift: (id: string) => void;
  /** The gate of a gateway that was started again. */
  readonly restarted: () => RuntimeGate;
}

export interface GateSetting {
  readonly resources: readonly Resource[];
  readonly tools?: readonly TestTool[];
  readonly world?: Partial<GateWorld>;
  /** What resources name by digest. */
  readonly bytes?: readonly Uint8Array[];
}

let made = 0;

/** A real store in a folder of its own, with the real live state and the real gate over it. */
export function gateState({ resources, tools = [], world = {}, bytes = [] }: GateSetting): GateState {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-gate-"));
  const dir = path.join(folder, "state");
  let now = Date.parse("2026-03-01T12:00:00.000Z");
  const clock = {
    now: () => new Date(now),
    set: (instant: string) => void (now = Date.parse(instant)),
    add: (ms: number) => void (now += ms),
  };
  const ids = { next: () => (++made).toString(16).padStart(16, "0").padEnd(32, "0") };
  const ports: StorePorts = { clock, randomHex: ids.next };
  apply(dir, ports, resources, bytes);
  const store = valueOf(openStore(dir, { mode: "write", create: false }, ports))!;
  const records = valueOf(openRecords(dir))!;
  const events: SecurityEvent[] = [];
  let isBroken = false;
  const audit: Audit = {
    record: (event) => {
      if (isBroken) return fail(problem("STORE_UNAVAILABLE", { detail: "the disk is full" }));
      events.push(event);
      const hash = digestJson(events.length);
      return ok({ ...event, seq: events.length, prev: null, at: clock.now().toISOString(), hash } as AuditRecord);
    },
  };
  const bus = newBus();
  const heard: RuntimeEvent[] = [];
  bus.subscribe(["approval.asked", "approval.answered"], (event) => void heard.push(event));
  const live = openLive({ store, kinds: KINDS, clock, workspaces: path.join(folder, "workspaces") });
  const ran: Ran[] = [];
  const all = tools.map((each) => testTool(each, ran));
  const whole: GateWorld = { live, records, audit, bus, clock, ids, tools: () => all, ...world };
  const gates = [openGate(whole)];
  onTestFinished(() => {
    for (const each of gates) each.close();
    live.close();
    records.close();
    store.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return {
    dir,
    gate: gates[0]!,
    live,
    records,
    store,
    events,
    heard,
    ran,
    clock,
    breakAudit: () => void (isBroken = true),
    apply: (next) => apply(dir, ports, next),
    hold: (hold) =>
      withStore(dir, ports, (writer) =>
        valueOf(writer.addHold({ owner: OWNER, selector: "*", denied: "all", reason: "incident", actor: "ops", until: null, ...hold })),
      ),
    lift: (id) => withStore(dir, ports, (writer) => valueOf(writer.removeHold(OWNER, id, "ops", "over"))),
    restarted: () => {
      const next = openGate(whole);
      gates.push(next);
      return next;
    },
  };
}

function withStore<T>(dir: string, ports: StorePorts, work: (store: StoreWriter) => T): T {
  const store = valueOf(openStore(dir, { mode: "write", create: true, actor: "tester" }, ports));
  try {
    return work(store);
  } finally {
    store.close();
  }
}

function apply(dir: string, ports: StorePorts, resources: readonly Resource[], named: readonly Uint8Array[] = []): number {
  return withStore(dir, ports, (store) => {
    const values = new Map<Digest, Uint8Array>(named.map((each) => [digestBytes(each), each]));
    const rows = resources.map((each): { readonly address: Address; readonly digest: Digest | null } => {
      const json = Buffer.from(canonicalJson(each as unknown as Json));
      const digest = digestBytes(json);
      values.set(digest, json);
      return { address: addressOf(each.kind, each.metadata.name), digest };
    });
    const active = valueOf(store.active(OWNER));
    const before = active ? [...valueOf(store.rows(OWNER, active.number)).keys()] : [];
    const gone: typeof rows = before
      .filter((address) => rows.every((row) => row.address !== address))
      .map((address) => ({ address, digest: null }));
    const fence = valueOf(store.begin(OWNER, digestJson(rows.length), "tester"));
    const generation = store.commit(fence, {
      reason: "apply",
      because: null,
      resolved: digestJson(rows.map(({ address, digest }) => [address, digest])),
      schema: digestJson("schema"),
      engine: "0.0.0",
      commit: null,
      dirty: false,
      actor: "tester",
      rows: [...rows, ...gone],
      values,
      correctedEdits: [],
      receipt: {},
    });
    return valueOf(generation).number;
  });
}

export function runOf(more: Partial<Run> = {}): Run {
  return {
    owner: OWNER,
    agent: "a",
    session: "5e5510n0",
    id: "0123456789abcdef0123456789abcdef",
    principal: { id: "telegram:4711", kind: "channel", role: null, verified: true, person: null },
    channel: null,
    callers: [],
    behind: [],
    signal: new AbortController().signal,
    ...more,
  };
}

/** The capability for a tool, as it is offered to a run. */
export function offered({ gate }: Pick<GateState, "gate">, tool: string, run: Run): Capability {
  const found = valueOf(gate.offer(run)).find(({ name }) => name === tool);
  if (!found) throw new Error(`${tool} is not offered`);
  return found.capability;
}
