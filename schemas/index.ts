/**
 * schemas: the one source of what a document may say. A JSON Schema per kind and per written format;
 * types, validators and reference pages are generated from them (`npm run generate`).
 *
 * Offers the kinds in force with their models; the TypeScript types of every kind, as written and as
 * resolved after defaults; what short texts such as `30s` mean; the schemas as texts, for
 * `moltbot schema`; and validators of the formats we write.
 */
export { KINDS } from "./kinds.ts";
export { cueOf, kindList, modeline, schemaFilesText, schemaNames, schemaOf } from "./export.ts";
export { byteCount, durationMs, rateOf } from "./units.ts";
export { formatErrors, type WrittenFormat } from "./written.ts";
export type * from "./generated/types.ts";
/** The same types after defaults: every field with a default is there. */
export type * as Resolved from "./generated/resolved.ts";
export { SDK_TYPES } from "./generated/sdk-types.ts";
