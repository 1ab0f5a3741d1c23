import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../core/index.ts";
import { loadAccess } from "../../load/channel-access.ts";
import type { LoadedRoute } from "../../load/index.ts";
import type { Inbound } from "../types.ts";
import { hasWord, judgeAccess } from "./access.ts";
import { conversationOf, type SessionScope } from "./conversation-of.ts";
import { memberOf, principalOf } from "./principal.ts";
import { newRates } from "./rates.ts";
import { readInbound } from "./read-inbound.ts";
import { agentFor } from "./routing.ts";

const direct: Inbound = {
  account: "",
  id: "1",
  sender: "77",
  senderName: "Ada",
  isBot: false,
  verified: true,
  peer: { kind: "direct", id: "77" },
  thread: null,
  guild: null,
  team: null,
  roles: [],
  mentioned: false,
  isPassedOn: false,
  text: "hello",
  attachments: [],
  at: "2026-01-01T00:00:00.000Z",
};
const room: Inbound = { ...direct, peer: { kind: "group", id: "-100" }, mentioned: true };
const listed = { groups: { policy: "allowlist", rooms: [{ id: "-100" }] } };

describe("access", () => {
  test.each<[string, JsonObject, Partial<Inbound>, string]>([
    ["nobody by default", {}, {}, "SENDER_NOT_ALLOWED"],
    ["open", { direct: "open" }, {}, "allowed"],
    ["open, unverified", { direct: "open" }, { verified: false }, "allowed"],
    ["listed", { direct: "allowlist", allow: ["77"] }, {}, "allowed"],
    ["row 118: a listed name", { direct: "allowlist", allow: ["Ada"] }, {}, "SENDER_NOT_ALLOWED"],
    ["listed, unverified", { direct: "allowlist", allow: ["77"] }, { verified: false }, "SENDER_UNVERIFIED"],
    ["owners are not let in by that", { direct: "allowlist", owners: ["77"] }, {}, "SENDER_NOT_ALLOWED"],
    ["a list without the word allowlist", { allow: ["77"] }, {}, "SENDER_NOT_ALLOWED"],
    ["pairing, a stranger", { direct: "pairing" }, {}, "pairing"],
    ["pairing, unverified", { direct: "pairing" }, { verified: false }, "SENDER_UNVERIFIED"],
    ["pairing, a bot", { direct: "pairing", bots: "allow" }, { isBot: true }, "SENDER_NOT_ALLOWED"],
    ["a bot where all may talk", { direct: "open" }, { isBot: true }, "SENDER_NOT_ALLOWED"],
    ["a bot that may", { direct: "open", bots: "allow" }, { isBot: true }, "allowed"],
    ["a bot that mentions us", { direct: "open", bots: "mentions" }, { isBot: true, mentioned: true }, "allowed"],
    ["a value that means nothing", { direct: "everybody" }, {}, "SENDER_NOT_ALLOWED"],
  ])("direct: %s", (_, access, more, wanted) => {
    const answer = judgeAccess({ ...direct, ...more }, loadAccess(access), () => false);
    expect(answer.kind === "refused" ? answer.code : answer.kind).toBe(wanted);
  });

  test("paired counts for pairing alone", () => {
    expect(judgeAccess(direct, loadAccess({ direct: "pairing" }), () => true).kind).toBe("allowed");
    expect(judgeAccess(direct, loadAccess({ direct: "allowlist" }), () => true).kind).toBe("refused");
    expect(judgeAccess(direct, loadAccess({ direct: "off" }), () => true).kind).toBe("refused");
  });

  test.each<[string, JsonObject, Partial<Inbound>, string]>([
    ["off", { direct: "open" }, {}, "SENDER_NOT_ALLOWED"],
    ["a listed room", listed, {}, "allowed"],
    ["a room that is not listed", listed, { peer: { kind: "group", id: "-101" } }, "SENDER_NOT_ALLOWED"],
    ["every room", { groups: { policy: "open" } }, {}, "allowed"],
    [
      "a room that is off where all are on",
      { groups: { policy: "open", rooms: [{ id: "-100", enabled: false }] } },
      {},
      "SENDER_NOT_ALLOWED",
    ],
    ["not mentioned", listed, { mentioned: false }, "MESSAGE_NOT_FOR_US"],
    ["a word that counts", { groups: { ...listed.groups, mentions: ["Molt"] } }, { mentioned: false, text: "molt, hi" }, "allowed"],
    ["a longer word", { groups: { ...listed.groups, mentions: ["molt"] } }, { mentioned: false, text: "molten" }, "MESSAGE_NOT_FOR_US"],
    ["no mention needed", { groups: { ...listed.groups, requireMention: false } }, { mentioned: false }, "allowed"],
    [
      "needed by the room",
      { groups: { policy: "allowlist", requireMention: false, rooms: [{ id: "-100", requireMention: true }] } },
      { mentioned: false },
      "MESSAGE_NOT_FOR_US",
    ],
    [
      "not needed by the topic",
      { groups: { policy: "allowlist", rooms: [{ id: "-100", topics: [{ id: "9", requireMention: false }] }] } },
      { mentioned: false, thread: "9" },
      "allowed",
    ],
    [
      "a topic that is off",
      { groups: { policy: "allowlist", rooms: [{ id: "-100", topics: [{ id: "9", enabled: false }] }] } },
      { thread: "9" },
      "SENDER_NOT_ALLOWED",
    ],
    ["people of all rooms", { groups: { ...listed.groups, allow: ["78"] } }, {}, "SENDER_NOT_ALLOWED"],
    ["an empty list", { groups: { ...listed.groups, allow: [] } }, {}, "SENDER_NOT_ALLOWED"],
    [
      "people of the room instead",
      { groups: { policy: "allowlist", allow: ["78"], rooms: [{ id: "-100", allow: ["77"] }] } },
      {},
      "allowed",
    ],
    ["listed, unverified", { groups: { ...listed.groups, allow: ["77"] } }, { verified: false }, "SENDER_UNVERIFIED"],
    ["a bot", listed, { isBot: true }, "SENDER_NOT_ALLOWED"],
    ["a bot the room hears", { groups: { policy: "allowlist", rooms: [{ id: "-100", bots: "mentions" }] } }, { isBot: true }, "allowed"],
  ])("rooms: %s", (_, access, more, wanted) => {
    const answer = judgeAccess({ ...room, ...more }, loadAccess(access), () => false);
    expect(answer.kind === "refused" ? answer.code : answer.kind).toBe(wanted);
  });

  test("whole words, in every script", () => {
    expect(["bot hi", "hi, BOT!", "@bot"].every((text) => hasWord(text, "bot"))).toBe(true);
    expect(["robot", "bots", "bot_1", "béot"].some((text) => hasWord(text, "bot"))).toBe(false);
    expect(hasWord("привет бот!", "бот")).toBe(true);
    expect(hasWord("x".repeat(100_000), "")).toBe(false);
  });
});

