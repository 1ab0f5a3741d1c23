import type { AuditQuery } from "./types.ts";

/** Fields of a record that a query may ask to be equal; each a name of ours, never a word from outside. */
const EQUAL = ["decision", "owner", "actor", "agent", "session", "channel", "tool", "correlation"] as const;

/** The statement that finds a page. Pure: every value from outside is bound, none is in the text. */
export function selectOf(query: AuditQuery, limit: number): { readonly sql: string; readonly values: readonly (string | number)[] } {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const where = (condition: string, value: string | number | undefined): void => {
    if (value === undefined) return;
    conditions.push(condition);
    values.push(value);
  };
  where("seq > ?", query.after);
  where("seq < ?", query.before);
  where("record ->> '$.at' >= ?", query.since);
  where("record ->> '$.at' < ?", query.until);
  for (const field of EQUAL) where(`record ->> '$.${field}' = ?`, query[field]);
  if (query.kinds && query.kinds.length > 0) {
    const kind = "record ->> '$.kind'";
    conditions.push(`(${query.kinds.map(() => `${kind} = ? OR substr(${kind}, 1, ?) = ?`).join(" OR ")})`);
    for (const each of query.kinds) values.push(each, each.length + 1, `${each}.`);
  }
  const filter = conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : "";
  const order = query.order === "oldest" ? "ASC" : "DESC";
  values.push(limit);
  return { sql: `SELECT seq, record FROM events${filter} ORDER BY seq ${order} LIMIT ?`, values };
}
