import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { backupStore, restoreStore } from "../store/index.ts";
import { newStateDir, valueOf, type TestPorts } from "../store/store.fixture.ts";
import { audited, called, openLog, storeDir } from "./audit.fixture.ts";
import { auditAgainstLedger, witnessAudit } from "./index.ts";

const FILES = ["audit.db", "audit.db-wal", "audit.db-shm", "audit.json"];
const RESTORE = { actor: "ops", because: "it went wrong", replace: true } as const;
const codes = (dir: string, { clock }: TestPorts): readonly string[] => auditAgainstLedger(dir, clock).map(({ code }) => code);

/** An audit of some records, copies of its files from before the last of them, and a backup made after all. */
function backedUp() {
  const { dir, ports, log } = audited(2);
  log.close();
  const older = FILES.filter((name) => fs.existsSync(path.join(dir, name))).map(
    (name) => [name, fs.readFileSync(path.join(dir, name))] as const,
  );
  const again = openLog(dir, ports);
  valueOf(again.record(called("last")));
  again.close();
  expect(valueOf(witnessAudit(dir, "ops", ports))).toEqual([]);
  const file = path.join(path.dirname(dir), "backup");
  valueOf(backupStore(dir, file, ports));
  return { dir, ports, file, older };
}

const putBack = (dir: string, older: readonly (readonly [string, Buffer])[]): void => {
  for (const name of FILES) fs.rmSync(path.join(dir, name), { force: true });
  for (const [name, bytes] of older) fs.writeFileSync(path.join(dir, name), bytes, { mode: 0o600 });
};

test("row 132: a backup names the newest event; after a restore, a chain whose end was cut shows", () => {
  const { dir, ports, file, older } = backedUp();
  valueOf(restoreStore(dir, file, RESTORE, ports));
  expect(codes(dir, ports)).toEqual([]);
  // The older audit is whole, and so is what it says of itself.
  putBack(dir, older);
  const [said] = auditAgainstLedger(dir, ports.clock);
  expect(said).toMatchObject({ severity: "warning", code: "AUDIT_BROKEN", remedy: expect.stringContaining("audit verify --file") });
  expect(said?.detail).toMatch(/tail was cut|ends at record|seen/);
});

test("an audit that is not there after a restore is told; one that never was is not missed", () => {
  const { dir, ports, file } = backedUp();
  putBack(dir, []);
  valueOf(restoreStore(dir, file, RESTORE, ports));
  expect(codes(dir, ports)).toEqual(["AUDIT_BROKEN"]);
  const none = storeDir();
  expect(codes(none, ports)).toEqual([]);
  expect(valueOf(witnessAudit(none, "ops", ports))).toEqual([]);
  expect(valueOf(witnessAudit(newStateDir(), "ops", ports))).toEqual([]);
});

test("the ledger is told once, and not of an audit that is damaged", () => {
  const { dir, ports } = backedUp();
  const before = fs.readFileSync(path.join(dir, "store.db")).length;
  expect(valueOf(witnessAudit(dir, "ops", ports))).toEqual([]);
  expect(fs.readFileSync(path.join(dir, "store.db")).length).toBe(before);
  fs.writeFileSync(path.join(dir, "audit.db"), "no database");
  for (const name of ["audit.db-wal", "audit.db-shm"]) fs.rmSync(path.join(dir, name), { force: true });
  expect(valueOf(witnessAudit(dir, "ops", ports)).map(({ code }) => code)).toEqual(["AUDIT_BROKEN"]);
});
