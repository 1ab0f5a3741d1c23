import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject, Resource } from "../core/index.ts";
import { judgePlan, loadBuiltinPolicy, type Entry, type Policy } from "../trust/policy/index.ts";

const schemaOf = (entry: Entry): JsonObject => JSON.parse(readFileSync(`schemas/policy-input/${entry}.schema.json`, "utf8")) as JsonObject;

const ajv = new Ajv2020({ strict: true, allErrors: true });
const validators = {
  admission: ajv.compile(schemaOf("admission")),
  grant: ajv.compile(schemaOf("grant")),
  call: ajv.compile(schemaOf("call")),
};

const resource = (kind: string, name: string, spec: JsonObject): Resource => ({
  apiVersion: "moltbot.dev/v1alpha1",
  kind,
  metadata: { name, labels: { team: "care" } },
  spec,
});

const RESOURCES: readonly Resource[] = [
  resource("Project", "acme", { target: { type: "embedded" } }),
  resource("Agent", "support", {
    model: { provider: "echo", name: "echo-1" },
    memory: { scope: "agent" },
    capabilities: [
      {
        name: "http.fetch",
        tool: "http.fetch",
        permissions: [{ action: "get", resource: "https://api.acme.example/**" }],
        constraints: { approval: "never" },
      },
      { name: "fs.read", tool: "fs.read", permissions: [{ action: "read", resource: "notes/**" }], constraints: {} },
      { name: "json", tool: "json", permissions: [{ action: "call" }], constraints: {}, expiresAt: "2020-01-01T00:00:00Z" },
    ],
  }),
  resource("Channel", "web", { type: "web", access: { direct: "open" }, routing: [{ agent: "support" }] }),
  resource("Passthrough", "loud", { target: "openclaw", leaves: [{ pointer: "/gateway/bind", value: "lan" }] }),
  resource("Workflow", "nightly", { trigger: { type: "schedule" }, steps: [{ action: "tool", agent: "support", tool: "exec.run" }] }),
];

describe("what policies are asked is what the schemas say", () => {
  const builtin = loadBuiltinPolicy();
  if (!builtin.ok) throw new Error("no built-in policies");
  const asked: { readonly entry: Entry; readonly input: JsonObject }[] = [];
  const listening: Policy = {
    ...builtin.value,
    reads: [""],
    evaluate: (entry, input) => {
      asked.push({ entry, input });
      return builtin.value.evaluate(entry, input);
    },
  };
  const project = RESOURCES[0] as Resource;
  judgePlan({
    policy: listening,
    project,
    environment: "default",
    resources: RESOURCES,
    before: new Map([
      ["Agent/support", null],
      ["Skill/gone", resource("Skill", "gone", { prompt: "x" })],
    ] as never),
    edges: [],
    edgesBefore: [],
    now: "2027-01-01T00:00:00.000Z",
  });

  test.each<Entry>(["admission", "grant"])("%s: every field is there, and no other", (entry) => {
    const inputs = asked.filter((each) => each.entry === entry);
    expect(inputs.length).toBeGreaterThan(3);
    const wrong = inputs.flatMap(({ input }) => (validators[entry](input) ? [] : [validators[entry].errors]));
    expect(wrong).toEqual([]);
  });

  test("every field of every object is required and described", () => {
    const lacking: string[] = [];
    const visit = (node: Json | undefined, at: string): void => {
      if (Array.isArray(node)) node.forEach((each: Json, i) => visit(each, `${at}/${i}`));
      else if (typeof node === "object" && node !== null) {
        const { properties, required, additionalProperties } = node as {
          properties?: JsonObject;
          required?: readonly string[];
          additionalProperties?: Json;
        };
        if (properties) {
          if (additionalProperties !== false || Object.keys(properties).some((each) => !required?.includes(each))) lacking.push(at);
          for (const [name, each] of Object.entries(properties))
            if (typeof (each as JsonObject)["description"] !== "string") lacking.push(`${at}/${name}`);
        }
        for (const [key, each] of Object.entries(node)) visit(each, `${at}/${key}`);
      }
    };
    for (const entry of ["admission", "grant", "call"] as const) visit(schemaOf(entry), entry);
    expect(lacking).toEqual([]);
  });
});
