import fs from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestBytes, LIMITS, type LedgerHead } from "../../core/index.ts";
import { backupStore, holdRuntime, renewKey, restoreStore } from "../store/index.ts";
import { codesOf, problemOf, testPorts, valueOf, writerOf, type TestPorts } from "../store/store.fixture.ts";
import { audited, called, openLog, openReader, storeDir, tamper } from "./audit.fixture.ts";
import { encodeEvent, openAudit, openAuditReader, parseEvent, setAsideBroken, type AuditLog } from "./index.ts";

describe("a record", () => {
  test("is on the chain, durable, and told to whoever listens", () => {
    const { dir, ports, log } = audited();
    const heard: number[] = [];
    log.close();
    const again = valueOf(openAudit(dir, { ...ports, onRecorded: ({ seq }) => heard.push(seq) }));
    const first = valueOf(again.record(called("a")));
    const second = valueOf(again.record(called("b", { kind: "tool.denied", decision: "denied", code: "HELD" })));
    expect([first.seq, second.seq, second.prev]).toEqual([2, 3, first.hash]);
    expect(heard).toEqual([2, 3]);
    const other = openReader(dir, ports);
    expect(valueOf(other.record(3))).toEqual(second);
    expect(valueOf(other.verify())).toMatchObject({ records: 3, base: null, head: { seq: 3, hash: second.hash } });
    again.close();
  });

  test("comes back as it was written, whatever its words are", () => {
    const { log } = audited();
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 40 }),
        fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }),
        (word, facts) => {
          const record = valueOf(log.record(called("x", { resource: word, facts: JSON.parse(JSON.stringify(facts)) as never })));
          expect(parseEvent(encodeEvent(record))).toEqual(record);
        },
      ),
      { numRuns: 50 },
    );
    expect(valueOf(log.reader.verify()).records).toBe(51);
  });

  test("keeps the beginning of a text that is too long, and the digest of the whole", () => {
    const { log } = audited();
    const [whole, past] = ["r".repeat(LIMITS.auditTextChars), "r".repeat(LIMITS.auditTextChars + 1)];
    expect(valueOf(log.record(called("a", { resource: whole }))).resource).toBe(whole);
    expect(valueOf(log.record(called("a", { resource: past }))).resource).toBe(`${whole}… ${digestBytes(past)}`);
    const facts = (chars: number) => ({ note: "f".repeat(chars - '{"note":""}'.length) });
    expect(valueOf(log.record(called("a", { facts: facts(LIMITS.auditFactsChars) }))).facts).toEqual(facts(LIMITS.auditFactsChars));
    expect(valueOf(log.record(called("a", { facts: facts(LIMITS.auditFactsChars + 1) }))).facts).toMatchObject({
      chars: LIMITS.auditFactsChars + 1,
    });
    const rules = Array.from({ length: LIMITS.auditRules + 1 }, (_, i) => `egress.r${i}`);
    expect(valueOf(log.record(called("a", { rules }))).rules).toEqual(rules.slice(0, -1));
    expect(valueOf(log.reader.verify()).records).toBe(6);
  });

  test("of several in one turn, each is durable when it is told so, and they are in order", async () => {
    const { log } = audited();
    const records = await Promise.all(["a", "b", "c"].map((word) => log.recordSoon(called(word))));
    expect(records.map((each) => valueOf(each)).map(({ seq, correlation }) => [seq, correlation])).toEqual([
      [2, "a"],
      [3, "b"],
      [4, "c"],
    ]);
  });

  test("is linked behind one that another process wrote meanwhile", () => {
    const { dir, ports, log } = audited(1);
    const other = openLog(dir, ports);
    valueOf(other.record(called("other")));
    valueOf(log.record(called("mine")));
    valueOf(other.record(called("other again")));
    expect(valueOf(log.reader.verify())).toMatchObject({ records: 5, head: { seq: 5 } });
  });

  test.each([
    ["white space", (line: string) => `${line} `],
    ["an unknown field", (line: string) => line.replace('{"action"', '{"aaa":1,"action"')],
    ["an unknown kind", (line: string) => line.replace("tool.called", "tool.felt")],
    ["a decision that is none", (line: string) => line.replace('"decision":"allowed"', '"decision":"perhaps"')],
    ["no JSON", () => "{"],
  ])("with %s is not one", (_, edit) => {
    const { log } = audited(1);
    expect(parseEvent(edit(valueOf(log.reader.lines(2))[0] ?? ""))).toBeUndefined();
  });
});

