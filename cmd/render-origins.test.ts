import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { moltbot as run, type Ran } from "./cli.fixture.ts";
import { tinyRepository } from "./repository.fixture.ts";

const SKILL =
  'apiVersion: moltbot.dev/v1alpha1\nkind: Skill\nmetadata:\n  name: odd\nspec:\n  prompt: |\n    # two\n    lines: "x"\n  version: "1.0"\n';

let repo: ReturnType<typeof tinyRepository>;
beforeAll(() => {
  repo = tinyRepository({ "skills/odd.yaml": SKILL });
});
afterAll(() => repo.dispose());
const render = (...args: readonly string[]): Ran => run(["render", ...args], { cwd: repo.path });

describe("render --origins", () => {
  test("YAML says behind each value where it stands, and means the same without", () => {
    const { out, code } = render("Agent/a", "--origins");
    expect(code).toBe(0);
    expect(out).toContain("    provider: echo # agents/a.yaml:7:15\n");
    expect(out).toContain("  timezone: UTC # default\n");
    const values = (text: string): unknown[] => parseAllDocuments(text).map((each) => each.toJS() as unknown);
    expect(values(render("--origins").out)).toEqual(values(render().out));
  });

  test("JSON has a map from pointer to place", () => {
    const [skill] = JSON.parse(render("Skill/odd", "--origins", "-o", "json").out) as {
      address: string;
      resource: object;
      origins: object;
    }[];
    expect(skill).toMatchObject({
      address: "Skill/odd",
      resource: { kind: "Skill" },
      origins: { "/spec/prompt": { file: "skills/odd.yaml", line: 7, column: 1, embeds: null } },
    });
    expect(render("--origins", "-o", "jsonl").out.trimEnd().split("\n")).toHaveLength(4);
  });

  test("an unknown address is told like without", () =>
    expect(render("Agent/b", "--origins")).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("Did you mean Agent/a?") as string,
    }));
});
