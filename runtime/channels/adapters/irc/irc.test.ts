import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../../core/index.ts";
import { agent, echo, openHouse, resource, secretOf, type House } from "../../channels.fixture.ts";
import { linesOf } from "./lines.ts";
import { ngircd, person, type Ngircd } from "./ngircd.fixture.ts";
import { readIrc } from "./read-message.ts";

const { secret, env } = secretOf("irc", { password: "canary-pass-1" });

async function open(server: Ngircd, spec: JsonObject = {}, connection: JsonObject = {}): Promise<House> {
  const channel = resource("Channel", "net", {
    type: "irc",
    connection: { server: { host: "127.0.0.1", port: server.port, tls: false }, nick: "molt", rooms: ["#care"], ...connection },
    access: { direct: "open", groups: { policy: "allowlist", rooms: [{ id: "#care" }] } },
    routing: [{ agent: "support" }],
    ...spec,
  });
  const at = await openHouse([echo, agent("support"), secret, channel], env);
  await new Promise((resolve) => setTimeout(resolve, 300));
  return at;
}

describe("an IRC channel on a real server", () => {
  test("answers in its room when it is mentioned, and privately where everybody may talk", async () => {
    const server = await ngircd();
    const at = await open(server);
    const ada = await person(server.port, "ada");
    ada.say("PRIVMSG #care :just talking");
    ada.say("PRIVMSG #care :molt: hello there");
    await at.until(() => ada.lines.some((line) => /^:molt!\S+ PRIVMSG #care :.*hello there/.test(line)), 10_000);
    ada.say("PRIVMSG molt :psst");
    await at.until(() => ada.lines.some((line) => /^:molt!\S+ PRIVMSG ada :.*psst/.test(line)), 10_000);
    expect(at.refused().map(({ code }) => code)).toEqual(["MESSAGE_NOT_FOR_US"]);
    expect(at.of("message.accepted").map(({ facts }) => facts?.["verified"])).toEqual([false, false]);
  });

  test("CTCP and notices are answered with nothing, and no text becomes a command", async () => {
    const server = await ngircd();
    const at = await open(server);
    const ada = await person(server.port, "ada");
    ada.say("PRIVMSG molt :\u0001VERSION\u0001");
    ada.say("NOTICE molt :psst");
    ada.say("PRIVMSG molt :say QUIT :gone");
    await at.until(() => ada.lines.some((line) => /PRIVMSG ada :.*QUIT :gone/.test(line)), 10_000);
    expect(ada.lines.filter((line) => line.startsWith(":molt!") && !line.includes(" JOIN "))).toHaveLength(1);
  });

  test("row 118: a nick is no identity: lists and pairing hold for logged-in accounts alone", async () => {
    const server = await ngircd();
    const at = await open(server, { access: { direct: "allowlist", allow: ["ada"] } });
    const ada = await person(server.port, "ada", null);
    ada.say("PRIVMSG molt :it is me");
    await at.until(() => at.refused().length === 1);
    expect(at.refused()[0]).toMatchObject({ code: "SENDER_UNVERIFIED", actor: expect.stringMatching(/^net:ada!~?ada@/) as string });
  });
});

const place = { account: "", ownNick: "molt", id: "1", at: "2026-01-01T00:00:00.000Z", lower: (text: string) => text.toLowerCase() };
const given = { nick: "Ada", ident: "a", hostname: "h", target: "#Care", message: "\u00034,5red\u000F \u0002Molt\u0002, hi" };
test.each<[string, object, object]>([
  ["an account is the identity, whatever the nick", { account: "AdaL" }, { sender: "adal", verified: true, senderName: "Ada" }],
  ["nobody logged in", { account: "*" }, { sender: "Ada!a@h", verified: false }],
  ["an account that looks like a nick with a host", { account: "ada!a@h" }, { sender: "Ada!a@h", verified: false }],
  ["colours are gone", {}, { text: "red Molt, hi", mentioned: true, peer: { kind: "group", id: "#care" } }],
  ["another's name is no mention", { message: "molten" }, { mentioned: false }],
  ["a direct message", { target: "MOLT", account: "ada" }, { peer: { kind: "direct", id: "ada" }, mentioned: true }],
  ["a bot says so", { tags: { bot: "" } }, { isBot: true }],
])("an IRC message: %s", (_, more, wanted) => {
  expect(readIrc({ ...given, ...more }, place)).toMatchObject(wanted);
});

test("lines fit a line of IRC, however long, and are not too many", () => {
  expect(linesOf("a\n\n```ts\nb\n```")).toEqual(["a", "b"]);
  for (const line of linesOf(`${"ä".repeat(1_000)} ${"word ".repeat(300)}`)) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(380);
  expect(linesOf("x\n".repeat(100)).length).toBeLessThanOrEqual(17);
});
