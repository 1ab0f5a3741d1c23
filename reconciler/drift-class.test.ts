import { describe, expect, test } from "vitest";
import { addressOf, type JsonObject, type Resource } from "../core/index.ts";
import { KINDS } from "../schemas/index.ts";
import { driftClasses } from "./drift-class.ts";

const NOW = "2026-06-01T00:00:00.000Z";
const make = (kind: string, name: string, spec: JsonObject): Resource => ({
  apiVersion: "moltbot.dev/v1alpha1",
  kind,
  metadata: { name },
  spec,
});
const get = (resource: string, more: JsonObject = {}): JsonObject => ({
  tool: "http.fetch",
  permissions: [{ action: "get", resource }],
  ...more,
});
const agent = (more: JsonObject, ...capabilities: readonly JsonObject[]): Resource =>
  make("Agent", "support", { prompt: "x", capabilities, ...more });
const OTHER = make("Agent", "ops", { prompt: "x", capabilities: [get("https://ops.example/**")] });
const BASE = agent({}, get("https://a.example/**"), get("https://b.example/x", { name: "b", expiresAt: "2027-01-01T00:00:00Z" }));
const classOf = (live: Resource): string | undefined =>
  driftClasses([BASE, OTHER], new Map([[addressOf("Agent", "support"), live]]), NOW, KINDS).get("Agent/support");

describe("what an edit does to what is possible", () => {
  test.each<[string, string, Resource]>([
    ["another prompt", "neutral", { ...BASE, spec: { ...BASE.spec, prompt: "y" } }],
    ["nothing", "neutral", BASE],
    ["a grant taken away", "narrowing", agent({}, get("https://a.example/**"))],
    [
      "a grant made smaller",
      "narrowing",
      agent({}, get("https://a.example/only"), get("https://b.example/x", { name: "b", expiresAt: "2027-01-01T00:00:00Z" })),
    ],
    [
      "a grant that ends sooner",
      "narrowing",
      agent({}, get("https://a.example/**"), get("https://b.example/x", { name: "b", expiresAt: "2026-12-01T00:00:00Z" })),
    ],
    [
      "a grant that ends later",
      "widening",
      agent({}, get("https://a.example/**"), get("https://b.example/x", { name: "b", expiresAt: "2028-01-01T00:00:00Z" })),
    ],
    ["a grant more", "widening", agent({}, get("https://a.example/**"), get("https://c.example/**", { name: "c" }))],
    ["one taken away and one given", "widening", agent({}, get("https://c.example/**"))],
    [
      "an agent more to call",
      "widening",
      {
        ...BASE,
        spec: {
          ...BASE.spec,
          capabilities: [...(BASE.spec["capabilities"] as JsonObject[]), { tool: "agent:ops", permissions: [{ action: "call" }] }],
        },
      },
    ],
  ])("%s: %s", (_, expected, live) => expect(classOf(live)).toBe(expected));

  test("nothing was edited", () => expect(driftClasses([BASE], new Map(), NOW, KINDS).size).toBe(0));
});
