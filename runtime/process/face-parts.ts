import path from "node:path";
import { LIMITS, type Owner } from "../../core/index.ts";
import type { RuntimeGate } from "../gate/index.ts";
import type { Bus } from "../events/index.ts";
import type { Live } from "../live/index.ts";
import type { Turns } from "../turns/index.ts";
import { apiRoutes, notedCall } from "./api-routes.ts";
import { authPart } from "./auth-part.ts";
import type { EffectParts } from "./effect-parts.ts";
import { houseRules } from "./listening.ts";
import { placeOf, wishedPlace } from "./place.ts";
import type { RecordParts } from "./record-parts.ts";
import { rotationPart } from "./rotation-part.ts";
import { serverPart, type ServerPart } from "./server-part.ts";
import { LOG_FILE, telemetryPart, type TelemetryPart } from "./telemetry-part.ts";
import type { Part } from "./types.ts";
import type { GatewayWorld } from "./world.ts";

/** What is seen from outside: the API and who may call it, logs and metrics; and the keys, which turn by themselves. */
export interface FaceParts {
  readonly telemetry: TelemetryPart;
  readonly auth: Part;
  readonly rotation: Part;
  readonly server: ServerPart;
  /** Says, once for each change, that the gateway listens elsewhere only after a restart. */
  readonly sayRestart: () => void;
}

export interface FaceWorld {
  readonly world: GatewayWorld;
  readonly bus: Bus;
  readonly record: RecordParts;
  readonly turns: Turns;
  readonly effects: () => EffectParts;
}

export function faceParts({ world, bus, turns, record, effects }: FaceWorld): FaceParts {
  const { dir, actor, clock, ids, version } = world;
  const { state, audit, live, notes } = record;
  const trouble = (reason: string): void => world.tell({ kind: "trouble", reason });
  // What it listens by; undefined before it does.
  let listened: string | null | undefined;
  const telemetry = telemetryPart({
    dir,
    store: state.store,
    storeKey: world.storeKey,
    bus,
    clock,
    version,
    log: world.log,
    env: world.env,
    tls: record.tls.shared,
    sources: () => ({
      approvalsWaiting: () => waitingApprovals(effects().talk.gate()),
      budgets: () => effects().talk.gate().budgets.today(LIMITS.metricLabelValues),
      remarks: () => remarksOf(live.live()),
    }),
  });
  const auth = authPart({
    lineage: () => state.store().lineage,
    records: state.records,
    live: live.live,
    audit: audit.audit,
    clock,
    oidc: world.oidc && { ...world.oidc, tls: record.tls.shared },
  });
  const rotation = rotationPart({
    dir,
    actor,
    clock,
    ids,
    storeKey: world.storeKey,
    everyMs: world.rotateEveryMs,
    madeAt: () => {
      const first = state.store().ledger(1, 1);
      return (first.ok ? first.value[0]?.at : undefined) ?? null;
    },
    rotated: (sealed) => {
      telemetry.log().info("keys rotated", { count: sealed });
      notes.rotated(sealed);
    },
    failed: (reason) => trouble(`The keys could not be rotated: ${reason}`),
  });
  const server = serverPart({
    dir,
    place: async () => {
      listened = wishedPlace(live.live().state());
      return await placeOf({
        state: live.live().state(),
        port: world.port,
        vaultOf: effects().vaultOf,
        clock,
        warn: trouble,
      });
    },
    origins: () => houseRules(live.live()).origins,
    isTrustedProxy: (address) => houseRules(live.live()).isTrustedProxy(address),
    version,
    routes: (gateway) => {
      const { talk, tools, channels, plugins } = effects();
      return apiRoutes(gateway, {
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
        reopenPlugins: () => void plugins.again(),
        ids,
        version,
        declare: world.declare,
        leaseMs: world.leaseMs,
      });
    },
    readiness: () => lacking(live.live(), state.trouble()),
    authenticator: auth.auth,
    extend: (app) => effects().channels.extend(app),
    bus,
    entered: turns.entered,
    rate: world.rate,
    note: (route, call) => notedCall(audit.audit(), route, call),
    fault: (error, id) => {
      const reason = error instanceof Error ? error.message : "unknown";
      telemetry.log().error("fault of ours", { correlation: id, reason });
      trouble(`${id}: ${reason}`);
    },
  });
  const sayRestart = (): void => {
    if (listened === undefined) return;
    const wished = wishedPlace(live.live().state());
    if (wished === null || wished === listened) return;
    listened = wished;
    trouble("spec.target.listen has changed: the gateway listens there after a restart");
  };
  return { telemetry, auth, rotation, server, sayRestart };
}

function waitingApprovals(gate: RuntimeGate): number {
  const waiting = gate.approvals.list();
  return waiting.ok ? waiting.value.filter(({ state }) => state === "asked").length : 0;
}

/** What is missing before messages can be taken. */
function lacking(live: Live, trouble: string | null): readonly string[] {
  const state = live.state();
  if (!state.ok) return ["the store cannot be read"];
  if (trouble !== null) return ["the store takes no writes"];
  return state.value.owners.size > 0 ? [] : ["nothing was applied yet"];
}

/** Those of owners that run, and of each that cannot be run the reasons why. */
function remarksOf(live: Live): readonly { readonly owner: Owner; readonly count: number }[] {
  const state = live.state();
  if (!state.ok) return [];
  const { owners, broken } = state.value;
  return [
    ...[...owners.values()].map(({ owner, remarks }) => ({ owner, count: remarks.length })),
    ...[...broken].map(([owner, problems]) => ({ owner, count: problems.length })),
  ];
}
