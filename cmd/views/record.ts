import { escapeText, shortDigest, type LedgerHead, type LedgerRecord, type Owner, type Pin } from "../../core/index.ts";
import type { LedgerExport } from "../../reconciler/auditing.ts";
import type { BackedUp } from "../../reconciler/record/types.ts";
import type { Restored } from "../../reconciler/care.ts";
import { valueText } from "./fields.ts";
import { jsonLine, plainViews, type Views } from "./index.ts";
import { counted, table } from "./layout.ts";
import { fitted, type Look } from "./look.ts";
import { symbolOf } from "./status.ts";

/** Answers of the commands that work on the record: one sentence each, and the facts as JSON. */

function done(look: Look, text: string): string {
  return fitted(look, `${symbolOf(look, "ok")} ${text}\n`);
}

function facts<T extends object>(kind: string): Pick<Views<T>, "json" | "yaml"> {
  return plainViews((value) => ({ formatVersion: "1.0", kind, ...value }));
}

function headText({ seq, hash }: LedgerHead): string {
  return `${seq}:${hash}`;
}

export const resumedViews: Views<{ readonly owner: Owner; readonly pin: Pin | null }> = {
  isDeed: true,
  ...facts("Resumed"),
  text: ({ owner, pin }, look) =>
    done(
      look,
      pin ? `The pin of ${escapeText(owner)} to generation ${pin.generation} is ended.` : `No pin stands for ${escapeText(owner)}.`,
    ),
};

export function backupViews(file: string): Views<BackedUp> {
  return {
    isDeed: true,
    ...plainViews((value) => ({ formatVersion: "1.0", kind: "Backup", file, ...value })),
    text: ({ head, bytes, digest, hasKeys }, look) =>
      done(
        look,
        `${escapeText(file)}: ${counted(bytes, "byte")}, ${digest}, up to ledger record ${headText(head)}. ${hasKeys ? "Its keys are in it, sealed." : "Keys are not in it."}`,
      ),
  };
}

export const restoredViews: Views<Restored> = {
  isDeed: true,
  ...facts("Restored"),
  text: ({ head, newKeys, recipient }, look) => {
    const made = newKeys.length === 0 ? "" : `\nKeys that were not here and are new: ${escapeText(newKeys.join(", "))}.`;
    const rekey = newKeys.includes("runtime.agekey")
      ? ` Set each secret value again for ${escapeText(recipient ?? "it")}:\n  moltbot secret set NAME KEY`
      : "";
    return done(look, `Restored up to ledger record ${headText(head)}.${made}${rekey}`);
  },
};

export const migratedViews: Views<{ readonly from: string; readonly to: string; readonly copy: string | null }> = {
  isDeed: true,
  ...facts("Migrated"),
  text: ({ from, to, copy }, look) =>
    done(
      look,
      from === to
        ? `The store has format ${escapeText(to)} already.`
        : `The store went from format ${escapeText(from)} to ${escapeText(to)}.${copy === null ? "" : ` The old one is ${escapeText(copy)}.`}`,
    ),
};

export const ledgerViews: Views<{ readonly records: number; readonly head: LedgerHead; readonly lineage: string }> = {
  ...facts("Ledger"),
  text: ({ records, head, lineage }, look) =>
    done(look, `The ledger of store ${lineage.slice(0, 12)} verifies: ${counted(records, "record")}, head ${headText(head)}.`),
};

/** The export itself, unless it went to a file: then what was written. */
export function exportedLedgerViews(out: string | undefined): Views<LedgerExport & { readonly text: string }> {
  const summary = ({ records, head }: LedgerExport): object => ({
    formatVersion: "1.0",
    kind: "LedgerExported",
    file: out,
    records: records.length,
    head,
  });
  return {
    json: (value) => (out === undefined ? value.text : jsonLine(summary(value))),
    text: (value, look) => {
      if (out === undefined) return value.text;
      const { records, head } = value;
      return done(look, `${escapeText(out)}: ${counted(records.length, "record")} and the head signed by ledger key ${head.key}.`);
    },
  };
}

export const verifiedExportViews: Views<{
  readonly records: number;
  readonly head: LedgerHead;
  readonly lineage: string;
  readonly key: string;
}> = {
  ...facts("Ledger"),
  text: ({ records, head, lineage, key }, look) =>
    done(
      look,
      `The exported ledger of store ${escapeText(lineage.slice(0, 12))} verifies: ${counted(records, "record")}, head ${headText(head)}, signed by ledger key ${escapeText(key)}.`,
    ),
};

const MAX_FACTS_CHARS = 60;

export const recordsViews: Views<readonly LedgerRecord[]> = {
  ...plainViews((records) => ({ formatVersion: "1.0", kind: "Records", records })),
  jsonl: (records) => records.map((record) => jsonLine(record)).join(""),
  text: (records, look) => {
    const rows = records.map(({ seq, at, kind, owner, actor, body, hash }) => [
      String(seq),
      at,
      kind,
      escapeText(owner ?? ""),
      escapeText(actor),
      shortDigest(hash),
      valueText(body, look.verbose ? Number.MAX_SAFE_INTEGER : MAX_FACTS_CHARS),
    ]);
    return fitted(look, `${table(["SEQ", "AT", "WHAT", "OWNER", "BY", "HASH", "FACTS"], rows, look).join("\n")}\n`);
  },
};
