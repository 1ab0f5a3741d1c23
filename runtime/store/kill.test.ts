import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { backupStore, openRecords, openStore } from "./index.ts";
import { makeFormat0 } from "./format-0.fixture.ts";
import {
  applyTo,
  codesOf,
  filledStore,
  newStateDir,
  OWNER,
  readerOf,
  temporaryFolder,
  testPorts,
  valueOf,
  wordsOf,
  writerOf,
} from "./store.fixture.ts";

const FIXTURE = path.join(import.meta.dirname, "kill.fixture.ts");
/** The slow suite kills at every call; the quick one at some. */
const STRIDE = process.env.MOLTBOT_TEST_SLOW === "1" ? 1 : 29;

interface Scenario {
  /** Lays the ground, and returns a file the scenario needs. */
  readonly before: (dir: string) => string;
  /** What may be in force after a kill, as words of the owner. */
  readonly allowed: readonly unknown[];
  /** What is in force when it was run again to its end. */
  readonly after: unknown;
}

const FILLED = { a: "one", b: "changed", d: "new" };

const filled = (dir: string): string => {
  filledStore(dir);
  const records = valueOf(openRecords(dir));
  valueOf(records?.append("session/a/1", Buffer.from("hello")) ?? { ok: true, value: 0, warnings: [] });
  records?.close();
  return "";
};

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  apply: { before: () => "", allowed: [null, {}, { a: "applied" }], after: { a: "applied" } },
  restore: {
    before: (dir) => {
      filled(dir);
      const file = path.join(temporaryFolder(), "backup");
      valueOf(backupStore(dir, file, testPorts()));
      const writer = writerOf(dir);
      applyTo(writer, { a: "newest" });
      writer.close();
      return file;
    },
    allowed: [FILLED, { ...FILLED, a: "newest" }],
    after: FILLED,
  },
  migrate: {
    before: (dir) => {
      filled(dir);
      makeFormat0(dir);
      return "";
    },
    allowed: ["STORE_MIGRATION_NEEDED", FILLED],
    after: FILLED,
  },
  "renew store.key": { before: filled, allowed: [FILLED], after: FILLED },
  "renew ledger.key": { before: filled, allowed: [FILLED], after: FILLED },
};

function run(name: string, dir: string, file: string, stop: number): { readonly killed: boolean; readonly calls: number } {
  const { signal, stdout, status, stderr } = spawnSync(process.execPath, [FIXTURE, name, dir, file, String(stop)], { encoding: "utf8" });
  if (signal === null && status !== 0) throw new Error(stderr);
  return { killed: signal === "SIGKILL", calls: Number(stdout) };
}

/** What a reader says between the kill and the next run. */
function said(dir: string): unknown {
  const opened = openStore(dir, { mode: "read" }, testPorts());
  if (!opened.ok) return codesOf(opened)[0];
  const words = opened.value && wordsOf(opened.value);
  opened.value?.close();
  return words;
}

describe("killed at any call, the store is what it was or what it should become, and the next run gets there", () => {
  test.each(Object.keys(SCENARIOS))(
    "%s",
    (name) => {
      const { before, allowed, after } = SCENARIOS[name]!;
      const ground = newStateDir();
      const file = before(ground);
      const dir = path.join(path.dirname(ground), "copy");
      let killed = true;
      for (let stop = 1 + ((name.length * 7) % STRIDE); killed; stop += STRIDE) {
        fs.rmSync(dir, { recursive: true, force: true });
        if (fs.existsSync(ground)) fs.cpSync(ground, dir, { recursive: true });
        ({ killed } = run(name, dir, file, stop));
        const now = said(dir);
        expect(
          allowed.map((each) => JSON.stringify(each)),
          `after call ${stop}`,
        ).toContain(JSON.stringify(now));
        run(name, dir, file, 0);
        expect(said(dir), `after call ${stop}`).toEqual(after);
        const reader = readerOf(dir);
        valueOf(reader.verifyLedger());
        valueOf(reader.verifyContents());
        expect(valueOf(reader.openIntent(OWNER))).toBeNull();
        reader.close();
        writerOf(dir).close();
        const left = fs.readdirSync(dir, { recursive: true }).filter((entry) => /\.(tmp|next)$|^(new|ready)/.test(String(entry)));
        expect(left, `after call ${stop}`).toEqual([]);
        if (name !== "apply") {
          const records = valueOf(openRecords(dir));
          expect(valueOf(records?.read("session/a/1") ?? { ok: true, value: [], warnings: [] }).length).toBe(1);
          records?.close();
        }
      }
    },
    600_000,
  );
});

test("two runs of the same apply count the same calls: nothing depends on chance", () => {
  const [a, b] = [newStateDir(), newStateDir()];
  expect(run("apply", a, "", 0).calls).toBe(run("apply", b, "", 0).calls);
  expect(valueOf(readerOf(a).active(OWNER))?.actor).toBe("ops");
});
