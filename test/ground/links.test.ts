import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/checkout.ts";
import { repositoryFiles, textOf } from "./tree.ts";

const LINK = /\[[^\]]*\]\(([^)\s]+)\)/g;
const EXTERNAL = /^(https?:|mailto:)/;

/** Text without code, in which brackets and hashes mean something else. */
function prose(markdown: string): string {
  return markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, "").replace(/`[^`\n]*`/g, (code) => " ".repeat(code.length));
}

/** The anchors that GitHub gives a page's headings. */
function anchors(markdown: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const found = new Set<string>();
  for (const [, title = ""] of markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, "").matchAll(/^#{1,6} +(.+)$/gm)) {
    const slug = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-");
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    found.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return found;
}

function brokenLinks(page: string): readonly string[] {
  const broken: string[] = [];
  for (const [, target = ""] of prose(textOf(page)).matchAll(LINK)) {
    if (EXTERNAL.test(target)) continue;
    const [file = "", anchor] = target.split("#");
    const full = file === "" ? path.join(ROOT, page) : path.resolve(ROOT, path.dirname(page), decodeURIComponent(file));
    if (!fs.existsSync(full)) broken.push(`${page}: ${target} (no such file)`);
    else if (anchor !== undefined && full.endsWith(".md") && !anchors(fs.readFileSync(full, "utf8")).has(anchor))
      broken.push(`${page}: ${target} (no such heading)`);
  }
  return broken;
}

describe("documentation", () => {
  test("every relative link leads somewhere", () => {
    const pages = repositoryFiles().filter((file) => file.endsWith(".md") && !file.startsWith("test/vectors/"));
    expect(pages).toContain("README.md");
    expect(pages.flatMap(brokenLinks)).toEqual([]);
  });

  test.each([
    ["# Exit codes, and `why`", ["exit-codes-and-why"]],
    ["## One\n\n## One", ["one", "one-1"]],
    ["```sh\n# not a heading\n```", []],
  ])("anchors of %j", (markdown, expected) => {
    expect([...anchors(markdown)]).toEqual(expected);
  });
});
