import { describe, expect, test } from "vitest";
import type { Json, SchemaNode } from "../../core/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { listLengthMisfit, misfit, nodeAt } from "./fits.ts";

describe("every example of every kind fits its schema", () => {
  test.each([...KINDS.byName.values()].map((model) => [model.kind, model] as const))("%s", (_, { schema }) => {
    for (const example of schema.examples ?? []) expect(misfit(schema, example)).toBeUndefined();
  });
});

/** The same question to the validators that judge manifests: this must never be laxer than they are. */
describe("what does not fit, the validators refuse too, and the other way round", () => {
  const agent = (spec: Json): Json => ({ apiVersion: "moltbot.dev/v1alpha1", kind: "Agent", metadata: { name: "a" }, spec });
  const model = { provider: "p", name: "m" };
  const specs: readonly (readonly [string, Json])[] = [
    ["fits", { model }],
    ["a number where text is due", { model: { provider: "p", name: 5 } }],
    ["a word that is not in the list", { model: { ...model, thinking: "very" } }],
    ["too long", { model, description: "x".repeat(1025) }],
    ["long, but counted in characters", { model, description: "😀".repeat(1024) }],
    ["too short", { model, identity: { displayName: "" } }],
    ["not of the form", { model: { provider: "P", name: "m" } }],
    ["too small", { model: { ...model, temperature: -1 } }],
    ["too big", { model: { ...model, temperature: 3 } }],
    ["half", { model: { ...model, maxTokens: 1.5 } }],
    ["something is missing", { model: { provider: "p" } }],
    ["an unknown field", { model, colour: "red" }],
    ["an unknown field below", { model: { ...model, colour: "red" } }],
    ["too many entries", { model, fallbacks: Array.from({ length: 17 }, () => model) }],
    ["too few entries", { model, capabilities: [{ tool: "time", permissions: [] }] }],
    ["text or mapping", { model, prompt: { file: "a.md" } }],
    ["neither text nor mapping", { model, prompt: ["a"] }],
    ["a mapping that lacks its field", { model, prompt: {} }],
  ];
  test.each(specs)("%s", (_, spec) => {
    const kind = KINDS.byName.get("Agent");
    expect(misfit(kind?.schema, agent(spec)) === undefined).toBe(kind?.validate(agent(spec)).length === 0);
  });
});

test("a list may be full before its entries are looked at", () => {
  const list: SchemaNode = { type: "array", minItems: 1, maxItems: 2 };
  expect([0, 1, 2, 3].map((length) => listLengthMisfit(list, length) !== undefined)).toEqual([true, false, false, true]);
  expect(listLengthMisfit({ type: "object" }, 1)).toBe("it is no object");
  expect(listLengthMisfit(undefined, 1)).toBe("there is no such field");
});

describe("places", () => {
  const schema = (kind: string): SchemaNode => KINDS.byName.get(kind)?.schema ?? {};
  test.each([
    ["Agent", ["spec", "model", "name"], true],
    ["Agent", ["spec", "model", "colour"], false],
    ["Agent", ["spec", "fallbacks", 0, "name"], true],
    ["Skill", ["spec", "env", "A_KEY"], true],
    ["Skill", ["spec", "env", "A KEY"], false],
    ["Skill", ["spec", "config", "__proto__"], false],
    ["Channel", ["spec", "actions", "reactions"], true],
    ["Channel", ["spec", "actions", "constructor"], true],
  ] as const)("%s %j: %s", (kind, path, isThere) => expect(nodeAt(schema(kind), path) !== undefined).toBe(isThere));

  test("nothing fits where there is no place, and the answer never holds the value", () => {
    expect(misfit(undefined, "canary")).toBe("there is no such field");
    for (const node of [{ type: "number" }, { enum: ["a"] }, { pattern: "^b$" }, { maxLength: 2 }, { const: "b" }])
      expect(misfit(node, "canary")).not.toContain("canary");
  });

  test.each([
    ["invisible characters in an identifier", { type: "string", pattern: "." }, "a\u200bb", false],
    ["direction marks in a short text", { type: "string", maxLength: 100 }, "a\u202eb", false],
    ["an emoji with its selector in a short text", { type: "string", maxLength: 100 }, "🛎️", true],
    ["anything in prose", { type: "string", maxLength: 5000 }, "a\u202eb\n", true],
    ["an address", { type: "string", format: "uri" }, "https://x.example", true],
    ["no address", { type: "string", format: "uri" }, "x y", false],
    ["no value where one word is due", { const: 1 }, 2, false],
    ["a key that may not stand there", { propertyNames: { type: "string", pattern: "^a$" } }, { b: 1 }, false],
    ["more entries than allowed", { type: "object", maxProperties: 1 }, { a: 1, b: 2 }, false],
    ["anything", {}, [{ a: null }], true],
  ] as const)("%s", (_, node, value, isFit) => expect(misfit(node as SchemaNode, value) === undefined).toBe(isFit));
});
