import { pointerOf, type Json, type Kinds, type Origin } from "../../core/index.ts";
import type { ResolvedResource } from "./types.ts";
import { writtenPath, type Segments } from "./walk.ts";

/**
 * Where a field of a resolved resource was written: the last layer that says it. A field that only a
 * default says is reported at the resource's first document.
 */
export function originIn(each: ResolvedResource, at: Segments, part: Origin["part"], kinds: Kinds): Origin {
  const schema = kinds.byName.get(each.resource.kind)?.schema;
  for (const layer of each.layers.toReversed()) {
    const path = writtenPath(layer.value, each.resource as unknown as Json, schema, at);
    if (path) return { file: layer.file, document: layer.document, pointer: pointerOf(path), part };
  }
  const first = each.layers[0];
  return { file: first?.file ?? "", document: first?.document ?? 0, pointer: "", part: "value" };
}
