import { childNode, isArray, isObject, jsonEqual, type Json, type SchemaNode, itemKey, type Segments } from "../../core/index.ts";
import { canonicalForm } from "./canonical.ts";

/**
 * Finds in a written document what stands at a path of the resolved resource: keyed lists are sorted
 * by key when resolved, so an index there is looked up by key here, and one of a set by its item.
 *
 * @returns the segments in the written document, or undefined when it does not say this.
 */
export function writtenPath(written: Json, resolved: Json, node: SchemaNode | undefined, at: Segments): (string | number)[] | undefined {
  const out: (string | number)[] = [];
  let [w, r, n]: [Json | undefined, Json | undefined, SchemaNode | undefined] = [written, resolved, node];
  for (const segment of at) {
    const isIndex = isArray(w);
    if (isArray(w)) {
      const index = writtenIndex(w, r, n, Number(segment));
      out.push(index);
      w = w[index];
      r = isArray(r) ? r[Number(segment)] : undefined;
    } else if (isObject(w)) {
      out.push(segment);
      w = Object.hasOwn(w, String(segment)) ? w[String(segment)] : undefined;
      r = isObject(r) ? r[String(segment)] : undefined;
    } else return undefined;
    if (w === undefined) return undefined;
    n = isIndex ? n?.items : childNode(n, segment);
  }
  return out;
}

function writtenIndex(written: readonly Json[], resolved: Json | undefined, node: SchemaNode | undefined, index: number): number {
  if (node?.["x-moltbot-key"] !== undefined) return indexByKey(written, resolved, node, index);
  if (!node?.["x-moltbot-set"] || !isArray(resolved)) return index;
  const item = resolved[index] ?? null;
  return written.findIndex((each) => jsonEqual(canonicalForm(each, node.items), item));
}

function indexByKey(written: readonly Json[], resolved: Json | undefined, node: SchemaNode, index: number): number {
  const key = isArray(resolved) ? itemKey(resolved[index] ?? null, node) : undefined;
  return key === undefined ? index : written.findIndex((item) => itemKey(item, node) === key);
}
