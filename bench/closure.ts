import type { Json, Resource } from "../core/index.ts";
import { closureOf, effectiveDelta, EMPTY_CLOSURE, expandGrants, type Closure } from "../trust/capability/index.ts";
import type { Figures, Row } from "./rows.ts";
import type { Shape } from "./world.ts";

const NOW = "2026-06-01T00:00:00.000Z";
const SHAPES: readonly Shape[] = ["random", "hub", "chain"];

/** The closure of so many atoms and its delta from nothing, which is what a first plan needs. In process. */
export function closureRows(count: number): readonly Row[] {
  return SHAPES.map((shape) => ({
    name: `closure of ${count} atoms, from nothing, ${shape}`,
    goalS: count === 10_000 ? 1 : null,
    once: () => measured(count, shape),
  }));
}

function measured(count: number, shape: Shape): Figures {
  const resources = Array.from({ length: count }, (_, i) => agent(i, calleeOf(i, count, shape)));
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  const { added } = effectiveDelta(EMPTY_CLOSURE, closure(resources));
  const { user, system } = process.cpuUsage(cpu);
  if (added.atoms.length !== count) throw new Error(`${added.atoms.length} of ${count} atoms are gained`);
  return { wallS: (performance.now() - wall) / 1_000, cpuS: (user + system) / 1e6 };
}

function closure(resources: readonly Resource[]): Closure {
  return closureOf(
    resources,
    [],
    resources.flatMap((each) => expandGrants(each, NOW).atoms),
  );
}

/** Whom an agent calls; the same for the same number. */
function calleeOf(i: number, count: number, shape: Shape): number {
  if (shape === "hub") return 0;
  return shape === "chain" ? Math.min(i + 1, count - 1) : (i * 7_919 + 104_729) % count;
}

function agent(i: number, callee: number): Resource {
  const capabilities: readonly Json[] = [{ tool: `agent:a${callee}`, permissions: [{ action: "call" }], constraints: {} }];
  return { apiVersion: "moltbot.dev/v1alpha1", kind: "Agent", metadata: { name: `a${i}` }, spec: { capabilities } };
}