describe("row 132: a chain", () => {
  const swap =
    "UPDATE events SET seq = 1000 WHERE seq = 3; UPDATE events SET seq = 3 WHERE seq = 4; UPDATE events SET seq = 4 WHERE seq = 1000";
  test.each([
    ["an edited word", "UPDATE events SET record = replace(record, 'support', 'triage') WHERE seq = 3", 3],
    ["a removed record", "DELETE FROM events WHERE seq = 3", 3],
    ["a removed first record", "DELETE FROM events WHERE seq = 1", 1],
    ["two swapped records", swap, 3],
    ["a repeated record", "INSERT INTO events (seq, record) SELECT 7, record FROM events WHERE seq = 6", 7],
    ["a cut tail", "DELETE FROM events WHERE seq >= 5", 5],
    [
      "a head that says less",
      "DELETE FROM events WHERE seq >= 5; UPDATE meta SET value = replace(value, '\\\"seq\\\":6', '\\\"seq\\\":4')",
      0,
    ],
  ])("with %s is broken at the first bad record", (_, sql, seq) => {
    const { dir, ports, log } = audited(5);
    log.close();
    tamper(dir, sql);
    const reader = openAuditReader(dir, ports.clock);
    const found = problemOf(reader.ok && reader.value ? reader.value.verify() : reader);
    expect(found.code).toBe("AUDIT_BROKEN");
    if (seq > 0) expect(found.context["seq"]).toBe(seq);
  });

  test("with a cut tail takes no record more", () => {
    const { dir, ports, log } = audited(5);
    log.close();
    fs.rmSync(path.join(dir, "audit.json"));
    tamper(dir, "DELETE FROM events WHERE seq >= 5");
    const again = openLog(dir, ports);
    expect(problemOf(again.record(called("a")))).toMatchObject({ code: "AUDIT_BROKEN", context: { seq: 5 } });
  });

  test("that an older copy replaced is noticed by what was seen here", () => {
    const { dir, ports, log } = audited(2);
    log.close();
    const old = fs.readFileSync(path.join(dir, "audit.db"));
    const again = openLog(dir, ports);
    valueOf(again.record(called("later")));
    again.close();
    fs.writeFileSync(path.join(dir, "audit.db"), old);
    expect(problemOf(openAudit(dir, ports))).toMatchObject({ code: "AUDIT_BROKEN", context: { seq: 4 } });
    expect(problemOf(openReader(dir, ports).verify())).toMatchObject({ code: "AUDIT_BROKEN", context: { seq: 4 } });
  });

  test("that is gone is not a first start", () => {
    const { dir, ports, log } = audited(1);
    log.close();
    fs.rmSync(path.join(dir, "audit.db"));
    expect(codesOf(openAudit(dir, ports))).toEqual(["AUDIT_BROKEN"]);
  });

  test("of another store is not believed", () => {
    const [one, two] = [audited(1), audited(1)];
    one.log.close();
    two.log.close();
    fs.copyFileSync(path.join(one.dir, "audit.db"), path.join(two.dir, "audit.db"));
    expect(codesOf(openAudit(two.dir, two.ports))).toEqual(["AUDIT_BROKEN"]);
  });

  test("is compared with heads that were seen elsewhere", () => {
    const { log } = audited(3);
    const record = valueOf(log.reader.record(3));
    if (!record) throw new Error("a record was due");
    expect(log.reader.verify([{ seq: 3, hash: record.hash }]).ok).toBe(true);
    expect(problemOf(log.reader.verify([{ seq: 3, hash: digestBytes("x") }])).context["seq"]).toBe(3);
    expect(problemOf(log.reader.verify([{ seq: 9, hash: digestBytes("x") }])).context["seq"]).toBe(5);
  });

  test("whose file is no database is broken, and not begun anew", () => {
    const { dir, ports, log } = audited(1);
    log.close();
    fs.writeFileSync(path.join(dir, "audit.db"), "x".repeat(8_192));
    expect(codesOf(openAudit(dir, ports))).toEqual(["AUDIT_BROKEN"]);
  });
});

