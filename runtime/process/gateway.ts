import path from "node:path";
import { InternalError, ok, type Kinds, type Owner, type Result, type Secret } from "../../core/index.ts";
import { openChannels } from "../channels/index.ts";
import { newBus } from "../events/index.ts";
import type { OidcConfig } from "../auth/index.ts";
import type { RuntimeGate } from "../gate/index.ts";
import type { Live, LiveOwner } from "../live/index.ts";
import { liveAgents } from "./agents.ts";
import { apiRoutes, notedCall } from "./api-routes.ts";
import { auditPart } from "./audit-part.ts";
import { authPart } from "./auth-part.ts";
import { candidatePart } from "./candidate-part.ts";
import { startParts } from "./lifecycle.ts";
import { livePart } from "./live-part.ts";
import { pluginsPart } from "./plugins-part.ts";
import { questionsPart } from "./questions-part.ts";
import { rotationPart } from "./rotation-part.ts";
import { removeRunFile, writeRunFile, type RunFacts } from "./run-file.ts";
import { serverPart } from "./server-part.ts";
import { storePart, type StoreWorld } from "./store-part.ts";
import { talkPart, type TalkPart } from "./talk-part.ts";
import { LOG_FILE, telemetryPart, type LogWish } from "./telemetry-part.ts";
import { deliverUnlessScheduled, toolsPart } from "./tools-part.ts";
import { houseRules } from "./listening.ts";
import { placeOf, wishedPlace } from "./place.ts";
import { newVaults } from "./vaults.ts";
import type { Part, Stopped } from "./types.ts";

export interface GatewayWorld extends StoreWorld {
  readonly version: string;
  readonly kinds: Kinds;
  /** In place of the port that is declared; null: as declared. */
  readonly port: number | null;
  /** How many requests one caller may send; absent: {@link LIMITS.apiBurst} and {@link LIMITS.apiPerSecond}. */
  readonly rate?: { readonly burst: number; readonly perSecond: number };
  readonly log: LogWish;
  /** How old the keys of sealed records may become; null: rotated by hand alone. */
  readonly rotateEveryMs: number | null;
  /** Where people log in; null: nowhere. */
  readonly oidc: OidcConfig | null;
  /** The runtime's environment, for `env` secrets. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What an operator reads while it runs: one line each, without secrets. */
  readonly tell: (event: GatewayEvent) => void;
}

export type GatewayEvent =
  | { readonly kind: "ready"; readonly facts: RunFacts; readonly ms: number }
  | { readonly kind: "active"; readonly owner: Owner; readonly generation: number }
  | { readonly kind: "refused"; readonly owner: Owner; readonly generation: number; readonly reason: string }
  | { readonly kind: "trouble"; readonly reason: string }
  | { readonly kind: "stopping" };

/** Runs the gateway of one state folder until `signal` is raised, then stops it in order. */
export async function runGateway(world: GatewayWorld, signal: AbortSignal): Promise<Result<Stopped>> {
  const startedAt = performance.now();
  const { parts, server } = compose(world);
  const running = await startParts(parts, signal);
  if (!running.ok) return running;
  const facts: RunFacts = {
    pid: process.pid,
    version: world.version,
    startedAt: world.clock.now().toISOString(),
    url: server.url(),
    socket: server.socket(),
  };
  writeRunFile(world.dir, facts);
  world.tell({ kind: "ready", facts, ms: Math.round(performance.now() - startedAt) });
  await raised(signal);
  world.tell({ kind: "stopping" });
  removeRunFile(world.dir);
  return ok(await running.value.stop(), running.warnings);
}

