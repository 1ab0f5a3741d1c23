import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { isObject, type Json, type JsonObject, type SchemaNode } from "../core/index.ts";
import { formatFiles, kindFiles, readSchemaFiles } from "../scripts/generate/schemas.ts";
import { FORMATS } from "./formats.ts";
import { inlineRefs } from "./inline.ts";

const files = readSchemaFiles();
const kinds = kindFiles(files);
const kindNames = new Set(kinds.map(({ kind }) => kind));

/** The closed subset (core/schema.ts), by where it may stand. */
const KEYWORDS = new Set(
  (
    "$schema $id $defs $ref type title description default examples enum const pattern format minLength " +
    "maxLength minimum maximum minItems maxItems uniqueItems minProperties maxProperties " +
    "properties required additionalProperties propertyNames items"
  ).split(" "),
);
const ANNOTATIONS: Readonly<Record<string, (value: Json, node: SchemaNode) => boolean>> = {
  "x-moltbot-ref": (value) =>
    isObject(value) &&
    kindNames.has(value["kind"] as string) &&
    ["talks-to", "calls", "uses", "holds", "bounds"].includes(value["reach"] as string),
  "x-moltbot-secret": (value, node) => value === true && node.properties?.["secret"]?.["x-moltbot-ref"]?.kind === "Secret",
  "x-moltbot-key": (value, node) =>
    node.type === "array" &&
    node.items?.properties?.[value as string]?.type === "string" &&
    (node["x-moltbot-key-default"] !== undefined || (node.items.required?.includes(value as string) ?? false)),
  "x-moltbot-key-default": (value, node) =>
    node["x-moltbot-key"] !== undefined && (node.items?.required?.includes(value as string) ?? false),
  "x-moltbot-file": (value, node) => value === true && (node.properties?.["file"]?.format === "path" || node.format === "path"),
  "x-moltbot-reload": (value) => ["hot", "restart", "session"].includes(value as string),
  "x-moltbot-immutable": (value) => value === true,
  "x-moltbot-trust": (value) => value === true,
  "x-moltbot-envelope": (value) => value === true,
  "x-moltbot-max-bytes": (value, node) => typeof value === "number" && node["x-moltbot-file"] === true && node.format === "path",
  "x-moltbot-form": (value, node) =>
    node.type === "string" && ["duration", "size", "instant", "url", "host", "pattern"].includes(value as string),
  "x-moltbot-set": (value, node) => value === true && typesOf(node).includes("array") && node["x-moltbot-key"] === undefined,
  "x-moltbot-empty": (value) => ["absent", "distinct"].includes(value as string),
};

interface Visited {
  readonly at: string;
  readonly node: SchemaNode;
}

/** Every node of a schema: what stands at a place of a document, and what keys must be. */
function nodesOf(root: SchemaNode): Visited[] {
  const out: Visited[] = [];
  const visit = (node: SchemaNode, at: string): void => {
    out.push({ at, node });
    for (const [name, child] of Object.entries(node.properties ?? {})) visit(child, `${at}.${name}`);
    if (isObject(node.additionalProperties)) visit(node.additionalProperties, `${at}.*`);
    if (node.items) visit(node.items, `${at}[]`);
    if (node.propertyNames) visit(node.propertyNames, `${at}<key>`);
  };
  visit(root, "");
  return out;
}

function complaints(nodes: readonly Visited[], complain: (node: SchemaNode, at: string) => boolean): string[] {
  return nodes.filter(({ node, at }) => complain(node, at)).map(({ at }) => at);
}

const typesOf = (node: SchemaNode): readonly string[] => [node.type ?? []].flat();
const isClosedText = (node: SchemaNode): boolean => node.enum !== undefined || node.const !== undefined;

test.each([...files.keys()])("%s is JSON Schema 2020-12", (file) => {
  const ajv = new Ajv2020({ strict: false });
  expect(ajv.validateSchema(files.get(file) as JsonObject, true)).toBe(true);
  expect(files.get(file)).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `https://moltbot.dev/schemas/${file}`,
  });
});

test("every definition is used, every title stands once", () => {
  const text = [...files.values()].map((schema) => JSON.stringify(schema)).join("\n");
  const titles: string[] = [];
  for (const [file, schema] of files) {
    for (const [name, def] of Object.entries((schema["$defs"] ?? {}) as Record<string, JsonObject>)) {
      expect(text, `${file}#${name}`).toMatch(new RegExp(`"(${file.replaceAll(".", "\\.")})?#/\\$defs/${name}"`));
      if (typeof def["title"] === "string") titles.push(def["title"]);
    }
  }
  expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
});

