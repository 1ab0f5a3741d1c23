import type { CodeEntry } from "./entry.ts";

/** Reading manifests: bytes to text, text to values, values against their schema. */
export const MANIFEST_CODES = {
  YAML_SYNTAX: {
    outcome: "INVALID",
    summary: "Not well-formed YAML or JSON",
    page: "The text is not YAML 1.2 (or JSON). The position is where the parser could not go on; the mistake is often on the line before: a missing colon, a tab in the indentation, an unclosed quote or bracket.",
  },
  ENCODING: {
    outcome: "INVALID",
    summary: "Not valid UTF-8 text",
    page: "Manifests are UTF-8. A byte sequence that is not UTF-8, a UTF-16 file or an escaped lone surrogate has no single meaning, and replacing it would change what you wrote in silence. Save the file as UTF-8.",
  },
  DUPLICATE_KEY: {
    outcome: "INVALID",
    summary: "Duplicate key",
    page: 'The same key stands twice in one mapping. Many tools let the last one win, so a reviewer reads one value and the machine another. Keys that become equal once they are text (`1` and `"1"`) count as the same key. Keep one of the two.',
  },
  FORBIDDEN_KEY: {
    outcome: "INVALID",
    summary: "Forbidden key",
    page: "`__proto__` is never a legal key: in JavaScript it can change objects that have nothing to do with this file. Rename the key.",
  },
  ALIAS_FORBIDDEN: {
    outcome: "INVALID",
    summary: "Anchors, aliases and merge keys are not allowed",
    page: "Anchors (`&x`), aliases (`*x`) and merge keys (`<<`) make one place of a file change another, and can unfold a small file into gigabytes. Reuse comes from schema defaults and from overlays (`environments.<name>.overlays` in moltbot.yaml).",
  },
  TAG_FORBIDDEN: {
    outcome: "INVALID",
    summary: "YAML tags are not allowed",
    page: "A tag (`!x`, `!!str`) asks the parser to give a value another type. What a field means comes from its schema alone. Remove the tag; quote the value if it must be text.",
  },
  DIRECTIVE_FORBIDDEN: {
    outcome: "INVALID",
    summary: "YAML directives are not allowed",
    page: "`%YAML 1.1` would turn `yes`, `on` and `012` into other types, and `%TAG` renames tags. Manifests are YAML 1.2 core. Remove the directive.",
  },
  NUMBER_INEXACT: {
    outcome: "INVALID",
    summary: "Number cannot be represented exactly",
    page: "The number would be rounded when read (more digits than a double holds, infinity, not-a-number, or minus zero), so the plan would show something you did not write. Quote it if it is an identifier, or write a number that a 64-bit float holds.",
  },
  NUMBER_FORM: {
    outcome: "INVALID",
    summary: "Ambiguous number form",
    page: "YAML versions read this form differently: `010` is ten or eight, `1_000` a number or text, `12:30` text or 750, `0x1F` thirty-one or text. Write plain decimal digits, or quote the value.",
  },
  DEPTH_LIMIT: {
    outcome: "LIMIT",
    summary: "Nested too deeply",
    page: "A document may nest 64 levels deep. No kind needs more than a dozen; deeper nesting is a generated file gone wrong or an attempt to exhaust the stack.",
  },
  FILE_TOO_LARGE: {
    outcome: "LIMIT",
    summary: "File too large",
    page: "A manifest may have 8 MiB, an embedded file 1 MiB. Split the file: several documents and several files mean the same as one.",
  },
  LIST_TOO_LONG: {
    outcome: "LIMIT",
    summary: "Too many items",
    page: "One list or mapping may hold 10,000 entries. Split the resource.",
  },
  TOO_MANY_DOCUMENTS: {
    outcome: "LIMIT",
    summary: "Too many documents in one file",
    page: "One file may hold 10,000 documents. Split the file.",
  },
  NOT_A_RESOURCE: {
    outcome: "INVALID",
    summary: "Not a resource",
    page: "Every `.yaml`, `.yml` and `.json` file below the source folders is a manifest: each document is a mapping with `apiVersion`, `kind`, `metadata` and `spec`. Files that are not manifests belong outside the source folders, or under a folder whose name starts with a dot.",
  },
  API_VERSION: {
    outcome: "INVALID",
    summary: "Unknown apiVersion",
    page: "The document's `apiVersion` is missing, unknown, or newer than this build. This build reads `moltbot.dev/v1alpha1`. A newer moltbot may be needed; `moltbot migrate --manifests` rewrites older manifests.",
  },
  MIGRATION_FAILED: {
    outcome: "INVALID",
    summary: "The manifest could not be brought up to date",
    page: "`moltbot migrate --manifests` could not change the file so that it reads back as what is meant and keeps its comments. No file was changed. Bring this one into the usual form first (`moltbot fmt`), or change it by hand.",
  },
  KIND_UNKNOWN: {
    outcome: "INVALID",
    summary: "Unknown kind",
    page: "No schema of this build describes the kind. `moltbot schema` lists the kinds.",
  },
  FIELD_UNKNOWN: {
    outcome: "INVALID",
    summary: "Unknown field",
    page: "The schema of the kind has no such field here. Unknown fields are refused, because a misspelt one would otherwise be ignored and the plan would lie. `moltbot schema KIND` shows the fields.",
  },
  FIELD_MISSING: {
    outcome: "INVALID",
    summary: "Missing field",
    page: "The schema requires a field that is not there. `moltbot schema KIND` shows what is required.",
  },
  FIELD_TYPE: {
    outcome: "INVALID",
    summary: "Wrong type",
    page: "The value has another type than the schema asks for. A frequent cause is an unquoted value: `1.10` is a number, `no` is text here but a boolean elsewhere, `1e10` is a number. Quote what is meant as text.",
  },
  FIELD_VALUE: {
    outcome: "INVALID",
    summary: "Value not allowed",
    page: "The value has the right type but breaks a rule of its schema: an enumeration, a pattern, a format, a length or a range. The message says which.",
  },
  TEXT_UNSAFE: {
    outcome: "INVALID",
    summary: "Invisible or control character",
    page: "Control characters, direction marks and invisible characters in names and identifiers make two different things look the same in a review. Remove the character shown in the message.",
  },
  SECRET_PLAINTEXT: {
    outcome: "INVALID",
    summary: "Plain text where only a secret reference may stand",
    page: "This field holds a credential, so only a reference may stand here: `{secret: NAME, key: KEY}`. A value in plain text would be in the repository's history for ever, even after it is removed. Write the value with `moltbot secret set`, refer to it, and if it was ever committed, change it where it came from.",
  },
} as const satisfies Record<string, CodeEntry>;
