import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { checkImport, countsOf, countsText, jsonFiles } from "./checks.fixture.ts";

/**
 * Real configurations of other people. They are not part of this repository: the folder is what
 * MOLTBOT_CORPUS says, by default one beside the repository. Without it these tests are skipped.
 */
const FOLDER = path.resolve(process.env["MOLTBOT_CORPUS"] ?? path.join(import.meta.dirname, "../../../shared/corpus/openclaw"));
const files = fs.existsSync(FOLDER) ? jsonFiles(FOLDER) : [];
if (files.length === 0)
  process.stderr.write(
    `The corpus of real configurations is absent (${FOLDER}): its tests are skipped. MOLTBOT_CORPUS names its folder.\n`,
  );

const SHARE = 0.15;

describe.skipIf(files.length === 0)("real configurations", () => {
  test.each(files.map((file) => [path.basename(file), file]))("%s imports, validates, plans, applies and plans empty", async (_, file) => {
    await checkImport(file);
  });

  test("what becomes of their values is as recorded, and little of it is only passed through", async () => {
    const counts = await countsOf(files);
    await expect(countsText(counts)).toMatchFileSnapshot("corpus-counts.json");
    const total = (key: string): number => [...counts.values()].reduce((sum, each) => sum + (each[key] ?? 0), 0);
    expect(total("passthrough") / total("values")).toBeLessThan(SHARE);
  });
});
