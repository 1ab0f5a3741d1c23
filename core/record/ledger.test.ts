import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  digestBytes,
  digestJson,
  encodeRecord,
  generationDigest,
  linkRecord,
  parseRecord,
  verifyLedger,
  type LedgerRecord,
} from "../index.ts";

function chain(length: number): readonly LedgerRecord[] {
  const records: LedgerRecord[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const prev = records.at(-1)?.hash ?? null;
    records.push(
      linkRecord({ seq, prev, at: "2026-03-01T12:00:00.000Z", kind: "intent", owner: "acme/prod", actor: "ops", body: { n: seq } }),
    );
  }
  return records;
}

const RECORDS = chain(6);
const LINES = RECORDS.map(encodeRecord);
const headOf = (record: LedgerRecord | undefined) => ({ seq: record?.seq ?? 0, hash: record?.hash ?? digestBytes("") });
const HEAD = headOf(RECORDS[5]);

/** One line replaced, as if somebody edited the file. */
function edited(at: number, edit: (line: string) => string): readonly string[] {
  return LINES.map((line, i) => (i === at - 1 ? edit(line) : line));
}

/** A record changed and its hash made right again, so that only the chain shows it. */
function forged(at: number): readonly string[] {
  const { formatVersion: _, hash: __, ...said } = RECORDS[at - 1]!;
  return edited(at, () => encodeRecord(linkRecord({ ...said, actor: "mallory" })));
}

describe("a ledger", () => {
  test("that was not touched verifies", () => {
    expect(verifyLedger(LINES, HEAD)).toMatchObject({ ok: true, value: { records: 6, head: HEAD, restoredOver: [] } });
    expect(verifyLedger([])).toMatchObject({ ok: true, value: { records: 0, head: null } });
  });

  test.each<readonly [string, readonly string[], number]>([
    ["an edited word", edited(3, (line) => line.replace("ops", "eve")), 3],
    ["an edited hash", edited(3, (line) => line.replace(/"hash":"sha256:./, '"hash":"sha256:f')), 3],
    ["white space", edited(3, (line) => line.replace(":", ": ")), 3],
    ["an added field", edited(3, (line) => line.replace("{", '{"a":1,')), 3],
    ["a line that is not JSON", edited(3, () => "{"), 3],
    ["an empty line", edited(3, () => ""), 3],
    ["an edit with its hash made anew", forged(3), 4],
    ["an edit of the last record with its hash made anew", forged(6), 6],
    ["a removed first record", LINES.slice(1), 1],
    ["a removed record", LINES.toSpliced(2, 1), 3],
    ["an inserted record", LINES.toSpliced(2, 0, LINES[4]!), 3],
    ["a repeated record", LINES.toSpliced(2, 0, LINES[1]!), 3],
    ["two swapped records", LINES.with(2, LINES[3]!).with(3, LINES[2]!), 3],
    ["a cut tail", LINES.slice(0, 4), 5],
    ["everything cut", [], 1],
    ["a record after the head", [...chain(7)].map(encodeRecord), 7],
  ])("with %s is broken at the first bad record", (_, lines, seq) => {
    expect(verifyLedger(lines, HEAD)).toMatchObject({ ok: false, diagnostics: [{ code: "LEDGER_BROKEN", context: { seq } }] });
  });

  test("is compared with a head that was seen elsewhere", () => {
    expect(verifyLedger(LINES, HEAD, headOf(RECORDS[2]))).toMatchObject({ ok: true });
    expect(verifyLedger(LINES, HEAD, { seq: 3, hash: digestBytes("other") })).toMatchObject({ diagnostics: [{ context: { seq: 3 } }] });
    expect(verifyLedger(LINES, HEAD, { seq: 9, hash: digestBytes("other") })).toMatchObject({ diagnostics: [{ context: { seq: 7 } }] });
  });

  test("that a recorded restore stepped back in is whole, for who saw the newer head too", () => {
    const seen = { seq: 9, hash: digestBytes("newer") };
    const restored = linkRecord({
      seq: 7,
      prev: HEAD.hash,
      at: "2026-03-02T12:00:00.000Z",
      kind: "restored",
      owner: null,
      actor: "ops",
      body: { over: seen },
    });
    const lines = [...LINES, encodeRecord(restored)];
    expect(verifyLedger(lines, headOf(restored), seen)).toMatchObject({ ok: true, value: { restoredOver: [{ seq: 7, over: seen }] } });
    expect(verifyLedger(lines, headOf(restored), { ...seen, hash: digestBytes("never") })).toMatchObject({ ok: false });
  });

  test("no change of one character passes", () => {
    const text = LINES.join("\n");
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        fc.pre(text[at] !== character);
        const lines = `${text.slice(0, at)}${character}${text.slice(at + 1)}`.split("\n");
        expect(verifyLedger(lines, HEAD).ok).toBe(false);
      }),
    );
  });
});

describe("a record", () => {
  test("encoded and parsed is itself, and its hash is that of all its other fields", () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<string>), (seq, actor, body) => {
        const said = JSON.parse(JSON.stringify(body)) as typeof body;
        const record = linkRecord({ seq, prev: null, at: "2026-03-01T12:00:00.000Z", kind: "edit", owner: null, actor, body: said });
        const { hash, ...rest } = record;
        expect(hash).toBe(digestJson({ ...rest }));
        expect(parseRecord(encodeRecord(record))).toEqual(record);
      }),
    );
  });

  test.each<readonly [string, Record<string, unknown>]>([
    ["an unknown version", { formatVersion: "2.0" }],
    ["an unknown kind", { kind: "invented" }],
    ["a fractional number", { seq: 1.5 }],
    ["a broken instant", { at: "yesterday" }],
    ["a body that is a list", { body: [] }],
    ["a prev that is no digest", { prev: "abc" }],
  ])("with %s is not one", (_, change) => {
    expect(parseRecord(encodeRecord({ ...RECORDS[0]!, ...(change as Partial<LedgerRecord>) }))).toBeUndefined();
  });
});

describe("a generation's digest", () => {
  test("is sha256 over its sorted lines, as sort and sha256sum would make it", () => {
    const [a, b] = [digestBytes("a"), digestBytes("b")];
    expect(
      generationDigest([
        ["Agent/a", a],
        ["Agent/b", b],
      ]),
    ).toBe(digestBytes(`Agent/a ${a}\nAgent/b ${b}\n`));
    expect(generationDigest([])).toBe(digestBytes(""));
  });

  test("of many rows does not depend on how many are hashed at a time", () => {
    const rows = Array.from({ length: 2_500 }, (_, i) => [`Agent/a${String(i).padStart(5, "0")}`, digestBytes(String(i))] as const);
    expect(generationDigest(rows)).toBe(digestBytes(rows.map((row) => `${row.join(" ")}\n`).join("")));
  });
});
