import { describe, expect, test } from "vitest";
import { ok, type JsonObject } from "../../../../core/index.ts";
import type { Approval, ApprovalAnswer } from "../../../gate/index.ts";
import { agent, codesOf, echo, openHouse, resource, secretOf, valueOf, type House } from "../../channels.fixture.ts";
import { undeliveredAnswers } from "../../../conversations/index.ts";
import { pairingsOn } from "../../pairing.ts";
import { pngOf } from "../../attachments/pictures.fixture.ts";
import type { ChannelsWorld } from "../../ports.ts";
import { botServer, TOKEN, type BotServer } from "./bot-api.fixture.ts";
import { toTelegramHtml } from "./format.ts";

const { secret, env } = secretOf("telegram", { token: TOKEN });
const BOSS = { id: "local", role: "owner", verified: true } as const;

async function open(
  spec: JsonObject = {},
  more: Parameters<typeof openHouse>[0] = [],
  over: Partial<ChannelsWorld> = {},
): Promise<{ readonly at: House; readonly bot: BotServer }> {
  const bot = await botServer();
  const channel = resource("Channel", "tg", {
    type: "telegram",
    connection: { endpoint: bot.url },
    credentials: { token: { secret: "telegram", key: "token" } },
    access: { direct: "allowlist", allow: ["77"] },
    routing: [{ agent: "support" }],
    delivery: { streaming: "off" },
    ...spec,
  });
  const at = await openHouse([echo, agent("support"), secret, channel, ...more], env, over);
  return { at, bot };
}

let numbers = 0;
const from = (id: number, more: JsonObject = {}): JsonObject => ({ id, is_bot: false, first_name: "Ada", ...more });
function message(text: string, more: JsonObject = {}): JsonObject {
  return { message: { message_id: ++numbers, date: 1_767_225_600, from: from(77), chat: { id: 77, type: "private" }, text, ...more } };
}
const sentBy = (bot: BotServer): readonly JsonObject[] =>
  bot.calls.filter(({ method }) => method === "sendMessage").map(({ params }) => params);

