import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../../core/index.ts";
import { agent, echo, openHouse, resource, secretOf, type House } from "../../channels.fixture.ts";
import { botServer, TOKEN, type BotServer } from "./bot-api.fixture.ts";
import { readUpdate } from "./read-update.ts";

const { secret, env } = secretOf("telegram", { token: TOKEN });

async function open(): Promise<{ readonly at: House; readonly bot: BotServer }> {
  const bot = await botServer();
  const channel = resource("Channel", "tg", {
    type: "telegram",
    connection: { endpoint: bot.url },
    credentials: { token: { secret: "telegram", key: "token" } },
    access: { direct: "allowlist", allow: ["77"] },
    routing: [{ agent: "support" }],
    delivery: { streaming: "off" },
  });
  const people = resource("Team", "care", {
    people: { members: [{ name: "ada", role: "owner", identities: { channels: [{ channel: "tg", id: "77" }] } }] },
  });
  return { at: await openHouse([echo, agent("support"), secret, channel, people], env), bot };
}

let numbers = 0;
const message = (text: string, more: JsonObject = {}): JsonObject => ({
  message_id: ++numbers,
  date: 1_767_225_600,
  from: { id: 77, is_bot: false, first_name: "Ada" },
  chat: { id: 77, type: "private" },
  text,
  ...more,
});
const sentBy = (bot: BotServer): readonly JsonObject[] =>
  bot.calls.filter(({ method }) => method === "sendMessage").map(({ params }) => params);

describe("a Bot API that means no good", () => {
  test("updates that are none are passed over, and what follows is answered", async () => {
    const { at, bot } = await open();
    for (const update of [
      { message: message("too late", { date: 9_007_199_254_740_991 }) },
      { message: message("too early", { date: -9_007_199_254_740_991 }) },
      { message: message("in a chat without a number", { chat: { id: {}, type: "private" } }) },
      { message: message("from nobody", { from: { id: "77" } }) },
      { message: message("with entities that are none", { entities: [null, 1, { type: "mention", offset: -1, length: 1e308 }] }) },
      { message: { ...message("x"), message_id: 1.5 } },
      { message: [] },
      { edited_message: null, callback_query: { id: 1, from: null } },
      { callback_query: { id: "1", from: { id: 77, is_bot: false }, data: "approval:00000000:given", message: { chat: null } } },
    ] as JsonObject[])
      bot.push(update);
    bot.push({ message: message("are you there") });
    await at.until(() => JSON.stringify(sentBy(bot)).includes("are you there"));
    expect(at.channels.states()[0]?.state).toBe("connected");
  });

  test("a number of an update that is none does not end what is heard", async () => {
    const { at, bot } = await open();
    for (const update_id of [1e308, -5, 0.5]) bot.next("getUpdates", 200, { ok: true, result: [{ update_id, message: message("odd") }] });
    bot.push({ message: message("first") });
    bot.push({ message: message("are you there") });
    await at.until(() => JSON.stringify(sentBy(bot)).includes("are you there"));
    expect(bot.polls.map(({ offset }) => Number(offset ?? 0)).every((each) => Number.isSafeInteger(each) && each >= 0)).toBe(true);
  });

  test.each<[string, number, JsonObject]>([
    ["a pause of nothing", 429, { ok: false, error_code: 429, description: "slow", parameters: { retry_after: 0 } }],
    ["a pause before now", 429, { ok: false, error_code: 429, description: "slow", parameters: { retry_after: -1e9 } }],
    ["a pause longer than a timer", 429, { ok: false, error_code: 429, description: "slow", parameters: { retry_after: 1e12 } }],
    ["nothing at once, instead of when something comes", 200, { ok: true, result: [] }],
    ["something else than a list", 200, { ok: true, result: { a: 1 } }],
  ])("asks no more than now and then where it is answered with %s", async (_, status, body) => {
    const { bot } = await open();
    for (let i = 0; i < 200; i++) bot.next("getUpdates", status, body);
    bot.push({ message: message("wakes the poll that waits") });
    await new Promise((resolve) => setTimeout(resolve, 700));
    const asked = 200 - bot.left("getUpdates");
    expect(asked).toBeLessThan(5);
  });
});

const me = { id: 4711, username: "moltbot" };
test.each<[string, JsonObject, boolean]>([
  ["written by the sender", {}, false],
  ["passed on from somebody else", { forward_origin: { type: "user", sender_user: { id: 9 } } }, true],
  ["passed on, as older servers say it", { forward_date: 1 }, true],
  ["made by a bot that the sender called", { via_bot: { id: 9 } }, true],
])("row 116: a message %s", (_, more, isPassedOn) => {
  expect(readUpdate({ message: message("hi", more) }, "", me)?.message.isPassedOn).toBe(isPassedOn);
});

test("row 116: what somebody passes on is not what they say: it is untrusted, whoever sent it", async () => {
  const { at, bot } = await open();
  bot.push({ message: message("mine") });
  bot.push({ message: message("theirs", { forward_origin: { type: "hidden_user", sender_user_name: "boss" } }) });
  await at.until(() => at.of("message.accepted").length === 2);
  expect(at.of("message.accepted").map(({ facts }) => facts?.["untrusted"])).toEqual([false, true]);
});
