import type { Json, SchemaError } from "../core/index.ts";
import { schemaErrors, type RawValidator } from "./errors.ts";

/** The formats we write, by the titles of their schemas. */
export type WrittenFormat =
  | "Backup"
  | "Diagnostics"
  | "ImportReport"
  | "LedgerRecord"
  | "Plan"
  | "PluginManifest"
  | "PluginTests"
  | "Proof";

/** Every violation of a written format's schema; empty when the document conforms. Loads the validators when first asked. */
export async function formatErrors(format: WrittenFormat, document: Json): Promise<readonly SchemaError[]> {
  const validators = (await import("./generated/format-validators.ts")) as unknown as Readonly<Record<WrittenFormat, RawValidator>>;
  return schemaErrors(validators[format], document);
}
