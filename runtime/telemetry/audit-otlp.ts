import type { AuditRecord } from "../audit/index.ts";
import { logsRequest, type LogData } from "./otlp.ts";
import { traceIdOf } from "./trace-context.ts";

/** Audit records as one OTLP logs message, as `/v1/logs` of a collector takes it. */
export function auditLogsRequest(records: readonly AuditRecord[], service: string) {
  return logsRequest(records.map(logOf), { "service.name": service });
}

function logOf(record: AuditRecord): LogData {
  const { kind, at, decision, facts, correlation } = record;
  return {
    atMs: Date.parse(at),
    severity: decision === "denied" ? "WARN" : "INFO",
    event: `moltbot.${kind}`,
    traceId: traceIdOf(correlation),
    attributes: {
      "moltbot.audit.seq": record.seq,
      "moltbot.audit.hash": record.hash,
      "moltbot.correlation": correlation,
      "moltbot.owner": record.owner ?? undefined,
      "moltbot.actor": record.actor,
      "moltbot.decision": decision,
      "moltbot.code": record.code,
      "moltbot.channel": record.channel,
      "moltbot.action": record.action,
      "moltbot.resource": record.resource,
      "moltbot.rules": record.rules?.join(","),
      "moltbot.policy": record.policy,
      "moltbot.question": record.question,
      "moltbot.facts": facts === undefined ? undefined : JSON.stringify(facts),
      "gen_ai.agent.name": record.agent,
      "gen_ai.conversation.id": record.session,
      "gen_ai.tool.name": record.tool,
    },
  };
}
