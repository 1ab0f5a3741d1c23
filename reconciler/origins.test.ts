import { describe, expect, test } from "vitest";
import { agentText, codesOf, ECHO, HEAD, manifest, repository, value, worldOf } from "../test/engine.fixture.ts";
import { origins, type FieldOrigin } from "./engine.ts";

const PROJECT = manifest(
  "Project",
  "acme",
  "environments:\n  prod: {overlays: [over/one.yaml, over/two.yaml]}\n  test: {overlays: [over/list.yaml]}",
);

const AGENT = `# a comment
${HEAD}kind: Agent
metadata:
  name: a
spec:
  model: {provider: echo, name: m, stop: [x, y]}
  prompt: {file: prompts/a.md}
  capabilities:
    - {tool: fs.read, permissions: [{action: read, resource: "**"}]}
    - name: fetch
      tool: http.fetch
      permissions:
        - action: get
          resource: "http://localhost/**"
  fallbacks:
    - {provider: echo, name: f, timeout: 9s}
    - {provider: echo, name: g}
`;

const ONE = `${HEAD}kind: Agent
metadata: {name: a}
spec:
  model:
    name: big
    temperature: 0.5
  capabilities:
    - name: fetch
      constraints:
        rate: 30/min
`;

const TWO = `---
---
${HEAD}kind: Agent
metadata: {name: a}
spec:
  model: {temperature: null}
  prompt: Be quick.
`;

const LIST = `${HEAD}kind: Agent
metadata: {name: a}
spec:
  fallbacks:
    - provider: echo
      name: h
`;

const FILES = {
  "moltbot.yaml": PROJECT,
  "r/echo.yaml": ECHO,
  "r/a.yaml": AGENT,
  "r/b.yaml": agentText("b"),
  "prompts/a.md": "Be kind.\n",
  "over/one.yaml": ONE,
  "over/two.yaml": TWO,
  "over/list.yaml": LIST,
};

async function placesOf(environment: string): Promise<Record<string, string>> {
  const [agent] = value(await origins({ repo: repository(FILES), environment }, ["Agent/a"], worldOf()));
  return Object.fromEntries([...(agent?.origins ?? [])].map(([pointer, place]) => [pointer, textOf(place)]));
}

function textOf(place: FieldOrigin | null): string {
  return place === null ? "default" : `${place.file}:${place.line}:${place.column}${place.embeds === null ? "" : ` <- ${place.embeds}`}`;
}

describe("origins", () => {
  test("the layer with the last word, whatever the keyed lists became", async () => {
    expect(await placesOf("prod")).toMatchObject({
      "/metadata/name": "over/two.yaml:5:18",
      "/spec/model/provider": "r/a.yaml:7:21",
      "/spec/model/name": "over/one.yaml:6:11",
      "/spec/model/stop/1": "r/a.yaml:7:46",
      "/spec/prompt": "over/two.yaml:8:11",
      // Sorted by key: fetch comes before fs.read.
      "/spec/capabilities/0/tool": "r/a.yaml:12:13",
      "/spec/capabilities/0/constraints/rate": "over/one.yaml:11:15",
      "/spec/capabilities/1/tool": "r/a.yaml:10:14",
      "/spec/fallbacks/0/timeout": "r/a.yaml:17:42",
      "/spec/timezone": "default",
    });
    expect(await placesOf("prod")).not.toHaveProperty("/spec/model/temperature");
  });

  test("an embedded file is named beside the place that names it", async () => {
    expect(await placesOf("test")).toMatchObject({ "/spec/prompt": "r/a.yaml:8:3 <- prompts/a.md" });
  });

  test("a list that an overlay replaced says nothing of the one below it", async () => {
    const places = await placesOf("test");
    expect(places).toMatchObject({ "/spec/fallbacks/0/provider": "over/list.yaml:6:17", "/spec/fallbacks/0/name": "over/list.yaml:7:13" });
    expect(places).not.toHaveProperty("/spec/fallbacks/0/timeout");
    expect(places).not.toHaveProperty("/spec/fallbacks/1/name");
  });

  test("every scalar of every resource has its place, and no other pointer has one", async () => {
    for (const { resource, origins: places } of value(await origins({ repo: repository(FILES), environment: "prod" }, [], worldOf()))) {
      const leaves: string[] = [];
      const walk = (json: unknown, at: string): void => {
        const children = typeof json === "object" && json !== null ? Object.entries(json) : [];
        if (children.length === 0) leaves.push(at);
        for (const [key, child] of children) walk(child, `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
      };
      walk(resource, "");
      expect([...places.keys()].sort()).toEqual(leaves.sort());
    }
  });

  test("an address that nothing declares", async () => {
    const query = { repo: repository(FILES), environment: "prod" };
    expect(codesOf(await origins(query, ["Agent/a", "Agent/z", "nonsense"], worldOf()))).toEqual([
      "RESOURCE_NOT_FOUND",
      "RESOURCE_NOT_FOUND",
    ]);
    expect(value(await origins(query, ["Agent/b", "Agent/a", "Agent/b"], worldOf())).map((each) => each.resource.metadata.name)).toEqual([
      "a",
      "b",
    ]);
  });
});
