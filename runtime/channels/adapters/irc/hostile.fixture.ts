import net from "node:net";
import { onTestFinished } from "vitest";

export interface HostileServer {
  readonly port: number;
  /** What the client said, line by line. */
  readonly said: readonly string[];
  /** Sends bytes to the client as they are. */
  readonly send: (text: string | Buffer) => void;
  /** How many bytes wait because the client does not read them. */
  readonly waiting: () => number;
  readonly isOpen: () => boolean;
}

export interface Answers {
  /** The account that WHOIS names for a nick; null: nobody is called that. */
  readonly whois?: (nick: string) => { readonly account?: string; readonly mask?: readonly [string, string] } | null;
}

/** A server of IRC that lets everybody in and then says whatever it is told to. */
export async function hostileServer({ whois }: Answers = {}): Promise<HostileServer> {
  const said: string[] = [];
  let client: net.Socket | undefined;
  const server = net.createServer((socket) => {
    client = socket;
    let rest = "";
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      const lines = (rest + data.toString("utf8")).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        said.push(line);
        answer(socket, line, whois);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    client?.destroy();
    server.close();
  });
  return {
    port: (server.address() as net.AddressInfo).port,
    said,
    send: (text) => void client?.write(text),
    waiting: () => client?.writableLength ?? 0,
    isOpen: () => client?.readyState === "open",
  };
}

function answer(socket: net.Socket, line: string, whois: Answers["whois"]): void {
  if (line.startsWith("CAP LS")) socket.write(":irc.evil.example CAP * LS :message-tags account-tag batch\r\n");
  if (line.startsWith("CAP REQ")) socket.write(`:irc.evil.example CAP * ACK ${line.slice("CAP REQ ".length)}\r\n`);
  if (line.startsWith("CAP END")) socket.write(":irc.evil.example 001 molt :welcome\r\n");
  if (line.startsWith("PING")) socket.write(`:irc.evil.example PONG irc.evil.example :${line.slice(5)}\r\n`);
  const [, nick] = /^WHOIS (\S+)/.exec(line) ?? [];
  if (nick === undefined) return;
  const found = whois?.(nick);
  const say = (numeric: string, rest: string): void => void socket.write(`:irc.evil.example ${numeric} molt ${nick} ${rest}\r\n`);
  if (!found) say("401", ":No such nick");
  if (found) say("311", `${(found.mask ?? ["u", "h"]).join(" ")} * :somebody`);
  if (found?.account !== undefined) say("330", `${found.account} :is logged in as`);
  say("318", ":End of WHOIS");
}