describe.each([...kinds.map(({ file }) => file), ...formatFiles(files)])("%s", (file) => {
  const nodes = nodesOf(inlineRefs(file, files));

  test("keeps to the closed subset", () => {
    const foreign = (node: SchemaNode): boolean => Object.keys(node).some((key) => !KEYWORDS.has(key) && !Object.hasOwn(ANNOTATIONS, key));
    expect(complaints(nodes, foreign)).toEqual([]);
  });

  test("says of every object which fields it has", () => {
    const isOpen = (node: SchemaNode): boolean =>
      typesOf(node).includes("object") && node.additionalProperties !== false && !isObject(node.additionalProperties);
    expect(complaints(nodes, isOpen)).toEqual([]);
    const unknown = (node: SchemaNode): boolean => (node.required ?? []).some((name) => !Object.hasOwn(node.properties ?? {}, name));
    expect(complaints(nodes, unknown)).toEqual([]);
  });

  test("lists without repetitions are lists of texts", () => {
    expect(complaints(nodes, (node) => node.uniqueItems === true && node.items?.type !== "string")).toEqual([]);
  });

  test("describes every field", () => {
    const isBare = (node: SchemaNode, at: string): boolean => !at.endsWith("<key>") && (node.description ?? "").length < 4;
    expect(complaints(nodes, isBare)).toEqual([]);
  });

  test("uses known formats", () => {
    expect(complaints(nodes, (node) => node.format !== undefined && !Object.hasOwn(FORMATS, node.format))).toEqual([]);
  });

  test("has annotations that mean something", () => {
    for (const [name, isRight] of Object.entries(ANNOTATIONS)) {
      const isWrong = (node: SchemaNode): boolean => {
        const value = (node as unknown as JsonObject)[name];
        return value !== undefined && !isRight(value, node);
      };
      expect(complaints(nodes, isWrong), name).toEqual([]);
    }
  });

  test("its defaults and examples conform to their own field", () => {
    const ajv = new Ajv2020({ strict: false, formats: FORMATS });
    const isWrong = (node: SchemaNode): boolean => {
      const samples = [...(node.default === undefined ? [] : [node.default]), ...(node.examples ?? [])];
      return samples.length > 0 && !samples.every((sample) => ajv.validate(node as unknown as JsonObject, sample));
    };
    expect(complaints(nodes, isWrong)).toEqual([]);
  });
});

describe.each(kinds.map(({ file }) => file))("%s", (file) => {
  const nodes = nodesOf(inlineRefs(file, files));

  test("limits every text, list, map and number", () => {
    const isUnlimited = (node: SchemaNode): boolean => {
      const types = typesOf(node);
      if (types.includes("string") && !isClosedText(node) && node.maxLength === undefined) return true;
      if (types.includes("array") && node.maxItems === undefined) return true;
      if (types.includes("object") && isObject(node.additionalProperties) && node.maxProperties === undefined && !node.properties)
        return true;
      const isNumber = types.some((type) => type === "number" || type === "integer");
      return isNumber && types.length === 1 && (node.minimum === undefined || node.maximum === undefined);
    };
    expect(complaints(nodes, isUnlimited)).toEqual([]);
  });

  test("says what leaving a list or map empty means, wherever it can be empty and can be left away", () => {
    const mayBeEmpty = (node: SchemaNode): boolean => {
      const [types, isDue] = [typesOf(node), (node.required ?? []).length > 0];
      if (types.includes("array")) return (node.minItems ?? 0) === 0;
      return types.includes("object") && !isDue && (node.minProperties ?? 0) === 0;
    };
    const wrong = nodes.flatMap(({ node: parent, at }) =>
      Object.entries(parent.properties ?? {}).flatMap(([name, node]) => {
        const isOpen = mayBeEmpty(node) && !(parent.required ?? []).includes(name) && node.default === undefined && at !== "";
        const says = node["x-moltbot-empty"];
        // Where a map needs at least one field, leaving an empty one away could leave too few.
        const isWrong = isOpen ? says === undefined || (says === "absent" && parent.minProperties !== undefined) : says === "absent";
        return isWrong ? [`${at}.${name}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("says of every list of names without repetitions whether its order means something", () => {
    const ORDERED = /in this order|as prompts|Skills the agent gets|later steps/;
    const isUnclear = (node: SchemaNode): boolean =>
      node.uniqueItems === true && node["x-moltbot-set"] !== true && !ORDERED.test(node.description ?? "");
    expect(complaints(nodes, isUnclear)).toEqual([]);
  });

  test("patterns are anchored and answer at once, however long the text", () => {
    for (const { node, at } of nodes) {
      if (node.pattern === undefined) continue;
      expect(node.pattern, at).toMatch(/^\^[\s\S]*\$$/);
      const pattern = new RegExp(node.pattern, "u");
      for (const text of HOSTILE) {
        const start = performance.now();
        pattern.test(text);
        expect(performance.now() - start, `${at} ${node.pattern}`).toBeLessThan(500);
      }
    }
  });

  test("the document's own fields: apiVersion, kind, metadata and spec, all due", () => {
    const root = inlineRefs(file, files);
    expect(Object.keys(root.properties ?? {})).toEqual(["apiVersion", "kind", "metadata", "spec"]);
    expect(root.required).toEqual(["apiVersion", "kind", "metadata", "spec"]);
    expect(root.properties?.["spec"]?.["x-moltbot-reload"] ?? (root.title === "Project" ? "hot" : undefined)).toBeDefined();
  });
});

/** What makes a careless expression try every split of a long text. */
const LONG = 200_000;
const HOSTILE = ["a", "a.", "a-", "/a", "a/", "0", "*", "a:", " ", "é", "-----BEGIN AGE ENCRYPTED FILE-----\n"].map(
  (part) => `${part.repeat(LONG / part.length)}!`,
);
