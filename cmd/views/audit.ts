import { canonicalJson, escapeText, shortDigest, type LedgerHead } from "../../core/index.ts";
import type { AuditCheck, AuditRecord } from "../../runtime/audit/index.ts";
import type { Told } from "../audit-events.ts";
import { valueText } from "./fields.ts";
import { jsonLine, plainViews, type Views } from "./index.ts";
import { counted, table } from "./layout.ts";
import { fitted, type Look } from "./look.ts";
import { ledgerViews, recordsViews } from "./record.ts";
import { symbolOf } from "./status.ts";

/** The chains of a state folder, for people and machines. */

const MAX_FACTS_CHARS = 60;

/** Ledger and events together; the ledger alone looks as it always did. */
export const toldViews: Views<readonly Told[]> = {
  ...plainViews((told: readonly Told[]) => {
    const records = told.flatMap((each) => (each.chain === "ledger" ? [each.record] : []));
    const events = told.flatMap((each) => (each.chain === "events" ? [each.record] : []));
    return { formatVersion: "1.0", kind: "Records", records, ...(events.length === 0 ? {} : { events }) };
  }),
  jsonl: (told) => told.map(({ record }) => jsonLine(record)).join(""),
  text: (told, look) => {
    const ledger = told.flatMap((each) => (each.chain === "ledger" ? [each.record] : []));
    if (ledger.length === told.length) return recordsViews.text(ledger, look);
    return fitted(look, `${table(["CHAIN", "SEQ", "AT", "WHAT", "BY", "ABOUT", "DECISION", "CODE"], told.map(rowOf), look).join("\n")}\n`);
  },
};

/** One line of `audit tail -f`. */
export function followedLine(told: Told): string {
  return `${rowOf(told)
    .filter((cell) => cell !== "")
    .join("  ")}\n`;
}

function rowOf(told: Told): readonly string[] {
  const { seq, at, actor } = told.record;
  if (told.chain === "ledger") {
    const { kind, owner, body } = told.record;
    return ["ledger", String(seq), at, kind, escapeText(actor), escapeText(owner ?? ""), "", valueText(body, MAX_FACTS_CHARS)];
  }
  const { kind, decision, code, rules } = told.record;
  const why = code ?? rules?.join(" ") ?? "";
  return [
    "events",
    String(seq),
    at,
    kind,
    escapeText(actor),
    escapeText(aboutOf(told.record)),
    decision === "none" ? "" : decision,
    escapeText(why),
  ];
}

function aboutOf({ agent, channel, tool, action, resource, facts }: AuditRecord): string {
  const said = [agent, channel, tool, action, resource].filter((each) => each !== undefined);
  return said.length > 0 || facts === undefined ? said.join(" ") : valueText(facts, MAX_FACTS_CHARS);
}

/** What `audit verify` says of both chains. */
export interface Verified {
  readonly records: number;
  readonly head: LedgerHead;
  readonly lineage: string;
  readonly audit?: AuditCheck;
}

function headText({ seq, hash }: LedgerHead): string {
  return `${seq}:${hash}`;
}

export const verifiedViews: Views<Verified> = {
  ...plainViews((value: Verified) => ({ formatVersion: "1.0", kind: "Ledger", ...value })),
  text: async (value, look) => `${await ledgerViews.text(value, look)}${value.audit === undefined ? "" : eventsText(value.audit, look)}`,
};

export const verifiedEventsViews: Views<AuditCheck> = {
  ...plainViews((value: AuditCheck) => ({ formatVersion: "1.0", kind: "Audit", ...value })),
  text: eventsText,
};

function eventsText({ records, head, base }: AuditCheck, look: Look): string {
  const before = base === null ? "" : ` Those up to ${base.seq} are not here any more; the chain goes on from ${shortDigest(base.hash)}.`;
  return done(look, `The events of the gateway verify: ${counted(records, "record")}, head ${headText(head)}.${before}`);
}

/** The export itself, unless it went to a file: then what was written. */
export function exportedEventsViews(
  out: string | undefined,
): Views<{ readonly text: string; readonly records: number; readonly head: LedgerHead }> {
  const summary = (records: number, head: LedgerHead): string =>
    `${canonicalJson({ formatVersion: "1.0", kind: "EventsExported", file: out ?? "", records, head: { ...head } })}\n`;
  return {
    json: ({ text, records, head }) => (out === undefined ? text : summary(records, head)),
    text: ({ text, records, head }, look) =>
      out === undefined ? text : done(look, `${escapeText(out)}: ${counted(records, "record")}, head ${headText(head)}.`),
  };
}

function done(look: Look, text: string): string {
  return fitted(look, `${symbolOf(look, "ok")} ${text}\n`);
}
