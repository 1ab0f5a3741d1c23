import { describe, expect, test } from "vitest";
import { digestBytes, type JsonObject, type Resource } from "../../core/index.ts";
import { assess, loadGeneration } from "./index.ts";

function made(kind: string, name: string, spec: JsonObject): Resource {
  return { apiVersion: "moltbot.dev/v1alpha1", kind, metadata: { name }, spec };
}

const DIGEST = digestBytes("envelope");
const echo = made("ModelProvider", "echo", { type: "echo", timeout: "30s" });
const cloud = made("ModelProvider", "cloud", {
  type: "openai-compatible",
  endpoint: "https://api.example.com/v1/",
  headers: { "x-team": "care", "x-token": { secret: "api", key: "token" } },
  credentials: { secret: "api", key: "key" },
  retries: { attempts: 0, backoff: "1s" },
  limits: { maxResponseBytes: "64KiB" },
  models: [{ name: "m", digest: DIGEST, prices: { currency: "EUR", input: 3 } }],
});
const secret = made("Secret", "api", {
  values: {
    key: { age: { recipients: ["age1x"], envelope: DIGEST } },
    token: { env: { name: "TOKEN" } },
    filed: { file: { path: DIGEST } },
  },
});
const agent = made("Agent", "a", { model: { provider: "echo", name: "echo" } });

function loaded(...resources: readonly Resource[]) {
  const result = loadGeneration(resources);
  if (!result.ok) throw new Error(result.diagnostics.map((d) => d.detail).join("; "));
  return result.value;
}

function codes(...resources: readonly Resource[]): readonly string[] {
  const result = loadGeneration(resources);
  return result.ok ? [] : result.diagnostics.map((d) => d.code);
}

describe("building a generation", () => {
  test("an agent with skills, fallbacks and how to ask", () => {
    const skills = [
      made("Skill", "refunds", { description: "About refunds.", prompt: "Be fair.\n", load: "always" }),
      made("Skill", "later", { description: "Ask me.", prompt: "never sent", load: "on-demand" }),
    ];
    const support = made("Agent", "support", {
      identity: { displayName: "Sam", theme: "brief" },
      model: { provider: "cloud", name: "m", temperature: 0, topP: 0.5, maxTokens: 9, stop: ["END"], thinking: "low", timeout: "9s" },
      fallbacks: [{ provider: "echo", name: "echo" }],
      prompt: "  You help.\n",
      skills: ["refunds", "later"],
      budgets: { timePerMessage: "1m" },
      debug: { showThinking: true },
    });
    const { agents } = loaded(echo, cloud, secret, ...skills, support);
    expect(agents.get("support")).toMatchObject({
      name: "support",
      system:
        "You help.\n\nYour name is Sam.\n\nYour manner: brief\n\n# Skill: refunds\n\nAbout refunds.\n\nBe fair.\n\n# Skill: later\n\nAsk me.",
      choices: [
        { provider: "cloud", model: "m", temperature: 0, topP: 0.5, maxTokens: 9, stop: ["END"], thinking: "low", timeoutMs: 9_000 },
        { provider: "echo", model: "echo" },
      ],
      showThinking: true,
      timePerMessageMs: 60_000,
    });
  });

  test.each<[string, object, string | null, readonly string[] | undefined]>([
    ["without an address it answers from its file", {}, "m.gguf", undefined],
    ["with one its server does, and the path is inert", { endpoint: "http://127.0.0.1:8080" }, null, ["models.path"]],
  ])("llama-cpp: %s", (_, spec, file, lacks) => {
    const all = loaded(made("ModelProvider", "l", { type: "llama-cpp", models: [{ name: "m", path: "m.gguf" }], ...spec }));
    expect(all.providers.get("l")?.models.get("m")?.file).toBe(file);
    expect(all.lacks.get("ModelProvider/l")).toEqual(lacks);
  });

  test("providers with their bounds, and the defaults where a row says nothing", () => {
    const { providers, secrets } = loaded(echo, cloud, secret, made("ModelProvider", "local", { type: "ollama" }));
    expect(providers.get("cloud")).toEqual({
      name: "cloud",
      protocol: "openai-compatible",
      endpoint: "https://api.example.com/v1/",
      headers: [
        { name: "x-team", value: "care" },
        { name: "x-token", value: { secret: "api", key: "token" } },
      ],
      credentials: { secret: "api", key: "key" },
      oauth: null,
      tls: [],
      timeoutMs: 120_000,
      maxResponseBytes: 65_536,
      retries: 0,
      backoffMs: 1_000,
      models: new Map([
        [
          "m",
          {
            digest: DIGEST,
            prices: { currency: "EUR", input: 3, output: null },
            contextWindow: null,
            maxOutputTokens: null,
            file: null,
            defaults: {},
          },
        ],
      ]),
      limits: { concurrency: null, requests: null, tokensPerMinute: null },
      lacks: [],
    });
    expect(providers.get("echo")).toMatchObject({ endpoint: null, timeoutMs: 30_000, retries: 2, backoffMs: 500, lacks: [] });
    expect(providers.get("local")).toMatchObject({ protocol: "ollama", endpoint: "http://127.0.0.1:11434" });
    expect(secrets.get("api")).toEqual(
      new Map([
        ["key", { kind: "age", envelope: DIGEST, recipients: ["age1x"] }],
        ["token", { kind: "env", name: "TOKEN" }],
        ["filed", { kind: "age", envelope: DIGEST, recipients: null }],
      ]),
    );
  });

  const broken: readonly (readonly [string, string, readonly Resource[]])[] = [
    ["an agent without a model", "GENERATION_UNLOADABLE", [made("Agent", "x", {})]],
    ["an agent of an unknown provider", "REF_NOT_FOUND", [agent]],
    [
      "a fallback of an unknown provider",
      "REF_NOT_FOUND",
      [echo, made("Agent", "x", { model: { provider: "echo", name: "e" }, fallbacks: [{ provider: "no", name: "e" }] })],
    ],
    ["an unknown skill", "REF_NOT_FOUND", [echo, made("Agent", "x", { model: { provider: "echo", name: "e" }, skills: ["none"] })]],
    ["openai-compatible without an address", "GENERATION_UNLOADABLE", [made("ModelProvider", "x", { type: "openai-compatible" })]],
    ["an address that is none", "GENERATION_UNLOADABLE", [made("ModelProvider", "x", { type: "ollama", endpoint: "http://:99999999" })]],
    [
      "a header that belongs to HTTP",
      "GENERATION_UNLOADABLE",
      [made("ModelProvider", "x", { type: "ollama", headers: { "transfer-encoding": "chunked" } })],
    ],
    [
      "a header value with a line break",
      "GENERATION_UNLOADABLE",
      [made("ModelProvider", "x", { type: "ollama", headers: { "x-a": "b\r\nhost: c" } })],
    ],
    [
      "a key that the Secret does not have",
      "SECRET_KEY_UNKNOWN",
      [secret, made("ModelProvider", "x", { type: "ollama", credentials: { secret: "api", key: "kee" } })],
    ],
    [
      "a Secret that does not exist",
      "SECRET_KEY_UNKNOWN",
      [made("ModelProvider", "x", { type: "ollama", credentials: { secret: "none" } })],
    ],
  ];
  test.each(broken)("%s is %s", (_, code, resources) => {
    expect(codes(...resources)).toEqual([code]);
    expect(assess(resources)).toBeInstanceOf(Map);
  });

  test("every problem is reported at once", () => {
    expect(codes(agent, made("Agent", "x", {}), made("ModelProvider", "y", { type: "openai-compatible" })).toSorted()).toEqual([
      "GENERATION_UNLOADABLE",
      "GENERATION_UNLOADABLE",
      "REF_NOT_FOUND",
    ]);
  });
});

