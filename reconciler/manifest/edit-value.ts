import { InternalError, isArray, isObject, segmentsOf, type Json, type JsonObject, type ManifestEdit } from "../../core/index.ts";

type Mutable = Record<string, Json> | Json[];

/** An edit with the place it names taken apart. */
export interface PlacedEdit {
  readonly edit: ManifestEdit;
  readonly parent: readonly string[];
  readonly key: string;
}

/**
 * Edits in an order in which each finds its place although every place is named as it was before the
 * first: what lies deeper first, and in a list the last item first.
 */
export function inOrder(edits: readonly ManifestEdit[]): readonly PlacedEdit[] {
  const placed = edits.map((edit) => {
    const segments = segmentsOf(edit.pointer);
    return { edit, parent: segments.slice(0, -1), key: segments.at(-1) ?? "" };
  });
  return placed.sort((a, b) => b.parent.length - a.parent.length || Number(b.key) - Number(a.key) || 0);
}

/** The value with the edits of one step. @throws InternalError for an edit that does not fit: the migration's own mistake. */
export function editedValue(value: JsonObject, edits: readonly ManifestEdit[]): JsonObject {
  const copy = structuredClone(value) as Record<string, Json>;
  for (const placed of inOrder(edits)) editOne(parentOf(copy, placed), placed);
  return copy;
}

function parentOf(root: Record<string, Json>, { edit, parent }: PlacedEdit): Mutable {
  let at: Json = root;
  for (const segment of parent) at = childOf(at, segment, edit);
  if (!isObject(at) && !isArray(at)) throw misplaced(edit);
  return at as Mutable;
}

function childOf(value: Json, segment: string, edit: ManifestEdit): Json {
  const child = isArray(value) ? value[Number(segment)] : isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
  if (child === undefined) throw misplaced(edit);
  return child;
}

function editOne(parent: Mutable, { edit, key }: PlacedEdit): void {
  const isThere = isArray(parent) ? Number(key) in parent : Object.hasOwn(parent, key);
  if (isThere === (edit.op === "add") || (isArray(parent) && (edit.op === "add" || edit.op === "rename"))) throw misplaced(edit);
  if (edit.op === "set" || edit.op === "add") (parent as Record<string, Json>)[key] = edit.value;
  else if (edit.op === "rename") renameKey(parent as Record<string, Json>, key, edit);
  else if (isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

function renameKey(parent: Record<string, Json>, key: string, edit: ManifestEdit & { readonly op: "rename" }): void {
  if (Object.hasOwn(parent, edit.to)) throw misplaced(edit);
  parent[edit.to] = parent[key] ?? null;
  delete parent[key];
}

export function misplaced(edit: ManifestEdit): InternalError {
  return new InternalError(`a migration of manifests wants to ${edit.op} ${edit.pointer}, which does not fit the document`);
}
