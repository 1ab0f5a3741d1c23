import { randomBytes } from "node:crypto";
import irc from "irc-framework";
import { fail, LIMITS, ok, problem, shown, type Diagnostic, type Result } from "../../../../core/index.ts";
import { pause } from "../../outgoing/deliver.ts";
import type { House } from "../../ports.ts";
import { newSeen } from "../../receive/seen.ts";
import type { Adapter, AdapterHost, AdapterSetup, Delivery } from "../../types.ts";
import { newFlow } from "./flow.ts";
import { newGuard } from "./guard.ts";
import { linesOf } from "./lines.ts";
import { readIrc, type IrcMessage } from "./read-message.ts";
import { transportClass } from "./transport.ts";
import { newWho } from "./who.ts";

type Client = InstanceType<typeof irc.Client>;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;
const MAX_NICK_TRIES = 5;
const RECLAIM_MS = 60_000;
const REJOIN_MS = 30_000;
/** A few lines at once, then one after the other: servers end who floods. */
const BURST = 4;
const LINE_EVERY_MS = 700;

export function ircAdapter(setup: AdapterSetup, host: AdapterHost, house: House): Adapter {
  const client: Client = new irc.Client();
  const ending = new AbortController();
  const { server, rooms } = setup.connection;
  const wanted = setup.connection.nick ?? "moltbot";
  /** What each person we can answer is called now, and whom each of these names was used by. */
  const nicks = newSeen<string>(LIMITS.channelSenders);
  const people = newSeen<string>(LIMITS.channelSenders);
  const flow = newFlow();
  const who = newWho(
    (nick) => client.raw("WHOIS", nick),
    (text) => client.caseLower(text),
  );
  const prefix = randomBytes(6).toString("hex");
  const timers = new Set<NodeJS.Timeout>();
  let messages = 0;
  let hasEnded = false;
  let sending: Promise<unknown> = Promise.resolve();
  let budget = { lines: BURST, at: house.now() };

  const later = (ms: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!hasEnded) work();
    }, ms);
    timers.add(timer);
  };
  const know = (peer: string, nick: string): void => {
    nicks.set(peer, nick);
    people.set(client.caseLower(nick), peer);
  };
  /** What a library makes of a line it did not expect ends this connection, and nothing else. */
  const watch = (): void => {
    const isForUs = newGuard();
    client.raw_middleware.use((_command, line, _raw, _client, next) => {
      try {
        who.read(line);
        if (isForUs(line)) next();
      } catch {
        host.state("failed", "The server said something that is no IRC.");
      }
    });
  };
  const listen = (): void => {
    let tries = 0;
    client.on("nick", ({ nick, new_nick: next }: { readonly nick: string; readonly new_nick: string }) => {
      const before = client.caseLower(nick);
      const peer = people.get(before);
      if (peer === undefined) return;
      people.drop(before);
      know(peer, next);
    });
    client.on("nick in use", () => {
      if (tries++ < MAX_NICK_TRIES) client.changeNick(`${wanted}${"_".repeat(tries)}`);
    });
    client.on("registered", () => {
      for (const room of rooms) client.join(room);
      if (!client.caseCompare(client.user.nick, wanted)) later(RECLAIM_MS, () => client.changeNick(wanted));
    });
    client.on("kick", ({ kicked, channel }: { readonly kicked: string; readonly channel: string }) => {
      if (client.caseCompare(kicked, client.user.nick)) later(REJOIN_MS, () => client.join(channel));
    });
    client.on("privmsg", (message: IrcMessage) => {
      // What is said to the operators of a room alone would be answered to the whole room.
      if (message.group !== undefined) return;
      const inbound = readIrc(message, {
        account: setup.account,
        ownNick: client.user.nick,
        id: message.tags?.["msgid"] ?? `${prefix}-${++messages}`,
        at: house.clock.now().toISOString(),
        lower: (text) => client.caseLower(text),
      });
      if (inbound.peer.kind === "direct") know(inbound.peer.id, message.nick);
      flow.during(host.receive(inbound));
    });
  };
  /** The nick of whom an answer is for: names change hands, so the server is asked who has it now. */
  const nickOf = async (peer: string, signal: AbortSignal): Promise<string | undefined> => {
    const nick = nicks.get(peer);
    const holder = nick === undefined ? null : await who.ask(nick, AbortSignal.any([signal, ending.signal]));
    if (!holder) return undefined;
    const [, mask] = peer.split("!");
    return (mask === undefined ? holder.account === peer : holder.mask === mask) ? nick : undefined;
  };
  const takeLine = async (): Promise<void> => {
    const at = house.now();
    budget = { lines: Math.min(BURST, budget.lines + (at - budget.at) / LINE_EVERY_MS), at };
    if (budget.lines < 1) await pause((1 - budget.lines) * LINE_EVERY_MS, ending.signal);
    budget = { ...budget, lines: budget.lines - 1 };
  };

  return {
    traits: {
      maxChars: 1_500,
      maxBytes: 3_000,
      format: "plain",
      canDraft: false,
      canSendFiles: false,
      hasButtons: false,
      tellsRepeats: false,
    },
    start: async (signal) => {
      const password = setup.credentials["password"];
      if (!server) return fail(failed("no server is declared"));
      if (password !== undefined && !server.isEncrypted && !LOOPBACK.test(server.host))
        return fail(problem("IRC_SECRET_IN_CLEAR", { detail: `The password for ${shown(server.host)} would be sent without TLS.` }));
      const account = password === undefined ? undefined : { account: setup.connection.userId ?? wanted, password };
      watch();
      listen();
      if (account) logInLate(client, account);
      const registered = whenRegistered(client, signal);
      client.connect({
        host: server.host,
        port: server.port ?? (server.isEncrypted ? 6697 : 6667),
        nick: wanted,
        username: wanted.replaceAll(/[^A-Za-z0-9]/g, "").slice(0, 9) || "moltbot",
        gecos: "moltbot",
        version: null,
        auto_reconnect: false,
        ping_interval: 30,
        ping_timeout: 60,
        sasl_disconnect_on_fail: false,
        ...(account ? { account } : {}),
        transport: transportClass(server.isEncrypted, flow, setup.tls),
      });
      const done = await registered;
      if (!done.ok) return done;
      client.on("close", () => {
        if (!hasEnded) host.state("failed", "The server ended the connection.");
      });
      host.state("connected", client.caseCompare(client.user.nick, wanted) ? null : `The nick ${shown(wanted)} is in use.`);
      return ok(undefined);
    },
    send: (message, signal, begin): Promise<Result<Delivery>> => {
      const work = sending.then(async (): Promise<Result<Delivery>> => {
        const { peer } = message.to;
        if (!client.connected) return fail(failed("there is no connection"));
        const target = peer.includes("!") || !/^[#&+]/.test(peer) ? await nickOf(peer, signal) : peer;
        if (target === undefined) return fail(problem("ANSWER_REFUSED", { detail: `${shown(peer)} is not here any more.` }));
        for (const [i, line] of linesOf(message.text).entries()) {
          await takeLine();
          const begun = i === 0 ? await begin() : ok(undefined);
          if (!begun.ok) return begun;
          if (signal.aborted || ending.signal.aborted || !client.connected)
            return fail(i === 0 ? failed("the connection ended before it was sent") : cutShort());
          client.raw("PRIVMSG", target, line);
        }
        return ok({ platformId: null, at: house.clock.now().toISOString() });
      });
      sending = work.catch(() => undefined);
      return work;
    },
    stop: async () => {
      hasEnded = true;
      ending.abort();
      for (const timer of timers) clearTimeout(timer);
      if (!client.connected) return flow.end();
      const closed = new Promise<void>((resolve) => client.once("close", resolve));
      client.quit("bye");
      await Promise.race([closed, pause(2_000, AbortSignal.timeout(2_000))]);
    },
  };
}