/** Every part, in the order in which they start. */
function compose(world: GatewayWorld): { readonly parts: readonly Part[]; readonly server: ReturnType<typeof serverPart> } {
  const { dir, actor, clock, ids, version } = world;
  const bus = newBus();
  const now = (): string => clock.now().toISOString();
  const told = (owner: Owner, generation: number, outcome: "active" | "rejected"): void =>
    bus.publish({ type: "generation.changed", at: now(), correlation: ids.next(), owner, generation, outcome });
  const state = storePart(world);
  const audit = auditPart({
    note: (head) => {
      const written = state.store().noteAudit(head, actor);
      if (!written.ok) world.tell({ kind: "trouble", reason: written.diagnostics.map(({ detail }) => detail).join(" ") });
    },
    dir,
    actor,
    clock,
    ids,
    version,
    onRecorded: (record) => bus.publish({ type: "audit.recorded", at: record.at, correlation: record.correlation, record: { ...record } }),
  });
  const noted = (
    owner: Owner,
    generation: number,
    kind: "generation.active" | "generation.rejected",
    facts: { readonly reason?: string },
  ): void => {
    audit.audit().record({ kind, owner, correlation: ids.next(), actor: "runtime", decision: "none", facts: { generation, ...facts } });
  };
  const pluginNoted = (owner: Owner, plugin: string, what: "started" | "stopped" | "failed", why: string): void => {
    const kind = what === "started" ? "plugin.started" : "plugin.stopped";
    audit
      .audit()
      .record({ kind, owner, correlation: ids.next(), actor: "runtime", decision: "none", resource: `Plugin/${plugin}`, facts: { why } });
    const states = { started: "running", stopped: "stopped", failed: "failed" } as const;
    bus.publish({ type: "plugin.state", at: now(), correlation: ids.next(), plugin, state: states[what], reason: why });
  };
  // What it listens by; undefined before it does.
  let listened: string | null | undefined;
  const sayRestart = (): void => {
    if (listened === undefined) return;
    const wished = wishedPlace(live.live().state());
    if (wished === null || wished === listened) return;
    listened = wished;
    world.tell({ kind: "trouble", reason: "spec.target.listen has changed: the gateway listens there after a restart" });
  };
  const live = livePart({
    dir,
    store: state.store,
    kinds: world.kinds,
    clock,
    changed: (owner, generation) => {
      world.tell({ kind: "active", owner, generation });
      setImmediate(sayRestart);
      noted(owner, generation, "generation.active", {});
      // Not within the look that noticed it.
      setImmediate(audit.witness);
      told(owner, generation, "active");
    },
  });
  const candidates = candidatePart({
    store: state.store,
    actor,
    trials: [{ name: "plugins", tries: (candidate, stop) => plugins.trial(candidate, stop) }],
    look: () => void live.live().state(),
    tell: ({ owner, generation, reason }) => {
      if (reason === null) return;
      world.tell({ kind: "refused", owner, generation, reason });
      noted(owner, generation, "generation.rejected", { reason });
      told(owner, generation, "rejected");
    },
    failed: (reason) => world.tell({ kind: "trouble", reason }),
  });
  const vaultOf = newVaults({ dir, store: state.store, records: state.records, clock: world.clock, env: world.env });
  const tools = toolsPart({
    live: live.live,
    subAgents: () => talk.conversations().subAgents,
    labelsOf: (session) => talk.gate().labelsOf(session),
    clock,
    ids,
    records: state.records,
    deliver: (answer, stop) => channels.deliver(answer, stop),
    receive: (message) => talk.conversations().receive(message),
    failed: ({ owner, agent, name }, reason) =>
      world.tell({ kind: "trouble", reason: `schedule ${name} of Agent/${agent} (${owner}): ${reason}` }),
  });
  const plugins = pluginsPart({
    stateDir: dir,
    live: live.live,
    records: () => ok(state.records()),
    vault: (owner) => vaultOf(ownerIn(live.live(), owner)),
    gate: () => talk.gate(),
    builtIn: tools.tools,
    log: (plugin, line) => telemetry.log().info(line, { plugin }),
    event: (owner, plugin, { what, why }) => pluginNoted(owner, plugin, what, why),
    failed: (owner, plugin, reason) => {
      world.tell({ kind: "trouble", reason: `Plugin/${plugin}: ${reason}` });
      pluginNoted(owner, plugin, "failed", reason);
    },
  });
  const opened = (owner: Owner): readonly Secret<Uint8Array>[] => vaultOf(ownerIn(live.live(), owner)).opened();
  const questions = questionsPart({
    records: state.records,
    audit: audit.audit,
    clock,
    secrets: opened,
    failed: (reason) => world.tell({ kind: "trouble", reason: `What policies were asked could not be kept: ${reason}` }),
  });
  const talk: TalkPart = talkPart({
    live: live.live,
    records: state.records,
    audit: audit.audit,
    bus,
    clock,
    ids,
    agents: liveAgents({ live: live.live, vaultOf }),
    tools: plugins.tools,
    secrets: opened,
    asked: questions.asked,
    deliver: deliverUnlessScheduled((answer, stop) => channels.deliver(answer, stop), now),
  });
  const channels = openChannels({
    live: live.live,
    records: state.records,
    audit: audit.audit,
    bus,
    clock,
    ids,
    vault: vaultOf,
    intake: () => talk.conversations(),
    approvals: () => talk.gate().approvals,
    url: () => server.url(),
  });
  const telemetry = telemetryPart({
    dir,
    store: state.store,
    storeKey: world.storeKey,
    bus,
    clock,
    version,
    log: world.log,
    env: world.env,
    approvalsWaiting: () => waitingApprovals(talk.gate()),
  });
  const auth = authPart({
    lineage: () => state.store().lineage,
    records: state.records,
    live: live.live,
    audit: audit.audit,
    clock,
    oidc: world.oidc,
  });
  const rotation = rotationPart({
    dir,
    actor,
    clock,
    ids,
    storeKey: world.storeKey,
    everyMs: world.rotateEveryMs,
    madeAt: () => {
      const [first] = okOr(state.store().ledger(1, 1), []);
      return first?.at ?? null;
    },
    rotated: (sealed) => {
      telemetry.log().info("keys rotated", { count: sealed });
      audit
        .audit()
        .record({ kind: "keys.rotated", owner: null, correlation: ids.next(), actor: "runtime", decision: "none", facts: { sealed } });
    },
    failed: (reason) => world.tell({ kind: "trouble", reason: `The keys could not be rotated: ${reason}` }),
  });
  const server = serverPart({
    dir,
    place: async () => {
      listened = wishedPlace(live.live().state());
      return await placeOf({
        state: live.live().state(),
        port: world.port,
        vaultOf,
        clock,
        warn: (reason) => world.tell({ kind: "trouble", reason }),
      });
    },
    origins: () => houseRules(live.live()).origins,
    isTrustedProxy: (address) => houseRules(live.live()).isTrustedProxy(address),
    version,
    routes: (gateway) =>
      apiRoutes(gateway, {
        dir,
        clock,
        kinds: world.kinds,
        live: live.live,
        store: state.store,
        auth: auth.auth,
        audit: audit.audit,
        metrics: telemetry.metrics,
        conversations: talk.conversations,
        gate: talk.gate,
        schedules: tools.schedules,
        protection: tools.protection,
        log: world.log.file ?? path.join(dir, LOG_FILE),
        records: state.records,
        channels: channels.states,
        plugins: plugins.states,
        ids,
      }),
    readiness: () => lacking(live.live()),
    authenticator: auth.auth,
    extend: (app) => channels.extend(app),
    bus,
    rate: world.rate,
    note: (route, call) => notedCall(audit.audit(), route, call),
    fault: (error, id) => {
      const reason = error instanceof Error ? error.message : "unknown";
      telemetry.log().error("fault of ours", { correlation: id, reason });
      world.tell({ kind: "trouble", reason: `${id}: ${reason}` });
    },
  });
  return {
    parts: [state, telemetry, audit, live, auth, tools, questions, talk, plugins, channels, tools.scheduler, candidates, rotation, server],
    server,
  };
}

function okOr<T>(result: Result<T>, otherwise: T): T {
  return result.ok ? result.value : otherwise;
}

function waitingApprovals(gate: RuntimeGate): number {
  const waiting = gate.approvals.list();
  return waiting.ok ? waiting.value.length : 0;
}

function ownerIn(live: Live, owner: Owner): LiveOwner {
  const state = live.state();
  const found = state.ok ? state.value.owners.get(owner) : undefined;
  if (!found) throw new InternalError(`${owner} is not active`);
  return found;
}

/** What is missing before messages can be taken. */
function lacking(live: Live): readonly string[] {
  const state = live.state();
  if (!state.ok) return ["the store cannot be read"];
  return state.value.owners.size > 0 ? [] : ["nothing was applied yet"];
}

function raised(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  // An open handle: a gateway with nothing to do stays, until it is told to stop.
  const stay = setInterval(() => {}, 2 ** 30);
  return new Promise((resolve) => {
    signal.addEventListener(
      "abort",
      () => {
        clearInterval(stay);
        resolve();
      },
      { once: true },
    );
  });
}