describe("a telegram channel", () => {
  test("answers who is listed, acknowledges durably, and stays silent for others", async () => {
    const { at, bot } = await open();
    bot.push(message("hello"));
    bot.push(message("stranger", { from: from(78), chat: { id: 78, type: "private" } }));
    bot.push(
      message("row 118: a listed name", { from: from(79, { first_name: "77", username: "77" }), chat: { id: 79, type: "private" } }),
    );
    await at.until(() => sentBy(bot).length === 1 && at.refused().length === 2);
    expect(sentBy(bot)[0]).toMatchObject({ chat_id: "77", parse_mode: "HTML", link_preview_options: { is_disabled: true } });
    await at.until(() => bot.polls.at(-1)?.["offset"] === 1_004);
    expect(at.refused().map(({ code, actor }) => [code, actor])).toEqual([
      ["SENDER_NOT_ALLOWED", "tg:78"],
      ["SENDER_NOT_ALLOWED", "tg:79"],
    ]);
  });

  test("the token stands in no event, state or audit", async () => {
    const { at, bot } = await open();
    bot.next("sendMessage", 500, { ok: false, error_code: 500, description: "down" });
    bot.push(message("hello"));
    await at.until(() => sentBy(bot).length === 1);
    bot.next("getUpdates", 401, { ok: false, error_code: 401, description: "Unauthorized" });
    bot.push(message("again"));
    await at.until(() => at.channels.states()[0]?.state === "failed");
    const all = JSON.stringify([at.events, at.channels.states(), at.of("message.sent"), at.of("message.accepted")]);
    expect(all).not.toContain("canary");
    expect(at.channels.states()[0]?.reason).toContain("Unauthorized");
  });

  test.each<[string, JsonObject, boolean]>([
    ["not mentioned", {}, false],
    ["by its name", { text: "hi @moltbot", entities: [{ type: "mention", offset: 3, length: 8 }] }, true],
    ["another's name", { text: "hi @moltbotX", entities: [{ type: "mention", offset: 3, length: 9 }] }, false],
    ["a name that Telegram did not mark", { text: "hi @moltbot" }, false],
    ["by an answer to it", { reply_to_message: { from: { id: 4711 } } }, true],
    ["by a command to it", { text: "/ask@MoltBot", entities: [{ type: "bot_command", offset: 0, length: 12 }] }, true],
    ["by its id", { text: "Molt", entities: [{ type: "text_mention", offset: 0, length: 4, user: { id: 4711 } }] }, true],
  ])("in a room, %s", async (_, more, isHeard) => {
    const { at, bot } = await open({ access: { groups: { policy: "allowlist", rooms: [{ id: "-100" }] } } });
    bot.push(message("hi", { chat: { id: -100, type: "supergroup" }, is_topic_message: true, message_thread_id: 9, ...more }));
    await at.until(() => sentBy(bot).length + at.refused().length === 1);
    expect(sentBy(bot)).toHaveLength(isHeard ? 1 : 0);
    if (isHeard) expect(sentBy(bot)[0]).toMatchObject({ chat_id: "-100", message_thread_id: 9 });
    else expect(at.refused()[0]?.code).toBe("MESSAGE_NOT_FOR_US");
  });

  test("409 and 429 are waited out, and what was not acknowledged comes again", async () => {
    const { at, bot } = await open({}, [], { random: () => 0 });
    bot.next("getUpdates", 409, { ok: false, error_code: 409, description: "Conflict" });
    bot.next("getUpdates", 429, { ok: false, error_code: 429, description: "Too Many", parameters: { retry_after: 0 } });
    bot.next("sendMessage", 429, { ok: false, error_code: 429, description: "Too Many", parameters: { retry_after: 0 } });
    bot.push(message("one"));
    bot.push(message("two"));
    await at.until(() => sentBy(bot).length === 2, 8_000);
    expect(
      at.events.some(
        (event) => event.type === "channel.state" && event.state === "waiting" && event.reason?.includes("Something else receives"),
      ),
    ).toBe(true);
  });

  test("what Telegram may have taken without saying so is not sent twice, but kept; by hand it is sent again", async () => {
    const { at, bot } = await open();
    bot.breakOff("sendMessage");
    bot.push(message("one"));
    await at.until(() => sentBy(bot).length === 1 && at.talk.undelivered() === 0);
    const [kept, ...none] = valueOf(undeliveredAnswers(at.records));
    expect([kept?.state, kept?.code, none]).toEqual(["unknown", "CHANNEL_NO_ANSWER", []]);
    expect(at.of("message.undelivered")[0]).toMatchObject({ code: "CHANNEL_NO_ANSWER", facts: { state: "unknown", message: kept?.id } });
    valueOf(await at.talk.resend(kept?.id ?? ""));
    await at.until(() => sentBy(bot).length === 2 && at.talk.undelivered() === 0);
    expect(sentBy(bot)[0]).toEqual(sentBy(bot)[1]);
    expect(valueOf(undeliveredAnswers(at.records))).toEqual([]);
    expect(codesOf(await at.talk.resend(kept?.id ?? ""))).toEqual(["ANSWER_NOT_FOUND"]);
  });

  test("what Telegram did not take for certain is sent again", async () => {
    const { at, bot } = await open();
    bot.next("sendMessage", 502, { ok: false, error_code: 502, description: "Bad Gateway" });
    bot.push(message("one"));
    await at.until(() => sentBy(bot).length === 1 && at.talk.undelivered() === 0);
    expect(valueOf(undeliveredAnswers(at.records))).toEqual([]);
  });

  test("a room that is gone is not written to again", async () => {
    const { at, bot } = await open();
    bot.next("sendMessage", 403, { ok: false, error_code: 403, description: "Forbidden: bot was blocked by the user" });
    bot.push(message("one"));
    await at.until(() => at.events.some((event) => event.type === "message.sent" && !event.ok));
    await at.until(() => at.talk.undelivered() === 0);
    expect(sentBy(bot)).toEqual([]);
  });

  test("an edit that changes the text is heard, one that does not is not", async () => {
    const { at, bot } = await open();
    const first = message("one")["message"] as JsonObject;
    bot.push({ message: first });
    bot.push({ edited_message: { ...first, edit_date: 5 } });
    bot.push({ edited_message: { ...first, edit_date: 6, text: "two" } });
    await at.until(() => sentBy(bot).length === 2);
    expect(at.of("message.accepted")).toHaveLength(2);
  });

  test("a stranger is told one code, an operator lets them in, and then they are heard", async () => {
    const { at, bot } = await open({ access: { direct: "pairing" } });
    const stranger = { from: from(90), chat: { id: 90, type: "private" } };
    bot.push(message("let me in", stranger));
    bot.push(message("let me in!", stranger));
    await at.until(() => at.refused().length === 2 && sentBy(bot).length === 1);
    const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(JSON.stringify(sentBy(bot)[0]))?.[0] ?? "";
    const pairings = pairingsOn(at.records, at.clock);
    const viewer = pairings.approve(code, { id: "v", role: "viewer", verified: true });
    expect(viewer.ok ? [] : viewer.diagnostics.map((each) => each.code)).toEqual(["PAIRING_NOT_ALLOWED"]);
    expect(valueOf(pairings.approve(code, BOSS)).paired.sender).toBe("90");
    bot.push(message("now", stranger));
    await at.until(() => sentBy(bot).length === 2);
    const [paired] = valueOf(pairings.list())[0]?.paired ?? [];
    valueOf(pairings.revoke(paired?.id ?? "", BOSS));
    bot.push(message("and now", stranger));
    await at.until(() => at.refused().length === 3);
  });

  test("files are fetched for who may talk, stripped, and never for strangers", async () => {
    const { at, bot } = await open({ rateLimits: { maxMediaBytes: "1MiB" } });
    bot.file("documents/f1", pngOf([["tEXt", Buffer.from("GPS\0canary")]]));
    bot.push(
      message("", { text: undefined as never, caption: "look", document: { file_id: "f1", file_name: "../../x.exe", file_size: 100 } }),
    );
    bot.push(message("", { from: from(78), chat: { id: 78, type: "private" }, document: { file_id: "f2", file_size: 100 } }));
    await at.until(() => sentBy(bot).length === 1 && at.refused().length === 1);
    expect(bot.calls.filter(({ method }) => method === "getFile").map(({ params }) => params["file_id"])).toEqual(["f1"]);
    expect(at.of("message.accepted")[0]?.facts).toMatchObject({ files: 1, refusedFiles: 0 });
  });

  test("an answer grows in place and is completed by an edit", async () => {
    const { at, bot } = await open({ delivery: { streaming: "partial" } }, [], { now: stepping() });
    bot.push(message("a few words that are said back"));
    await at.until(() => at.events.some((event) => event.type === "message.sent"));
    const edits = bot.calls.filter(({ method }) => method === "editMessageText");
    expect(sentBy(bot)).toHaveLength(1);
    expect(JSON.stringify(edits.at(-1)?.params)).toContain("said back");
  });

  test("a question of the gate goes to who may answer, and counts by who pressed the button", async () => {
    const answers: (ApprovalAnswer & { readonly id: string })[] = [];
    const asked = {
      id: "00112233aabbccdd",
      owner: "acme/default",
      agent: "support",
      role: "operator",
      tool: "exec.run",
      action: "run",
      resource: null,
    } as unknown as Approval;
    const open_ = { ...asked, summary: "ls", effect: { argv: ["ls"] }, expiresAt: "2099-01-01T00:00:00.000Z" } as Approval;
    const approvals = {
      list: () => ok([open_]),
      answer: (id: string, answer: ApprovalAnswer) => {
        answers.push({ id, ...answer });
        return ok(open_);
      },
    };
    const team = resource("Team", "care", {
      people: { members: [{ name: "bea", role: "operator", identities: { channels: [{ channel: "tg", id: "500" }] } }] },
    });
    const { at, bot } = await open({}, [team], { approvals: () => approvals });
    const runs: string[] = [];
    at.bus.subscribe(["run.started"], ({ correlation, owner, agent: name, session }) => {
      runs.push(correlation);
      at.bus.publish({
        type: "approval.asked",
        at: "",
        correlation,
        owner,
        agent: name,
        session,
        approval: open_.id,
        tool: "exec.run",
        summary: "ls",
      });
    });
    bot.push(message("do it"));
    await at.until(() => sentBy(bot).some((each) => each["chat_id"] === "500"));
    const question = sentBy(bot).find((each) => each["chat_id"] === "500");
    expect(JSON.stringify(question?.["reply_markup"])).toContain(`approval:${open_.id}:given`);
    const press = (id: number) => ({
      callback_query: { id: "q", from: from(id), data: `approval:${open_.id}:given`, message: { chat: { id } } },
    });
    bot.push(press(500));
    bot.push(press(77));
    await at.until(() => answers.length === 2);
    expect(answers.map(({ by }) => by)).toEqual([
      { id: "tg:500", person: "bea", role: "operator", verified: true, via: "channel" },
      { id: "tg:77", person: null, role: null, verified: true, via: "channel" },
    ]);
  });
});

function stepping(): () => number {
  let at = 0;
  return () => (at += 2_000);
}

test.each<[string, string]>([
  ["a **b** *c* ~~d~~", "a <b>b</b> <i>c</i> <s>d</s>"],
  ["<b>x</b> & `a<b`", "&lt;b&gt;x&lt;/b&gt; &amp; <code>a&lt;b</code>"],
  ["```ts\nif (a < b) **x**\n```", '<pre><code class="language-ts">if (a &lt; b) **x**</code></pre>'],
  ["# Title\n2 * 3 * 4", "<b>Title</b>\n2 * 3 * 4"],
  ['[x](https://acme.example/?a=1&b="2")', "[x](https://acme.example/?a=1&amp;b=&quot;2&quot;)"],
  ["[x](https://acme.example/?a=1&b=2)", '<a href="https://acme.example/?a=1&amp;b=2">x</a>'],
])("markdown %j as Telegram takes it", (markdown, html) => {
  expect(toTelegramHtml(markdown)).toBe(html);
});
