import http from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { isArray, valueAt, type Json } from "../../core/index.ts";
import type { RuntimeEvent } from "../events/index.ts";

/** A collector that speaks OTLP/HTTP as far as we use it: it checks what the protocol demands and keeps the spans. */
export interface Collector {
  readonly endpoint: string;
  readonly spans: () => readonly CollectedSpan[];
  readonly requests: { readonly path: string; readonly headers: http.IncomingHttpHeaders }[];
  /** What it answers from now on. */
  answer: number;
}

export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly ms: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

export async function collector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  const requests: Collector["requests"] = [];
  const found: Collector = { endpoint: "", spans: () => spans, requests, answer: 200 };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      requests.push({ path: request.url ?? "", headers: request.headers });
      if (found.answer === 200) spans.push(...decoded(JSON.parse(Buffer.concat(chunks).toString()) as Json));
      response.writeHead(found.answer, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return Object.assign(found, { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function decoded(body: Json): readonly CollectedSpan[] {
  const spans = valueAt(body, ["resourceSpans", 0, "scopeSpans", 0, "spans"]);
  if (!isArray(spans)) throw new Error("no spans");
  return (spans as unknown as readonly OtlpSpan[]).map((span) => {
    if (!/^[0-9a-f]{32}$/.test(span.traceId) || !/^[0-9a-f]{16}$/.test(span.spanId)) throw new Error("no ids");
    return {
      traceId: span.traceId,
      spanId: span.spanId,
      parentSpanId: span.parentSpanId,
      name: span.name,
      ms: Number((BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1_000_000n),
      failed: span.status.code === 2,
      attributes: Object.fromEntries(span.attributes.map(({ key, value }) => [key, Object.values(value)[0] ?? ""])),
    };
  });
}

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, string>> }[];
  readonly status: { readonly code?: number };
}

export const RUN = "0123456789abcdef0123456789abcdef";

const OF_RUN = { at: "2026-03-01T12:00:01.500Z", correlation: RUN, owner: "acme/prod", agent: "support", session: "s1" } as const;

/** One run as the bus tells it: a message, a model that asks for a tool, a denied tool, an answer. */
export const STORY: readonly RuntimeEvent[] = [
  { ...OF_RUN, type: "message.received", channel: "web", bytes: 12 },
  { ...OF_RUN, type: "run.started" },
  { ...OF_RUN, type: "model.asked", provider: "local", model: "llama", ms: 400, ok: true },
  { ...OF_RUN, type: "tool.started", tool: "http.fetch", summary: "get https://example.com/" },
  { ...OF_RUN, type: "tool.finished", tool: "http.fetch", outcome: "denied", ms: 2 },
  { ...OF_RUN, type: "approval.asked", approval: "a1", tool: "fs.write", summary: "write x" },
  { ...OF_RUN, type: "approval.answered", approval: "a1", answer: "given" },
  {
    ...OF_RUN,
    type: "run.finished",
    outcome: "answered",
    ms: 1_500,
    inputTokens: 10,
    outputTokens: 20,
    cost: { currency: "EUR", amount: 0.5 },
    diagnostics: [],
  },
  { at: OF_RUN.at, correlation: RUN, type: "message.sent", channel: "web", ms: 3, ok: true },
  { at: OF_RUN.at, correlation: "c", type: "channel.state", channel: "web", state: "connected", reason: null },
  { at: OF_RUN.at, correlation: "c", type: "plugin.state", plugin: "crm", state: "failed", reason: "exit code 1" },
  { at: OF_RUN.at, correlation: "c", type: "generation.changed", owner: "acme/prod", generation: 7, outcome: "active" },
  { at: OF_RUN.at, correlation: "c", type: "generation.changed", owner: "acme/prod", generation: 8, outcome: "rejected" },
  { at: OF_RUN.at, correlation: RUN, type: "audit.recorded", record: { kind: "tool.denied" } },
];
