import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { childNode, isArray, isObject, type Json, type JsonObject, type SchemaNode } from "../../core/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { API } from "../../test/worlds.fixture.ts";
import { canonicalForm } from "./index.ts";

function canonical(kind: string, spec: JsonObject, metadata: JsonObject = {}): Json {
  const value = { apiVersion: API, kind, metadata: { name: "a", ...metadata }, spec };
  return canonicalForm(value, KINDS.byName.get(kind)?.schema);
}

const MODEL = { provider: "echo", name: "echo" };
const http = (url: string): JsonObject => ({ transport: { http: { url } } });
const grant = (permissions: Json, more: JsonObject = {}): JsonObject => ({
  model: MODEL,
  capabilities: [{ tool: "http.fetch", permissions, ...more }],
});

describe("two spellings with one meaning are one", () => {
  test.each<[string, string, JsonObject, JsonObject]>([
    ["an empty list and none", "Agent", { model: MODEL, capabilities: [], skills: [] }, { model: MODEL }],
    ["an empty map and none", "Agent", { model: MODEL, identity: {}, budgets: {} }, { model: MODEL }],
    ["a map of empty things and none", "McpServer", { ...http("https://a.example"), tools: { allow: [] } }, http("https://a.example")],
    ["a map that only repeats its defaults and none", "ModelProvider", { type: "echo", retries: { attempts: 2 } }, { type: "echo" }],
    ["minutes and seconds", "ModelProvider", { type: "echo", timeout: "120s" }, { type: "echo", timeout: "2m" }],
    ["days and hours", "ModelProvider", { type: "echo", timeout: "48h" }, { type: "echo", timeout: "2d" }],
    [
      "KiB and MiB",
      "ModelProvider",
      { type: "echo", limits: { maxResponseBytes: "1024KiB" } },
      { type: "echo", limits: { maxResponseBytes: "1MiB" } },
    ],
    [
      "an instant with an offset",
      "Agent",
      grant([{ action: "get" }], { expiresAt: "2027-01-01T01:00:00.500+01:00" }),
      grant([{ action: "get" }], { expiresAt: "2027-01-01t00:00:00.5z" }),
    ],
    ["the order of permissions", "Agent", grant([{ action: "get" }, { action: "post" }]), grant([{ action: "post" }, { action: "get" }])],
    [
      "hosts of grants",
      "Agent",
      grant([{ action: "get", resource: "https://API.example.com:443/%61/**" }]),
      grant([{ action: "get", resource: "https://api.example.com/a/**" }]),
    ],
    ["addresses", "McpServer", http("HTTPS://Mcp.Acme.example:443/"), http("https://mcp.acme.example")],
    [
      "the order of hosts",
      "Project",
      { policies: { network: { ceiling: ["B.example", "a.example"] } } },
      { policies: { network: { ceiling: ["a.example", "b.example"] } } },
    ],
    ["an empty part of the trust", "Project", { policies: { rules: {}, network: {} }, trust: { plugins: [] }, forget: [] }, {}],
    [
      "a web socket's address",
      "McpServer",
      { transport: { websocket: { url: "wss://A.example:443/x" } } },
      { transport: { websocket: { url: "wss://a.example/x" } } },
    ],
  ])("%s", (_name, kind, a, b) => {
    expect(canonical(kind, a)).toEqual(canonical(kind, b));
  });

  test("labels and annotations", () => {
    expect(canonical("Skill", {}, { labels: {}, annotations: {} })).toEqual(canonical("Skill", {}));
  });
});

describe("what means something else stays", () => {
  test.each<[string, string, JsonObject, JsonObject]>([
    [
      "nobody, and everybody",
      "Channel",
      { type: "web", access: { groups: { allow: [] } } },
      { type: "web", access: { groups: { policy: "off" } } },
    ],
    ["no host, and this machine", "Project", { policies: { network: { ceiling: [] } } }, {}],
    ["a memory with defaults, and none", "Agent", { model: MODEL, memory: {} }, { model: MODEL }],
    ["the order of skills", "Agent", { model: MODEL, skills: ["a", "b"] }, { model: MODEL, skills: ["b", "a"] }],
    [
      "the order of models",
      "Agent",
      { model: MODEL, fallbacks: [MODEL, { ...MODEL, name: "b" }] },
      { model: MODEL, fallbacks: [{ ...MODEL, name: "b" }, MODEL] },
    ],
    [
      "a burst of sixty, and one a second",
      "McpServer",
      { ...http("https://a.example"), limits: { rate: "60/min" } },
      { ...http("https://a.example"), limits: { rate: "1/s" } },
    ],
    [
      "an issuer, which is compared exactly",
      "Team",
      { people: { members: [{ name: "a", role: "owner", identities: { oidc: [{ issuer: "https://a.example", subject: "1" }] } }] } },
      { people: { members: [{ name: "a", role: "owner", identities: { oidc: [{ issuer: "https://a.example/", subject: "1" }] } }] } },
    ],
    ["a port of its own", "McpServer", http("https://a.example:8443"), http("https://a.example")],
  ])("%s", (_name, kind, a, b) => {
    expect(canonical(kind, a)).not.toEqual(canonical(kind, b));
  });
});

/** Other spellings of a value that its schema takes for the same. */
function respelled(value: Json, node: SchemaNode | undefined, random: () => number): Json {
  if (!node) return value;
  if (typeof value === "string") return respelledText(value, node["x-moltbot-form"]);
  if (isArray(value)) {
    const items = value.map((item) => respelled(item, node.items, random));
    const isUnordered = node["x-moltbot-set"] === true || node["x-moltbot-key"] !== undefined;
    return isUnordered
      ? items
          .map((item) => ({ item, at: random() }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item)
      : items;
  }
  if (!isObject(value)) return value;
  const out = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, respelled(item, childNode(node, key), random)]));
  for (const [key, child] of Object.entries(node.properties ?? {}))
    if (child["x-moltbot-empty"] === "absent" && !Object.hasOwn(out, key) && random() < 0.5)
      out[key] = [child.type].flat().includes("array") ? [] : {};
  return out;
}

function respelledText(text: string, form: SchemaNode["x-moltbot-form"]): string {
  const [, count = "", unit] = /^(\d+)(s|m|h|MiB|GiB)$/.exec(text) ?? [];
  if (form === "duration" || form === "size") {
    const smaller = { s: [1000, "ms"], m: [60, "s"], h: [60, "m"], MiB: [1024, "KiB"], GiB: [1024, "MiB"] } as const;
    const [factor, to] = smaller[unit as keyof typeof smaller] ?? [1, undefined];
    return to === undefined ? text : `${Number(count) * factor}${to}`;
  }
  if (form === "url" || form === "pattern")
    return text.replace(/^https:\/\/([^/:]+)/, (all) => `https://${all.slice(8).toUpperCase()}:443`);
  return form === "host" ? text.toUpperCase() : text;
}

test.each([...KINDS.byName.values()])(
  "$kind: whatever spelling its examples have, they resolve to the same, which is valid and stays",
  ({ schema, validate }) => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (numbers) => {
        const random = (): number => numbers.next().value as number;
        for (const example of schema.examples ?? []) {
          const once = canonicalForm(example, schema);
          const other = respelled(example, schema, random);
          expect(validate(other)).toEqual([]);
          expect(canonicalForm(other, schema)).toEqual(once);
          expect(canonicalForm(once, schema)).toEqual(once);
          expect(validate(once)).toEqual([]);
        }
      }),
      { numRuns: 20 },
    );
  },
);
