import { describe, expect, test } from "vitest";
import type { JsonObject, Resource } from "../../core/index.ts";
import { loadGeneration } from "./index.ts";

const made = (kind: string, name: string, spec: JsonObject): Resource => ({
  apiVersion: "moltbot.dev/v1alpha1",
  kind,
  metadata: { name },
  spec,
});
const secret = made("Secret", "s", { values: { k: { env: { name: "X" } }, later: {} } });
const ref = { secret: "s", key: "k" };
const load = (spec: JsonObject) => loadGeneration([secret, made("Channel", "c", spec)]);
const lacksOf = (spec: JsonObject): readonly string[] => {
  const loaded = load(spec);
  return loaded.ok ? (loaded.value.lacks.get("Channel/c") ?? []) : ["does not load"];
};
const telegram = { type: "telegram", credentials: { token: ref } };
const irc = { type: "irc", connection: { server: { host: "irc.acme.example" }, nick: "molt" } };
const webhook = { type: "webhook", credentials: { webhookSecret: ref } };

describe("what of a channel is inert is said, field by field", () => {
  test.each<[string, JsonObject, readonly string[]]>([
    ["web", { type: "web" }, []],
    ["webhook", webhook, []],
    ["telegram", telegram, []],
    ["irc", irc, []],
    ["another platform", { type: "matrix" }, ["channel adapter"]],
    ["a value that is not there yet", { ...telegram, credentials: { token: { secret: "s", key: "later" } } }, ["secret value"]],
    [
      "telegram by webhook",
      { ...telegram, connection: { mode: "webhook", webhook: {} } },
      ["channel connection.mode webhook", "channel connection.webhook"],
    ],
    ["a proxy", { ...irc, connection: { ...irc.connection, proxy: "http://x" } }, ["channel connection.proxy"]],
    ["another credential", { ...webhook, credentials: { webhookSecret: ref, token: ref } }, ["channel credentials.token"]],
    ["accounts of a webhook", { ...webhook, accounts: [{ name: "a" }] }, ["channel accounts"]],
    ["accounts of telegram", { ...telegram, accounts: [{ name: "a" }, { name: "b", credentials: { token: ref } }] }, []],
    [
      "commands, history, actions",
      { type: "web", commands: {}, history: {}, actions: { reactions: true, polls: false } },
      ["channel actions", "channel commands", "channel history"],
    ],
    [
      "streaming that it cannot",
      { ...irc, delivery: { streaming: "partial", format: "html" } },
      ["channel delivery.format html", "channel delivery.streaming partial"],
    ],
    [
      "looks",
      { type: "web", delivery: { threads: true, readReceipts: true, acknowledge: {}, reactions: "minimal" } },
      ["channel delivery.acknowledge", "channel delivery.reactions", "channel delivery.readReceipts", "channel delivery.threads"],
    ],
    [
      "rooms",
      { ...telegram, access: { groups: { rooms: [{ id: "1", prompt: "x", skills: ["y"], topics: [{ id: "2", prompt: "z" }] }] } } },
      ["room prompts", "room skills"],
    ],
    ["concurrency", { type: "web", rateLimits: { concurrency: 2 } }, ["channel rateLimits.concurrency"]],
  ])("%s", (_, spec, wanted) => expect(lacksOf(spec)).toEqual(wanted));
});

test("telegram without a token is kept, and says what it lacks", () => {
  const channel: Resource = { apiVersion: "moltbot.dev/v1alpha1", kind: "Channel", metadata: { name: "t" }, spec: { type: "telegram" } };
  const generation = loadGeneration([channel]);
  expect(generation.ok && generation.value.lacks.get("Channel/t")).toContain("credentials.token");
});

describe("what cannot be connected at all does not load", () => {
  test.each<[string, JsonObject, string]>([
    ["a webhook without a secret", { type: "webhook" }, "GENERATION_UNLOADABLE"],
    ["irc without a server", { type: "irc", connection: { nick: "molt" } }, "GENERATION_UNLOADABLE"],
    ["irc without a nick", { type: "irc", connection: { server: { host: "x" } } }, "GENERATION_UNLOADABLE"],
    ["a key that is not there", { ...telegram, credentials: { token: { secret: "s", key: "no" } } }, "SECRET_KEY_UNKNOWN"],
    [
      "accounts on several networks",
      { ...irc, accounts: [{ name: "a" }, { name: "b", connection: { server: { host: "other" } } }] },
      "GENERATION_UNLOADABLE",
    ],
    ...["/", "/v2/agents", "/chat/web", "/metrics", "/a/../v2", "//x", "/.well-known/x"].map((path): [string, JsonObject, string] => [
      `the gateway's own path ${path}`,
      { ...webhook, connection: { webhook: { path } } },
      "GENERATION_UNLOADABLE",
    ]),
  ])("%s", (_, spec, code) => {
    const loaded = load(spec);
    expect(loaded.ok ? [] : [...new Set(loaded.diagnostics.map((each) => each.code))]).toEqual([code]);
  });
});

test("the mark changes with what a connection depends on, and with nothing else", () => {
  const markOf = (spec: JsonObject): string => {
    const loaded = load(spec);
    return (loaded.ok && loaded.value.channels.get("c")?.mark) || "";
  };
  const same = [
    { access: { direct: "open" } },
    { routing: [{ agent: "x" }] },
    { rateLimits: { perSender: "1/s" } },
    { delivery: { chunkChars: 100 } },
  ];
  const other = [
    { rateLimits: { maxMediaBytes: "1MiB" } },
    { connection: { endpoint: "https://x.acme.example" } },
    { delivery: { format: "plain" } },
    { accounts: [{ name: "a" }] },
  ];
  for (const more of same) expect(markOf({ ...telegram, ...more })).toBe(markOf(telegram));
  for (const more of other) expect(markOf({ ...telegram, ...more })).not.toBe(markOf(telegram));
});
