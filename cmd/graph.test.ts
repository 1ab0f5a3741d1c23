import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { moltbot as run, type Ran } from "./cli.fixture.ts";
import { tinyRepository } from "./repository.fixture.ts";

let repo: ReturnType<typeof tinyRepository>;
beforeAll(() => {
  repo = tinyRepository();
});
afterAll(() => repo.dispose());
const moltbot = (...args: readonly string[]): Ran => run(args, { cwd: repo.path });

const DOT = `digraph "tiny" {
  rankdir=LR;
  node [shape=box];
  "Agent/a";
  "ModelProvider/echo";
  "Project/tiny";
  "Agent/a" -> "ModelProvider/echo" [label="uses"];
}
`;

describe("graph", () => {
  test.each<[string, readonly string[], string]>([
    ["as text", [], "Agent/a\n  uses  ModelProvider/echo\nModelProvider/echo\nProject/tiny\n"],
    ["around one", ["--focus", "ModelProvider/echo"], "Agent/a\n  uses  ModelProvider/echo\nModelProvider/echo\n"],
    [
      "for Markdown",
      ["-o", "mermaid", "--focus", "Agent/a"],
      'flowchart LR\n  n0["Agent/a"]\n  n1["ModelProvider/echo"]\n  n0 -->|uses| n1\n  style n0 stroke-width:3px\n',
    ],
    ["for Graphviz", ["-o", "dot"], DOT],
  ])("%s", (_, args, out) => expect(moltbot("graph", ...args)).toEqual({ code: 0, out, err: "" }));

  test("for machines", () =>
    expect(JSON.parse(moltbot("graph", "-o", "json", "--focus", "Agent/a").out)).toEqual({
      formatVersion: "1.0",
      kind: "Graph",
      project: "tiny",
      environment: "default",
      focus: "Agent/a",
      nodes: [
        { address: "Agent/a", file: "agents/a.yaml" },
        { address: "ModelProvider/echo", file: "providers/echo.yaml" },
      ],
      edges: [{ from: "Agent/a", to: "ModelProvider/echo", reach: "uses" }],
    }));

  test.runIf(spawnSync("dot", ["-V"]).status === 0)("Graphviz reads it", () =>
    expect(spawnSync("dot", ["-Tsvg"], { input: moltbot("graph", "-o", "dot").out, encoding: "utf8" }).stdout).toContain("<svg"),
  );

  test.each<[string, readonly string[], number, string]>([
    ["an address that nothing has", ["--focus", "Agent/b"], 1, "Did you mean Agent/a?"],
    ["the same, in a textual form", ["--focus", "Agent/b", "-o", "dot"], 1, "error RESOURCE_NOT_FOUND"],
    ["a form there is not", ["-o", "svg"], 64, "Expected --output=svg to be one of: text, mermaid, dot, json"],
  ])("%s", (_, args, code, message) =>
    expect(moltbot("graph", ...args)).toMatchObject({ code, out: "", err: expect.stringContaining(message) as string }),
  );
});
