import type { Json, JsonObject } from "./json.ts";

/**
 * One change of a document. Every place is named as it is before the step, so the order of a step's edits
 * does not matter. `add` names a field that is not there, in a mapping that is.
 */
export type ManifestEdit =
  | { readonly op: "set"; readonly pointer: string; readonly value: string | number | boolean }
  | { readonly op: "rename"; readonly pointer: string; readonly to: string }
  | { readonly op: "add"; readonly pointer: string; readonly value: Json }
  | { readonly op: "remove"; readonly pointer: string };

/** One step from an apiVersion to the next. */
export interface ManifestMigration {
  readonly from: string;
  readonly to: string;
  /**
   * By kind of the older version: what changes in a document besides its apiVersion. A kind that is not
   * listed has the same fields in both. The document is as its author wrote it, checked by no schema.
   */
  readonly kinds: Readonly<Record<string, (document: JsonObject) => readonly ManifestEdit[]>>;
}
