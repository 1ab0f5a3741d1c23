import { isArray, isObject, segmentsOf, type Json } from "../json.ts";
import type { Resource } from "../schema.ts";
import type { Edit } from "./types.ts";

/** A recorded resource with the edits made on it outside git, in the order they were made. */
export function edited(resource: Resource, edits: readonly Edit[]): Resource {
  let value = resource as unknown as Json;
  for (const { patch } of edits) {
    for (const step of patch) value = put(value, segmentsOf(step.pointer), "value" in step ? step.value : undefined);
  }
  return value as unknown as Resource;
}

/** A copy with one place set, or removed where `to` is undefined. A place that does not exist is made. */
function put(value: Json, at: readonly string[], to: Json | undefined): Json {
  const [key, ...rest] = at;
  if (key === undefined) return to ?? null;
  if (isArray(value)) {
    const index = key === "-" ? value.length : Number(key);
    const item = rest.length > 0 ? put(value[index] ?? {}, rest, to) : to;
    if (item === undefined) return value.filter((_, i) => i !== index);
    return index < value.length ? value.with(index, item) : [...value, item];
  }
  const { [key]: child, ...others } = isObject(value) ? value : {};
  const item = rest.length > 0 ? put(child ?? {}, rest, to) : to;
  return item === undefined ? others : { ...others, [key]: item };
}
