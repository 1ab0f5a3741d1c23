import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../core/index.ts";
import { look, type Look } from "./import.fixture.ts";

const AGENTS = { agents: { entries: { main: {}, other: {} } } };
const telegram = (settings: JsonObject, more: JsonObject = {}): Look => look({ ...AGENTS, channels: { telegram: settings }, ...more });
const access = (settings: JsonObject): unknown => (telegram(settings).spec("Channel/telegram") as JsonObject)["access"];

describe("channels wherever they stand", () => {
  test.each<[string, JsonObject, string, string]>([
    ["channels", { channels: { slack: {}, signal: { enabled: true } } }, "signal", "signal"],
    ["the old providers", { providers: { whatsapp: { enabled: true } } }, "whatsapp", "whatsapp"],
    ["the top", { telegram: { enabled: true } }, "telegram", "telegram"],
    ["a platform of a plugin", { channels: { feishu: { enabled: true } } }, "feishu", "plugin"],
    ["another name for one", { channels: { webchat: { enabled: true } } }, "webchat", "web"],
    ["its type in words", { channels: { sales_bot: { type: "telegram", x: 1 } } }, "sales-bot", "telegram"],
    ["nobody's", { channels: { frob: { enabled: true } } }, "frob", "plugin"],
  ])("%s", (_, config, name, type) => {
    expect(look(config).spec(`Channel/${name}`)).toMatchObject({ type });
  });

  test("what is no channel makes none", () => {
    expect(
      look({ channels: { defaults: { groupPolicy: "open" }, modelByChannel: { x: {} }, slack: null } }).addresses.filter((each) =>
        each.startsWith("Channel/"),
      ),
    ).toEqual([]);
  });
});

describe("access", () => {
  test.each<[string, JsonObject, unknown]>([
    ["nothing said: strangers are paired, as in OpenClaw", { enabled: true }, { direct: "pairing" }],
    ["each policy", { dmPolicy: "disabled", groupPolicy: "disabled" }, { direct: "off", groups: { policy: "off" } }],
    [
      "people, by number, text and prefix",
      { dmPolicy: "allowlist", allowFrom: [1, "2", "tg:3", "telegram:4", "user:5", "@name"] },
      { direct: "allowlist", allow: ["1", "2", "3", "4", "5", "@name"] },
    ],
    ["the same person twice", { dmPolicy: "allowlist", allowFrom: [1, "1"] }, { direct: "allowlist", allow: ["1"] }],
    ["everybody", { dmPolicy: "open", allowFrom: ["*"] }, { direct: "open" }],
    ["everybody without a policy", { allowFrom: ["*"] }, { direct: "open" }],
    ["a star does not open what a policy closes", { dmPolicy: "allowlist", allowFrom: ["*", "1"] }, { direct: "allowlist", allow: ["1"] }],
    ["a variable is no person", { dmPolicy: "allowlist", allowFrom: ["${ID}"] }, { direct: "allowlist" }],
    ["the old form", { dm: { policy: "allowlist", allowFrom: ["1"] } }, { direct: "allowlist", allow: ["1"] }],
    ["bots", { allowBots: true }, { direct: "pairing", bots: "allow" }],
    ["a policy nobody knows", { dmPolicy: "whoever" }, { direct: "pairing" }],
    [
      "groups",
      {
        groupAllowFrom: ["1"],
        groups: { "*": { requireMention: true }, "-5": { requireMention: false, allowFrom: [2], systemPrompt: "Brief.", enabled: true } },
      },
      {
        direct: "pairing",
        groups: {
          requireMention: true,
          allow: ["1"],
          rooms: [{ id: "-5", enabled: true, requireMention: false, allow: ["2"], prompt: "Brief." }],
        },
      },
    ],
    [
      "rooms as switches",
      { channels: { C1: false, C2: true } },
      {
        direct: "pairing",
        groups: {
          rooms: [
            { id: "C1", enabled: false },
            { id: "C2", enabled: true },
          ],
        },
      },
    ],
    [
      "a setting among rooms is no room",
      { groups: { requireMention: true, mentionGated: true } },
      { direct: "pairing", groups: { requireMention: true } },
    ],
    [
      "topics",
      { groups: { "-5": { topics: { "7": { requireMention: true }, "8": {} } } } },
      { direct: "pairing", groups: { rooms: [{ id: "-5", topics: [{ id: "7", requireMention: true }, { id: "8" }] }] } },
    ],
    [
      "servers with rooms",
      { guilds: { G: { requireMention: true, channels: { general: { allow: true } } } } },
      { direct: "pairing", groups: { requireMention: true, rooms: [{ id: "general", enabled: true }] } },
    ],
  ])("%s", (_, settings, expected) => expect(access(settings)).toEqual(expected));

  test("an account's access is laid over the channel's, and written whole", () => {
    const { spec } = telegram({
      dmPolicy: "allowlist",
      allowFrom: ["1"],
      groupPolicy: "open",
      accounts: { a: { dmPolicy: "pairing" }, b: { botToken: "${B}" } },
    });
    const accounts = (spec("Channel/telegram") as { accounts: JsonObject[] }).accounts;
    expect(accounts[0]!["access"]).toEqual({ direct: "pairing", allow: ["1"], groups: { policy: "open" } });
    expect(accounts[1]).not.toHaveProperty("access");
  });

  test("owners", () => {
    const { spec, leaf } = telegram({}, { commands: { ownerAllowFrom: ["telegram:1", "nobody:2", "3", "telegram:${ME}"] } });
    expect(spec("Channel/telegram")).toMatchObject({ access: { owners: ["1", "3"] } });
    expect(leaf("/commands/ownerAllowFrom/1").fate).toBe("passthrough");
  });
});

