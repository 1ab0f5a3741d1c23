import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

export interface Ngircd {
  readonly port: number;
  readonly tlsPort: number;
  /** The certificate it shows, PEM. */
  readonly certificate: string;
  readonly stop: () => void;
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/** A real ngircd on loopback: no DNS, no Ident, no PAM. */
export async function ngircd(): Promise<Ngircd> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-irc-"));
  const [port, tlsPort] = [await freePort(), await freePort()];
  const key = path.join(dir, "key.pem");
  const cert = path.join(dir, "cert.pem");
  spawnSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      key,
      "-out",
      cert,
      "-days",
      "2",
      "-subj",
      "/CN=localhost",
      "-addext",
      "subjectAltName=DNS:localhost,IP:127.0.0.1",
    ],
    { stdio: "ignore" },
  );
  fs.chmodSync(key, 0o644);
  fs.chmodSync(dir, 0o755);
  const config = path.join(dir, "ngircd.conf");
  fs.writeFileSync(
    config,
    `[Global]\nName = irc.acme.example\nInfo = test\nListen = 127.0.0.1\nPorts = ${port}\nMotdPhrase = hi\n[Limits]\nMaxConnectionsIP = 0\nPingTimeout = 60\n[Options]\nDNS = no\nIdent = no\nPAM = no\nSyslogFacility = local1\n[SSL]\nCertFile = ${cert}\nKeyFile = ${key}\nPorts = ${tlsPort}\n`,
  );
  const child = spawn("/usr/sbin/ngircd", ["-n", "-f", config], { stdio: "ignore", env: { PATH: "/usr/bin:/bin" } });
  const stop = (): void => void child.kill("SIGTERM");
  onTestFinished(() => {
    stop();
    fs.rmSync(dir, { recursive: true, force: true });
  });
  for (let tries = 0; tries < 200 && !(await isOpen(port)); tries++) await new Promise((resolve) => setTimeout(resolve, 25));
  return { port, tlsPort, certificate: fs.readFileSync(cert, "utf8"), stop };
}

async function isOpen(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

export interface Person {
  readonly lines: readonly string[];
  readonly say: (line: string) => void;
  readonly end: () => void;
}

/** Somebody with a plain client. */
export async function person(port: number, nick: string, room: string | null = "#care"): Promise<Person> {
  const lines: string[] = [];
  const socket = net.connect(port, "127.0.0.1");
  let rest = "";
  socket.on("error", () => undefined);
  socket.on("data", (data) => {
    const all = (rest + data.toString("utf8")).split("\r\n");
    rest = all.pop() ?? "";
    for (const line of all) {
      if (line.startsWith("PING")) socket.write(line.replace("PING", "PONG") + "\r\n");
      lines.push(line);
    }
  });
  socket.write(`NICK ${nick}\r\nUSER ${nick} 0 * :${nick}\r\n`);
  onTestFinished(() => void socket.destroy());
  const seen = async (is: (line: string) => boolean): Promise<void> => {
    for (let tries = 0; tries < 400 && !lines.some(is); tries++) await new Promise((resolve) => setTimeout(resolve, 25));
  };
  await seen((line) => / (001|433) /.test(line));
  if (room !== null) {
    socket.write(`JOIN ${room}\r\n`);
    await seen((line) => line.includes(" 366 "));
  }
  return { lines, say: (line) => void socket.write(`${line}\r\n`), end: () => void socket.destroy() };
}