const route = (agent: string, more: Partial<LoadedRoute> = {}): LoadedRoute => ({
  agent,
  account: null,
  peer: null,
  thread: null,
  guild: null,
  team: null,
  roles: null,
  ...more,
});
describe("routing: the first that matches", () => {
  test.each<[string, readonly LoadedRoute[], Partial<Inbound>, string | null]>([
    ["nothing declared", [], {}, null],
    ["everything", [route("a")], {}, "a"],
    ["account", [route("a", { account: "eu" }), route("b")], { account: "eu" }, "a"],
    ["another account", [route("a", { account: "eu" })], { account: "us" }, null],
    ["kind of peer", [route("a", { peer: { kind: "group", id: null } }), route("b")], {}, "b"],
    ["one peer", [route("a", { peer: { kind: "direct", id: "77" } })], {}, "a"],
    ["the same id of another kind", [route("a", { peer: { kind: "group", id: "77" } })], {}, null],
    ["thread", [route("a", { thread: "9" }), route("b")], { thread: "9" }, "a"],
    ["guild and team", [route("a", { guild: "g", team: "t" })], { guild: "g", team: "t" }, "a"],
    ["one of several", [route("a", { guild: "g", team: "t" })], { guild: "g" }, null],
    ["role", [route("a", { roles: ["r1", "r2"] })], { roles: ["r2"] }, "a"],
    ["no role asked of an empty list", [route("a", { roles: [] })], { roles: ["r2"] }, null],
    ["a role of somebody unverified", [route("a", { roles: ["r"] })], { roles: ["r"], verified: false }, null],
    ["order decides", [route("a"), route("b", { peer: { kind: "direct", id: "77" } })], {}, "a"],
  ])("%s", (_, routing, more, wanted) => {
    expect(agentFor({ ...direct, ...more }, routing)).toBe(wanted);
  });
});

