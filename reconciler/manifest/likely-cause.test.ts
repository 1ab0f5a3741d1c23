import { describe, expect, test } from "vitest";
import { parseFile } from "./index.ts";

const first = (text: string) => {
  const bytes = new TextEncoder().encode(text);
  const [found] = parseFile({ path: "a.yaml", bytes, blobId: null }).diagnostics;
  return found && [found.code, `${found.at?.line}:${found.at?.column}`, found.detail];
};
const HEAD = "apiVersion: moltbot.dev/v1alpha1\nkind: Agent\nmetadata:\n";

describe("what is not well formed is told where it was made", () => {
  test.each<[string, string, string, string]>([
    ["a quote that is not closed", `${HEAD}  name: "broken\nspec:\n  model:\n    provider: echo\n`, "4:9", "not closed"],
    ["a single quote that is not closed", `${HEAD}  name: 'broken\nspec: {}\n`, "4:9", "not closed"],
    ["an apostrophe inside single quotes", `${HEAD}  name: 'it's'\nspec: {}\n`, "4:9", "middle of a word"],
    [
      "conflict markers",
      `${HEAD}  name: m\nspec:\n<<<<<<< HEAD\n  prompt: a\n=======\n  prompt: b\n>>>>>>> other\n`,
      "6:1",
      "conflict markers",
    ],
    ["conflict markers with carriage returns", `a: 1\r\n<<<<<<< HEAD\r\nb\r\n=======\r\nc\r\n>>>>>>> x\r\n`, "2:1", "conflict markers"],
  ])("%s", (_name, text, at, words) => {
    expect(first(text)).toEqual(["YAML_SYNTAX", at, expect.stringContaining(words)]);
  });

  test.each<[string, string]>([
    ["a second colon", `${HEAD}  name: a: b\n`],
    ["a bracket", `${HEAD}  name: {a\n`],
    ["a tab", `a:\n\tb: 1\n`],
  ])("%s keeps its own message", (_name, text) => {
    expect(first(text)?.[2]).not.toMatch(/quote is opened|quote that is opened|marker/);
  });

  test("quotes and markers in a sound text are nobody's business", () => {
    expect(first(`a: it's "fine"\nb: |\n  <<<<<<< x\n  =======\n  >>>>>>> y\nc: "a 'b' c"\n`)).toBeUndefined();
  });
});
