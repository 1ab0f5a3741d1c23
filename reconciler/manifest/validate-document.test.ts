import { describe, expect, test } from "vitest";
import { isObject, type Diagnostic } from "../../core/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { kindModelFromSchema, withKind } from "../../schemas/kind-model.fixture.ts";
import { parseFile } from "./parse-file.ts";
import type { ValidateOptions } from "./types.ts";
import { validateDocument } from "./validate-document.ts";

const HEAD = "apiVersion: moltbot.dev/v1alpha1\n";

/** A kind with one field for each rule there is, known to the code by its schema alone. */
const KINDS_AND_GADGET = withKind(
  KINDS,
  kindModelFromSchema({
    type: "object",
    additionalProperties: false,
    required: ["apiVersion", "kind", "metadata", "spec"],
    properties: {
      apiVersion: { type: "string", const: "moltbot.dev/v1alpha1" },
      kind: { type: "string", const: "Gadget" },
      metadata: { $ref: "common.schema.json#/$defs/metadata" },
      spec: {
        type: "object",
        additionalProperties: false,
        required: ["size"],
        properties: {
          size: { type: "string", description: "How large it is.", enum: ["small", "large"] },
          count: { type: "integer", minimum: 1, maximum: 9 },
          ratio: { type: "number", exclusiveMinimum: 0 },
          flag: { type: "boolean" },
          code: { type: "string", description: "Three letters.", pattern: "^[a-z]{3}$", examples: ["abc"] },
          bare: { type: "string", pattern: "^x" },
          note: { type: "string", minLength: 2, maxLength: 5 },
          when: { type: "string", format: "date-time" },
          path: { $ref: "common.schema.json#/$defs/path" },
          tags: { type: "array", items: { type: "string" }, minItems: 1, maxItems: 2, uniqueItems: true },
          fixed: { type: "string", const: "only" },
          map: {
            type: "object",
            minProperties: 1,
            maxProperties: 2,
            propertyNames: { pattern: "^[a-z]+$", description: "Lower-case letters." },
            additionalProperties: { type: "integer" },
          },
          text: { type: ["string", "object"], additionalProperties: false, properties: { file: { type: "string" } } },
          token: { $ref: "common.schema.json#/$defs/secretRef" },
          apiKey: { type: "integer" },
          parts: {
            type: "array",
            "x-moltbot-key": "name",
            "x-moltbot-key-default": "tool",
            minItems: 1,
            items: {
              type: "object",
              additionalProperties: false,
              required: ["tool", "size"],
              properties: { name: { type: "string" }, tool: { type: "string" }, size: { type: "integer" } },
            },
          },
        },
      },
    },
  }),
);

function validate(text: string, options?: ValidateOptions) {
  const parsed = parseFile({ path: "a.yaml", bytes: Buffer.from(text), blobId: null });
  const [document] = parsed.documents;
  if (!document) throw new Error("no document");
  return validateDocument(document, KINDS_AND_GADGET, options);
}

function gadget(spec: string, options?: ValidateOptions): readonly Diagnostic[] {
  return validate(`${HEAD}kind: Gadget\nmetadata: {name: g}\nspec:\n  size: small\n${spec.replace(/^(?=.)/gm, "  ")}\n`, options)
    .diagnostics;
}

function brief(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map((d) => `${d.code} ${d.origin?.part} ${d.origin?.pointer}`);
}

