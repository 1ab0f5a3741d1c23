import type { JsonObject } from "../../core/index.ts";
import { choiceOf } from "./choice.ts";
import { durationAt, numberAt, objectAt, textAt, textsAt } from "./read-spec.ts";
import type { AgentConduct } from "./types.ts";

const SCOPES = ["main", "peer", "channel-peer", "account-channel-peer"] as const;
const RESETS = ["daily", "idle", "never"] as const;
const COMPACTIONS = ["default", "safeguard", "off"] as const;

/** How an agent conducts conversations: its budgets, sessions, compaction, delegation. Defaults as in its schema. */
export function conductOf(spec: JsonObject): AgentConduct {
  const part = (key: string): JsonObject => objectAt(spec, key) ?? {};
  const delegation = part("delegation");
  const [utility, delegated] = [objectAt(spec, "utilityModel"), objectAt(delegation, "model")];
  return {
    timezone: textAt(spec, "timezone") ?? "UTC",
    utility: (utility && choiceOf(utility)) ?? null,
    budgets: budgetsOf(part("budgets")),
    sessions: sessionsOf(part("sessions")),
    compaction: compactionOf(part("compaction")),
    pruning: pruningOf(part("contextPruning")),
    groupHistory: numberAt(part("groupChat"), "historyLimit") ?? null,
    delegation: {
      to: textsAt(spec, "subAgents"),
      maxConcurrent: numberAt(delegation, "maxConcurrent") ?? 4,
      maxDepth: numberAt(delegation, "maxDepth") ?? 2,
      timeoutMs: durationAt(delegation, "timeout") ?? 600_000,
      archiveAfterMs: durationAt(delegation, "archiveAfter") ?? 3_600_000,
      model: (delegated && choiceOf(delegated)) ?? null,
      isPreferred: textAt(delegation, "mode") === "prefer",
    },
    showToolCalls: part("debug")["showToolCalls"] === true,
  };
}

function budgetsOf(spec: JsonObject): AgentConduct["budgets"] {
  const at = (key: string): number | null => numberAt(spec, key) ?? null;
  return {
    tokensPerDay: at("tokensPerDay"),
    costPerDay: at("costPerDay"),
    costPerMessage: at("costPerMessage"),
    tokensPerSession: at("tokensPerSession"),
    stepsPerMessage: at("stepsPerMessage"),
    toolCallsPerSession: at("toolCallsPerSession"),
    repeatedToolCalls: at("repeatedToolCalls"),
    concurrentSessions: at("concurrentSessions"),
  };
}

function sessionsOf(spec: JsonObject): AgentConduct["sessions"] {
  const reset = objectAt(spec, "reset") ?? {};
  return {
    scope: SCOPES.find((scope) => scope === textAt(spec, "scope")) ?? "channel-peer",
    reset: {
      mode: RESETS.find((mode) => mode === textAt(reset, "mode")) ?? "never",
      hour: numberAt(reset, "hour") ?? 4,
      idleMs: durationAt(reset, "idle") ?? null,
    },
    resetCommands: textsAt(spec, "resetCommands"),
    maxMessages: numberAt(spec, "maxMessages") ?? null,
    maxSessions: numberAt(spec, "maxSessions") ?? null,
    retentionMs: durationAt(spec, "retention") ?? null,
  };
}

function compactionOf(spec: JsonObject): AgentConduct["compaction"] {
  return {
    mode: COMPACTIONS.find((mode) => mode === textAt(spec, "mode")) ?? "default",
    reserveTokens: numberAt(spec, "reserveTokens") ?? null,
  };
}

function pruningOf(spec: JsonObject): AgentConduct["pruning"] {
  return {
    isOn: textAt(spec, "mode") === "cache-ttl",
    ttlMs: durationAt(spec, "ttl") ?? 300_000,
    keepLastAnswers: numberAt(spec, "keepLastAnswers") ?? 3,
    softTrimRatio: numberAt(spec, "softTrimRatio") ?? 0.3,
    hardClearRatio: numberAt(spec, "hardClearRatio") ?? 0.5,
    minToolChars: numberAt(spec, "minToolChars") ?? 50_000,
  };
}
