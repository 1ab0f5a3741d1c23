import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, type Json, type JsonObject, type SchemaError, type SchemaNode } from "../core/index.ts";
import { ajvFor } from "../scripts/generate/ajv.ts";
import { schemaErrors, type RawValidator } from "./errors.ts";
import { KINDS } from "./index.ts";

/** Documents near the schema: mostly what it asks for, with something wrong here and there. */
function near(node: SchemaNode | undefined, depth: number): fc.Arbitrary<Json> {
  const anything = fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<Json>;
  if (!node || depth > 8) return anything;
  return fc.oneof({ weight: 12, arbitrary: fitting(node, depth) }, { weight: 1, arbitrary: anything });
}

function fitting(node: SchemaNode, depth: number): fc.Arbitrary<Json> {
  const given = [...(node.enum ?? []), ...(node.examples ?? []), ...(node.const === undefined ? [] : [node.const])];
  const types = [node.type ?? []].flat();
  const made = types.map((type) => ofType(type, node, depth));
  const choices = given.length > 0 ? [fc.constantFrom(...given), ...made] : made;
  return choices.length > 0 ? fc.oneof(...choices) : (fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>);
}

function ofType(type: string, node: SchemaNode, depth: number): fc.Arbitrary<Json> {
  if (type === "string")
    return fc.oneof(fc.constantFrom(...TEXTS), fc.string({ maxLength: 8 }), fc.constant("x".repeat((node.maxLength ?? 8) % 5000)));
  if (type === "integer") return fc.oneof(fc.integer(), fc.constantFrom(0, 1, node.minimum ?? 1, (node.maximum ?? 1) + 1));
  if (type === "number") return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 1));
  if (type === "boolean") return fc.boolean();
  if (type === "null") return fc.constant(null);
  if (type === "array") return fc.array(near(node.items, depth + 1), { maxLength: 3 });
  return anObject(node, depth);
}

function anObject(node: SchemaNode, depth: number): fc.Arbitrary<Json> {
  const known = fc.record(
    Object.fromEntries(Object.entries(node.properties ?? {}).map(([name, child]) => [name, near(child, depth + 1)])),
    { requiredKeys: (node.required ?? []).filter((name) => Object.hasOwn(node.properties ?? {}, name)) },
  );
  const others = typeof node.additionalProperties === "object" ? node.additionalProperties : undefined;
  const extra = fc.dictionary(fc.constantFrom(...TEXTS), near(others, depth + 1), { maxKeys: others ? 2 : 1 });
  const isPlain = others ? 1 : 9;
  return fc.oneof(
    { weight: isPlain, arbitrary: known },
    { weight: 1, arbitrary: fc.tuple(known, extra).map(([a, b]) => ({ ...(b as JsonObject), ...a })) },
  );
}

const TEXTS = [
  "support",
  "a",
  "A B",
  "",
  "http.fetch",
  "30s",
  "1MiB",
  "30/min",
  "2027-01-01T00:00:00Z",
  "2027-02-30T00:00:00Z",
  "https://api.example.com/v1",
  "https://user:pass@a.example",
  "../x",
  "prompts/a.md",
  "\u{1f600}",
  "constructor",
  "moltbot.dev/x",
  "/a/b",
];

function asText(errors: readonly SchemaError[]): string[] {
  return errors.map((error) => canonicalJson(error as unknown as Json)).sort();
}

describe("the generated validators say what ajv says of the model that the engine walks", () => {
  test.each([...KINDS.byName.keys()])("%s", (kind) => {
    const model = KINDS.byName.get(kind);
    if (!model) throw new Error(kind);
    const compiled = ajvFor([]).compile(withoutNotes(model.schema)) as unknown as RawValidator;
    let conforming = 0;
    fc.assert(
      fc.property(near(model.schema, 0), (document) => {
        const errors = model.validate(document);
        if (errors.length === 0) conforming++;
        expect(asText(errors)).toEqual(asText(schemaErrors(compiled, document)));
      }),
      { numRuns: 300 },
    );
    // Its examples are among the documents, so some do conform.
    expect(conforming).toBeGreaterThan(0);
  });
});

function withoutNotes(node: SchemaNode): JsonObject {
  return JSON.parse(JSON.stringify(node), (key: string, value: Json) => (key.startsWith("x-moltbot-") ? undefined : value)) as JsonObject;
}
