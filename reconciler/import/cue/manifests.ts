import { fail, isArray, isObject, ok, pointerOf, problem, shown, type Json, type JsonObject, type Result } from "../../../core/index.ts";

/**
 * The manifests in what CUE evaluated to: one manifest, a list of them, or mappings that hold them at any
 * depth. What is no manifest and holds none is an error: it would be dropped in silence.
 */
export function manifestsIn(value: Json): Result<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  const strays: string[] = [];
  visit(value, [], found, strays);
  if (strays.length > 0) {
    const places = strays.slice(0, MAX_SHOWN).map((pointer) => shown(pointer === "" ? "/" : pointer));
    const more = strays.length > MAX_SHOWN ? ` and ${strays.length - MAX_SHOWN} more` : "";
    return fail(
      problem("IMPORT_NOT_CONFIGURATION", {
        detail: `CUE gives values that belong to no manifest, at ${places.join(", ")}${more}.`,
        remedy: "Hide helpers from the result: a name with a leading `_` or `#` is not exported.",
      }),
    );
  }
  if (found.length === 0)
    return fail(problem("IMPORT_NOT_CONFIGURATION", { detail: "CUE gives no manifest: nothing has apiVersion and kind." }));
  return ok(found);
}

const MAX_SHOWN = 5;

function visit(value: Json, path: readonly (string | number)[], found: JsonObject[], strays: string[]): void {
  if (isArray(value)) for (const [i, item] of value.entries()) visit(item, [...path, i], found, strays);
  else if (!isObject(value)) strays.push(pointerOf(path));
  else if (Object.hasOwn(value, "apiVersion") && Object.hasOwn(value, "kind")) found.push(value);
  else for (const [key, item] of Object.entries(value)) visit(item, [...path, key], found, strays);
}
