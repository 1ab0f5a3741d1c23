import type { Address } from "../../core/index.ts";
import { ancestorBits, BITS_IN_CHUNK, bitsOf } from "./ancestors.ts";
import type { Closure } from "./closure.ts";
import { condensedAbove } from "./condensed.ts";
import { addressAt } from "./graph.ts";
import { kindOf } from "./steps.ts";

/** The channels that lead to somebody, by address, in effect. One walk for all. */
export function channelsLeadingTo(closure: Closure): (address: Address) => readonly Address[] {
  const { graph, components } = closure;
  const channels = [...graph.nodes.keys()].filter(
    (node) => kindOf(addressAt(graph, node)) === "Channel" && !addressAt(graph, node).endsWith("/*"),
  );
  const all = condensedAbove(closure, graph.nodes.keys());
  const chunks = Array.from({ length: Math.ceil(channels.length / BITS_IN_CHUNK) }, (_, i) => {
    const columns = channels.slice(i * BITS_IN_CHUNK, (i + 1) * BITS_IN_CHUNK);
    const rows = ancestorBits(
      all,
      columns.map((node) => components.of[node] ?? -1),
    );
    return { columns, rows };
  });
  return (address) => {
    const node = graph.index.get(address);
    if (node === undefined) return [];
    const component = components.of[node] ?? -1;
    return chunks.flatMap(({ columns, rows }) => [...bitsOf(rows(component))].map((bit) => addressAt(graph, columns[bit] ?? 0)));
  };
}
