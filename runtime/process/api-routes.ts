import os from "node:os";
import { ok, shown, valueAt, type Clock, type Ids, type Json, type JsonObject, type Kinds, type Result } from "../../core/index.ts";
import type { AuditLog } from "../audit/index.ts";
import type { Auth } from "../auth/index.ts";
import { undeliveredAnswers, type Conversations } from "../conversations/index.ts";
import { houseRules } from "./listening.ts";
import { pairingsOn, type ChannelState } from "../channels/index.ts";
import { freeze, type RuntimeGate } from "../gate/index.ts";
import type * as Gateway from "../gateway/index.ts";
import type { Call, Route } from "../gateway/index.ts";
import type { Live } from "../live/index.ts";
import { deletePerson, exportPerson, KEEPERS, knownTo, sessionsOfAlone, type ActiveResources } from "../person/index.ts";
import { lockForApply, runtimeRecipient, type SealedRecords, type StoreWriter } from "../store/index.ts";
import { houseStatus } from "./status.ts";
import type { Protection } from "../sandbox/index.ts";
import type { Schedules } from "../tools/index.ts";
import type { Metrics } from "../telemetry/index.ts";
import type { Declare } from "../unmanaged/index.ts";

/** The parts of the gateway that the API shows. */
export interface ApiParts {
  readonly dir: string;
  readonly clock: Clock;
  readonly kinds: Kinds;
  readonly live: () => Live;
  readonly store: () => StoreWriter;
  readonly auth: () => Auth;
  readonly audit: () => AuditLog;
  readonly metrics: () => Metrics;
  readonly conversations: () => Conversations;
  readonly gate: () => RuntimeGate;
  readonly schedules: () => Pick<Schedules, "forget" | "list">;
  /** What stands between commands and the machine. */
  readonly protection: () => Promise<Protection>;
  /** Where the log goes. */
  readonly log: string;
  readonly records: () => SealedRecords;
  readonly channels: () => readonly ChannelState[];
  readonly plugins: Gateway.HouseWorld["plugins"];
  /** Tries again to open what could not be opened. */
  readonly reopenPlugins: () => void;
  readonly ids: Ids;
  readonly version: string;
  readonly declare: Declare;
  readonly leaseMs?: number | undefined;
}

/** Every operation beside health and the document that describes them all. */
export function apiRoutes(gateway: typeof Gateway, parts: ApiParts): readonly Route[] {
  const { dir, kinds, live, store, auth, audit, metrics, conversations, gate, records } = parts;
  return [
    ...gateway.authRoutes({ auth, lineage: () => store().lineage }),
    ...gateway.agentRoutes({
      live,
      store,
      kinds,
      version: parts.version,
      newId: () => parts.ids.next(),
      declare: parts.declare,
      stateOf: (_, agent) => conversations().status(agent).status,
    }),
    ...gateway.messageRoutes({ conversations }),
    ...gateway.sessionRoutes({ conversations }),
    ...gateway.approvalRoutes({ approvals: () => gate().approvals }),
    ...gateway.deliveryRoutes({
      undelivered: () => undeliveredAnswers(records()),
      resend: (id) => conversations().resend(id),
      letGo: (id) => conversations().letGo(id),
    }),
    ...gateway.recordRoutes({ live, store }),
    ...gateway.applyRoutes({
      dir,
      store,
      leases: leasesOn(gateway, parts),
      recipient: () => runtimeRecipient(dir),
      mended: parts.reopenPlugins,
    }),
    ...gateway.houseRoutes(houseOf(parts)),
    ...gateway.statusRoutes(() => houseStatus(parts)),
    ...gateway.v1Routes({ live, conversations }),
    ...gateway.openAiRoutes({ conversations, isOffered: () => houseRules(live()).endpoints.has("openai-chat") }),
    ...gateway.watchRoutes({ audit: () => audit().reader, metrics }),
  ];
}

function houseOf(parts: ApiParts): Gateway.HouseWorld {
  const { dir, clock, ids, audit, records, channels, plugins } = parts;
  const person = (actor: string): Parameters<typeof exportPerson>[0] => ({
    records: records(),
    audit: audit(),
    keepers: KEEPERS,
    clock,
    ids,
    actor,
    active: () => declaredNow(parts.live()),
  });
  return {
    channels,
    plugins,
    pairings: () => pairingsOn(records(), clock),
    freeze: (by, owner, wish) => freeze({ dir, owner, ...by, clock, ids }, wish),
    exportPerson: (actor, who) => exportPerson(person(actor), who),
    deletePerson: (actor, who, reason) => deleteHere(parts, person(actor), who, reason),
  };
}

/** Deletes it in the store, and then what the parts that run hold of it in memory. */
function deleteHere(
  { records, gate, conversations, schedules, auth }: ApiParts,
  world: Parameters<typeof deletePerson>[0],
  who: readonly string[],
  reason: string,
): ReturnType<typeof deletePerson> {
  const known = knownTo(world, who);
  if (!known.ok) return known;
  const ids = new Set(known.value.ids);
  const sessions = sessionsOfAlone(records(), ids);
  if (!sessions.ok) return sessions;
  const deleted = deletePerson(world, who, reason);
  if (!deleted.ok) return deleted;
  for (const session of sessions.value) {
    const forgotten = gate().forget(session);
    if (!forgotten.ok) return forgotten;
  }
  schedules().forget(ids);
  const looked = conversations().lookAgain(ids);
  if (!looked.ok) return looked;
  const ended = auth().lookAgain();
  return ended.ok ? deleted : ended;
}

function declaredNow(live: Live): Result<ActiveResources> {
  const state = live.state();
  return state.ok ? ok(new Map([...state.value.owners].map(([owner, { declared }]) => [owner, declared.resources]))) : state;
}

/** An applier elsewhere takes the same lock as one on this machine. */
function leasesOn(gateway: typeof Gateway, { dir, clock, leaseMs }: ApiParts): Gateway.Leases {
  return gateway.newLeases({
    silentMs: leaseMs,
    lock: (actor, timeoutMs, signal) => {
      const holder = { host: os.hostname(), pid: process.pid, actor, since: clock.now().toISOString() };
      return lockForApply(dir, holder, { timeoutMs, signal });
    },
  });
}

/** Who is about to change what, before it changes. */
export function notedCall(audit: AuditLog, { id }: Route, call: Call): Result<unknown> {
  return audit.record({
    kind: "api.changed",
    owner: null,
    correlation: call.id,
    actor: call.caller.id,
    decision: "allowed",
    action: id,
    facts: { ...call.params, ...namedIn(call.body) },
  });
}

/** The name of what a body describes, where the address does not name it. */
function namedIn(body: Json): JsonObject {
  const metadata = valueAt(body, ["manifest", "metadata", "name"]);
  return typeof metadata === "string" ? { name: shown(metadata) } : {};
}
