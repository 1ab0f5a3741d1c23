import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { cleanEnvironment, ROOT } from "../scripts/checkout.ts";
import { exponent, median } from "./run.ts";

interface Facts {
  readonly rows: readonly { readonly name: string; readonly wallS: number }[];
  readonly memory: readonly { readonly mib: number }[];
  readonly growth: readonly { readonly shape: string; readonly exponent: number }[];
}

test("the bench runs, with tiny sizes, and every run finds what was planted", () => {
  const ran = spawnSync(process.execPath, ["bench/main.ts", "--quick", "--no-peers"], {
    cwd: ROOT,
    encoding: "utf8",
    env: cleanEnvironment({}),
  });
  expect(ran.status, ran.stderr).toBe(0);
  const facts = JSON.parse(ran.stdout) as Facts;
  expect(facts.rows.length).toBe(18);
  expect(facts.rows.every((row) => row.wallS > 0)).toBe(true);
  expect(facts.memory.every(({ mib }) => mib > 20)).toBe(true);
  expect(facts.growth.map(({ shape }) => shape)).toEqual(["random", "hub", "chain"]);
}, 300_000);

test("the exponent of a power is that power, and the median is the middle", () => {
  expect(exponent([1, 10, 100].map((x) => [x, 3 * x ** 2]))).toBeCloseTo(2);
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
});

test("the bench of what trust costs runs, with tiny sizes", () => {
  const ran = spawnSync(process.execPath, ["bench/trust.ts", "--quick"], { cwd: ROOT, encoding: "utf8", env: cleanEnvironment({}) });
  expect(ran.status, ran.stderr).toBe(0);
  const facts = JSON.parse(ran.stdout) as Readonly<Record<"closures" | "questions" | "policies" | "plugins", object>>;
  expect(Object.keys(facts.closures)).toHaveLength(6);
  expect(facts.questions).toMatchObject({ different: expect.any(Number) as number, equal: expect.any(Number) as number });
  expect(Object.keys(facts.policies)).toHaveLength(4);
  expect(facts.plugins).toMatchObject({ points: [{ count: 2 }, { count: 4 }] });
}, 300_000);
