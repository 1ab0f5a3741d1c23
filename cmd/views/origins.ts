import { escapeText, segmentsOf } from "../../core/index.ts";
import type { FieldOrigin, ResourceOrigins } from "../../reconciler/engine.ts";
import { jsonLine, jsonText, yamlText, type Views } from "./index.ts";

/** Resources with the place of each value: as comments of YAML, or beside the resource in JSON. */
export const originsViews: Views<readonly ResourceOrigins[]> = {
  text: commented,
  yaml: commented,
  json: (all) => jsonText(all.map(record)),
  jsonl: (all) => all.map((each) => jsonLine(record(each))).join(""),
};

function record({ resource, origins }: ResourceOrigins): object {
  return { address: `${resource.kind}/${resource.metadata.name}`, resource, origins: Object.fromEntries(origins) };
}

async function commented(all: readonly ResourceOrigins[]): Promise<string> {
  const documents: string[] = [];
  for (const { resource, origins } of all) {
    documents.push(
      await yamlText(resource, (document) => {
        for (const [pointer, origin] of origins) {
          const node = document.getIn(segmentsOf(pointer), true);
          if (isNode(node)) node.comment = ` ${placeText(origin)}`;
        }
      }),
    );
  }
  return documents.join("---\n");
}

/** `agents/a.yaml:7:15`, `agents/a.yaml:9:5 <- prompts/a.md`, `default`. */
function placeText(origin: FieldOrigin | null): string {
  if (origin === null) return "default";
  const { file, line, column, embeds } = origin;
  return `${escapeText(file)}:${line}:${column}${embeds === null ? "" : ` <- ${escapeText(embeds)}`}`;
}

function isNode(node: unknown): node is { comment: string | null | undefined } {
  return typeof node === "object" && node !== null;
}
