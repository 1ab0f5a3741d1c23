import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../core/index.ts";
import { reportMarkdown } from "../report-markdown.ts";
import { withEnvelopes } from "../sealed.ts";
import { look } from "./import.fixture.ts";
import { isKnownKey } from "./known-keys.ts";
import { importOpenclaw } from "./openclaw.ts";

describe("providers", () => {
  const provider = (settings: JsonObject, id = "p"): unknown =>
    look({ models: { providers: { [id]: settings } } }).spec(`ModelProvider/${id}`);
  test.each<[string, JsonObject, string, unknown]>([
    [
      "OpenAI's protocol",
      { api: "openai-completions", baseUrl: "https://x.example/v1" },
      "p",
      { type: "openai-compatible", endpoint: "https://x.example/v1", api: "chat-completions" },
    ],
    [
      "its newer form",
      { api: "openai-responses", baseUrl: "https://x.example/v1" },
      "p",
      { type: "openai-compatible", endpoint: "https://x.example/v1", api: "responses" },
    ],
    [
      "Anthropic's",
      { api: "anthropic-messages", baseUrl: "https://x.example" },
      "p",
      { type: "anthropic", endpoint: "https://x.example", api: "messages" },
    ],
    ["Ollama's", { baseUrl: "http://localhost:11434/v1/" }, "ollama", { type: "ollama", endpoint: "http://localhost:11434" }],
    [
      "Ollama through OpenAI's",
      { api: "openai-completions", baseUrl: "http://localhost:11434/v1" },
      "ollama",
      { type: "openai-compatible", endpoint: "http://localhost:11434/v1", api: "chat-completions" },
    ],
    [
      "Google's, at the address that speaks OpenAI's",
      { api: "google-generative-ai", baseUrl: "https://generativelanguage.googleapis.com/v1beta" },
      "google",
      { type: "openai-compatible", endpoint: "https://generativelanguage.googleapis.com/v1beta/openai" },
    ],
    [
      "one that is not spoken",
      { api: "bedrock-converse-stream", baseUrl: "https://x.example" },
      "p",
      { type: "openai-compatible", endpoint: "https://x.example" },
    ],
    ["an address from the environment", { baseUrl: "${URL}" }, "p", { type: "openai-compatible", endpoint: "https://p.invalid/v1" }],
    [
      "an address that is none",
      { baseUrl: "somewhere" },
      "groq",
      { type: "openai-compatible", endpoint: "https://api.groq.com/openai/v1" },
    ],
    [
      "an address with a password in it",
      { baseUrl: "https://bot:canary-password@x.example" },
      "p",
      { type: "openai-compatible", endpoint: "https://p.invalid/v1" },
    ],
    [
      "headers",
      { baseUrl: "https://x.example", headers: { "X-Team": "care", "X-API-Key": "canary-key", Authorization: "${AUTH}" } },
      "p",
      {
        type: "openai-compatible",
        endpoint: "https://x.example",
        headers: { "x-team": "care", "x-api-key": { secret: "p", key: "x-api-key" }, authorization: { secret: "p", key: "authorization" } },
      },
    ],
    [
      "time, auth and key",
      { baseUrl: "https://x.example", timeoutSeconds: 9, auth: "oauth", apiKey: { $env: "KEY" } },
      "p",
      {
        type: "openai-compatible",
        endpoint: "https://x.example",
        credentials: { secret: "p", key: "api-key" },
        auth: "oauth",
        timeout: "9s",
      },
    ],
  ])("%s", (_, settings, id, expected) => expect(provider(settings, id)).toEqual(expected));

  test("models, as names, as a list and as a mapping; the first of two with one name counts", () => {
    const models = (list: JsonObject["x"]): unknown => (provider({ models: list }) as JsonObject)["models"];
    expect(models(["a", "b", "a"])).toEqual([{ name: "a" }, { name: "b" }]);
    expect(
      models([
        { id: "a", name: "A" },
        { id: "a", name: "B" },
      ]),
    ).toEqual([{ name: "a", displayName: "A" }]);
    expect(models({ a: { contextWindow: 5 } })).toEqual([{ name: "a", contextWindow: 5 }]);
    expect(
      models([
        { id: "a", input: ["text", "smell"], cost: { input: 1, output: -1 }, maxTokens: 7, params: { top_p: 0.5, thinking: "high", x: 1 } },
      ]),
    ).toEqual([{ name: "a", input: ["text"], prices: { input: 1 }, maxOutputTokens: 7, parameters: { topP: 0.5, thinking: "high" } }]);
  });

  test("profiles say that there is a key, which a person brings over", () => {
    const { spec } = look({
      models: { providers: { own: { apiKey: "${OWN}" } } },
      auth: {
        profiles: {
          "openai:main": { provider: "openai", mode: "api_key" },
          "openai:spare": { provider: "openai", mode: "api_key" },
          "own:x": { provider: "own", mode: "api_key" },
          bare: { provider: "xai", mode: "oauth" },
          odd: { provider: "odd", mode: "aws-sdk" },
        },
      },
    });
    expect(spec("ModelProvider/openai")).toMatchObject({ auth: "api-key", credentials: { secret: "openai", key: "main" } });
    expect(Object.keys((spec("Secret/openai") as { values: JsonObject }).values)).toEqual(["main", "spare"]);
    expect(Object.keys((spec("Secret/own") as { values: JsonObject }).values)).toEqual(["api-key"]);
    expect(spec("ModelProvider/xai")).toMatchObject({ auth: "oauth", credentials: { secret: "xai", key: "bare" } });
    expect(spec("ModelProvider/odd")).not.toHaveProperty("credentials");
  });

  test("variables of the environment", () => {
    const { spec, fate, leaf } = look({
      agents: { defaults: { model: "openai/x" } },
      env: {
        OPENAI_API_KEY: "canary-openai-env",
        PATH_LIKE: "${PATH_LIKE}",
        SHOP_TOKEN: "canary-shop-env",
        PLAIN: "x",
        vars: { GROQ_API_KEY: "${GROQ_API_KEY}" },
      },
    });
    expect(spec("ModelProvider/openai")).toMatchObject({ credentials: { secret: "openai", key: "api-key" } });
    expect(leaf("/env/PATH_LIKE").fate).toBe("left");
    expect(leaf("/env/vars/GROQ_API_KEY").fate).toBe("left");
    expect(fate("/env/SHOP_TOKEN")).toBe("secret Secret/environment#/spec/values/SHOP_TOKEN");
    expect(fate("/env/PLAIN")).toBe("passthrough Passthrough/openclaw-env#/spec/leaves/0");
  });
});

