import { LIMITS, type Address } from "../../core/index.ts";
import { addressAt, listed, type Graph } from "./graph.ts";

/** One way, at most {@link LIMITS.wayShown} long: where it is longer, the middle is left out and counted. */
export interface Way {
  readonly via: readonly Address[];
  readonly viaSkipped?: number;
}

interface Tree {
  readonly before: ReadonlyMap<number, number>;
  readonly depth: ReadonlyMap<number, number>;
  /** Of a node deep below: the one above it at half of what is shown. */
  readonly top: ReadonlyMap<number, number>;
}

/**
 * Shortest ways from a source, many ends for each source. Each source is followed once; past
 * {@link LIMITS.waySteps} nodes in all, further ways are left out.
 */
export function waysFrom(graph: Graph): (source: number, end: number) => Way {
  const trees = new Map<number, Tree>();
  let left: number = LIMITS.waySteps;
  return (source, end) => {
    if (source === end) return { via: [] };
    let tree = trees.get(source);
    if (!tree) {
      if (left <= 0) return { via: [] };
      tree = treeFrom(graph, source);
      left -= tree.before.size;
      trees.set(source, tree);
    }
    return wayIn(tree, end, graph);
  };
}

const HALF = LIMITS.wayShown / 2;

function treeFrom({ next }: Graph, source: number): Tree {
  const before = new Map([[source, -1]]);
  const depth = new Map([[source, 0]]);
  const top = new Map([[source, source]]);
  for (const node of before.keys()) {
    const below = (depth.get(node) ?? 0) + 1;
    for (const to of listed(next, node)) {
      if (before.has(to)) continue;
      before.set(to, node);
      depth.set(to, below);
      top.set(to, below < HALF ? to : (top.get(node) ?? source));
    }
  }
  return { before, depth, top };
}

function wayIn({ before, depth, top }: Tree, end: number, graph: Graph): Way {
  const length = (depth.get(end) ?? -1) + 1;
  if (length === 0) return { via: [] };
  const names = (nodes: readonly number[]): readonly Address[] =>
    nodes.map((node) => addressAt(graph, node)).filter((each) => !each.endsWith("/*"));
  if (length <= LIMITS.wayShown) return { via: names(back(before, end, length)) };
  const head = back(before, top.get(end) ?? end, HALF);
  return { via: names([...head, ...back(before, end, HALF)]), viaSkipped: length - 2 * HALF };
}

/** The last steps up to a node, in order. */
function back(before: ReadonlyMap<number, number>, end: number, steps: number): readonly number[] {
  const way: number[] = [];
  for (let at: number | undefined = end; at !== undefined && at >= 0 && way.length < steps; at = before.get(at)) way.push(at);
  return way.reverse();
}
