import type { Json, Resource } from "../core/index.ts";
import { closureOf, effectiveDelta, EMPTY_CLOSURE, expandGrants, type Closure } from "../trust/capability/index.ts";
import type { Figures, Row } from "./rows.ts";
import { exponent, median } from "./run.ts";

const NOW = "2026-06-01T00:00:00.000Z";

/** Whom an agent calls; the same for the same number. */
const CALLEES = {
  random: (i, count) => [(i * 7_919 + 104_729) % count],
  hub: () => [0],
  chain: (i, count) => [Math.min(i + 1, count - 1)],
  circle: (i, count) => [(i + 1) % count],
  tree: (i, count) => [Math.min(2 * i + 1, count - 1), Math.min(2 * i + 2, count - 1)],
  // Ways that part and come together at every step: what cannot be counted by adding up.
  braid: (i, count) => [Math.min(i + 1, count - 1), Math.min(i + 2, count - 1)],
} as const satisfies Record<string, (i: number, count: number) => readonly number[]>;

export type ClosureShape = keyof typeof CALLEES;

/** The closure of so many atoms and its delta from nothing, which is what a first plan needs. In process. */
export function closureRows(count: number): readonly Row[] {
  return (["random", "hub", "chain"] as const).map((shape) => ({
    name: `closure of ${count} atoms, from nothing, ${shape}`,
    goalS: count === 10_000 ? 1 : null,
    once: () => measured(count, shape),
  }));
}

export interface ClosureGrowth {
  readonly shape: ClosureShape;
  readonly points: readonly { readonly count: number; readonly cpuS: number }[];
  readonly exponent: number;
}

/** How the closure and its delta grow with the number of agents, all sizes in turn. */
export function closureGrowth(sizes: readonly number[], rounds: number): readonly ClosureGrowth[] {
  return (Object.keys(CALLEES) as readonly ClosureShape[]).map((shape) => {
    const times = new Map(sizes.map((count) => [count, [] as number[]]));
    for (let round = 0; round <= rounds; round++) {
      // The first round warms up.
      for (const [count, all] of times) {
        const { cpuS } = measured(count, shape);
        if (round > 0) all.push(cpuS ?? 0);
      }
    }
    const points = [...times].map(([count, all]) => ({ count, cpuS: median(all) }));
    return { shape, points, exponent: exponent(points.map(({ count, cpuS }) => [count, cpuS])) };
  });
}

function measured(count: number, shape: ClosureShape): Figures {
  const resources = Array.from({ length: count }, (_, i) => agent(i, CALLEES[shape](i, count)));
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  const { added } = effectiveDelta(EMPTY_CLOSURE, closure(resources));
  const { user, system } = process.cpuUsage(cpu);
  const atoms = resources.reduce((sum, each) => sum + (each.spec["capabilities"] as readonly Json[]).length, 0);
  if (added.atoms.length !== atoms) throw new Error(`${added.atoms.length} of ${atoms} atoms are gained`);
  return { wallS: (performance.now() - wall) / 1_000, cpuS: (user + system) / 1e6 };
}

function closure(resources: readonly Resource[]): Closure {
  return closureOf(
    resources,
    [],
    resources.flatMap((each) => expandGrants(each, NOW).atoms),
  );
}

function agent(i: number, callees: readonly number[]): Resource {
  const capabilities: readonly Json[] = [...new Set(callees)].map((callee) => ({
    tool: `agent:a${callee}`,
    permissions: [{ action: "call" }],
    constraints: {},
  }));
  return { apiVersion: "moltbot.dev/v1alpha1", kind: "Agent", metadata: { name: `a${i}` }, spec: { capabilities } };
}
