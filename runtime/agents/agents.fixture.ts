import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { ok, Secret, type Diagnostic, type Result } from "../../core/index.ts";
import { conductOf, type LoadedAgent, type LoadedProvider, type ModelChoice, type ModelFacts } from "../load/index.ts";
import { runTurn, type Delta, type Turn, type TurnPorts, type TurnRequest } from "./index.ts";
import type { Vault } from "../vault/index.ts";

export const KEY = "canary-sk-93b1f0c2d7e4a5";

/** One request as the server saw it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface LoopbackServer extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly Seen[];
}

export type Handler = (response: http.ServerResponse, seen: Seen, count: number) => void;

/** A real HTTP server on 127.0.0.1; closing it cuts what is still open. */
export async function serve(handler: Handler): Promise<LoopbackServer> {
  const seen: Seen[] = [];
  const server = http.createServer((request, response) => {
    response.on("error", () => undefined);
    const chunks: Buffer[] = [];
    request.on("data", (bytes: Buffer) => chunks.push(bytes));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const one = { method, path: url, headers, body: Buffer.concat(chunks).toString("utf8") };
      seen.push(one);
      handler(response, one, seen.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Server-sent events, one for each value; text stands as it is. */
export function sse(...values: readonly unknown[]): string {
  return values.map((value) => `data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`).join("");
}

export function chunk(content: string, finish: string | null = null): unknown {
  return { choices: [{ index: 0, delta: { content }, finish_reason: finish }] };
}

export function answerEvents(response: http.ServerResponse, ...values: readonly unknown[]): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end(sse(...values));
}

export function answerLines(response: http.ServerResponse, ...values: readonly unknown[]): void {
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  response.end(values.map((value) => `${JSON.stringify(value)}\n`).join(""));
}

export function provider(over: Partial<LoadedProvider>): LoadedProvider {
  return {
    name: "p",
    protocol: "openai-compatible",
    endpoint: null,
    headers: [],
    credentials: null,
    oauth: null,
    tls: [],
    timeoutMs: 5_000,
    maxResponseBytes: 1024 * 1024,
    retries: 2,
    backoffMs: 5,
    models: new Map(),
    limits: { concurrency: null, requests: null, tokensPerMinute: null },
    lacks: [],
    ...over,
  };
}

export function agent(...choices: readonly [ModelChoice, ...ModelChoice[]]): LoadedAgent {
  return { name: "a", system: "", choices, showThinking: false, timePerMessageMs: null, conduct: conductOf({}) };
}

export const CREDENTIALS = { secret: "api", key: "key" };

/** A vault with these values, by key. */
export function vaultOf(values: Readonly<Record<string, string>>): Vault {
  return { opened: () => [], open: ({ key }) => Promise.resolve(ok(new Secret(Buffer.from(values[key] ?? "")))) };
}

export const PORTS: TurnPorts = { now: () => performance.now(), wallClock: () => new Date(), random: () => 0.5 };

export interface Asked {
  readonly result: Result<Turn>;
  readonly shown: string;
  readonly deltas: readonly Delta[];
  readonly tookMs: number;
  /** Everything that could be printed of it. */
  readonly printed: string;
  readonly problems: readonly Diagnostic[];
}

/** Runs one turn against one provider named `p`, or what `over` says. */
export async function ask(one: LoadedProvider, over: Partial<TurnRequest> = {}, ports: TurnPorts = PORTS): Promise<Asked> {
  const deltas: Delta[] = [];
  const startedAt = performance.now();
  const result = await runTurn(
    {
      agent: agent({ provider: "p", model: "m" }),
      providers: new Map([["p", one]]),
      vault: vaultOf({ key: KEY }),
      history: [],
      message: "hello",
      signal: new AbortController().signal,
      onDelta: (delta) => deltas.push(delta),
      ...over,
    },
    ports,
  );
  const shown = deltas.map(({ text }) => text).join("");
  const problems = result.ok ? result.warnings : result.diagnostics;
  return { result, shown, deltas, tookMs: performance.now() - startedAt, printed: JSON.stringify({ result, deltas }), problems };
}

export function turnOf({ result }: Asked): Turn {
  if (result.ok) return result.value;
  throw new Error(result.diagnostics.map(({ code, detail }) => `${code} ${detail}`).join("; "));
}

export function codes({ result }: Asked): readonly string[] {
  return result.ok ? [] : result.diagnostics.map(({ code }) => code);
}

/** What is known of a model; nothing unless it is said. */
export function facts(over: Partial<ModelFacts> = {}): ModelFacts {
  return { digest: null, prices: null, contextWindow: null, maxOutputTokens: null, file: null, defaults: {}, ...over };
}
