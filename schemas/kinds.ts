import type { Json, JsonObject, KindModel, Kinds, SchemaNode } from "../core/index.ts";
import { schemaErrors, type RawValidator } from "./errors.ts";
import { KIND_FILES, SCHEMA_TEXTS, SCHEMAS_DIGEST } from "./generated/models.ts";
import { MIGRATIONS } from "./migrations.ts";
import * as validators from "./generated/validators.ts";
import { inlineRefs, type SchemaFiles } from "./inline.ts";

const VALIDATORS = validators as unknown as Readonly<Record<string, RawValidator>>;

let parsed: SchemaFiles | undefined;

/** Every schema file as JSON, parsed once. */
export function schemaFiles(): SchemaFiles {
  parsed ??= new Map(Object.entries(SCHEMA_TEXTS).map(([file, text]) => [file, JSON.parse(text) as JsonObject]));
  return parsed;
}

/** A kind whose schema is put together when it is first asked for; validating alone never needs it. */
function lazyModel(kind: string, apiVersion: string, file: string, validate: RawValidator): KindModel {
  let schema: SchemaNode | undefined;
  return {
    kind,
    apiVersion,
    get schema() {
      schema ??= inlineRefs(file, schemaFiles());
      return schema;
    },
    validate: (document: Json) => schemaErrors(validate, document),
  };
}

function modelOf({ kind, apiVersion, file }: (typeof KIND_FILES)[number]): [string, KindModel] {
  const validate = VALIDATORS[kind];
  if (!validate) throw new Error(`no validator was generated for ${kind}`);
  return [kind, lazyModel(kind, apiVersion, file, validate)];
}

/** The kinds of this build. */
export const KINDS: Kinds = { byName: new Map(KIND_FILES.map(modelOf)), digest: SCHEMAS_DIGEST, migrations: MIGRATIONS };