test("row 65: a clock that jumps either way leaves records in the order in which things happened, and the chain whole", () => {
  const { ports, log } = audited();
  const jumps = [
    "2026-06-01T12:00:00.000Z",
    "2027-06-01T12:00:00.000Z",
    "2026-05-31T12:00:00.000Z",
    "1970-01-01T00:00:00.000Z",
    "2038-01-19T03:14:08.000Z",
  ];
  for (const [i, instant] of jumps.entries()) {
    ports.set(instant);
    valueOf(log.record(called(`jump ${i}`)));
  }
  const { records } = valueOf(log.reader.query({ order: "oldest", limit: 100 }));
  expect(records.slice(-jumps.length).map(({ seq, at }) => [seq, at])).toEqual(jumps.map((at, i) => [i + 2, at]));
  expect(valueOf(log.reader.verify()).records).toBe(jumps.length + 1);
});

test("row 133: a half-written last record is set aside, and a record says so", () => {
  const { dir, ports, log } = audited(3);
  const files = ["audit.db", "audit.db-wal"].map((name) => [name, fs.readFileSync(path.join(dir, name))] as const);
  log.close();
  for (const [name, bytes] of files) fs.writeFileSync(path.join(dir, name), name.endsWith("wal") ? bytes.subarray(0, -500) : bytes);
  fs.rmSync(path.join(dir, "audit.json"));
  const opened = openAudit(dir, ports);
  expect(opened.ok && opened.warnings.map(({ code }) => code)).toEqual(["AUDIT_SET_ASIDE"]);
  const again = valueOf(opened);
  const { records } = valueOf(again.reader.query({ limit: 2 }));
  expect(records.map(({ kind, correlation }) => [kind, correlation])).toEqual([
    ["audit.set-aside", "audit"],
    ["tool.called", "c2"],
  ]);
  expect(valueOf(again.reader.verify()).records).toBe(4);
  again.close();
});

test("a new ledger key signs from then on, and the chain says so", () => {
  const { dir, ports, log } = audited(2);
  log.close();
  valueOf(renewKey(dir, "ledger.key", { actor: "ops", because: "lost" }, ports));
  const again = openLog(dir, ports);
  expect(valueOf(again.reader.query({ limit: 1 })).records).toMatchObject([{ kind: "audit.epoch" }]);
  expect(valueOf(again.reader.verify())).toMatchObject({ records: 4 });
});

describe("a broken chain", () => {
  test("is set aside whole, and a new one begins", () => {
    const { dir, ports, log } = audited(3);
    log.close();
    tamper(dir, "DELETE FROM events WHERE seq = 2");
    const place = valueOf(setAsideBroken(dir, { ...ports, actor: "ops" }));
    expect(fs.readdirSync(place?.place ?? "")).toEqual(expect.arrayContaining(["audit.db", "audit.json"]));
    expect(valueOf(openLog(dir, ports).reader.verify()).records).toBe(1);
  });

  test("stays where a gateway has it open; a whole one stays, too", () => {
    const { dir, ports, log } = audited(3);
    log.close();
    expect(valueOf(setAsideBroken(dir, { ...ports, actor: "ops" }))).toBeNull();
    fs.rmSync(path.join(dir, "audit.db"));
    const hold = valueOf(holdRuntime(dir));
    expect(codesOf(setAsideBroken(dir, { ...ports, actor: "ops" }))).toEqual(["RUNTIME_HELD"]);
    hold.release();
    expect(valueOf(setAsideBroken(dir, { ...ports, actor: "ops" }))).not.toBeNull();
    expect(valueOf(openAuditReader(dir, ports.clock))).toBeNull();
  });
});