describe("MCP servers", () => {
  const server = (settings: JsonObject): unknown => look({ mcp: { servers: { s: settings } } }).spec("McpServer/s");
  test.each<[string, JsonObject, unknown]>([
    [
      "a program",
      { command: "npx", args: ["-y", "x"], env: { A: "b", TOKEN: "${T}" } },
      {
        transport: { stdio: { command: "npx", args: ["-y", "x"], env: { A: "b", TOKEN: { secret: "s", key: "TOKEN" } } } },
        tools: { allow: ["*"] },
      },
    ],
    ["an address", { url: "https://x.example/mcp" }, { transport: { http: { url: "https://x.example/mcp" } }, tools: { allow: ["*"] } }],
    [
      "events",
      { url: "https://x.example/sse", transport: "sse" },
      { transport: { sse: { url: "https://x.example/sse" } }, tools: { allow: ["*"] } },
    ],
    [
      "a socket",
      { url: "wss://x.example", enabled: false },
      { transport: { websocket: { url: "wss://x.example" } }, enabled: false, tools: { allow: ["*"] } },
    ],
    [
      "a filter",
      { command: "x", toolFilter: { include: ["a", "b_*"], exclude: ["b_c"] } },
      { transport: { stdio: { command: "x" } }, tools: { allow: ["a", "b_*"], deny: ["b_c"] } },
    ],
    [
      "a bearer token from the environment",
      { url: "https://x.example", headers: { authorization: "Bearer ${T}" } },
      {
        transport: { http: { url: "https://x.example" } },
        auth: { bearer: { token: { secret: "s", key: "token" } } },
        tools: { allow: ["*"] },
      },
    ],
    [
      "times",
      { command: "x", connectionTimeoutMs: 5, timeout: 6 },
      { transport: { stdio: { command: "x" } }, limits: { connectTimeout: "5ms", timeout: "6s" }, tools: { allow: ["*"] } },
    ],
    [
      "a secret behind a flag",
      { command: "x", args: ["--api-key", "canary", "--mode=fast"] },
      {
        enabled: false,
        transport: { stdio: { command: "x", args: ["--api-key", "SECRET-WAS-HERE", "--mode=fast"] } },
        tools: { allow: ["*"] },
      },
    ],
    [
      "a secret in a flag",
      { command: "x", args: ["--token=canary"] },
      { enabled: false, transport: { stdio: { command: "x", args: ["SECRET-WAS-HERE"] } }, tools: { allow: ["*"] } },
    ],
    [
      "an address that is none",
      { url: "not an address" },
      { enabled: false, transport: { http: { url: "https://s.invalid" } }, tools: { allow: ["*"] } },
    ],
  ])("%s", (_, settings, expected) => expect(server(settings)).toEqual(expected));

  test("as a list, below an agent, and what is none", () => {
    const { addresses } = look({
      agents: { entries: { a: { mcp: { servers: { own: { command: "x" } } } } } },
      mcp: { servers: [{ name: "A b", command: "x" }, { command: "nameless" }, { name: "empty" }] },
    });
    expect(addresses.filter((address) => address.startsWith("McpServer/"))).toEqual(["McpServer/a-b", "McpServer/own"]);
  });
});

