import { problem, type Address, type Diagnostic } from "../../core/index.ts";
import type { Edge, Layer, ResolvedResource } from "./types.ts";

/**
 * Circles along `uses`, `holds` and `bounds`, one diagnostic for each circle found. The walk keeps its
 * own stack, so a chain of any length costs no call depth, and each edge is looked at once.
 */
export function findCycles(edges: readonly Edge[], byAddress: ReadonlyMap<Address, ResolvedResource>): Diagnostic[] {
  const next = new Map<Address, Address[]>();
  for (const edge of edges) {
    if (edge.reach === "talks-to" || edge.reach === "calls") continue;
    const list = next.get(edge.from);
    if (list) list.push(edge.to);
    else next.set(edge.from, [edge.to]);
  }
  const done = new Set<Address>();
  return [...next.keys()].flatMap((start) => (done.has(start) ? [] : circlesFrom(start, next, done, byAddress)));
}

function circlesFrom(
  start: Address,
  next: ReadonlyMap<Address, readonly Address[]>,
  done: Set<Address>,
  byAddress: ReadonlyMap<Address, ResolvedResource>,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const path: { readonly address: Address; index: number }[] = [{ address: start, index: 0 }];
  const onPath = new Map<Address, number>([[start, 0]]);
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const target = next.get(top.address)?.[top.index++];
    if (target === undefined) {
      done.add(top.address);
      onPath.delete(top.address);
      path.pop();
    } else if (onPath.has(target)) {
      found.push(circle([...path.slice(onPath.get(target)).map((step) => step.address), target], byAddress));
    } else if (!done.has(target)) {
      onPath.set(target, path.length);
      path.push({ address: target, index: 0 });
    }
  }
  return found;
}

function circle(addresses: readonly Address[], byAddress: ReadonlyMap<Address, ResolvedResource>): Diagnostic {
  const layer: Layer | undefined = byAddress.get(addresses[0] ?? "Kind/name")?.layers[0];
  return problem("REF_CYCLE", {
    detail: `These resources refer to each other in a circle: ${addresses.join(" -> ")}.`,
    remedy: "Remove one of these references.",
    ...(layer ? { origin: { file: layer.file, document: layer.document, pointer: "/metadata/name", part: "value" } as const } : {}),
    context: { circle: addresses.join(" -> ") },
  });
}
