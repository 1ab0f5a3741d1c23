import fs from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import os from "node:os";
import path from "node:path";
import type { Duplex } from "node:stream";
import { fail, LIMITS, ok, problem, shown, type Result } from "../../../core/index.ts";
import { canonicaliseRequest, contains, matches, parsePattern, type Pattern } from "../../../trust/capability/index.ts";
import { connectPinned, nodeHttp, pinnedLookup, resolvePinned, type LookupAll, type Pinned } from "../../net/index.ts";

/** The way to the network of one command. */
export interface Proxy {
  /** A unix socket that speaks HTTP proxy: `CONNECT` for everything encrypted, whole addresses for the rest. */
  readonly socket: string;
  /** Hosts that were asked for and refused, in order, each once; at most `LIMITS.commandRefusals`. */
  readonly refused: () => readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Opens a proxy that lets through what these patterns name, looked up once and connected to at that address. A
 * pattern with \`https\` and any path is a host that may be tunnelled to; what is inside of a tunnel nobody sees,
 * so a pattern that names a part of a host opens no tunnel.
 */
export async function openProxy(hosts: readonly string[], lookup?: LookupAll): Promise<Result<Proxy>> {
  const patterns: Pattern[] = [];
  for (const host of hosts) {
    const pattern = parsePattern("url", host);
    if (!pattern.ok) return pattern;
    patterns.push(pattern.value);
  }
  const named = patterns.flatMap((each) => (each.type === "url" && each.authority ? literalOf(each.authority.host) : []));
  const refused = new Set<string>();
  const sockets = new Set<Socket>();
  const stop = new AbortController();
  const refuse = (host: string): void => {
    if (refused.size < LIMITS.commandRefusals) refused.add(host.slice(0, 300));
  };
  const pin = async (url: string): Promise<Result<Pinned>> => {
    const result = await resolvePinned(new URL(url).hostname, { named, networks: [] }, stop.signal, lookup);
    if (!result.ok) refuse(new URL(url).host);
    return result;
  };
  const server = nodeHttp().createServer({ maxHeaderSize: 16_384, connectionsCheckingInterval: 1_000 });
  server.maxConnections = LIMITS.commandConnections;
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
  });
  const plain = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = plainTarget(request, patterns);
    if (target === undefined) refuse(hostIn(request.url ?? ""));
    const pinned = target === undefined ? undefined : await pin(target);
    if (target !== undefined && pinned?.ok) return forward(request, response, target, pinned.value, stop.signal);
    request.resume();
    response.writeHead(403, { "content-type": "text/plain" }).end(REFUSED);
  };
  const encrypted = async (request: IncomingMessage, client: Duplex, head: Buffer): Promise<void> => {
    const target = tunnelTarget(request.url ?? "", patterns);
    if (target === undefined) refuse(request.url ?? "");
    const pinned = target === undefined ? undefined : await pin(target.url);
    if (target === undefined || !pinned?.ok)
      return void client.end(`HTTP/1.1 403 Forbidden\r\ncontent-length: ${REFUSED.length}\r\n\r\n${REFUSED}`);
    const upstream = await connectPinned(pinned.value, target.port, stop.signal);
    if (upstream.ok) tunnel(client, upstream.value, head, sockets);
    else client.end("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
  };
  server.on("request", (request, response) => void plain(request, response).catch(() => response.destroy()));
  server.on("connect", (request, client: Duplex, head) => {
    client.on("error", () => client.destroy());
    void encrypted(request, client, head).catch(() => client.destroy());
  });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-proxy-"));
  const socket = path.join(folder, "proxy.sock");
  const close = async (): Promise<void> => {
    stop.abort();
    for (const each of sockets) each.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return new Promise((resolve) => {
    server.once("error", () => {
      fs.rmSync(folder, { recursive: true, force: true });
      resolve(fail(problem("SANDBOX_UNAVAILABLE", { detail: "The proxy of the command could not be opened. Nothing was run." })));
    });
    server.listen(socket, () => resolve(ok({ socket, refused: () => [...refused], close })));
  });
}

const REFUSED = "not among the hosts that this command may reach\n";

function literalOf(host: { readonly kind: string; readonly text?: string }): readonly string[] {
  return host.kind === "ip" || host.kind === "name" ? [host.text ?? ""] : [];
}

/** The address of a plain request in its canonical form, where a pattern covers it. */
function plainTarget({ url = "", headers }: IncomingMessage, patterns: readonly Pattern[]): string | undefined {
  if (!url.startsWith("http://") || headers.upgrade !== undefined) return undefined;
  const target = canonicaliseRequest("url", url);
  return target.ok && patterns.some((pattern) => matches(pattern, target.value)) ? target.value : undefined;
}

/** Where a tunnel leads, when a pattern covers that host whole. */
function tunnelTarget(authority: string, patterns: readonly Pattern[]): { readonly url: string; readonly port: number } | undefined {
  const [, host = "", port = ""] = /^(\[[0-9a-fA-F:.]+\]|[^:[\]/@]+):([1-9][0-9]{0,4})$/.exec(authority) ?? [];
  const whole = parsePattern("url", `https://${host}:${port}/**`);
  if (host.includes("*") || !whole.ok || !patterns.some((pattern) => contains(pattern, whole.value))) return undefined;
  const url = canonicaliseRequest("url", `https://${host}:${port}/`);
  return url.ok ? { url: url.value, port: Number(port) } : undefined;
}

function hostIn(url: string): string {
  return URL.canParse(url) ? new URL(url).host : shown(url);
}

const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authorization",
  "proxy-authenticate",
  "proxy-connection",
  "te",
  "trailer",
  "upgrade",
  "host",
]);

/** Passes a plain request on to the pinned address; host and path are those that were judged, whatever the request says. */
function forward(request: IncomingMessage, response: ServerResponse, target: string, pinned: Pinned, signal: AbortSignal): void {
  const { hostname, port, host, pathname } = new URL(target);
  const { search } = new URL(request.url ?? target);
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !HOP_BY_HOP.has(name)));
  const upstream = nodeHttp().request({
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? 80 : Number(port),
    method: request.method,
    path: `${pathname}${search}`,
    headers: { ...headers, host },
    lookup: pinnedLookup(pinned),
    agent: false,
    signal,
    setHost: false,
  });
  upstream.on("response", (answer) => {
    const kept = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !HOP_BY_HOP.has(name)));
    response.writeHead(answer.statusCode ?? 502, kept);
    answer.pipe(response);
    answer.on("error", () => response.destroy());
  });
  upstream.on("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  request.pipe(upstream);
}

function tunnel(client: Duplex, upstream: Socket, head: Buffer, sockets: Set<Socket>): void {
  sockets.add(upstream);
  const end = (): void => {
    sockets.delete(upstream);
    client.destroy();
    upstream.destroy();
  };
  upstream.on("error", end).once("close", end);
  client.once("close", end);
  client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
  if (head.byteLength > 0) upstream.write(head);
  client.pipe(upstream);
  upstream.pipe(client);
}
