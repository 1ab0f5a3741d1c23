import {
  childNode,
  isArray,
  isObject,
  pointerOf,
  type Json,
  type Kinds,
  type Origin,
  type SchemaNode,
  type Segments,
} from "../../core/index.ts";
import type { Layer, ResolvedResource } from "./types.ts";
import { writtenPath } from "./written-path.ts";

/** The document that says a field, and where in it. */
export interface Said {
  readonly layer: Layer;
  readonly path: readonly (string | number)[];
}

/** The last layer that says a field of a resolved resource; null where only a default does. */
export function saidIn(each: ResolvedResource, at: Segments, kinds: Kinds): Said | null {
  const schema = kinds.byName.get(each.resource.kind)?.schema;
  for (const layer of each.layers.toReversed()) {
    const path = writtenPath(layer.value, each.resource as unknown as Json, schema, at);
    if (path) return { layer, path };
    // What it replaced or removed as a whole, no layer below it says any more.
    if (replaces(layer.value, schema, at)) return null;
  }
  return null;
}

/**
 * Where a field of a resolved resource was written: the last layer that says it. A field that only a
 * default says is reported at the resource's first document.
 */
export function originIn(each: ResolvedResource, at: Segments, part: Origin["part"], kinds: Kinds): Origin {
  const said = saidIn(each, at, kinds);
  if (said) return { file: said.layer.file, document: said.layer.document, pointer: pointerOf(said.path), part };
  const first = each.layers[0];
  return { file: first?.file ?? "", document: first?.document ?? 0, pointer: "", part: "value" };
}

/** Does a layer set something above this place that is not merged: a scalar, `null`, a list without keys? */
function replaces(written: Json, schema: SchemaNode | undefined, at: Segments): boolean {
  let [value, node]: [Json | undefined, SchemaNode | undefined] = [written, schema];
  for (const segment of at) {
    if (value === undefined) return false;
    if (isArray(value)) return node?.["x-moltbot-key"] === undefined;
    if (!isObject(value)) return true;
    value = Object.hasOwn(value, String(segment)) ? value[String(segment)] : undefined;
    node = childNode(node, segment);
  }
  return false;
}
