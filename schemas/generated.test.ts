import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { generatedFiles, staleFiles } from "../scripts/generate.ts";
import { ROOT } from "../scripts/generate/schemas.ts";

test("what is generated is what the schemas say", async () => {
  expect((await staleFiles()).map(({ file }) => file)).toEqual([]);
});

test("nothing generated is left over from a schema that is gone", async () => {
  const made = await generatedFiles();
  for (const folder of ["schemas/generated", "docs/reference"]) {
    const there = fs.readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`);
    expect(there.filter((file) => !made.has(file))).toEqual([]);
  }
});

test("the validators load nothing but our own modules", () => {
  for (const name of ["validators.ts", "format-validators.ts"]) {
    const text = fs.readFileSync(path.join(ROOT, "schemas/generated", name), "utf8");
    const imports = [...text.matchAll(/^import .* from "(.+)";$/gm)].map(([, from]) => from);
    expect(imports).toEqual(["../errors.ts", "../formats.ts"]);
    expect(text).not.toMatch(/\brequire\(|\bnew Function\b|\beval\(/);
  }
});