describe("retention", () => {
  const keep = { maxAgeMs: 60_000, maxRecords: 1_000 };
  test.each([
    ["nothing that is young", keep, 0, 7],
    ["what is old", { ...keep, maxAgeMs: 30_000 }, 4, 4],
    ["what is too much", { ...keep, maxRecords: 2 }, 5, 3],
    ["never the newest", { maxAgeMs: -1, maxRecords: 0 }, 6, 2],
  ])("drops %s, and what is left verifies", (_, retention, dropped, left) => {
    const { dir, ports, log } = audited(3);
    ports.set("2026-03-01T12:00:45.000Z");
    for (const word of ["x", "y", "z"]) valueOf(log.record(called(word)));
    expect(valueOf(log.prune(retention))).toBe(dropped);
    expect(valueOf(log.reader.verify())).toMatchObject({ records: left });
    if (dropped === 0) return;
    expect(valueOf(log.reader.verify()).base?.seq).toBe(dropped);
    log.close();
    const again = openLog(dir, ports);
    valueOf(again.record(called("after")));
    expect(valueOf(again.reader.query({ kinds: ["audit.pruned"] })).records).toMatchObject([{ facts: { through: dropped } }]);
    expect(valueOf(again.reader.verify())).toMatchObject({ records: left + 1 });
  });

  test("drops a bounded number at a time", () => {
    const { ports, log } = audited();
    valueOf(log.recordAll(Array.from({ length: LIMITS.auditPage + 5 }, (_, i) => called(`n${i}`))));
    ports.set("2027-03-01T12:00:00.000Z");
    expect(valueOf(log.prune(keep))).toBe(LIMITS.auditPage);
    expect(valueOf(log.prune(keep))).toBe(5 + 1);
    expect(valueOf(log.reader.verify()).records).toBe(2);
  });
});

describe("a question to the audit", () => {
  const asked = (): AuditLog => {
    const { log } = audited();
    valueOf(
      log.recordAll([
        called("r1", { agent: "support", session: "s1" }),
        called("r2", { agent: "triage", session: "s2", kind: "tool.denied", decision: "denied" }),
        called("r1", { agent: "support", kind: "approval.asked", decision: "asked", channel: "web" }),
        called("r3", { actor: "device:laptop", kind: "auth.refused", decision: "denied" }),
      ]),
    );
    return log;
  };
  test.each([
    ["by correlation", { correlation: "r1" }, [4, 2]],
    ["oldest first", { correlation: "r1", order: "oldest" as const }, [2, 4]],
    ["by kind", { kinds: ["tool.denied"] }, [3]],
    ["by the beginning of kinds", { kinds: ["tool", "auth"] }, [5, 3, 2]],
    ["by agent and decision", { agent: "triage", decision: "denied" as const }, [3]],
    ["by actor", { actor: "device:laptop" }, [5]],
    ["by session", { session: "s2" }, [3]],
    ["by channel", { channel: "web" }, [4]],
    ["until an instant", { until: "2026-03-01T12:00:00.000Z" }, []],
    ["page after page", { order: "oldest" as const, after: 3, limit: 1 }, [4]],
    ["backwards", { before: 4, limit: 1 }, [3]],
    ["with words that mean something in SQL", { agent: "' OR 1=1 --" }, []],
  ])("%s", (_, query, seqs) => {
    expect(valueOf(asked().reader.query(query)).records.map(({ seq }) => seq)).toEqual(seqs);
  });

  test("says whether more may follow, and gives no more than a page", () => {
    const log = asked();
    expect(valueOf(log.reader.query({ limit: 2 })).more).toBe(true);
    expect(valueOf(log.reader.query({ kinds: ["auth"], limit: 2 })).more).toBe(false);
    valueOf(log.recordAll(Array.from({ length: LIMITS.auditPage }, () => called("many"))));
    expect(valueOf(log.reader.query({ limit: LIMITS.auditPage + 1 })).records).toHaveLength(LIMITS.auditPage);
  });
});

