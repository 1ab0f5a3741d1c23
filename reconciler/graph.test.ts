import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Address } from "../core/index.ts";
import { agentText, codesOf, ECHO, manifest, PROJECT, repository, value, worldOf } from "../test/engine.fixture.ts";
import { graph, type Graph } from "./engine.ts";
import { around } from "./graph.ts";

const TREE = {
  "moltbot.yaml": PROJECT,
  "r/echo.yaml": ECHO,
  "r/other.yaml": manifest("ModelProvider", "other", "type: echo"),
  "r/a.yaml": agentText("a", "prompt: x\nskills: [s]\nsubAgents: [b]"),
  "r/b.yaml": agentText("b", "prompt: x\nsubAgents: [a]"),
  "r/c.yaml": agentText("c", "prompt: x\nfallbacks: [{provider: echo, name: e}, {provider: other, name: e}]"),
  "r/s.yaml": manifest("Skill", "s", "prompt: x"),
};

const edgesOf = ({ edges }: Graph): string[] => edges.map(({ from, to, reach }) => `${from} ${reach} ${to}`);
const addresses = ({ nodes }: Graph): string[] => nodes.map((node) => node.address);

describe("graph", () => {
  test("every resource with its file, every edge once, sorted", async () => {
    const found = value(await graph({ repo: repository(TREE) }, null, worldOf()));
    expect(found.nodes.slice(0, 2)).toEqual([
      { address: "Agent/a", file: "r/a.yaml" },
      { address: "Agent/b", file: "r/b.yaml" },
    ]);
    expect(addresses(found)).toContain("Project/acme");
    expect(edgesOf(found)).toEqual([
      "Agent/a calls Agent/b",
      "Agent/a uses ModelProvider/echo",
      "Agent/a uses Skill/s",
      "Agent/b calls Agent/a",
      "Agent/b uses ModelProvider/echo",
      "Agent/c uses ModelProvider/echo",
      "Agent/c uses ModelProvider/other",
    ]);
  });

  test("a focus: what it needs and what needs it, not what merely shares a need; circles end", async () => {
    const repo = repository(TREE);
    const skill = value(await graph({ repo }, "Skill/s", worldOf()));
    expect(addresses(skill)).toEqual(["Agent/a", "Agent/b", "Skill/s"]);
    expect(edgesOf(skill)).toEqual(["Agent/a calls Agent/b", "Agent/a uses Skill/s", "Agent/b calls Agent/a"]);
    const agent = value(await graph({ repo }, "Agent/c", worldOf()));
    expect(addresses(agent)).toEqual(["Agent/c", "ModelProvider/echo", "ModelProvider/other"]);
  });

  test.each([["Agent/d"], ["nonsense"], ["Agent/a/b"]])("unknown: %s", async (focus) => {
    expect(codesOf(await graph({ repo: repository(TREE) }, focus, worldOf()))).toEqual(["RESOURCE_NOT_FOUND"]);
  });

  test("a broken tree has no graph, and every error is told", async () => {
    const repo = repository({ ...TREE, "r/a.yaml": agentText("a", "prompt: x\nskills: [gone]"), "r/b.yaml": "x: [" });
    expect(codesOf(await graph({ repo }, null, worldOf())).sort()).toEqual(["REF_NOT_FOUND", "YAML_SYNTAX"]);
  });

  test("for any graph, every node around a focus is connected with it, and edges join kept nodes only", () => {
    const address = fc.integer({ min: 0, max: 9 }).map((i): Address => `A/n${i}`);
    const edges = fc.array(fc.record({ from: address, to: address, reach: fc.constant("uses" as const) }), { maxLength: 30 });
    fc.assert(
      fc.property(edges, address, (all, focus) => {
        const nodes = Array.from({ length: 10 }, (_, i) => ({ address: `A/n${i}` as Address, file: null }));
        const kept = around({ project: "p", environment: "default", focus: null, nodes, edges: all }, focus);
        const names = new Set(addresses(kept));
        expect(names).toContain(focus);
        for (const { from, to } of kept.edges) expect(names.has(from) && names.has(to)).toBe(true);
        const touched = new Set(kept.edges.flatMap(({ from, to }) => [from, to]));
        for (const name of names) if (name !== focus) expect(touched).toContain(name);
      }),
    );
  });
});
