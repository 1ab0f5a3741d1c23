import type * as yamlRoom from "yaml";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestBytes, type JsonObject, type Kinds, type ManifestEdit, type ManifestMigration } from "../../core/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { editedValue } from "./edit-value.ts";
import { migrateManifest, parseFile, validateDocument } from "./index.ts";

/**
 * The pre-release form that only these tests know: `v1alpha0` called an Agent's prompt `instructions`, had
 * the model as two fields, a `legacy` switch, and roles without `name`.
 */
const V0 = "moltbot.dev/v1alpha0";
const V1 = "moltbot.dev/v1alpha1";
const spec = (document: JsonObject): JsonObject => (document["spec"] as JsonObject | undefined) ?? {};

const FROM_V0: ManifestMigration = {
  from: V0,
  to: V1,
  kinds: {
    Agent: (document) => [
      ...("instructions" in spec(document) ? [{ op: "rename", pointer: "/spec/instructions", to: "prompt" } as const] : []),
      ...("legacy" in spec(document) ? [{ op: "remove", pointer: "/spec/legacy" } as const] : []),
      ...("llm" in spec(document)
        ? [
            { op: "remove", pointer: "/spec/llm" } as const,
            { op: "add", pointer: "/spec/model", value: { provider: "echo", name: JSON.stringify(spec(document)["llm"]) } } as const,
          ]
        : []),
    ],
  },
};

const KINDS_0: Kinds = { ...KINDS, migrations: [FROM_V0] };

async function migrated(text: string, kinds: Kinds = KINDS_0, path = "a.yaml") {
  const parsed = parseFile({ path, bytes: Buffer.from(text), blobId: null });
  expect(parsed.diagnostics).toEqual([]);
  return await migrateManifest(path, text, parsed, kinds);
}

async function textOf(text: string, kinds: Kinds = KINDS_0, path = "a.yaml"): Promise<string> {
  const result = await migrated(text, kinds, path);
  if (!result.ok) throw new Error(result.diagnostics.map((each) => each.detail).join());
  return result.value.text;
}

