/**
 * Measures what trust costs: closures, questions to policies, plans with policies of one's own, plans of signed plugins.
 * A table on standard error, JSON on standard output. Whatever is compared runs in turn in one run; figures are medians.
 *
 *   npm run bench:trust                                 everything
 *   npm run bench:trust -- --only closures,questions    some parts
 *   npm run bench:trust -- --rounds 7
 *   npm run bench:trust -- --quick                      tiny sizes: shows that the bench itself works
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { closureGrowth } from "./closure.ts";
import { askMany } from "./policies.ts";
import { pluginGrowth } from "./plugins.ts";
import { median } from "./run.ts";
import { policyCosts } from "./with-policies.ts";

const { values: asked } = parseArgs({
  options: { quick: { type: "boolean", default: false }, rounds: { type: "string" }, only: { type: "string" } },
});
const rounds = Number(asked.rounds ?? (asked.quick ? 1 : 5));
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-bench-"));

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const ms = (seconds: number): string => `${(seconds * 1000).toFixed(0)} ms`;

const PARTS = {
  closures: async () => {
    const growths = await Promise.resolve(closureGrowth(asked.quick ? [30, 100, 300] : [1_000, 10_000, 100_000], Math.min(rounds, 3)));
    for (const { shape, points, exponent } of growths) {
      say(
        `closure, ${shape.padEnd(8)} ${points.map(({ count, cpuS }) => `${count}: ${ms(cpuS)}`).join("  ")}  exponent ${exponent.toFixed(2)}`,
      );
    }
    return growths;
  },
  questions: async () => {
    const count = asked.quick ? 1_000 : 100_000;
    const [different, equal] = [askMany(count, count), askMany(count, Math.min(count, 1_000))];
    const figures = { different: [] as number[], equal: [] as number[], rssMiB: [] as number[] };
    for (let round = 0; round <= rounds; round++) {
      const taken = [different().cpuS ?? 0, equal().cpuS ?? 0] as const;
      if (round === 0) continue;
      figures.different.push(count / taken[0]);
      figures.equal.push(count / taken[1]);
      figures.rssMiB.push(process.memoryUsage().rss / 2 ** 20);
    }
    const facts = { different: Math.round(median(figures.different)), equal: Math.round(median(figures.equal)), rssMiB: figures.rssMiB };
    say(`questions for each second of CPU: ${facts.different} different, ${facts.equal} among 1,000`);
    return await Promise.resolve(facts);
  },
  policies: async () => {
    const costs = await Promise.resolve(policyCosts(path.join(scratch, "policies"), asked.quick ? 60 : 10_000, rounds));
    for (const { name, cpuS, ratio } of costs) say(`plan, ${name.padEnd(24)} ${ms(cpuS)}  ${ratio.toFixed(2)}x`);
    return costs;
  },
  plugins: async () => {
    const growth = await pluginGrowth(path.join(scratch, "plugins"), asked.quick ? [2, 4] : [100, 300, 1_000], Math.min(rounds, 3));
    const points = growth.points.map(({ count, cpuS }) => `${count}: ${ms(cpuS)}`).join("  ");
    say(`plan of signed plugins  ${points}  exponent ${growth.exponent.toFixed(2)}`);
    return growth;
  },
} satisfies Record<string, () => Promise<unknown>>;

try {
  const wanted = asked.only?.split(",");
  const facts: Record<string, unknown> = {};
  for (const [name, measure] of Object.entries(PARTS)) {
    if (wanted?.includes(name) ?? true) facts[name] = await measure();
  }
  process.stdout.write(`${JSON.stringify({ node: process.version, rounds, ...facts }, null, 2)}\n`);
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