describe("accounts and credentials", () => {
  test("each account has its own, under a name that may stand there", () => {
    const { spec, fate } = telegram({
      accounts: {
        default: { botToken: "${A}" },
        "ops team": { botToken: { source: "env", id: "B" }, enabled: false, name: "Ops" },
        "ops-team": { botToken: "canary-token-of-ops" },
        日本: {},
      },
    });
    expect((spec("Channel/telegram") as { accounts: unknown }).accounts).toEqual([
      { name: "default", credentials: { token: { secret: "telegram", key: "default.bot-token" } } },
      { name: "ops-team", displayName: "Ops", enabled: false, credentials: { token: { secret: "telegram", key: "ops-team.bot-token" } } },
      { name: "ops-team-2", credentials: { token: { secret: "telegram", key: "ops-team.bot-token-2" } } },
      { name: "account" },
    ]);
    expect(spec("Secret/telegram")).toMatchObject({
      values: {
        "default.bot-token": { env: { name: "A" } },
        "ops-team.bot-token": { env: { name: "B" } },
        "ops-team.bot-token-2": { pending: { instruction: "Run: moltbot secret set telegram ops-team.bot-token-2" } },
      },
    });
    expect(fate("/channels/telegram/accounts/default/botToken")).toBe(
      "secret Secret/telegram#/spec/values/default.bot-token Channel/telegram#/spec/accounts/0/credentials/token",
    );
  });

  test.each([
    ["signingSecret", "signingSecret"],
    ["appSecret", "appSecret"],
    ["clientSecret", "appSecret"],
    ["webhookSecret", "webhookSecret"],
    ["verificationToken", "verifyToken"],
    ["password", "password"],
  ])("%s is %s", (source, field) => {
    expect(telegram({ [source]: "canary" }).spec("Channel/telegram")).toMatchObject({ credentials: { [field]: { secret: "telegram" } } });
  });
});

describe("settings", () => {
  test("delivery, limits, history, commands, actions, connection", () => {
    const { spec } = look({
      channels: {
        slack: {
          streaming: { mode: "block" },
          textChunkLimit: 3000,
          replyToMode: "first",
          sendReadReceipts: false,
          linkPreview: true,
          reactionLevel: "minimal",
          ackReaction: { emoji: "eyes" },
          mediaMaxMb: 5,
          historyLimit: 9,
          dmHistoryLimit: 3,
          thread: { initialHistoryLimit: 2 },
          commands: { native: true, nativeSkills: "auto" },
          customCommands: [{ command: "/Do", description: "it" }, { command: "x" }],
          actions: { reactions: true, polls: false },
          mode: "socket",
          webhookPath: "/slack",
          baseUrl: "https://chat.acme.example",
          configWrites: false,
          name: "The shop",
        },
      },
    });
    expect(spec("Channel/slack")).toEqual({
      description: "The shop",
      type: "slack",
      connection: { mode: "socket", endpoint: "https://chat.acme.example", webhook: { path: "/slack" } },
      routing: [{ agent: "main" }],
      access: { direct: "pairing" },
      rateLimits: { maxMediaBytes: "5MiB" },
      delivery: {
        streaming: "block",
        chunkChars: 3000,
        replyTo: "first",
        readReceipts: false,
        acknowledge: { emoji: "eyes" },
        reactions: "minimal",
        linkPreviews: true,
      },
      commands: { native: "on", skills: "auto", custom: [{ name: "do", description: "it" }] },
      history: { direct: 3, groups: 9, threads: 2 },
      actions: { reactions: true, polls: false },
    });
  });

  test("what is said for all channels holds for each that says nothing itself", () => {
    const { spec } = look({
      channels: { slack: { historyLimit: 1 }, signal: { groupPolicy: "open" }, defaults: { groupPolicy: "disabled" } },
      messages: {
        ackReactionScope: "all",
        groupChat: { historyLimit: 5, mentionPatterns: ["shop", "sh.*p"] },
        inbound: { debounceMs: 100, byChannel: { slack: 7 } },
      },
      commands: { native: false, restart: true },
    });
    expect(spec("Channel/slack")).toMatchObject({
      access: { groups: { policy: "off", mentions: ["shop"] } },
      delivery: { debounce: "7ms", acknowledge: { scope: "all" } },
      history: { groups: 1 },
      commands: { native: "off", restart: true },
    });
    expect(spec("Channel/signal")).toMatchObject({
      access: { groups: { policy: "open" } },
      delivery: { debounce: "100ms" },
      history: { groups: 5 },
    });
  });

  test("an old name of a setting counts where the new one is absent", () => {
    expect(telegram({ streamMode: "partial" }).spec("Channel/telegram")).toMatchObject({ delivery: { streaming: "partial" } });
    expect(telegram({ streaming: "off", streamMode: "partial" }).leaf("/channels/telegram/streamMode").notes.join()).toContain(
      "something else stands there",
    );
  });
});

