import tls from "node:tls";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../../core/index.ts";
import { agent, echo, openHouse, resource, secretOf, type House } from "../../channels.fixture.ts";
import { ngircd, person, type Ngircd } from "./ngircd.fixture.ts";

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

describe("an IRC channel on a real server that is not at its best", () => {
  test("a nick in use is passed round, and after the server was away it comes back", async () => {
    const server = await ngircd();
    const other = await person(server.port, "molt", null);
    const at = await open(server);
    expect(at.channels.states()[0]).toMatchObject({ state: "connected", reason: 'The nick "molt" is in use.' });
    const ada = await person(server.port, "ada");
    ada.say("PRIVMSG #care :molt_: hi");
    await at.until(() => ada.lines.some((line) => /^:molt_!\S+ PRIVMSG #care :.*hi/.test(line)), 10_000);
    other.end();
    server.stop();
    await at.until(() => at.channels.states()[0]?.state === "failed", 10_000);
  });

  test("over TLS only with a certificate that holds", async () => {
    const server = await ngircd();
    const connection = { server: { host: "localhost", port: server.tlsPort, tls: true } };
    const refused = await open(server, {}, connection);
    expect(refused.channels.states()[0]).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("DEPTH_ZERO_SELF_SIGNED_CERT") as string,
    });
    tls.setDefaultCACertificates([...tls.getCACertificates("default"), server.certificate]);
    const at = await open(server, {}, connection);
    expect(at.channels.states()[0]).toMatchObject({ state: "connected" });
  });

  test("a password never goes over a network in clear text, nor to somebody called NickServ", async () => {
    const credentials = { password: { secret: "irc", key: "password" } };
    const server = await ngircd();
    const away = await open(server, { credentials }, { server: { host: "irc.acme.example", port: 6667, tls: false } });
    expect(away.channels.states()[0]).toMatchObject({ state: "failed", reason: expect.stringContaining("without TLS") as string });
    const thief = await person(server.port, "NickServ");
    const at = await open(server, { credentials });
    await at.until(() => at.channels.states()[0]?.state === "connected");
    await at.until(() => thief.lines.some((line) => /^:molt!\S+ JOIN/.test(line)), 10_000);
    thief.say("PRIVMSG #care :molt: hi");
    await at.until(() => thief.lines.some((line) => line.includes("PRIVMSG #care :")), 10_000);
    expect(thief.lines.join("\n")).not.toContain("canary");
  });
});
