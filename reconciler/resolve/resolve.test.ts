import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonObject, type Json } from "../../core/index.ts";
import { KINDS } from "../../schemas/index.ts";
import type { WrittenResource } from "../manifest/types.ts";
import { resolve, type ResolveInput } from "./index.ts";

const API = "moltbot.dev/v1alpha1";

function written(kind: string, name: string, spec: JsonObject, file = `${name}.yaml`): WrittenResource {
  const value = { apiVersion: API, kind, metadata: { name }, spec };
  return { file, document: 0, line: 1, kind, name, value };
}

const PROVIDER = written("ModelProvider", "echo", { type: "echo" });
const agent = (name: string, more: JsonObject = {}): WrittenResource =>
  written("Agent", name, { model: { provider: "echo", name: "echo" }, prompt: "Be kind.", ...more });

function resolved(resources: readonly WrittenResource[], more: Partial<ResolveInput> = {}): ReturnType<typeof resolve> {
  return resolve({
    project: "acme",
    environment: "default",
    written: resources,
    overlays: [],
    files: new Map(),
    kinds: KINDS,
    invalid: new Set(),
    ...more,
  });
}

function codes(result: ReturnType<typeof resolve>): string[] {
  return result.ok ? [] : result.diagnostics.map((each) => each.code);
}

function specOf(result: ReturnType<typeof resolve>, address: `${string}/${string}`): JsonObject {
  if (!result.ok) throw new Error(result.diagnostics[0]?.detail);
  return result.value.byAddress.get(address)?.resource.spec ?? {};
}

