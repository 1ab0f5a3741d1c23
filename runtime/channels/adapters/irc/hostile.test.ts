import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../../core/index.ts";
import { agent, echo, openHouse, resource, type House } from "../../channels.fixture.ts";
import { hostileServer, type HostileServer } from "./hostile.fixture.ts";

async function open(server: HostileServer, spec: JsonObject = {}): Promise<House> {
  const channel = resource("Channel", "net", {
    type: "irc",
    connection: { server: { host: "127.0.0.1", port: server.port, tls: false }, nick: "molt", rooms: ["#care"] },
    access: { direct: "open", groups: { policy: "allowlist", rooms: [{ id: "#care" }] } },
    routing: [{ agent: "support" }],
    ...spec,
  });
  return await openHouse([echo, agent("support"), channel]);
}

const known = (nick: string): { readonly account?: string } => ({ account: nick });

describe("an IRC server that means no good", () => {
  test.each<[string, string | Buffer]>([
    ["a message without anything", "PRIVMSG\r\n"],
    ["a capability without anything", "CAP\r\n"],
    ["commands that are names of objects", "__proto__ a b\r\nconstructor a\r\ntoString\r\n:x hasOwnProperty\r\n"],
    ["options without values", ":s 005 molt CHANMODES CLIENTTAGDENY PREFIX= CHANTYPES STATUSMSG CASEMAPPING :are\r\n"],
    ["numbers without anything", Array.from({ length: 999 }, (_, i) => `:s ${String(i + 1).padStart(3, "0")}\r\n`).join("")],
    [
      "every command without anything",
      "NICK\r\nJOIN\r\nPART\r\nKICK\r\nQUIT\r\nMODE\r\nTOPIC\r\nNOTICE\r\nAUTHENTICATE\r\nBATCH\r\nACCOUNT\r\nAWAY\r\nCHGHOST\r\nINVITE\r\nSETNAME\r\nTAGMSG\r\nWALLOPS\r\nERROR\r\nPONG\r\nFAIL\r\n",
    ],
    [
      "bytes that are no text",
      Buffer.concat([Buffer.from(":ada!a@h PRIVMSG #care :"), Buffer.from([0xff, 0xfe, 0x80, 0, 1, 0xc0]), Buffer.from("\r\n")]),
    ],
    ["a batch that holds itself", ":s BATCH +a x\r\n@batch=a :s BATCH +a x\r\n@batch=a :s BATCH -a\r\n:s BATCH -a\r\n:s BATCH -a\r\n"],
  ])("ends at most its own connection: %s", async (_, bytes) => {
    const server = await hostileServer({ whois: known });
    const at = await open(server);
    server.send(bytes);
    server.send("@account=ada :ada!a@h PRIVMSG molt :are you there\r\n");
    await at.until(() => !server.isOpen() || server.said.some((line) => line.includes("are you there")));
  });
});

describe("row 118: an answer goes to whom it is for, whatever they are called by then", () => {
  const slow = { access: { direct: "allowlist", allow: ["ada"] } };

  test("a name that changed hands gets nothing", async () => {
    const server = await hostileServer({ whois: () => ({ account: "mallory" }) });
    const at = await open(server, slow);
    server.send("@account=ada :ada!a@h PRIVMSG molt :my secret\r\n");
    await at.until(() => server.said.some((line) => line.startsWith("WHOIS ada")));
    await at.until(() => at.of("message.accepted").length === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.said.filter((line) => line.startsWith("PRIVMSG"))).toEqual([]);
  });

  test("somebody who takes another name is answered under it", async () => {
    const server = await hostileServer({ whois: (nick) => (nick === "ada2" ? { account: "Ada" } : { account: "mallory" }) });
    const at = await open(server, slow);
    server.send("@account=Ada :ada!a@h PRIVMSG molt :my secret\r\n:ada!a@h NICK ada2\r\n:mallory!m@h NICK ada\r\n");
    await at.until(() => server.said.some((line) => line.startsWith("PRIVMSG ada2")));
    expect(server.said.filter((line) => line.startsWith("PRIVMSG ada "))).toEqual([]);
  });

  test("who is not logged in is known by user and host", async () => {
    const server = await hostileServer({ whois: (nick) => ({ mask: nick === "eve" ? ["e", "elsewhere"] : ["b", "h"] }) });
    const at = await open(server);
    server.send(":eve!e@h PRIVMSG molt :one\r\n:bob!b@h PRIVMSG molt :two\r\n");
    await at.until(() => server.said.some((line) => line.startsWith("PRIVMSG bob")));
    expect(server.said.filter((line) => line.startsWith("PRIVMSG eve"))).toEqual([]);
  });

  test("what is said to the operators of a room is not answered to the room", async () => {
    const server = await hostileServer({ whois: known });
    const at = await open(server);
    server.send(":s 005 molt STATUSMSG=@+ :are\r\n:ada!a@h PRIVMSG @#care :molt: between us\r\n:ada!a@h PRIVMSG #care :molt: hello\r\n");
    await at.until(() => server.said.some((line) => line.startsWith("PRIVMSG #care")));
    expect(server.said.join("\n")).not.toContain("between us");
  });
});

test("a flood waits outside: no more is taken in than is worked off, and nothing is kept of what has no use", async () => {
  const server = await hostileServer({ whois: known });
  const at = await open(server);
  const line = `:ada!a@h PRIVMSG molt :${"x".repeat(400)}\r\n`;
  const list = `:s 353 molt = #care :${"nick ".repeat(80)}\r\n@batch=z :s PRIVMSG molt :old\r\n`;
  server.send(":s BATCH +z chathistory\r\n");
  for (let i = 0; i < 40; i++) server.send(line.repeat(250) + list.repeat(250));
  server.send(":ada!a@h PRIVMSG #care :molt: still there\r\n");
  await at.until(() => server.waiting() === 0, 20_000);
  expect(at.of("message.accepted").length).toBeLessThan(2_000);
  expect(server.isOpen()).toBe(true);
}, 30_000);
