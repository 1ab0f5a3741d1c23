import fs from "node:fs";
import path from "node:path";
import { openRecords, openStore } from "./index.ts";
import { everything, filledStore, testPorts, valueOf } from "./store.fixture.ts";

/** A store to damage: its files, copied afresh for each case, and what a whole one answers. */
export interface Specimen {
  readonly dir: string;
  readonly answer: unknown;
  /** The damage is done to a copy; what a reader then says. */
  readonly look: (damage: (dir: string) => void) => Seen;
}

export type Seen = { readonly says: "the same" | "something else" } | { readonly says: "refused"; readonly codes: readonly string[] };

/** The only codes with which a damaged file may be answered. */
export const HONEST: ReadonlySet<string> = new Set([
  "STORE_CORRUPT",
  "STORE_UNAVAILABLE",
  "STORE_VERSION",
  "LEDGER_BROKEN",
  "LEDGER_BEHIND",
  "KEY_MISSING",
  "KEY_MISMATCH",
]);

/** @param folder - Removed by the caller. */
export function specimen(folder: string): Specimen {
  const dir = path.join(folder, ".moltbot");
  filledStore(dir);
  const records = valueOf(openRecords(dir));
  for (const turn of ["hello", "and hello to you"])
    valueOf(records?.append("session/a/1", Buffer.from(turn)) ?? { ok: true, value: 0, warnings: [] });
  records?.close();
  const answer = answerOf(dir);
  if (!("answer" in answer)) throw new Error(`a whole store was refused: ${answer.codes.join()}`);
  const whole = JSON.stringify(answer.answer);
  const copy = path.join(folder, "copy");
  return {
    dir,
    answer: answer.answer,
    look: (damage) => {
      fs.rmSync(copy, { recursive: true, force: true });
      fs.cpSync(dir, copy, { recursive: true });
      damage(copy);
      const seen = answerOf(copy);
      if ("codes" in seen) return { says: "refused", codes: seen.codes };
      return { says: JSON.stringify(seen.answer) === whole ? "the same" : "something else" };
    },
  };
}

type Answer = { readonly answer: unknown } | { readonly codes: readonly string[] };

/** Everything the store and its encrypted records say, or the codes of the first refusal. */
function answerOf(dir: string): Answer {
  const opened = openStore(dir, { mode: "read" }, testPorts());
  if (!opened.ok) return { codes: opened.diagnostics.map(({ code }) => code) };
  if (!opened.value) return { answer: "nothing yet" };
  try {
    return { answer: { store: everything(opened.value), records: recordsIn(dir) } };
  } catch (error) {
    // valueOf throws what a result said; the code comes first.
    const [code] = error instanceof Error ? error.message.split(":") : [];
    if (code !== undefined && HONEST.has(code)) return { codes: [code] };
    throw error;
  } finally {
    opened.value.close();
  }
}

function recordsIn(dir: string): unknown {
  const records = valueOf(openRecords(dir));
  if (!records) return null;
  try {
    return valueOf(records.list("session/")).map(({ slot }) => [
      slot,
      valueOf(records.read(slot)).map((bytes) => Buffer.from(bytes).toString()),
    ]);
  } finally {
    records.close();
  }
}

export function flipBit(file: string, byte: number, bit: number): void {
  const fd = fs.openSync(file, "r+");
  const buffer = Buffer.alloc(1);
  fs.readSync(fd, buffer, 0, 1, byte);
  buffer[0] = (buffer[0] ?? 0) ^ (1 << bit);
  fs.writeSync(fd, buffer, 0, 1, byte);
  fs.closeSync(fd);
}
