import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isObject, type JsonObject } from "../../core/index.ts";
import { parseFile } from "./parse-file.ts";
import { formatManifest, writeManifest } from "./write.ts";

function read(text: string) {
  const parsed = parseFile({ path: "a.yaml", bytes: Buffer.from(text), blobId: null });
  expect(parsed.diagnostics.map((d) => d.detail)).toEqual([]);
  return parsed.documents.map((d) => d.value);
}

async function formatted(text: string): Promise<string> {
  const result = await formatManifest(text);
  if (!result.ok) throw new Error(result.diagnostics.map((d) => d.detail).join());
  return result.value;
}

describe("writeManifest", () => {
  test("block style, two spaces, the envelope first, the name first in metadata, spec last", async () => {
    const value = {
      spec: { b: ["x", { c: 1, d: [] }], e: {} },
      metadata: { labels: { a: "b" }, name: "web" },
      extra: true,
      kind: "K",
      apiVersion: "v",
    };
    expect(await writeManifest(value)).toBe(
      "apiVersion: v\nkind: K\nmetadata:\n  name: web\n  labels:\n    a: b\nextra: true\nspec:\n  b:\n    - x\n    - c: 1\n      d: []\n  e: {}\n",
    );
  });

  test("a comment on top", async () => {
    expect(await writeManifest({ kind: "K" }, "one\n\ntwo")).toBe("# one\n#\n# two\nkind: K\n");
  });

  test("texts that other readers would take for something else are quoted, long ones never folded", async () => {
    const value = {
      a: "no",
      b: "1.10",
      c: "010",
      d: "12:30",
      e: "null",
      f: "",
      g: " x",
      h: "a: b",
      i: "x ".repeat(100),
      j: "l1\nl2\n",
      k: "0x1F",
      l: "1_000",
      m: "\u202e\u0007",
      n: "- x",
      o: "2027-01-01",
    };
    const text = await writeManifest(value);
    expect(read(text)).toEqual([value]);
    expect(text).toContain('a: "no"');
    expect(text).toContain("j: |\n");
    expect(text.split("\n").some((line) => line.includes("x ".repeat(100).trim()))).toBe(true);
  });

  test("whatever a manifest can hold reads back as it was", async () => {
    const json = fc
      .jsonValue({ maxDepth: 4, noUnicodeString: false })
      .filter(
        (value) =>
          !JSON.stringify(value).includes("__proto__") &&
          !JSON.stringify(value, (_key, v: unknown) => (Object.is(v, -0) ? "minus zero" : v)).includes("minus zero"),
      );
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        const whole: JsonObject = { kind: "K", spec: JSON.parse(JSON.stringify({ value })) as JsonObject };
        let text: string;
        try {
          text = await writeManifest(whole);
        } catch (error) {
          // A key that no manifest may hold.
          expect(String(error)).toContain("does not read back");
          expect(JSON.stringify(whole)).toMatch(/[^ -~]|\\(?:u00|[bfnrt])/);
          return;
        }
        expect(read(text)).toEqual([whole]);
      }),
      { numRuns: 400 },
    );
  });

  test("what no manifest can hold is our bug, not a broken file", async () => {
    await expect(writeManifest({ kind: "K", n: -0 })).rejects.toThrow("does not read back");
    await expect(writeManifest(JSON.parse('{"__proto__": 1}') as JsonObject)).rejects.toThrow("does not read back");
  });
});

describe("formatManifest", () => {
  test("comments are kept, block style, spec last, the meaning stays", async () => {
    const text = "# top\nspec: {a: 1, b: [x, {c: d}]}\n# about kind\nkind: K   # here\n\napiVersion: v\nmetadata: {name: n}\n";
    const result = await formatted(text);
    expect(read(result)).toEqual(read(text));
    for (const comment of ["# top", "# about kind", "# here"]) expect(result).toContain(comment);
    expect(result.split("\n").filter((line) => /^[a-z]/i.test(line))).toEqual(["apiVersion: v", "kind: K # here", "metadata:", "spec:"]);
    expect(await formatted(result)).toBe(result);
  });

  test("several documents, and one that is already as it should be", async () => {
    const text = "kind: A\nspec:\n  x: 1\n---\n# two\nkind: B\n";
    expect(await formatted(text)).toBe(text);
    expect(read(await formatted("---\nkind: A\n---\n---\n{kind: B}\n"))).toEqual([{ kind: "A" }, { kind: "B" }]);
    expect(await formatted("")).toBe("");
    expect(await formatted("# only a comment\n")).toContain("# only a comment");
  });

  test("a manifest that is not sound is left alone", async () => {
    const result = await formatManifest("a: 1\na: 2\n");
    expect(result.ok ? [] : result.diagnostics.map((d) => d.code)).toEqual(["DUPLICATE_KEY"]);
  });

  test("whatever is sound keeps its meaning and settles at once", async () => {
    const fragment = fc.constantFrom(
      "a: ",
      "b:\n",
      "  c: 1\n",
      "  - x\n",
      "- y\n",
      "# c\n",
      "'q'\n",
      "{k: v}",
      "[1, 2]\n",
      "|\n",
      "    text\n",
      "\n",
      "---\n",
      "d: 1 # e\n",
    );
    let sound = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fragment, { maxLength: 10 }), async (fragments) => {
        const text = fragments.join("");
        const parsed = parseFile({ path: "a.yaml", bytes: Buffer.from(text), blobId: null });
        if (parsed.diagnostics.length > 0 || !parsed.documents.every((d) => isObject(d.value))) return;
        sound++;
        const once = await formatted(text);
        expect(read(once)).toEqual(parsed.documents.map((d) => d.value));
        expect(await formatted(once)).toBe(once);
        expect(once.match(/# [ce]/g)?.length).toBe(text.match(/# [ce]/g)?.length);
      }),
      { numRuns: 2000 },
    );
    expect(sound).toBeGreaterThan(50);
  });
});