describe("workflows", () => {
  const only = (config: JsonObject): unknown => {
    const { tree, spec } = look(config);
    const names = tree.manifests.filter(({ path }) => path.startsWith("workflows/")).map(({ path }) => path.slice(10, -5));
    return names.length === 1 ? spec(`Workflow/${names[0] ?? ""}`) : names;
  };
  const job = (settings: JsonObject): unknown => only({ cron: { jobs: [{ name: "j", payload: { message: "Hi." }, ...settings }] } });
  const ask = { name: "ask", action: "agent", agent: "main", prompt: "Hi." };
  test.each<[string, JsonObject, unknown]>([
    [
      "cron with a zone",
      { schedule: { kind: "cron", expr: " 0  9 * * 1-5 ", tz: "Europe/Berlin" } },
      { trigger: { schedule: { cron: "0 9 * * 1-5" } }, timing: { timezone: "Europe/Berlin" }, steps: [ask] },
    ],
    ["seconds that are zero", { schedule: "0 30 8 * * *" }, { trigger: { schedule: { cron: "30 8 * * *" } }, steps: [ask] }],
    ["seconds that are not", { schedule: "5 30 8 * * *" }, []],
    ["no cron", { schedule: "daily" }, []],
    ["again and again", { schedule: { everyMs: 5_400_000 } }, { trigger: { schedule: { every: "90m" } }, steps: [ask] }],
    ["odd milliseconds", { schedule: { everyMs: 1_500 } }, { trigger: { schedule: { every: "1500ms" } }, steps: [ask] }],
    ["in words", { schedule: { every: "2h" } }, { trigger: { schedule: { every: "2h" } }, steps: [ask] }],
    ["once", { schedule: { at: "2027-01-01T00:00:00Z" } }, { trigger: { schedule: { at: "2027-01-01T00:00:00Z" } }, steps: [ask] }],
    ["once, but when?", { schedule: { at: "tomorrow" } }, []],
    [
      "a session under a name",
      { schedule: "0 9 * * *", sessionTarget: "session:x" },
      { trigger: { schedule: { cron: "0 9 * * *" } }, steps: [{ ...ask, session: { mode: "named", name: "x" } }] },
    ],
    [
      "no answer",
      { schedule: "0 9 * * *", delivery: { mode: "none" }, enabled: false },
      { enabled: false, trigger: { schedule: { cron: "0 9 * * *" } }, steps: [{ ...ask, deliver: { when: "never" } }] },
    ],
    ["without a message", { schedule: "0 9 * * *", payload: {} }, []],
  ])("a job: %s", (_, settings, expected) => expect(job(settings)).toEqual(expected));

  const beat = (defaults: JsonObject, own?: JsonObject): unknown =>
    only({
      agents: { defaults: { heartbeat: defaults }, entries: { main: own ? { heartbeat: own } : {}, b: {} } },
      channels: { telegram: {} },
    });
  test("a heartbeat: of the default agent, with what the defaults say", () => {
    expect(
      beat({
        every: "30m",
        target: "last",
        isolatedSession: true,
        lightContext: true,
        model: "openai/x",
        activeHours: { start: "08:00", end: "22:00" },
      }),
    ).toMatchObject({
      trigger: { schedule: { every: "30m" } },
      timing: { activeHours: { from: "08:00", to: "22:00" } },
      steps: [
        {
          agent: "main",
          model: { provider: "openai", name: "x" },
          session: { mode: "isolated", lightContext: true },
          deliver: { when: "notable" },
        },
      ],
    });
  });
  test("a heartbeat of its own is laid over the defaults; the others have none", () => {
    expect(beat({ every: "30m", target: "none" }, { every: "1h", prompt: "Look.", target: "telegram", to: "1" })).toMatchObject({
      trigger: { schedule: { every: "1h" } },
      steps: [{ agent: "main", prompt: "Look.", deliver: { channel: "telegram", to: "1" } }],
    });
    expect(beat({ every: "0m" })).toEqual([]);
    expect(beat({ every: "sometimes" })).toEqual([]);
    expect(beat({ target: "last" })).toEqual([]);
  });

  const hook = (mapping: JsonObject, hooks: JsonObject = { token: "${HOOK}" }): unknown =>
    only({ agents: { entries: { main: {}, b: {} } }, hooks: { ...hooks, mappings: [mapping] } });
  test("a hook asks its agent, and always wants a token", () => {
    expect(
      hook(
        { match: { path: "/jira/" }, action: "agent", agentId: "b", messageTemplate: "{{x}}", deliver: false, sessionKey: "main" },
        { token: "${HOOK}", path: "/in", enabled: true },
      ),
    ).toEqual({
      trigger: { webhook: { path: "/in/jira/", authentication: "bearer", secret: { secret: "hooks", key: "token" } } },
      steps: [{ name: "ask", action: "agent", agent: "b", prompt: "{{x}}", session: { mode: "main" }, deliver: { when: "never" } }],
    });
    expect(hook({ match: { path: "x" } }, {})).toMatchObject({
      trigger: { webhook: { path: "/hooks/x", secret: { secret: "hooks", key: "token" } } },
      steps: [{ agent: "main", prompt: "{{body}}" }],
    });
    const { fate } = look({ hooks: { token: "${HOOK}", mappings: [{ id: "x", match: { path: "x" } }] } });
    expect(fate("/hooks/token")).toBe("secret Secret/hooks#/spec/values/token Workflow/x#/spec/trigger/webhook/secret");
    expect(hook({ match: { path: "x" } }, { enabled: false })).toMatchObject({ enabled: false });
    expect(hook({ match: { path: "x" }, agentId: "nobody" })).toEqual([]);
    expect(hook({ match: { source: "gmail" } })).toEqual([]);
    expect(hook({ match: { path: "a b" } })).toEqual([]);
  });
});

