import type { Address } from "../../core/index.ts";
import { ancestorBits, BITS_IN_CHUNK, firstBits } from "./ancestors.ts";
import type { Closure } from "./closure.ts";
import { addressAt } from "./graph.ts";
import { kindOf } from "./steps.ts";

/** The channels that lead to somebody, by address, in effect. One walk for all. */
export function channelsLeadingTo(closure: Closure): (address: Address) => readonly Address[] {
  const { graph } = closure;
  const channels = [...graph.nodes.keys()].filter(
    (node) => kindOf(addressAt(graph, node)) === "Channel" && !addressAt(graph, node).endsWith("/*"),
  );
  const chunks = Array.from({ length: Math.ceil(channels.length / BITS_IN_CHUNK) }, (_, i) => {
    const columns = channels.slice(i * BITS_IN_CHUNK, (i + 1) * BITS_IN_CHUNK);
    return { columns, rows: ancestorBits(closure, columns) };
  });
  return (address) => {
    const node = graph.index.get(address);
    if (node === undefined) return [];
    return chunks.flatMap(({ columns, rows }) =>
      firstBits(rows(node), columns.length).flatMap((bit) => addressAt(graph, columns[bit] ?? 0)),
    );
  };
}
