import { escapeText } from "../../core/index.ts";
import type { Graph } from "../../reconciler/engine.ts";
import { plainViews, type Views } from "./index.ts";
import { padded, widthOf } from "./layout.ts";
import { fitted, paint, type Look } from "./look.ts";

export const GRAPH_FORMATS = ["text", "mermaid", "dot", "json"] as const;
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

/** JSON, or one of the textual forms. */
export function graphViews(format: GraphFormat): Views<Graph> {
  return {
    ...plainViews((graph) => ({ formatVersion: "1.0", kind: "Graph", ...graph })),
    text: (graph, look) => (format === "mermaid" ? mermaid(graph) : format === "dot" ? dot(graph) : fitted(look, listed(graph, look))),
  };
}

/** Each resource with what it refers to, one a line. */
function listed({ nodes, edges, focus }: Graph, look: Look): string {
  const column = Math.max(0, ...edges.map(({ reach }) => widthOf(reach)));
  const outgoing = Map.groupBy(edges, (edge) => edge.from);
  return nodes
    .map(({ address }) => {
      const lines = (outgoing.get(address) ?? []).map(
        ({ reach, to }) => `  ${paint(look, "dim", padded(reach, column))}  ${escapeText(to)}\n`,
      );
      return `${paint(look, address === focus ? "cyan" : "bold", escapeText(address))}\n${lines.join("")}`;
    })
    .join("");
}

/** For Markdown pages: https://mermaid.js.org. An address holds nothing that would need an escape; quotes are escaped all the same. */
function mermaid({ nodes, edges, focus }: Graph): string {
  const ids = new Map(nodes.map(({ address }, i) => [address, `n${i}`]));
  const label = (text: string): string => `"${escapeText(text).replaceAll('"', "#quot;")}"`;
  return [
    "flowchart LR",
    ...nodes.map(({ address }) => `  ${ids.get(address) ?? ""}[${label(address)}]`),
    ...edges.map(({ from, to, reach }) => `  ${ids.get(from) ?? ""} -->|${reach}| ${ids.get(to) ?? ""}`),
    ...(focus === null ? [] : [`  style ${ids.get(focus) ?? ""} stroke-width:3px`]),
    "",
  ].join("\n");
}

/** For Graphviz: `moltbot graph -o dot | dot -Tsvg`. */
function dot({ nodes, edges, focus, project }: Graph): string {
  const quoted = (text: string): string => `"${escapeText(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  return [
    `digraph ${quoted(project)} {`,
    "  rankdir=LR;",
    "  node [shape=box];",
    ...nodes.map(({ address }) => `  ${quoted(address)}${address === focus ? " [penwidth=3]" : ""};`),
    ...edges.map(({ from, to, reach }) => `  ${quoted(from)} -> ${quoted(to)} [label=${quoted(reach)}];`),
    "}",
    "",
  ].join("\n");
}
