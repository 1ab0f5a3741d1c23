import type { Digest, JsonObject } from "../../core/index.ts";
import { HEADER } from "./header.ts";
import { formatFiles, kindFiles } from "./schemas.ts";

/**
 * The schemas as compact texts: parsed when a kind is first used, because most commands need few of
 * them and parsing text is faster than running the same as code.
 */
export function modelsModule(files: ReadonlyMap<string, JsonObject>, digest: Digest): string {
  const texts = [...files].map(([file, schema]) => `  ${JSON.stringify(file)}: ${JSON.stringify(JSON.stringify(schema))},`);
  const kinds = kindFiles(files).map(
    ({ kind, file, apiVersion }) =>
      `  { kind: ${JSON.stringify(kind)}, apiVersion: ${JSON.stringify(apiVersion)}, file: ${JSON.stringify(file)} },`,
  );
  const formats = formatFiles(files).map((file) => `  ${JSON.stringify(file)},`);
  return [
    HEADER,
    "",
    "/** Every schema file as compact JSON. */",
    "export const SCHEMA_TEXTS = {",
    ...texts,
    "} as const satisfies Readonly<Record<string, string>>;",
    "",
    "/** The kinds and the files that describe them. */",
    "export const KIND_FILES = [",
    ...kinds,
    "] as const;",
    "",
    "/** The files that describe formats we write. */",
    "export const FORMAT_FILES: readonly (keyof typeof SCHEMA_TEXTS)[] = [",
    ...formats,
    "];",
    "",
    "/** Covers the schema of every kind: an input of every plan. */",
    `export const SCHEMAS_DIGEST = ${JSON.stringify(digest)} as const;`,
    "",
  ].join("\n");
}