describe("the envelope", () => {
  test.each([
    ["a list", "- a\n", "NOT_A_RESOURCE value "],
    ["a text", "hello\n", "NOT_A_RESOURCE value "],
    ["null", "null\n", "NOT_A_RESOURCE value "],
    ["another tool's file", '{"name": "x", "version": "1"}', "NOT_A_RESOURCE value "],
    ["no kind", `${HEAD}metadata: {name: a}\n`, "KIND_UNKNOWN value "],
    ["a misspelt kind", `${HEAD}kind: Agnet\nmetadata: {name: a}\n`, "KIND_UNKNOWN value /kind"],
    ["a kind that is no text", `${HEAD}kind: [x]\nmetadata: {name: a}\n`, "KIND_UNKNOWN value /kind"],
    ["a kind of the prototype", `${HEAD}kind: constructor\nmetadata: {name: a}\n`, "KIND_UNKNOWN value /kind"],
    ["no metadata", `${HEAD}kind: Gadget\nspec: {size: small}\n`, "FIELD_MISSING value "],
    ["metadata that is no mapping", `${HEAD}kind: Gadget\nmetadata: x\nspec: {size: small}\n`, "FIELD_TYPE value /metadata"],
    ["no name", `${HEAD}kind: Gadget\nmetadata: {}\nspec: {size: small}\n`, "FIELD_MISSING key /metadata"],
    ["a name that is a number", `${HEAD}kind: Gadget\nmetadata: {name: 1.10}\nspec: {size: small}\n`, "FIELD_TYPE value /metadata/name"],
    [
      "a name that is no label",
      `${HEAD}kind: Gadget\nmetadata: {name: My Gadget_1}\nspec: {size: small}\n`,
      "FIELD_VALUE value /metadata/name",
    ],
    [
      "a name that is an unquoted word",
      `${HEAD}kind: Gadget\nmetadata: {name: on}\nspec: {size: small}\n`,
      "FIELD_TYPE value /metadata/name",
    ],
  ])("%s", (_name, text, expected) => {
    const checked = validate(text);
    expect(brief(checked.diagnostics)).toEqual([expected]);
    expect(checked.resource).toBeUndefined();
    for (const d of checked.diagnostics) expect(d.remedy).not.toBe("");
  });

  test("says what may be meant", () => {
    expect(validate(`${HEAD}kind: Agnet\nmetadata: {name: a}\n`).diagnostics[0]?.remedy).toBe('Did you mean "Agent"?');
    expect(validate(`${HEAD}kind: Gadget\nmetadata: {name: My Gadget_1}\nspec: {size: small}\n`).diagnostics[0]?.remedy).toContain(
      "my-gadget-1",
    );
    expect(validate(`${HEAD}kind: Gadget\nmetadata: {name: 1.10}\nspec: {size: small}\n`).diagnostics[0]?.remedy).toContain(
      'Quote it: "1.10"',
    );
  });

  test("a sound document is a resource; an unsound one still has its address", () => {
    const sound = validate(`# c\n${HEAD}kind: Gadget\nmetadata: {name: g}\nspec: {size: small}\n`);
    expect(sound.resource).toMatchObject({ file: "a.yaml", document: 0, line: 2, kind: "Gadget", name: "g" });
    expect(isObject(sound.resource?.value)).toBe(true);
    const unsound = validate(`${HEAD}kind: Gadget\nmetadata: {name: g}\nspec: {}\n`);
    expect([unsound.resource, unsound.address]).toEqual([undefined, "Gadget/g"]);
  });
});

