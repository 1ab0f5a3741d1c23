import path from "node:path";
import { describe, expect, test } from "vitest";
import { isMap, parseAllDocuments, visit } from "yaml";
import { repositoryFiles, textOf } from "./tree.ts";

/** What a plugin says of itself goes into its archive, and its tests stay beside it: neither is a manifest of the repository. */
const MANIFESTS = repositoryFiles().filter(
  (file) => /^(examples\/.*|moltbot)\.(yaml|yml)$/.test(file) && !/(\/plugin|^examples\/plugins\/[a-z-]+\/tests)\.yaml$/.test(file),
);

describe("examples are written in one form", () => {
  test.each(MANIFESTS)("%s", (file) => {
    const text = textOf(file);
    const documents = parseAllDocuments(text);
    expect(documents).toHaveLength(1);
    const [document] = documents;
    if (document === undefined || !("contents" in document) || !isMap(document.contents)) throw new Error(`${file} is not one mapping`);

    expect(document.errors).toEqual([]);
    expect(document.contents.items.map((item) => String(item.key))).toEqual(["apiVersion", "kind", "metadata", "spec"]);
    visit(document, {
      Collection: (_key, node) => {
        expect(node.flow, `${file}: flow style`).not.toBe(true);
      },
    });
    for (const line of text.split("\n"))
      expect(line, "two spaces a level, no tabs, nothing at the end").toMatch(/^( {2})*([^\s].*[^\s]|[^\s])?$/);
  });

  test("every example folder is in examples/README.md", () => {
    const folders = new Set(
      MANIFESTS.filter((file) => file.startsWith("examples/") && path.basename(file) === "moltbot.yaml").map(
        (file) => file.split("/")[1] ?? "",
      ),
    );
    expect(folders.size).toBeGreaterThan(0);
    for (const folder of folders) expect(textOf("examples/README.md")).toContain(`| [${folder}](${folder}/moltbot.yaml) |`);
  });
});