describe("what resources lack", () => {
  const pending = made("Secret", "p", { values: { value: { pending: {} }, odd: "text", old: { age: { envelope: "not a digest" } } } });
  const waiting = made("ModelProvider", "waiting", { type: "ollama", credentials: { secret: "p" } });
  const asks = (provider: string, more: JsonObject = {}): JsonObject => ({ model: { provider, name: "m" }, ...more });
  const cases: readonly (readonly [string, readonly string[] | undefined, Resource])[] = [
    ["an agent that only talks", undefined, agent],
    ["an agent with tools", undefined, made("Agent", "x", asks("echo", { capabilities: [{ tool: "time" }], subAgents: ["a"] }))],
    ["an agent with tools of an MCP server", ["MCP client"], made("Agent", "x", asks("echo", { capabilities: [{ tool: "mcp:crm/*" }] }))],
    ["an agent with memory and budgets", undefined, made("Agent", "x", asks("echo", { memory: {}, budgets: { tokensPerDay: 1 } }))],
    [
      "a memory that is searched by meaning",
      ["search by meaning", "search in conversations"],
      made("Agent", "x", asks("echo", { memory: { search: { provider: "echo", include: ["memory", "sessions"] } } })),
    ],
    ["an agent whose only provider waits", ["model provider"], made("Agent", "x", asks("waiting"))],
    [
      "an agent with a fallback that can answer",
      undefined,
      made("Agent", "x", asks("waiting", { fallbacks: [{ provider: "echo", name: "e" }] })),
    ],
    ["a provider whose credential is pending", ["secret value"], waiting],
    ["a provider we do not speak", ["later adapter"], made("ModelProvider", "x", { type: "later" })],
    ["a Secret without a value", ["secret value"], pending],
    ["a Secret with values", undefined, secret],
    ["a Skill with files", ["skill loader"], made("Skill", "x", { files: [{ path: "a", content: "b" }] })],
    ["a Channel of a platform we do not speak", ["channel adapter"], made("Channel", "x", { type: "matrix" })],
    [
      "a Channel of a platform we speak",
      undefined,
      made("Channel", "x", { type: "webhook", credentials: { webhookSecret: { secret: "s", key: "k" } } }),
    ],
    ["a Team of people", undefined, made("Team", "x", { people: [] })],
    ["a Team that works", ["team runner"], made("Team", "x", { orchestration: {} })],
    ["a kind made up by schema alone", ["runtime handler"], made("Gadget", "x", {})],
    ["a kind with an inherited name", ["runtime handler"], made("constructor", "x", {})],
    ["the Project", undefined, made("Project", "x", {})],
  ];
  test.each(cases)("%s", (_, expected, resource) => {
    const world = [echo, pending, waiting, secret].filter((each) => each.metadata.name !== resource.metadata.name);
    expect(assess([...world, resource]).get(`${resource.kind}/${resource.metadata.name}`)).toEqual(expected);
  });
});

test("what of a model provider is declared and not done is said, and its models still answer", () => {
  const spec = { type: "echo", api: "responses", models: [{ name: "m", parameters: { presencePenalty: 1 } }] };
  const provider: Resource = { apiVersion: "moltbot.dev/v1alpha1", kind: "ModelProvider", metadata: { name: "p" }, spec };
  const generation = loadGeneration([provider]);
  expect(generation.ok && generation.value.lacks.get("ModelProvider/p")).toEqual([
    "choice among a protocol's forms",
    "penalties for repeated words",
  ]);
  expect(generation.ok && generation.value.providers.get("p")?.lacks).toEqual([]);
});