describe("resolve", () => {
  test("fills defaults, so writing a default out changes no digest", () => {
    const short = resolved([PROVIDER, agent("a")]);
    const capabilities: Json = [{ tool: "time", permissions: [{ action: "read", resource: "**" }] }];
    expect(codes(short)).toEqual([]);
    const spec = specOf(resolved([PROVIDER, agent("a", { capabilities })]), "Agent/a");
    expect((spec["capabilities"] as readonly JsonObject[])[0]?.["name"]).toBe("time");
    const long = resolved([PROVIDER, written("Agent", "a", specOf(short, "Agent/a"))]);
    expect(long.ok && short.ok && long.value.digest === short.value.digest).toBe(true);
  });

  test("embeds files as their text; the file's name is no part of the digest", () => {
    const files = new Map([
      ["one.md", new TextEncoder().encode("Hello.\n")],
      ["two.md", new TextEncoder().encode("Hello.\n")],
    ]);
    const [one, two] = ["one.md", "two.md"].map((file) => resolved([PROVIDER, agent("a", { prompt: { file } })], { files }));
    expect(one && specOf(one, "Agent/a")["prompt"]).toBe("Hello.\n");
    expect(one?.ok && two?.ok && one.value.digest === two.value.digest).toBe(true);
  });

  test("replaces envelopes by their digest and carries the bytes beside", () => {
    const envelope = "-----BEGIN AGE ENCRYPTED FILE-----\nYWJj\n-----END AGE ENCRYPTED FILE-----\n";
    const secret = written("Secret", "key", { values: { value: { age: { recipients: [], envelope } } } });
    const result = resolved([secret]);
    expect(JSON.stringify(specOf(result, "Secret/key"))).not.toContain("BEGIN AGE");
    expect(result.ok && [...result.value.values.values()].map((bytes) => new TextDecoder().decode(bytes))).toEqual([envelope]);
  });

  test.each([
    ["a provider nobody declares", [agent("a")], ["REF_NOT_FOUND"]],
    ["the same address twice", [PROVIDER, agent("a"), { ...agent("a"), file: "b.yaml" }], ["RESOURCE_DUPLICATE"]],
    [
      "a secret key that does not exist",
      [
        written("Secret", "keys", { values: { value: { pending: {} } } }),
        written("ModelProvider", "p", { type: "anthropic", credentials: { secret: "keys", key: "valeu" } }),
      ],
      ["SECRET_KEY_UNKNOWN"],
    ],
    [
      "two entries with one key in a keyed list",
      [
        PROVIDER,
        agent("a", {
          capabilities: [
            { tool: "time", permissions: [{ action: "call" }] },
            { name: "time", tool: "json", permissions: [{ action: "call" }] },
          ],
        }),
      ],
      ["LIST_KEY_DUPLICATE"],
    ],
    [
      "an unknown key of a secret where text could stand too",
      [
        written("Secret", "keys", { values: { value: { pending: {} } } }),
        written("ModelProvider", "p", {
          type: "ollama",
          endpoint: "http://127.0.0.1:1",
          headers: { "x-team": { secret: "keys", key: "valeu" } },
        }),
      ],
      ["SECRET_KEY_UNKNOWN"],
    ],
    ["agents that call each other", [PROVIDER, agent("a", { subAgents: ["b"] }), agent("b", { subAgents: ["a"] })], []],
  ])("%s", (_name, resources, expected) => {
    expect(codes(resolved(resources))).toEqual(expected);
  });

  test("suggests the name that was meant", () => {
    const result = resolved([PROVIDER, agent("a", { model: { provider: "ehco", name: "echo" } })]);
    expect(result.ok || result.diagnostics[0]?.remedy).toBe('Did you mean "echo"?');
    expect(result.ok || result.diagnostics[0]?.origin).toEqual({
      file: "a.yaml",
      document: 0,
      pointer: "/spec/model/provider",
      part: "value",
    });
  });

  test("does not call a reference missing when the resource is only invalid", () => {
    expect(codes(resolved([agent("a")], { invalid: new Set(["ModelProvider/echo"] as const) }))).toEqual([]);
  });

  describe("overlays", () => {
    const base = agent("a", {
      capabilities: [
        { tool: "time", permissions: [{ action: "read", resource: "**" }] },
        { name: "web", tool: "http.fetch", permissions: [{ action: "get", resource: "https://api.example.com/**" }] },
      ],
    });
    const over = (spec: JsonObject, name = "a"): WrittenResource => written("Agent", name, spec, "over.yaml");

    test("merge maps, remove with null, and drop keyed entries with $remove", () => {
      const overlay = over({ prompt: "Other.", capabilities: [{ name: "web", $remove: true }], model: { temperature: null } });
      const withTemperature = {
        ...base,
        value: {
          ...base.value,
          spec: { ...(base.value["spec"] as JsonObject), model: { provider: "echo", name: "echo", temperature: 1 } },
        },
      };
      const spec = specOf(resolved([PROVIDER, withTemperature], { overlays: [overlay] }), "Agent/a");
      expect(spec["prompt"]).toBe("Other.");
      expect((spec["capabilities"] as readonly JsonObject[]).map((each) => each["name"])).toEqual(["time"]);
      expect(spec["model"]).not.toHaveProperty("temperature", 1);
    });

    test("that match nothing, or touch trust, are refused", () => {
      const project = written("Project", "acme", {}, "moltbot.yaml");
      const trust = written("Project", "acme", { verification: { commits: "off" } }, "over.yaml");
      expect(codes(resolved([PROVIDER, base], { overlays: [over({}, "b")] }))).toEqual(["OVERLAY_UNMATCHED"]);
      expect(codes(resolved([project, PROVIDER], { overlays: [trust] }))).toEqual(["OVERLAY_TRUST"]);
    });

    test("a wrong reference in an overlay is reported in the overlay", () => {
      const result = resolved([PROVIDER, base], { overlays: [over({ model: { provider: "nobody" } })] });
      expect(result.ok || result.diagnostics[0]?.origin?.file).toBe("over.yaml");
    });
  });

  test("the order of the input changes nothing", () => {
    const all = [PROVIDER, agent("a"), agent("b", { subAgents: ["a"] }), agent("c"), written("Skill", "s", { prompt: "Do it." })];
    const first = resolved(all);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(resolved(shuffled)).toEqual(first);
      }),
    );
  });

  test("a chain of 20,000 references is no deeper than one, and a circle is printed", () => {
    const chain = new Map<string, string>();
    for (let i = 0; i < 20_000; i++) chain.set(`n${i}`, `n${i + 1}`);
    const node = {
      type: "object",
      properties: { spec: { type: "object", properties: { next: { type: "string", "x-moltbot-ref": { kind: "Link", reach: "uses" } } } } },
    } as const;
    const kinds = {
      digest: KINDS.digest,
      byName: new Map([["Link", { kind: "Link", apiVersion: API, schema: node, validate: () => [] }]]),
    };
    const links = [...chain].map(([name, next]) => written("Link", name, { next }));
    const end = written("Link", "n20000", {});
    expect(codes(resolved([...links, end], { kinds }))).toEqual([]);
    const circle = resolved([...links, written("Link", "n20000", { next: "n19998" })], { kinds });
    expect(circle.ok || circle.diagnostics.map((each) => each.context["circle"])).toEqual([
      "Link/n19998 -> Link/n19999 -> Link/n20000 -> Link/n19998",
    ]);
  });
});
