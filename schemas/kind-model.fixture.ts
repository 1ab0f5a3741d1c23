import { ajvFor } from "../scripts/generate/ajv.ts";
import { COMMON, readSchemaFiles } from "../scripts/generate/schemas.ts";
import { digestJson, type JsonObject, type KindModel, type Kinds } from "../core/index.ts";
import { schemaErrors, type RawValidator } from "./errors.ts";
import { inlineRefs } from "./inline.ts";

/**
 * A kind from its JSON Schema alone, compiled on the spot. For tests: it may refer to common.schema.json
 * (`{$ref: "common.schema.json#/$defs/metadata"}`), as the schemas in this folder do.
 */
export function kindModelFromSchema(schema: JsonObject): KindModel {
  const file = "made-up.schema.json";
  const common = readSchemaFiles().get(COMMON);
  if (!common) throw new Error(`${COMMON} is missing`);
  const id = `https://moltbot.dev/schemas/${file}`;
  const whole: JsonObject = { ...schema, $id: id };
  const properties = schema["properties"] as Record<string, JsonObject>;
  const validate = ajvFor([common, whole]).getSchema(id) as unknown as RawValidator;
  return {
    kind: properties["kind"]?.["const"] as string,
    apiVersion: properties["apiVersion"]?.["const"] as string,
    schema: inlineRefs(
      file,
      new Map([
        [COMMON, common],
        [file, whole],
      ]),
    ),
    validate: (document) => schemaErrors(validate, document),
  };
}

/** The given kinds and one more. */
export function withKind(kinds: Kinds, model: KindModel): Kinds {
  const byName = new Map([...kinds.byName, [model.kind, model]]);
  return { byName, digest: digestJson([kinds.digest, model.schema as JsonObject]) };
}
