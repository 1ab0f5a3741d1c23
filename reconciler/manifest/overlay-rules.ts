import {
  isArray,
  isObject,
  segmentsOf,
  valueAt,
  type Json,
  type JsonObject,
  type KindModel,
  type SchemaError,
  type SchemaNode,
} from "../../core/index.ts";
import { spotAt } from "./spot.ts";
import type { ParsedDocument } from "./types.ts";

/**
 * An overlay holds only what differs: nothing is required but the key of a keyed list's entry, `null`
 * removes, `$remove: true` drops such an entry.
 */
export function isAllowedInOverlay(error: SchemaError, document: ParsedDocument, model: KindModel): boolean {
  const segments = segmentsOf(error.pointer);
  const value = valueAt(document.value, segments);
  const parent = valueAt(document.value, segments.slice(0, -1));
  if (value === null && segments.length > 0 && isObject(parent)) return true;
  const list = keyedListAround(error.pointer, parent, document, model);
  switch (error.keyword) {
    case "required":
      return list === undefined || !isObject(value) || !isMissingKey(error, value, list);
    case "additionalProperties":
      return list !== undefined && error.params["additionalProperty"] === "$remove" && isObject(value) && value["$remove"] === true;
    case "minProperties":
      return true;
    case "minItems":
      return spotAt(document, model, error.pointer).node?.["x-moltbot-key"] !== undefined;
    default:
      return false;
  }
}

/** The keyed list whose entry the pointer names; undefined when it names something else. */
function keyedListAround(pointer: string, parent: Json | undefined, document: ParsedDocument, model: KindModel): SchemaNode | undefined {
  if (!isArray(parent)) return undefined;
  const { node } = spotAt(document, model, pointer.slice(0, pointer.lastIndexOf("/")));
  return node?.["x-moltbot-key"] === undefined ? undefined : node;
}

function isMissingKey(error: SchemaError, entry: JsonObject, list: SchemaNode): boolean {
  const keys = [list["x-moltbot-key"], list["x-moltbot-key-default"]].filter((key) => key !== undefined);
  const missing = error.params["missingProperty"];
  return typeof missing === "string" && keys.includes(missing) && !keys.some((key) => Object.hasOwn(entry, key));
}
