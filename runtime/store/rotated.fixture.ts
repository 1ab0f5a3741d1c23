import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect } from "vitest";
import type { Secret } from "../../core/index.ts";
import { openRecords, type SealedRecords } from "./index.ts";
import { newStateDir, valueOf, writerOf } from "./store.fixture.ts";

export function recordsOf(dir: string, key?: Secret<string>): SealedRecords {
  const records = valueOf(openRecords(dir, key));
  if (!records) throw new Error("a store was due");
  return records;
}

/** Some slots, one of them with more entries than one transaction seals. */
export function filled(dir: string): void {
  writerOf(dir).close();
  const records = recordsOf(dir);
  for (let i = 0; i < 20; i++) valueOf(records.put(`s/${i}`, Buffer.from(`head ${i}`)));
  valueOf(records.update("s/0", { append: Array.from({ length: 450 }, (_, i) => Buffer.from(`entry ${i + 1}`)) }));
  records.close();
}

export function everything(records: SealedRecords): unknown {
  const names = valueOf(records.names(""));
  return names.map((slot) => [
    slot,
    Buffer.from(valueOf(records.get(slot))?.head ?? []).toString(),
    valueOf(records.read(slot)).map((each) => Buffer.from(each).toString()),
  ]);
}

const SCRIPT = path.join(import.meta.dirname, "rotate.fixture.ts");

/** Rotates in a process that dies at a step, and looks what is left. @returns whether it died before it was done */
export function killedAt(step: number): boolean {
  const dir = newStateDir();
  filled(dir);
  const look = (): unknown => {
    const records = recordsOf(dir);
    const found = everything(records);
    records.close();
    return found;
  };
  const before = look();
  const { signal, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, dir, String(step)], { encoding: "utf8" });
  expect(look(), `killed at ${step}: ${stderr}`).toEqual(before);
  if (signal === null) {
    expect(stdout).toContain("done");
    return false;
  }
  const next = spawnSync(process.execPath, [SCRIPT, dir, "0"], { encoding: "utf8" });
  expect(next.stdout, next.stderr).toContain("done");
  expect(look()).toEqual(before);
  return true;
}
