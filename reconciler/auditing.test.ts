import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { describe, expect, test } from "vitest";
import { otherSpellings } from "../core/base64.fixture.ts";
import { canonicalJson, digestBytes, HEAD_CONTEXT, linkRecord, type HeadProof, type LedgerRecord } from "../core/index.ts";
import { exportText, verifyExport, type LedgerExport } from "./auditing.ts";

const LINEAGE = "ab".repeat(16);
const KEY = generateKeyPairSync("ed25519");
const OTHER = generateKeyPairSync("ed25519");

function records(count: number, actor = "ops"): readonly LedgerRecord[] {
  const made: LedgerRecord[] = [];
  for (let seq = 1; seq <= count; seq++) {
    const prev = made.at(-1)?.hash ?? null;
    made.push(linkRecord({ seq, prev, at: "2026-03-01T12:00:00.000Z", kind: "intent", owner: "acme/prod", actor, body: {} }));
  }
  return made;
}

function headOf(chain: readonly LedgerRecord[], key: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } = KEY): HeadProof {
  const { seq, hash } = chain.at(-1)!;
  const signed = canonicalJson({ formatVersion: "1.0", lineage: LINEAGE, seq, hash, state: digestBytes("s"), dataKey: digestBytes("d") });
  const signature = sign(null, Buffer.from(HEAD_CONTEXT + signed), key.privateKey).toString("base64");
  return { lineage: LINEAGE, signed, signature, key: key.publicKey.export({ format: "jwk" }).x! };
}

const CHAIN = records(6);
const WHOLE: LedgerExport = { records: CHAIN, head: headOf(CHAIN) };
const TEXT = exportText(WHOLE);
const LINES = TEXT.trimEnd().split("\n");
const joined = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

describe("an exported ledger", () => {
  test("verifies with nothing but itself, and says whose key signed it", () => {
    expect(verifyExport(TEXT, null, null)).toMatchObject({ ok: true, value: { records: 6, lineage: LINEAGE, key: WHOLE.head.key } });
    expect(verifyExport(TEXT, { seq: 3, hash: CHAIN[2]!.hash }, WHOLE.head.key).ok).toBe(true);
  });

  test.each<readonly [string, string, string]>([
    ["a record edited", TEXT.replace("ops", "eve"), "LEDGER_BROKEN"],
    ["a record removed", joined(LINES.toSpliced(2, 1)), "LEDGER_BROKEN"],
    ["two records swapped", joined(LINES.with(1, LINES[2]!).with(2, LINES[1]!)), "LEDGER_BROKEN"],
    ["a record inserted", joined(LINES.toSpliced(2, 0, LINES[2]!)), "LEDGER_BROKEN"],
    ["its tail cut but for the head", joined(LINES.toSpliced(4, 2)), "LEDGER_BROKEN"],
    ["its tail cut with the head", joined(LINES.slice(0, 4)), "LEDGER_EXPORT_INVALID"],
    ["everything gone but the head", joined(LINES.slice(6)), "LEDGER_BROKEN"],
    ["the head of another chain", exportText({ records: CHAIN, head: headOf(records(6, "eve")) }), "LEDGER_BROKEN"],
    ["another lineage than was signed", exportText({ records: CHAIN, head: { ...WHOLE.head, lineage: "cd".repeat(16) } }), "LEDGER_BROKEN"],
    ["a signature by another key", exportText({ records: CHAIN, head: { ...headOf(CHAIN, OTHER), key: WHOLE.head.key } }), "LEDGER_BROKEN"],
    ["a key that is none", exportText({ records: CHAIN, head: { ...WHOLE.head, key: "?" } }), "LEDGER_BROKEN"],
    ...otherSpellings(WHOLE.head.key).map(
      (key) =>
        [
          `its key in another spelling, ${JSON.stringify(key)}`,
          exportText({ records: CHAIN, head: { ...WHOLE.head, key } }),
          "LEDGER_BROKEN",
        ] as const,
    ),
    ...otherSpellings(WHOLE.head.signature).map(
      (signature, i) =>
        [
          `its signature in another spelling (${i})`,
          exportText({ records: CHAIN, head: { ...WHOLE.head, signature } }),
          "LEDGER_BROKEN",
        ] as const,
    ),
    ["a head that says its key twice", TEXT.replace('"key":', '"key":"x","key":'), "LEDGER_EXPORT_INVALID"],
    ["nothing in it", "", "LEDGER_EXPORT_INVALID"],
    ["a head that is half there", TEXT.replace('"signature"', '"sig"'), "LEDGER_EXPORT_INVALID"],
  ])("with %s does not", (_, text, code) => {
    expect(verifyExport(text, null, null)).toMatchObject({ ok: false, diagnostics: [{ code }] });
  });

  test("is compared with a record and with a key that were seen elsewhere", () => {
    expect(verifyExport(TEXT, { seq: 3, hash: digestBytes("other") }, null)).toMatchObject({ diagnostics: [{ context: { seq: 3 } }] });
    const forged = exportText({ records: records(6, "eve"), head: headOf(records(6, "eve"), OTHER) });
    expect(verifyExport(forged, null, null).ok).toBe(true);
    expect(verifyExport(forged, null, WHOLE.head.key)).toMatchObject({ diagnostics: [{ code: "LEDGER_EXPORT_INVALID" }] });
  });
});