test("where nothing was ever applied there is nothing to audit", () => {
  const ports = testPorts();
  const dir = storeDir(ports);
  expect(valueOf(openAuditReader(dir, ports.clock))).toBeNull();
  expect(codesOf(openAudit(path.dirname(dir), ports))).toEqual(["NO_RECORD"]);
});

describe("row 132: what the ledger noted", () => {
  const FILES = ["audit.db", "audit.db-wal", "audit.db-shm", "audit.json"];
  const remove = (dir: string): void => FILES.forEach((name) => fs.rmSync(path.join(dir, name), { force: true }));
  const noted = (dir: string, ports: TestPorts, head: LedgerHead | null): void => {
    const writer = writerOf(dir, ports);
    valueOf(writer.noteAudit(head, "ops"));
    writer.close();
  };

  /** An audit of three records, the third of them noted, and copies of both files from before them. */
  function withOlder() {
    const { dir, ports, log } = audited(0);
    log.close();
    const older = FILES.filter((name) => fs.existsSync(path.join(dir, name))).map(
      (name) => [name, fs.readFileSync(path.join(dir, name))] as const,
    );
    const again = openLog(dir, ports);
    for (const id of ["c1", "c2"]) valueOf(again.record(called(id)));
    const head = valueOf(again.reader.head());
    again.close();
    noted(dir, ports, head);
    return { dir, ports, older, head };
  }

  test("both files removed are no first start; a new epoch begins anew, and says so", () => {
    const { dir, ports } = withOlder();
    remove(dir);
    for (const opened of [openAudit(dir, ports), openAuditReader(dir, ports.clock)]) expect(codesOf(opened)).toEqual(["AUDIT_BROKEN"]);
    expect(valueOf(setAsideBroken(dir, { ...ports, actor: "ops" }))).toEqual({ place: null });
    expect(valueOf(openAuditReader(dir, ports.clock))).toBeNull();
    expect(valueOf(openLog(dir, ports).reader.verify()).records).toBe(1);
  });

  test("older copies of both are a cut tail, for who writes and for who verifies", () => {
    const { dir, ports, older } = withOlder();
    remove(dir);
    for (const [name, bytes] of older) fs.writeFileSync(path.join(dir, name), bytes);
    expect(codesOf(openAudit(dir, ports))).toEqual(["AUDIT_BROKEN"]);
    const reader = openReader(dir, ports);
    expect(problemOf(reader.verify())).toMatchObject({ code: "AUDIT_BROKEN", context: { seq: 2 } });
  });

  test("another record under that number is not the one that was noted", () => {
    const { dir, ports, head } = withOlder();
    noted(dir, ports, { seq: head.seq, hash: digestBytes("another") });
    expect(codesOf(openAudit(dir, ports))).toEqual(["AUDIT_BROKEN"]);
  });

  test("what retention dropped is not missed", () => {
    const { dir, ports } = withOlder();
    const log = openLog(dir, ports);
    for (let i = 0; i < 5; i++) valueOf(log.record(called(`d${i}`)));
    valueOf(log.prune({ maxAgeMs: Number.MAX_SAFE_INTEGER / 1e6, maxRecords: 2 }));
    log.close();
    expect(valueOf(openLog(dir, ports).reader.verify()).base?.seq).toBeGreaterThan(3);
  });

  test("a restored backup brings an older ledger, and no audit where it was not", () => {
    const { dir, ports } = withOlder();
    const file = path.join(dir, "..", `${path.basename(dir)}.backup`);
    valueOf(backupStore(dir, file, ports));
    const elsewhere = `${dir}-elsewhere`;
    valueOf(restoreStore(elsewhere, file, { actor: "ops", because: "moved" }, ports));
    expect(valueOf(openAuditReader(elsewhere, ports.clock))).toBeNull();
    valueOf(restoreStore(dir, file, { actor: "ops", because: "back", replace: true }, ports));
    expect(valueOf(openReader(dir, ports).verify()).records).toBe(3);
    for (const each of [file, elsewhere]) fs.rmSync(each, { recursive: true, force: true });
  });
});