describe("what is left to OpenClaw, and what it does not know itself", () => {
  test("known keys", () => {
    expect(isKnownKey(["gateway", "tailscale", "mode"])).toBe(true);
    expect(isKnownKey(["gateway", "tailscale", "colour"])).toBe(false);
    expect(isKnownKey(["agents", "list", 0, "runtime", "type"])).toBe(true);
    expect(isKnownKey(["agents", "entries", "any", "runtime", "type"])).toBe(true);
    expect(isKnownKey(["channels", "telegram", "colour"])).toBe(false);
    expect(isKnownKey(["channels", "any-plugin", "colour"])).toBe(true);
    expect(isKnownKey(["plugins", "entries", "any", "config", "a", 0, "b"])).toBe(true);
    expect(isKnownKey(["colour"])).toBe(false);
    expect(isKnownKey(["constructor"])).toBe(false);
  });

  test("a known setting becomes a leaf of a Passthrough, a secret one by reference", () => {
    const { spec, fate } = look({
      browser: { headless: true, empty: [] },
      tools: { web: { search: { apiKey: "canary-search" } } },
      talk: { provider: "x", providers: { x: { apiKey: { source: "exec", provider: "v", id: "k" } } } },
    });
    expect(spec("Passthrough/openclaw-browser")).toEqual({ target: "openclaw", leaves: [{ pointer: "/browser/headless", value: true }] });
    expect(spec("Passthrough/openclaw-tools")).toMatchObject({
      leaves: [{ pointer: "/tools/web/search/apiKey", secret: { secret: "openclaw-tools", key: "web.search.api-key" } }],
    });
    expect(spec("Passthrough/openclaw-talk")).toMatchObject({
      leaves: [{}, { pointer: "/talk/providers/x/apiKey", secret: { secret: "openclaw-talk", key: "providers.x.api-key" } }],
    });
    expect(fate("/talk/providers/x/apiKey/source")).toBe(
      "passthrough Secret/openclaw-talk#/spec/values/providers.x.api-key Passthrough/openclaw-talk#/spec/leaves/1",
    );
    expect(fate("/browser/empty")).toBe("quarantined");
  });

  test("an unknown key is quarantined with its path, its secret only named, its comment kept", () => {
    const { tree, fate } = look(
      '{\n// about plums\nmystery: {"a/b": 1, apiKey: "canary-mystery", ref: {source: "env", id: "X"}}, "\\u202e": "\\u202e"}',
    );
    expect(tree.texts.find(({ path }) => path === "quarantine/openclaw.json5")?.text).toBe(
      [
        "// What stands in openclaw.json and no version of OpenClaw knows: by JSON Pointer, with its value.",
        "// Nothing reads this file. Move what you need into a manifest, then delete it.",
        "{",
        '  "/mystery/a~1b": 1,',
        '  "/mystery/apiKey": {"secret":"quarantine","key":"api-key"},',
        '  "/mystery/ref": {"secret":"quarantine","key":"ref"},',
        '  "/\\u202e": "\\u202e",',
        "}",
        "",
      ].join("\n"),
    );
    expect(fate("/mystery/apiKey")).toBe("quarantined Secret/quarantine#/spec/values/api-key");
    expect(tree.report.comments).toEqual([]);
  });

  test("defaults of OpenClaw, stamps and what moltbot does anyway are left, each with its reason", () => {
    const { tree } = look({
      meta: { lastTouchedVersion: "1" },
      gateway: { tailscale: { mode: "off" }, auth: { mode: "token" } },
      agents: { defaults: { sandbox: { mode: "off" } } },
      plugins: { entries: { old: { enabled: false } } },
      $schema: "https://x.example",
    });
    expect(tree.report.leaves.map(({ fate, notes }) => [fate, notes.length])).toEqual(Array.from({ length: 6 }, () => ["left", 1]));
  });

  test("a plugin that only switches on a channel or provider that is declared", () => {
    const { leaf } = look({
      agents: { defaults: { model: "openai/x" } },
      channels: { telegram: {} },
      plugins: {
        allow: ["telegram", "extra"],
        entries: { telegram: { enabled: true }, openai: { enabled: true }, extra: { enabled: true } },
      },
    });
    expect(
      [
        "/plugins/entries/telegram/enabled",
        "/plugins/entries/openai/enabled",
        "/plugins/entries/extra/enabled",
        "/plugins/allow/0",
        "/plugins/allow/1",
      ].map((pointer) => leaf(pointer).fate),
    ).toEqual(["left", "left", "passthrough", "left", "passthrough"]);
  });
});