/**
 * Where the server has no SASL. `NICKSERV` is a command of the server, not a message to whoever is called
 * NickServ: nobody else gets the password.
 */
function logInLate(client: Client, { account, password }: { readonly account: string; readonly password: string }): void {
  let hasSasl = true;
  client.on("sasl failed", ({ reason }: { readonly reason: string }) => {
    if (reason === "capability_missing" || reason === "unsupported_mechanism") hasSasl = false;
  });
  client.on("registered", () => {
    if (!hasSasl) client.raw("NICKSERV", "IDENTIFY", account, password);
  });
}

async function whenRegistered(client: Client, signal: AbortSignal): Promise<Result<void>> {
  return await new Promise((resolve) => {
    let why: Diagnostic | undefined;
    const done = (result: Result<void>): void => {
      signal.removeEventListener("abort", stop);
      resolve(result);
    };
    const stop = (): void => done(fail(failed("it was stopped")));
    client.once("registered", () => done(why?.code === "CHANNEL_CREDENTIALS" ? fail(why) : ok(undefined)));
    client.on("sasl failed", ({ reason }: { readonly reason: string }) => {
      if (reason !== "capability_missing" && reason !== "unsupported_mechanism")
        why = problem("CHANNEL_CREDENTIALS", { detail: `The server refuses the password: ${shown(reason)}.` });
    });
    client.on("irc error", ({ error, reason }: { readonly error?: string; readonly reason?: string }) => {
      why ??= failed(`${shown(error ?? "an error")} ${shown(reason ?? "")}`.trim());
    });
    client.once("socket close", (error: Error | false | undefined) => {
      const code = error && "code" in error ? String(error.code) : error ? error.message : "";
      done(fail(why ?? failed(code === "" ? "the server ended the connection" : shown(code))));
    });
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
  });
}

function cutShort(): Diagnostic {
  return problem("CHANNEL_NO_ANSWER", { detail: "IRC: the connection ended while it was sending, after the first lines." });
}

function failed(why: string): Diagnostic {
  return problem("CHANNEL_FAILED", { detail: `IRC: ${why}.` });
}