describe("routing", () => {
  const routing = (bindings: JsonObject["x"], settings: JsonObject = {}): unknown =>
    (telegram(settings, { bindings }).spec("Channel/telegram") as JsonObject)["routing"];
  const to = (match: JsonObject, more: JsonObject = {}): JsonObject => ({
    agentId: "other",
    match: { channel: "telegram", ...match },
    ...more,
  });
  test.each<[string, readonly JsonObject[], unknown]>([
    ["without bindings, everything goes to the default agent", [], [{ agent: "main" }]],
    ["the whole channel", [to({})], [{ agent: "other" }]],
    ["another channel's", [{ agentId: "other", match: { channel: "slack" } }], [{ agent: "main" }]],
    ["an account", [to({ accountId: "a" })], [{ match: { account: "a" }, agent: "other" }, { agent: "main" }]],
    ["any account", [to({ accountId: "*" })], [{ agent: "other" }]],
    [
      "a person",
      [to({ peer: { kind: "dm", id: "1" } })],
      [{ match: { peer: { kind: "direct", id: "1" } }, agent: "other" }, { agent: "main" }],
    ],
    ["any group", [to({ peer: { kind: "group", id: "*" } })], [{ match: { peer: { kind: "group" } }, agent: "other" }, { agent: "main" }]],
    [
      "the most specific first, whatever the order",
      [
        to({}),
        to({ accountId: "a" }),
        to({ guildId: "g" }),
        to({ guildId: "g", roles: ["r"] }),
        to({ teamId: "t" }),
        to({ peer: { kind: "group", id: "1" } }),
      ],
      [
        { match: { peer: { kind: "group", id: "1" } }, agent: "other" },
        { match: { guild: "g", roles: ["r"] }, agent: "other" },
        { match: { guild: "g" }, agent: "other" },
        { match: { team: "t" }, agent: "other" },
        { match: { account: "a" }, agent: "other" },
        { agent: "other" },
      ],
    ],
    [
      "with a comment",
      [to({ accountId: "a" }, { comment: "why", type: "route" })],
      [{ match: { account: "a" }, agent: "other", description: "why" }, { agent: "main" }],
    ],
    ["ids in another case", [{ agentId: "OTHER", match: { channel: "telegram" } }], [{ agent: "other" }]],
  ])("%s", (_, bindings, expected) => expect(routing(bindings)).toEqual(expected));

  // Dropping what is not understood would let the route match more than the binding did.
  test.each<[string, JsonObject]>([
    ["a condition nobody knows", to({ chatType: "group" })],
    ["a kind of peer nobody knows", to({ peer: { kind: "robot", id: "1" } })],
    ["an agent nobody declares", { agentId: "nobody", match: { channel: "telegram" } }],
    ["another type of binding", to({}, { type: "acp" })],
  ])("%s makes no route, and is kept", (_, binding) => {
    const { spec, leaf } = telegram({}, { bindings: [binding] });
    expect((spec("Channel/telegram") as JsonObject)["routing"]).toEqual([{ agent: "main" }]);
    expect(["passthrough", "quarantined"]).toContain(leaf("/bindings/0/agentId").fate);
  });

  test("topics that name an agent, and the form that people guessed", () => {
    expect(routing([], { groups: { "-5": { topics: { "7": { agentId: "other" } } } } })).toEqual([
      { match: { peer: { kind: "group", id: "-5" }, thread: "7" }, agent: "other" },
      { agent: "main" },
    ]);
    const { spec } = look({
      agents: { main: { model: "x/y" }, other: { model: "x/y", channelBindings: ["telegram:*"] } },
      channels: { telegram: {} },
    });
    expect((spec("Channel/telegram") as JsonObject)["routing"]).toEqual([{ agent: "other" }]);
  });

  test("the default agent is the one marked so, then main, then the first", () => {
    const agent = (config: JsonObject): unknown =>
      ((look({ ...config, channels: { telegram: {} } }).spec("Channel/telegram") as { routing: JsonObject[] }).routing[0] as JsonObject)[
        "agent"
      ];
    expect(agent({ agents: { list: [{ id: "a" }, { id: "b", default: true }] } })).toBe("b");
    expect(agent({ agents: { list: [{ id: "a" }, { id: "main" }] } })).toBe("main");
    expect(agent({ agents: { default: "b", list: [{ id: "a" }, { id: "b" }] } })).toBe("b");
    expect(agent({ agents: { list: [{ id: "a" }, { id: "b" }] } })).toBe("a");
  });
});
