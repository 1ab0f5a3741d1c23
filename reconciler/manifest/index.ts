/**
 * reconciler/manifest: files to documents with positions, and documents to resources that conform to
 * their kind's schema. Pure: bytes and values in, values and diagnostics out.
 *
 * - `parseFile` reads one file into documents; nothing ambiguous, aliased, tagged or rounded gets through.
 * - `validateDocument` checks envelope and schema of one document, whole or (for overlays) partial.
 * - `placeOf` says where one origin stands.
 * - `locate` turns the origins of diagnostics into file, line, column and excerpt.
 * - `editManifest` changes values where they stand.
 * - `migrateManifest` brings a file of an older version to the present one.
 * - `writeManifest` and `formatManifest` make text, and prove that it reads back as what was meant.
 */
export { locate, placeOf } from "./locate.ts";
export { editManifest, migrateManifest, type MigratedDocument, type MigratedManifest } from "./migrate.ts";
export { parseFile } from "./parse-file.ts";
export { validateDocument } from "./validate-document.ts";
export { formatManifest, writeManifest } from "./write.ts";
export type { ParsedDocument, ParsedFile, ValidatedDocument, ValidateOptions, WrittenResource } from "./types.ts";
