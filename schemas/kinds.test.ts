import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../core/index.ts";
import { KINDS } from "./index.ts";
import { kindModelFromSchema, withKind } from "./kind-model.fixture.ts";

describe("every kind", () => {
  for (const [kind, model] of KINDS.byName) {
    test(`${kind}: its examples conform`, () => {
      expect(model.schema.examples?.length).toBeGreaterThan(0);
      for (const example of model.schema.examples ?? []) expect(model.validate(example)).toEqual([]);
    });
    test(`${kind}: refuses what is not a document`, () => {
      for (const wrong of [null, 1, "x", [], {}] as Json[]) expect(model.validate(wrong)).not.toEqual([]);
    });
  }
});

test("a made-up kind comes from its schema alone", () => {
  const model = kindModelFromSchema({
    type: "object",
    additionalProperties: false,
    required: ["apiVersion", "kind", "metadata", "spec"],
    properties: {
      apiVersion: { const: "moltbot.dev/v1alpha1" },
      kind: { const: "Gadget" },
      metadata: { $ref: "common.schema.json#/$defs/metadata" },
      spec: {
        type: "object",
        additionalProperties: false,
        properties: {
          agent: { $ref: "common.schema.json#/$defs/name", "x-moltbot-ref": { kind: "Agent", reach: "uses" } },
          size: { type: "integer", default: 3 },
        },
      },
    },
  });
  const kinds = withKind(KINDS, model);
  expect(kinds.digest).not.toBe(KINDS.digest);
  const document: JsonObject = { apiVersion: "moltbot.dev/v1alpha1", kind: "Gadget", metadata: { name: "g" }, spec: { agent: "a" } };
  expect(kinds.byName.get("Gadget")?.validate(document)).toEqual([]);
  expect(model.schema.properties?.["spec"]?.properties?.["agent"]).toMatchObject({ maxLength: 63, "x-moltbot-ref": { kind: "Agent" } });
  expect(model.validate({ ...document, spec: { agent: "A b", sise: 1 } })).toMatchObject([
    { pointer: "/spec", keyword: "additionalProperties", params: { additionalProperty: "sise" } },
    { pointer: "/spec/agent", keyword: "pattern" },
  ]);
});