describe("secrets", () => {
  test("one that is repeated elsewhere is found there too", () => {
    const secret = "canary-0123456789-canary";
    const { tree } = look({
      gateway: { auth: { token: secret } },
      logging: { file: `/log/${secret}.txt` },
      agents: { entries: { a: { description: `uses ${secret}` } } },
    });
    expect(JSON.stringify(tree)).not.toContain(secret);
  });

  test("in a comment it is starred out", () => {
    const { tree } = look('{gateway: {port: 1, // was canary-0123456789-canary\nauth: {token: "canary-0123456789-canary"}}}');
    expect([...(tree.manifests.find(({ path }) => path === "moltbot.yaml")?.comments.values() ?? [])]).toEqual(["was ***"]);
  });

  test("as a key of a mapping it stops the import before anything leaves", () => {
    const config = { gateway: { auth: { token: "canary-0123456789-canary" } }, mystery: { "canary-0123456789-canary-and-more": 1 } };
    const result = importOpenclaw({ path: "openclaw.json", bytes: Buffer.from(JSON.stringify(config)) }, { project: "shop" });
    expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toEqual(["IMPORT_SECRET_LEAK"]);
    expect(JSON.stringify(result)).not.toContain("canary-0123456789");
  });

  test("encrypted ones take the place of pending ones, and nobody is asked to enter them", () => {
    const { tree } = look({ channels: { telegram: { botToken: "canary-token" } }, gateway: { auth: { token: "YOUR_TOKEN" } } });
    expect(tree.secrets.map(({ secret, key }) => `${secret}#${key}`)).toEqual(["telegram#bot-token"]);
    const sealed = withEnvelopes(tree, new Map(tree.secrets.map((found) => [found, { recipients: ["age1x"], envelope: "armor" }])));
    const secret = sealed.manifests.find(({ path }) => path === "secrets/telegram.yaml");
    expect(secret?.value["spec"]).toEqual({ values: { "bot-token": { age: { recipients: ["age1x"], envelope: "armor" } } } });
    const entered = (tasks: typeof tree.report.tasks): readonly string[] =>
      tasks.map(({ text }) => text).filter((text) => text.startsWith("Enter"));
    expect(entered(tree.report.tasks)).toHaveLength(2);
    expect(entered(sealed.report.tasks)).toEqual(["Enter the value: moltbot secret set openclaw-gateway auth.token"]);
  });
});

