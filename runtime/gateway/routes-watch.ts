import { isObject, LIMITS, ok, type JsonObject } from "../../core/index.ts";
import type { AuditQuery, AuditReader } from "../audit/index.ts";
import type { Metrics } from "../telemetry/index.ts";
import { instant, listOf, objectOf, orNull, text } from "./schema.ts";
import type { Route } from "./types.ts";

export interface WatchWorld {
  readonly audit: () => AuditReader;
  readonly metrics: () => Metrics;
}

const EVENT: JsonObject = { type: "object", description: "One security event, as the chain keeps it." };
const word = (description: string): JsonObject => text(description, { minLength: 1, maxLength: 512 });

/** What operators watch: security events and metrics. */
export function watchRoutes({ audit, metrics }: WatchWorld): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v2/audit",
      id: "listEvents",
      summary: "Security events, the newest first",
      tag: "audit",
      role: "operator",
      query: objectOf(
        {
          kind: word("Only this kind, or the first word of kinds: `tool`."),
          agent: word("Only of this agent."),
          session: word("Only of this conversation."),
          actor: word("Only what this one did."),
          correlation: word("Only of this run or request."),
          decision: text("Only what ended so.", { enum: ["allowed", "denied", "asked", "none"] }),
          since: instant("Only since."),
          until: instant("Only before."),
          limit: { type: "integer", minimum: 1, maximum: LIMITS.auditPage, description: "How many; 100 where it is not said." },
          cursor: text("What the page before said as `next`.", { pattern: "^[1-9][0-9]{0,14}$" }),
        },
        ["kind", "agent", "session", "actor", "correlation", "decision", "since", "until", "limit", "cursor"],
      ),
      answer: objectOf({ items: listOf(EVENT), next: orNull(text("Send it as `cursor` for the next page; null at the end.")) }),
      status: 200,
      handle: async ({ query }) => {
        const found = audit().query(queryFrom(query));
        if (!found.ok) return found;
        const { records, more } = found.value;
        const last = records.at(-1);
        return ok({
          status: 200,
          body: { items: records.map((each) => ({ ...each })), next: more && last ? String(last.seq) : null },
        });
      },
    },
    {
      method: "GET",
      path: "/metrics",
      id: "metrics",
      summary: "Metrics in the text format of Prometheus",
      tag: "metrics",
      role: "viewer",
      answer: { type: "string" },
      produces: ["text/plain"],
      status: 200,
      handle: async () => {
        const { contentType, text: scrape } = metrics();
        return ok({ status: 200, text: { type: contentType, content: await scrape() } });
      },
    },
  ];
}

function queryFrom(query: JsonObject): AuditQuery {
  const { kind, cursor, since, until, limit, ...equal } = isObject(query) ? query : {};
  return {
    ...(equal as AuditQuery),
    ...(typeof kind === "string" ? { kinds: [kind] } : {}),
    ...(typeof cursor === "string" ? { before: Number(cursor) } : {}),
    ...(typeof since === "string" ? { since: new Date(since).toISOString() } : {}),
    ...(typeof until === "string" ? { until: new Date(until).toISOString() } : {}),
    ...(typeof limit === "number" ? { limit } : {}),
  };
}