describe("a manifest of an older version", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      "changes in place: every other character stays",
      `# licence\n---\napiVersion:   "${V0}"   # old\nkind: Agent\nmetadata:   {name:  a}\nspec:\n    # said to it\n    instructions : >-\n      Be\n      kind.\n    model: {provider: echo, name: 'm'}   # both\n`,
      `# licence\n---\napiVersion:   "${V1}"   # old\nkind: Agent\nmetadata:   {name:  a}\nspec:\n    # said to it\n    prompt : >-\n      Be\n      kind.\n    model: {provider: echo, name: 'm'}   # both\n`,
    ],
    [
      "a kind that did not change",
      `kind: Skill\napiVersion: ${V0}\nmetadata: {name: s}\nspec: {prompt: "x"}\n`,
      `kind: Skill\napiVersion: ${V1}\nmetadata: {name: s}\nspec: {prompt: "x"}\n`,
    ],
    [
      "several documents, one of them of the present version",
      `apiVersion: ${V1}\nkind: Skill\nmetadata: {name: s}\nspec: {prompt: x}\n---\n---\n# two\napiVersion: '${V0}'\nkind: Agent\nmetadata: {name: a}\nspec: {instructions: "hi"}\n`,
      `apiVersion: ${V1}\nkind: Skill\nmetadata: {name: s}\nspec: {prompt: x}\n---\n---\n# two\napiVersion: '${V1}'\nkind: Agent\nmetadata: {name: a}\nspec: {prompt: "hi"}\n`,
    ],
    [
      "something goes: the rest is written anew with its comments, in its own indentation",
      `apiVersion: ${V0}\nkind: Agent\nmetadata:\n    name: a # its name\nspec:\n    # first\n    skills:\n        - s # one\n    # goes with what it is about\n    legacy: true\n    prompt: x\n`,
      `apiVersion: ${V1}\nkind: Agent\nmetadata:\n    name: a # its name\nspec:\n    # first\n    skills:\n        - s # one\n    prompt: x\n`,
    ],
    [
      "lists that stand flush with their name stay so",
      `apiVersion: ${V0}\nkind: Agent\nmetadata:\n  name: a\nspec:\n  skills:\n  - s\n  legacy: true\n`,
      `apiVersion: ${V1}\nkind: Agent\nmetadata:\n  name: a\nspec:\n  skills:\n  - s\n`,
    ],
    [
      "CRLF stays",
      `apiVersion: ${V0}\r\nkind: Agent\r\nmetadata: {name: a}\r\nspec:\r\n  instructions: x\r\n`,
      `apiVersion: ${V1}\r\nkind: Agent\r\nmetadata: {name: a}\r\nspec:\r\n  prompt: x\r\n`,
    ],
    [
      "a byte order mark stays",
      `\ufeffapiVersion: ${V0}\nkind: Skill\nmetadata: {name: s}\nspec: {}\n`,
      `\ufeffapiVersion: ${V1}\nkind: Skill\nmetadata: {name: s}\nspec: {}\n`,
    ],
  ];
  test.each(cases)("%s", async (_, before, after) => expect(await textOf(before)).toBe(after));

  test("JSON stays JSON, in place and written anew", async () => {
    const before = { apiVersion: V0, kind: "Agent", metadata: { name: "a" }, spec: { instructions: "x" } };
    expect(await textOf(JSON.stringify(before), KINDS_0, "a.json")).toBe(
      JSON.stringify({ apiVersion: V1, kind: "Agent", metadata: { name: "a" }, spec: { prompt: "x" } }),
    );
    const two = { ...before, spec: { llm: "m", prompt: "x" } };
    const after = JSON.parse(await textOf(JSON.stringify(two), KINDS_0, "a.json")) as JsonObject;
    expect(after["spec"]).toEqual({ prompt: "x", model: { provider: "echo", name: '"m"' } });
  });

  test("the result is valid, and says what changed", async () => {
    const text = `apiVersion: ${V0}\nkind: Agent\nmetadata: {name: a}\nspec:\n  llm: m\n  instructions: Be kind.\n`;
    const result = await migrated(text);
    expect(result).toMatchObject({ ok: true, value: { documents: [{ document: 0, from: V0, to: V1 }] } });
    if (!result.ok) return;
    expect(result.value.documents[0]?.edits.map((edit) => `${edit.op} ${edit.pointer}`)).toEqual([
      "rename /spec/instructions",
      "remove /spec/llm",
      "add /spec/model",
    ]);
    const parsed = parseFile({ path: "a.yaml", bytes: Buffer.from(result.value.text), blobId: null });
    expect(parsed.documents.flatMap((document) => validateDocument(document, KINDS).diagnostics)).toEqual([]);
    expect(await migrated(result.value.text)).toMatchObject({ ok: true, value: { text: result.value.text, documents: [] } });
  });

  test("several steps are taken one after the other", async () => {
    const older: ManifestMigration = {
      from: "moltbot.dev/v0",
      to: V0,
      kinds: { Agent: () => [{ op: "rename", pointer: "/spec/says", to: "instructions" }] },
    };
    const text = "apiVersion: moltbot.dev/v0\nkind: Agent\nmetadata: {name: a}\nspec: {says: x} # y\n";
    const result = await migrated(text, { ...KINDS, migrations: [FROM_V0, older] });
    expect(result).toMatchObject({
      ok: true,
      value: {
        text: `apiVersion: ${V1}\nkind: Agent\nmetadata: {name: a}\nspec: {prompt: x} # y\n`,
        documents: [{ from: "moltbot.dev/v0", to: V1, edits: [{ to: "instructions" }, { to: "prompt" }] }],
      },
    });
  });

  test("a version that no step leads on from is API_VERSION", async () => {
    const result = await migrated("apiVersion: moltbot.dev/v9\nkind: Agent\nmetadata: {name: a}\nspec: {}\n");
    expect(result.ok ? [] : result.diagnostics.map((each) => each.code)).toEqual(["API_VERSION"]);
  });

  test("validate names the command for an older version that is known", () => {
    const text = `apiVersion: ${V0}\nkind: Agent\nmetadata: {name: a}\nspec: {}\n`;
    const [document] = parseFile({ path: "a.yaml", bytes: Buffer.from(text), blobId: null }).documents;
    if (!document) throw new Error("no document");
    const [known] = validateDocument(document, KINDS_0).diagnostics;
    expect([known?.code, known?.remedy]).toEqual(["API_VERSION", expect.stringContaining("moltbot migrate --manifests")]);
    const [unknown] = validateDocument(document, KINDS).diagnostics;
    expect([unknown?.code, unknown?.remedy]).toEqual(["API_VERSION", expect.not.stringContaining("migrate")]);
  });

  test("a table that goes round in a circle is our bug", async () => {
    const circle = [
      { from: V0, to: "moltbot.dev/v0", kinds: {} },
      { from: "moltbot.dev/v0", to: V0, kinds: {} },
    ];
    await expect(migrated(`apiVersion: ${V0}\nkind: Skill\n`, { ...KINDS, migrations: circle })).rejects.toThrow("circle");
  });
});

