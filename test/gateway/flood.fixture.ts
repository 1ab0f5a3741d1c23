/** Floods of connections against a gateway in a process of its own, and somebody who asks for its health meanwhile. */
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import path from "node:path";
import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import { moltbot, start } from "../../cmd/cli.fixture.ts";
import { tinyRepository } from "../../cmd/repository.fixture.ts";
import { watchHealth } from "./health.fixture.ts";
import { signRequest } from "../../runtime/auth/index.ts";

export interface Flooded {
  readonly port: number;
  /** A WebSocket of somebody known, as an owner, and what it was told first. */
  readonly known: () => Promise<{ readonly client: WebSocket; readonly first: Promise<string> }>;
  /** Whether it answers its health in time while something goes on. @returns the longest time, in milliseconds. */
  readonly watch: (during: () => Promise<void>) => Promise<number>;
  /** One message and its answer, as the owner of the machine. */
  readonly say: (text: string) => Promise<unknown>;
  readonly memoryMiB: () => number;
  /** Connections that are open now are closed. */
  readonly calm: () => Promise<void>;
  readonly connect: (text: string | Buffer) => Promise<net.Socket>;
  readonly stop: () => Promise<void>;
}

export async function floodedGateway(): Promise<Flooded> {
  const repo = tinyRepository();
  const applied = moltbot(["apply", "--auto-approve"], { cwd: repo.path });
  if (applied.code !== 0) throw new Error(applied.err);
  const child = start(["gateway", "run", "-o", "jsonl"], { cwd: repo.path });
  child.stderr?.resume();
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", () => reject(new Error("it stopped")));
    child.stdout?.on("data", (bytes: Buffer) => {
      said += bytes.toString();
      const [, found] = /"url":"([^"]+)"/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  const port = Number(new URL(url).port);
  const sockets = new Set<net.Socket>();
  const connect = (text: string | Buffer): Promise<net.Socket> =>
    new Promise((resolve) => {
      const socket = net.connect(port, "127.0.0.1");
      sockets.add(socket);
      socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
      socket.once("close", () => resolve(socket));
      socket.once("connect", () => {
        if (text.length > 0) socket.write(text);
        resolve(socket);
      });
    });
  const local = (target: string, method = "GET", body?: object): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      const socketPath = path.join(repo.path, ".moltbot", "gateway.sock");
      const headers = { host: "gateway", ...(body ? { "content-type": "application/json" } : {}) };
      const request = http.request({ socketPath, path: target, method, headers }, (answer) => {
        let text = "";
        answer
          .on("data", (bytes: Buffer) => (text += bytes.toString()))
          .on("end", () => resolve(JSON.parse(text) as Record<string, unknown>));
      });
      request.on("error", reject).end(body && JSON.stringify(body));
    });
  const { lineage } = (await local("/v2/auth")) as { readonly lineage: string };
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  await local("/v2/auth/devices", "POST", { name: "known", role: "owner", publicKey: publicKey.export({ format: "jwk" }).x });
  const health = await watchHealth(port);
  return {
    port,
    connect,
    known: async () => {
      const request = { lineage, method: "GET", target: "/v2/events", bodySha256: createHash("sha256").update("").digest("hex") };
      const nonce = randomBytes(18).toString("base64url");
      const authorization = signRequest({ ...request, time: new Date().toISOString(), nonce, key: "device:known" }, privateKey);
      const client = new WebSocket(`ws://127.0.0.1:${port}/v2/events`, { headers: { authorization } });
      // It may come in one piece with the handshake.
      const first = new Promise<string>((resolve) => client.once("message", (data: Buffer) => resolve(data.toString())));
      await new Promise((resolve, reject) => client.once("open", resolve).once("error", reject));
      return { client, first };
    },
    watch: async (during) => {
      const before = await health.longest();
      await during();
      return Math.max(before, await health.longest());
    },
    say: (text) => local("/v2/agents/a/messages", "POST", { text }),
    memoryMiB: () => Number(/^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1024,
    calm: async () => {
      const open = [...sockets];
      for (const socket of open) socket.destroy();
      for (const socket of open) if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
    },
    stop: async () => {
      await health.end();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        child.removeAllListeners("exit").once("exit", resolve);
        child.kill("SIGTERM");
      });
      repo.dispose();
    },
  };
}

export const upgrade = (port: number): string =>
  `GET /v2/events HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString("base64")}\r\n\r\n`;

/** The beginning of a frame of a client that claims this many bytes. */
export function frameOf(bytes: number): Buffer {
  const head = Buffer.alloc(14);
  head[0] = 0x82;
  head[1] = 0x80 | 127;
  head.writeBigUInt64BE(BigInt(bytes), 2);
  return head;
}

export type Flood = readonly [name: string, flood: (on: Flooded, size: number) => Promise<unknown>];

const many = async (size: number, act: (i: number) => Promise<unknown>): Promise<void> => {
  await Promise.all(Array.from({ length: size }, (_, i) => act(i)));
};

export const FLOODS: readonly Flood[] = [
  ["connections that never speak, more than there are places", (on, size) => many(size, () => on.connect(""))],
  [
    "headers that come byte by byte",
    (on, size) =>
      many(size / 4, async () => {
        const socket = await on.connect(`GET /livez HTTP/1.1\r\nhost: 127.0.0.1:${on.port}\r\nx-a: `);
        for (let i = 0; i < 5 && !socket.destroyed; i++) {
          socket.write("a");
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }),
  ],
  [
    "bodies that never come",
    (on, size) =>
      many(size / 4, () =>
        on.connect(
          `POST /v2/auth/refresh HTTP/1.1\r\nhost: 127.0.0.1:${on.port}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{`,
        ),
      ),
  ],
  [
    "headers past every limit",
    (on, size) =>
      many(size / 4, (i) =>
        on.connect(
          `GET /livez HTTP/1.1\r\nhost: 127.0.0.1:${on.port}\r\n${i % 2 ? `x-a: ${"a".repeat(64_000)}` : "x-b: c\r\n".repeat(5_000)}\r\n\r\n`,
        ),
      ),
  ],
  [
    "answers that nobody reads",
    (on, size) =>
      many(size / 8, async () =>
        (await on.connect(`GET /v2/openapi.json HTTP/1.1\r\nhost: 127.0.0.1:${on.port}\r\n\r\n`.repeat(4))).pause(),
      ),
  ],
  ["WebSockets that never say who they are", (on, size) => many(size / 4, () => on.connect(upgrade(on.port)))],
  [
    "frames of which half comes",
    (on, size) =>
      many(size / 8, async () => (await on.connect(upgrade(on.port))).write(Buffer.concat([frameOf(1_000), Buffer.alloc(100)]))),
  ],
  [
    "frames that claim a gibibyte",
    (on, size) =>
      many(size / 8, async () => (await on.connect(upgrade(on.port))).write(Buffer.concat([frameOf(2 ** 30), Buffer.alloc(60_000)]))),
  ],
];
