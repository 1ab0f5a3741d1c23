/**
 * schemas: the one source of what a document may say. A JSON Schema per kind and per written format;
 * types, validators and reference pages are generated from them (`npm run generate`).
 *
 * Offers the kinds in force with their models, the TypeScript types of every kind (as written, and as
 * resolved after defaults), and the schema texts.
 */
export { KINDS } from "./kinds.ts";
export { SCHEMA_TEXTS } from "./generated/models.ts";
export type * from "./generated/types.ts";
/** The same types after defaults: every field with a default is there. */
export type * as Resolved from "./generated/resolved.ts";
