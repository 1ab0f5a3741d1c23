import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../core/index.ts";
import { FORMATS } from "./formats.ts";
import { cueDefinitions } from "./cue.ts";
import { cueOf, kindList, KINDS, modeline, schemaFilesText, schemaNames, schemaOf } from "./index.ts";

/** A validator with nothing else at hand: a schema that needs another file fails to compile. */
function alone(schema: JsonObject): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, formats: FORMATS });
  return ajv.compile(schema);
}

test("the list names every kind with what it declares", () => {
  expect(kindList().map(({ kind }) => kind)).toEqual([...KINDS.byName.keys()]);
  expect(kindList().every(({ description }) => description.length > 20)).toBe(true);
  expect(schemaNames()).toEqual([
    ...KINDS.byName.keys(),
    "Backup",
    "Diagnostics",
    "ImportReport",
    "LedgerRecord",
    "Plan",
    "PluginManifest",
    "PluginTests",
    "Proof",
  ]);
});

describe.each(schemaNames())("schemaOf(%s)", (name) => {
  test("is complete in itself and takes its examples", () => {
    const schema = schemaOf(name);
    const validate = alone(schema as JsonObject);
    const examples = schema?.["examples"] as readonly JsonObject[];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(validate(example)).toBe(true);
      const { [Object.keys(example)[0] as string]: _first, ...rest } = example;
      expect(validate(rest)).toBe(false);
    }
  });
});

test("schemaOf of a name nobody knows", () => {
  expect(schemaOf("Gadget")).toBeUndefined();
  expect(cueOf("Gadget")).toBeUndefined();
});

describe("schemaFilesText", () => {
  const files = schemaFilesText();

  test("has a file for each schema and one for all kinds, sorted", () => {
    expect([...files.keys()]).toEqual([...files.keys()].sort());
    expect(files.size).toBe(schemaNames().length + 1);
    for (const text of files.values()) alone(JSON.parse(text) as JsonObject);
  });

  test("manifest.schema.json judges by kind", () => {
    const validate = alone(JSON.parse(files.get("manifest.schema.json") ?? "") as JsonObject);
    for (const model of KINDS.byName.values()) {
      const example = model.schema.examples?.[0] as JsonObject;
      expect(validate(example)).toBe(true);
      expect(validate({ ...example, spec: { modle: 1 } })).toBe(false);
    }
    expect(validate({ apiVersion: "moltbot.dev/v1alpha1", kind: "Gadget", metadata: { name: "a" }, spec: {} })).toBe(false);
  });
});

test.each([
  [".schemas", "Agent", "# yaml-language-server: $schema=.schemas/agent.schema.json"],
  ["../.schemas/", "McpServer", "# yaml-language-server: $schema=../.schemas/mcp-server.schema.json"],
  ["../.schemas", undefined, "# yaml-language-server: $schema=../.schemas/manifest.schema.json"],
  ["../.schemas", "Gadget", "# yaml-language-server: $schema=../.schemas/manifest.schema.json"],
])("modeline(%s, %s)", (folder, kind, line) => {
  expect(modeline(folder, kind)).toBe(line);
});

describe("CUE definitions", () => {
  test("say what a schema says", () => {
    const schema: JsonObject = {
      title: "Gadget",
      description: "A thing.",
      type: "object",
      additionalProperties: false,
      required: ["name"],
      properties: {
        name: { type: "string", minLength: 1, maxLength: 9, pattern: "^[a-z\\d]+$" },
        size: { description: "How big.", type: "integer", minimum: 1, maximum: 3, default: 2 },
        form: { enum: ["round", "square"] },
        parts: { type: "array", minItems: 1, maxItems: 4, uniqueItems: true, items: { type: "string" } },
        text: { type: ["string", "object"], maxLength: 5, additionalProperties: false, properties: { file: { $ref: "#/$defs/path" } } },
        own: { $ref: "#/$defs/part" },
        "x/y": { type: "object", minProperties: 1, propertyNames: { pattern: "^a" }, additionalProperties: { type: "number" } },
        around: { type: "string", pattern: "^(?!b)a$" },
        any: { description: "Anything." },
      },
      $defs: { path: { type: "string" }, part: { title: "Part", type: "boolean" } },
    };
    expect(cueDefinitions(["gadget.schema.json"], new Map([["gadget.schema.json", schema]])))
      .toBe(`// Definitions for moltbot manifests. Made by: moltbot schema --format cue
package moltbot

import (
	"list"
	"strings"
	"struct"
)

// A thing.
#Gadget: {
	name: string & =~#"^[a-z\\d]+$"# & strings.MinRunes(1) & strings.MaxRunes(9)
	// How big.
	// Default: 2.
	size?: int & >=1 & <=3
	form?: "round" | "square"
	parts?: [string, ...string] & list.MaxItems(4) & list.UniqueItems()
	text?: (string & strings.MaxRunes(5)) | {
		file?: string
	}
	own?: #Part
	"x/y"?: {
		[=~#"^a"#]: number
	} & struct.MinFields(1)
	around?: string
	// Anything.
	any?: _
}

#Part: bool
`);
  });

  test("define every kind once, each definition that is named among them", () => {
    const text = cueOf() ?? "";
    const defined = [...text.matchAll(/^#(\w+):/gm)].map(([, name]) => name);
    expect(defined).toEqual([...new Set(defined)]);
    for (const kind of KINDS.byName.keys()) expect(defined).toContain(kind);
    for (const [, name] of text.matchAll(/#([A-Z]\w+)/g)) expect(defined).toContain(name);
  });

  test("one kind has only what it needs", () => {
    const text = cueOf("Skill") ?? "";
    expect(text).toContain("#Skill: {");
    expect(text).not.toContain("#Agent");
  });
});