describe("comments", () => {
  test("stand on the resource's or the field's line, or are listed", () => {
    const { tree } = look(`// top
      {
        agents: {
          defaults: { /* all */ timeoutSeconds: 5 },
          // both agents
          list: [
            // the first
            { id: "a", description: "x" /* what it is */ },
            { id: "b" }, // ---- the second ----
            // nothing follows
          ],
        },
        // for none
        meta: { lastTouchedVersion: "1" },
      } // end`);
    const heading = (path: string): unknown => tree.manifests.find((manifest) => manifest.path === path)?.heading;
    expect(heading("moltbot.yaml")).toBe("top\nend");
    expect(heading("agents/a.yaml")).toBe("the first");
    expect(heading("agents/b.yaml")).toBe("the second");
    expect([...(tree.manifests.find(({ path }) => path === "agents/a.yaml")?.comments ?? [])]).toEqual([
      ["/spec/budgets/timePerMessage", "all"],
      ["/spec/description", "what it is"],
    ]);
    expect(tree.report.comments.map(({ source, text }) => [source, text])).toEqual([
      ["/agents/list", "both agents"],
      ["/agents/list", "nothing follows"],
      ["/meta", "for none"],
    ]);
  });
});

describe("the whole", () => {
  test("$include is not followed, and that is said", () => {
    const result = importOpenclaw(
      { path: "openclaw.json", bytes: Buffer.from('{agents: {$include: "./agents.json5"}}') },
      { project: "shop" },
    );
    expect(result.ok ? result.warnings.map(({ code }) => code) : []).toEqual(["IMPORT_INCLUDE"]);
  });

  test("a key that stands twice is said, without its value", () => {
    const { tree } = look('{gateway: {port: 1}, "gateway": {port: 2}}');
    expect(tree.report.tasks.map(({ text }) => text)).toContain(
      "/gateway stands more than once in the source (also in line 1); the last one counts.",
    );
  });

  test("rules that are lowered stand in the Project and in the report", () => {
    const { spec, tree } = look(
      {},
      {
        rules: [{ rule: "network.ceiling", level: "warn", denials: 3 }],
        recipients: ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"],
      },
    );
    expect(spec("Project/shop")).toMatchObject({ policies: { rules: { "network.ceiling": "warn" } }, secrets: { rules: [{ path: "*" }] } });
    expect(reportMarkdown(tree.report)).toContain("- `network.ceiling`: warn (3 decisions)");
  });

  test("the report is a page on which foreign text means only itself", () => {
    const { tree } = look({ "a|b`c\n# d": "x", agents: { entries: { "<b>": {} } } });
    const page = reportMarkdown(tree.report);
    expect(page).toContain("| 1 | ``/a\\|b`c\\u000a# d`` |  |  |");
    expect(page.split("\n").filter((line) => line.startsWith("# "))).toEqual(["# Import"]);
  });

  test("the Project says where our own runtime listens", () => {
    const { spec, leaf } = look({
      gateway: {
        mode: "local",
        bind: "lan",
        port: 1,
        controlUi: { allowedOrigins: ["https://a.example", "*"] },
        trustedProxies: ["10.0.0.0/8", "*"],
        http: { endpoints: { chatCompletions: { enabled: true }, responses: { enabled: false } } },
      },
    });
    expect(spec("Project/shop")).toEqual({
      target: {
        type: "embedded",
        listen: {
          port: 1,
          allowedOrigins: ["https://a.example"],
          trustedProxies: ["10.0.0.0/8"],
          endpoints: ["openai-chat"],
        },
      },
    });
    expect(leaf("/gateway/controlUi/allowedOrigins/1").fate).toBe("passthrough");
    const told = (bind: string): boolean =>
      look({ gateway: { bind } }).tree.report.tasks.some(({ text }) => text.includes("listens on a network"));
    expect([told("lan"), told("loopback")]).toEqual([true, false]);
    expect(look({ gateway: { bind: "tailnet" } }).spec("Project/shop")).toEqual({ target: { type: "embedded" } });
  });
});