describe("the schema", () => {
  test.each<[string, string, string, RegExp, RegExp]>([
    ["unknown field", "coutn: 1", "FIELD_UNKNOWN key /spec/coutn", /spec has no field "coutn"/, /Did you mean "count"\?/],
    [
      "unknown field, nothing near",
      "zzz: 1",
      "FIELD_UNKNOWN key /spec/zzz",
      /no field "zzz"/,
      /Allowed here: size, count.*\n {2}moltbot schema Gadget/,
    ],
    ["enum", "size: smal", "DUPLICATE", /./, /./],
    ["minimum", "count: 0", "FIELD_VALUE value /spec/count", /at least 1; here stands the number 0/, /./],
    ["maximum", "count: 10", "FIELD_VALUE value /spec/count", /at most 9/, /./],
    ["exclusive minimum", "ratio: 0", "FIELD_VALUE value /spec/ratio", /above 0/, /./],
    [
      "text for a number",
      'count: "5"',
      "FIELD_TYPE value /spec/count",
      /takes a whole number; here stands the text "5"/,
      /Remove the quotes: 5/,
    ],
    ["a fraction for a whole number", "count: 1.5", "FIELD_TYPE value /spec/count", /1\.5/, /Write a whole number/],
    ["a word for a boolean", "flag: no", "FIELD_TYPE value /spec/flag", /"no" without quotes/, /Write false/],
    ["yes for a boolean", 'flag: "yes"', "FIELD_TYPE value /spec/flag", /the text "yes"/, /Write true/],
    [
      "a number for a text",
      "note: 1.10",
      "FIELD_TYPE value /spec/note",
      /"1\.10" without quotes, which is the number 1\.1/,
      /Quote it: "1\.10"/,
    ],
    ["a boolean for a text", "note: true", "FIELD_TYPE value /spec/note", /the boolean true/, /Quote it: "true"/],
    ["nothing for a text", "note:", "FIELD_TYPE value /spec/note", /nothing/, /after the colon, or remove/],
    ["a mapping for a text", "note: {a: 1}", "FIELD_TYPE value /spec/note", /a mapping/, /Write text/],
    ["a text for a list", "tags: x", "FIELD_TYPE value /spec/tags", /takes a list/, /starting with `- `/],
    ["neither of two types", "text: 5", "FIELD_TYPE value /spec/text", /takes text or a mapping/, /Quote it: "5"/],
    ["pattern with a description", "code: abcd", "FIELD_VALUE value /spec/code", /"abcd"\. Three letters\./, /For example: abc/],
    ["pattern without one", "bare: y", "FIELD_VALUE value /spec/bare", /must match \^x/, /Correct/],
    ["format", "when: tomorrow", "FIELD_VALUE value /spec/when", /date-time/, /./],
    ["path", "path: ../x", "PATH_UNSAFE value /spec/path", /relative to moltbot\.yaml/, /For example/],
    ["too short", "note: x", "FIELD_VALUE value /spec/note", /at least 2 characters; here stands a text of 1 character/, /./],
    ["too long", "note: xxxxxx", "FIELD_VALUE value /spec/note", /at most 5 characters/, /./],
    ["empty text", 'note: ""', "FIELD_VALUE value /spec/note", /an empty text/, /./],
    ["too few items", "tags: []", "FIELD_VALUE value /spec/tags", /at least 1 item; here stands a list of 0 items/, /./],
    ["too many items", "tags: [a, b, c]", "FIELD_VALUE value /spec/tags", /at most 2 items/, /./],
    ["equal items", "tags: [a, a]", "FIELD_VALUE value /spec/tags", /0 and 1 of spec\.tags/, /Remove one/],
    ["const", "fixed: other", "FIELD_VALUE value /spec/fixed", /must be "only"/, /Write "only"/],
    ["too many entries", "map: {a: 1, b: 2, c: 3}", "FIELD_VALUE value /spec/map", /at most 2 entries/, /./],
    ["a bad key", "map: {A1: 1}", "FIELD_VALUE key /spec/map/A1", /"A1" is not an allowed key of spec\.map\. Lower-case letters/, /./],
    ["in a list", "parts: [{tool: t, size: big}]", "FIELD_TYPE value /spec/parts/0/size", /spec\.parts\[0\]\.size/, /./],
    ["a missing field, with what it is for", "parts: [{tool: t}]", "FIELD_MISSING key /spec/parts/0", /needs the field "size"/, /Add it/],
  ])("%s", (_name, spec, expected, detail, remedy) => {
    const found = spec.startsWith("size")
      ? validate(`${HEAD}kind: Gadget\nmetadata: {name: g}\nspec:\n  ${spec}\n`).diagnostics
      : gadget(spec);
    const [first, ...more] = found;
    expect(more).toEqual([]);
    if (expected === "DUPLICATE") {
      expect(brief(found)).toEqual(["FIELD_VALUE value /spec/size"]);
      expect(first?.remedy).toBe('Did you mean "small"?');
      return;
    }
    expect(brief(found)).toEqual([expected]);
    expect(first?.detail).toMatch(detail);
    expect(first?.remedy).toMatch(remedy);
  });

  test("every mistake of a document at once, and one for each", () => {
    const found = brief(gadget("count: x\nflag: 1\nzzz: 1\ntags: [1, b]\nmap: {A: x}"));
    expect([...found].sort()).toEqual([
      "FIELD_TYPE value /spec/count",
      "FIELD_TYPE value /spec/flag",
      "FIELD_TYPE value /spec/map/A",
      "FIELD_TYPE value /spec/tags/0",
      "FIELD_UNKNOWN key /spec/zzz",
      "FIELD_VALUE key /spec/map/A",
    ]);
  });

  test("a field one level too high is shown its place", () => {
    const [found] = validate(`${HEAD}kind: Gadget\nmetadata: {name: g}\nspec: {size: small}\ncount: 1\n`).diagnostics;
    expect([found?.code, found?.remedy]).toEqual(["FIELD_UNKNOWN", "It belongs one level deeper, under spec."]);
  });

  test("what the parser has complained about is not complained about again, the rest is", () => {
    const text = `${HEAD}kind: Gadget\nmetadata: {name: g}\nspec:\n  count: 010\n  <<: {size: small}\n  tags: !x [a]\n  zzz: 1\n`;
    const parsed = parseFile({ path: "a.yaml", bytes: Buffer.from(text), blobId: null });
    expect(parsed.diagnostics.map((d) => d.code)).toEqual(["NUMBER_FORM", "ALIAS_FORBIDDEN", "TAG_FORBIDDEN"]);
    const checked = validateDocument(parsed.documents[0] ?? expect.fail(), KINDS_AND_GADGET);
    expect(brief(checked.diagnostics)).toEqual(["FIELD_UNKNOWN key /spec/zzz"]);
    expect([checked.resource, checked.address]).toEqual([undefined, "Gadget/g"]);
  });

  test("a sound document with a parser's complaint is no resource", () => {
    const parsed = parseFile({
      path: "a.yaml",
      bytes: Buffer.from(`${HEAD}kind: Gadget\nmetadata: &m {name: g}\nspec: {size: small}\n`),
      blobId: null,
    });
    const checked = validateDocument(parsed.documents[0] ?? expect.fail(), KINDS_AND_GADGET);
    expect([checked.diagnostics, checked.resource]).toEqual([[], undefined]);
  });
});

