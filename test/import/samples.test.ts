import path from "node:path";
import { describe, expect, test } from "vitest";
import { checkImport, countsOf, countsText, jsonFiles } from "./checks.fixture.ts";

const files = jsonFiles(path.join(import.meta.dirname, "samples"));

/** Our own configurations: every form and oddity that real ones have. */
describe("samples", () => {
  test.each(files.map((file) => [path.basename(file), file]))("%s imports, validates, plans, applies and plans empty", async (_, file) => {
    await checkImport(file);
  });

  test("what becomes of their values is as recorded", async () => {
    await expect(countsText(await countsOf(files))).toMatchFileSnapshot("samples-counts.json");
  });
});