const team = {
  apiVersion: "",
  kind: "Team",
  metadata: { name: "t" },
  spec: {
    people: {
      members: [
        { name: "ada", role: "owner", identities: { channels: [{ channel: "tg", id: "77" }] } },
        {
          name: "bea",
          role: "viewer",
          identities: {
            channels: [
              { channel: "tg", id: "78" },
              { channel: "tg", id: "79" },
            ],
          },
        },
        { name: "eve", role: "owner", identities: { channels: [{ channel: "tg", id: "79" }] } },
      ],
    },
  },
};
describe("who it is", () => {
  test.each<[string, string, Partial<Inbound>, string | null]>([
    ["a member by channel and id", "tg", {}, "owner"],
    ["row 118: the same id on another channel", "irc", {}, null],
    ["row 118: a member's name", "tg", { sender: "1", senderName: "ada" }, null],
    ["unverified", "tg", { verified: false }, null],
    ["a bot", "tg", { isBot: true }, null],
    ["an id of two members has the lesser role", "tg", { sender: "79" }, "viewer"],
  ])("%s", (_, channel, more, role) => {
    const principal = principalOf(channel, "telegram", { ...direct, ...more }, [team]);
    expect(principal.role).toBe(role);
    expect(principal.id).toBe(`${channel}:${more.sender ?? "77"}`);
  });
  test("nobody is a member of nothing", () => expect(memberOf("tg", "77", [])).toBeUndefined());

  test.each<[SessionScope, Partial<Inbound>, string]>([
    ["main", {}, "main"],
    ["peer", {}, "person/ada"],
    ["peer", { sender: "5" }, "stranger/tg/5"],
    ["channel-peer", {}, "peer/tg/77/"],
    ["account-channel-peer", { account: "eu" }, "account/tg/eu/77/"],
    ["main", { peer: { kind: "group", id: "a/b" }, thread: "9" }, "room/tg//a%2Fb/9"],
  ])("conversation by %s", (scope, more, wanted) => {
    const message = { ...direct, ...more };
    expect(conversationOf(scope, "tg", principalOf("tg", "telegram", message, [team]), message)).toBe(wanted);
  });
});

describe("what an adapter hands in", () => {
  test.each<[string, object]>([
    ["row 122: approved", { approved: true }],
    ["row 122: role", { role: "owner" }],
    ["row 122: internal", { internal: {} }],
    ["an id that is a number", { sender: 77 }],
    ["an empty sender", { sender: "" }],
    ["a sender with a line end", { sender: "77\n" }],
    ["a long id", { id: "x".repeat(257) }],
    ["a peer with more", { peer: { kind: "direct", id: "77", role: "owner" } }],
    ["another kind", { peer: { kind: "owner", id: "77" } }],
    ["no time", { at: "yesterday" }],
    ["too long a text", { text: "x".repeat(1_048_577) }],
    ["a file that is a path", { attachments: ["/etc/passwd"] }],
  ])("%s is no message", (_, more) => expect(readInbound({ ...direct, ...more }).ok).toBe(false));

  test("comes out as plain data of the same fields, with a clean text", () => {
    const read = readInbound({ ...direct, senderName: "A\u202Eda\n", text: "a\r\nb\u0000\u001B[31m\u202E\u{E0041}c\tx" });
    expect(read).toMatchObject({ ok: true, value: { ...direct, senderName: "Ada", text: "a\nb[31mc\tx" } });
    const crossed = readInbound(structuredClone(direct));
    expect(JSON.parse(JSON.stringify(crossed))).toEqual(JSON.parse(JSON.stringify(readInbound(JSON.parse(JSON.stringify(direct))))));
  });
});

test("rates: so many at once, then one after the other, each for itself", () => {
  let at = 0;
  const rates = newRates(2, () => at);
  const rule = { count: 2, perMs: 1_000 };
  expect([rates.take("a", rule), rates.take("a", rule), rates.take("a", rule), rates.take("b", rule)]).toEqual([0, 0, 500, 0]);
  at = 500;
  expect([rates.take("a", rule), rates.take("a", rule)]).toEqual([0, 500]);
});