describe("secrets", () => {
  test.each([
    ["plain text", "token: hunter2"],
    ["a number", "token: 1234567"],
    ["a block", "token: |\n  hunter2\n"],
  ])("%s where a reference is due is refused and never repeated", (_name, spec) => {
    const found = gadget(spec);
    expect(brief(found)).toEqual(["SECRET_PLAINTEXT value /spec/token"]);
    expect(found[0]?.origin?.secret).toBe(true);
    expect(JSON.stringify(found)).not.toMatch(/hunter2|1234567/);
  });

  test("a reference that is wrong in itself repeats nothing either", () => {
    const found = [
      ...gadget("token: {secret: s, value: hunter2}"),
      ...gadget("token: {secret: Hunter2!}"),
      ...gadget("token: [hunter2]"),
      ...gadget("token: {secret: [hunter2]}"),
    ];
    expect(found.map((d) => d.code)).toEqual(["FIELD_UNKNOWN", "FIELD_VALUE", "FIELD_TYPE", "FIELD_TYPE"]);
    expect(JSON.stringify(found)).not.toMatch(/hunter2/i);
  });

  test("a value in the place of ciphertext, a field that sounds like one, and what looks like a credential are not repeated", () => {
    const secret = validate(`${HEAD}kind: Secret\nmetadata: {name: s}\nspec: {values: {api-key: hunter2}}\n`).diagnostics;
    expect(brief(secret)).toEqual(["SECRET_PLAINTEXT value /spec/values/api-key"]);
    const found = [...secret, ...gadget("apiKey: hunter2"), ...gadget("count: sk-hunter2hunter2")];
    expect(found.map((d) => d.code)).toEqual(["SECRET_PLAINTEXT", "FIELD_TYPE", "FIELD_TYPE"]);
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });
});

describe("overlays", () => {
  const overlay = (spec: string) => brief(gadget(spec, { partial: true }));

  test("nothing is required but the envelope, null removes, entries of keyed lists need only their key", () => {
    const text = `${HEAD}kind: Gadget\nmetadata: {name: g}\n`;
    expect(validate(text, { partial: true }).resource).toBeDefined();
    expect(validate(`${text}spec:\n  size: null\n  count: ~\n  map: {a: null}\n`, { partial: true }).diagnostics).toEqual([]);
    expect(overlay("parts: [{tool: t}]")).toEqual([]);
    expect(overlay("parts: [{name: one, size: null}]")).toEqual([]);
    expect(overlay("parts: [{tool: t, $remove: true}]")).toEqual([]);
    expect(overlay("parts: []")).toEqual([]);
    expect(brief(validate(`${HEAD}kind: Gadget\nspec: {}\n`, { partial: true }).diagnostics)).toEqual(["FIELD_MISSING value "]);
  });

  test("everything else is checked as ever", () => {
    expect(overlay("count: 99")).toEqual(["FIELD_VALUE value /spec/count"]);
    expect(overlay("zzz: null")).toEqual(["FIELD_UNKNOWN key /spec/zzz"]);
    expect(overlay("parts: [{size: 1}]")).toEqual(["FIELD_MISSING key /spec/parts/0"]);
    expect(overlay("parts: [{tool: t, $remove: maybe}]")).toEqual(["FIELD_UNKNOWN key /spec/parts/0/$remove"]);
    expect(overlay("tags: [null]")).toEqual(["FIELD_TYPE value /spec/tags/0"]);
    expect(overlay("tags: []")).toEqual(["FIELD_VALUE value /spec/tags"]);
    expect(overlay("token: hunter2")).toEqual(["SECRET_PLAINTEXT value /spec/token"]);
  });

  test("outside overlays none of this is allowed", () => {
    expect(brief(gadget("parts: [{tool: t, size: 1, $remove: true}]"))).toEqual(["FIELD_UNKNOWN key /spec/parts/0/$remove"]);
    expect(brief(gadget("count: null"))).toEqual(["FIELD_TYPE value /spec/count"]);
  });
});