describe("the shipped table", () => {
  test("leads every older version to one that this build reads", () => {
    const supported = new Set([...KINDS.byName.values()].map((model) => model.apiVersion));
    for (const { to } of KINDS.migrations ?? []) {
      expect(supported.has(to) || KINDS.migrations?.some((step) => step.from === to)).toBe(true);
    }
  });
});

describe("edits of a value", () => {
  const value = { spec: { a: { b: 1, c: [1, 2, 3] }, d: "x" } };
  const cases: readonly (readonly [string, readonly ManifestEdit[], unknown])[] = [
    ["set", [{ op: "set", pointer: "/spec/a/c/1", value: 9 }], { a: { b: 1, c: [1, 9, 3] }, d: "x" }],
    [
      "places are named as they were before",
      [
        { op: "rename", pointer: "/spec/a", to: "z" },
        { op: "set", pointer: "/spec/a/b", value: 2 },
        { op: "remove", pointer: "/spec/a/c/0" },
        { op: "remove", pointer: "/spec/a/c/1" },
      ],
      { z: { b: 2, c: [3] }, d: "x" },
    ],
    ["add", [{ op: "add", pointer: "/spec/e", value: { f: [] } }], { ...value.spec, e: { f: [] } }],
  ];
  test.each(cases)("%s", (_, edits, after) => expect(editedValue(value, edits)).toEqual({ spec: after }));

  test.each<ManifestEdit>([
    { op: "set", pointer: "/spec/none", value: 1 },
    { op: "remove", pointer: "/spec/none" },
    { op: "rename", pointer: "/spec/d", to: "a" },
    { op: "add", pointer: "/spec/d", value: 1 },
    { op: "add", pointer: "/spec/a/c/3", value: 1 },
    { op: "set", pointer: "/spec/d/e", value: 1 },
  ])("%j does not fit and is our bug", (edit) => expect(() => editedValue(value, [edit])).toThrow("does not fit"));
});

describe("whatever a manifest holds", () => {
  const text = fc.string({ unit: "grapheme-ascii", maxLength: 12 });
  const document = fc.record({
    apiVersion: fc.constant(V0),
    kind: fc.constantFrom("Agent", "Skill"),
    spec: fc.dictionary(
      fc.constantFrom("instructions", "legacy", "llm", "other", "more"),
      fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 3 }), fc.dictionary(fc.constantFrom("x", "y"), text)),
      { minKeys: 1 },
    ),
  });
  const layouts: readonly ((value: JsonObject, yaml: typeof yamlRoom) => string)[] = [
    (value) => JSON.stringify(value),
    (value) => JSON.stringify(value, null, 3),
    (value, yaml) => yaml.stringify(value, { indent: 4 }),
    (value, yaml) => `# top\n${yaml.stringify(value, { indentSeq: false, defaultStringType: "QUOTE_SINGLE" })}# end\n`,
  ];

  test("it reads back as what the step means, and a second run changes nothing", async () => {
    const yaml = await import("yaml");
    await fc.assert(
      fc.asyncProperty(document, fc.integer({ min: 0, max: 3 }), async (value, layout) => {
        const written = layouts[layout]!(value, yaml);
        const parsed = parseFile({ path: "a.yaml", bytes: Buffer.from(written), blobId: null });
        if (parsed.diagnostics.length > 0) return;
        const before = parsed.documents[0]!.value as JsonObject;
        const edits = before["kind"] === "Agent" ? FROM_V0.kinds["Agent"]!(before) : [];
        if ("instructions" in spec(before) && "prompt" in spec(before)) return;
        const after = await textOf(written);
        const back = parseFile({ path: "a.yaml", bytes: Buffer.from(after), blobId: null });
        expect(back.documents[0]!.value).toEqual(editedValue(before, [{ op: "set", pointer: "/apiVersion", value: V1 }, ...edits]));
        expect(digestBytes(await textOf(after))).toBe(digestBytes(after));
      }),
      { numRuns: 200 },
    );
  });
});
