import { LIMITS, type Clock } from "../../core/index.ts";
import type { Bus, EventOf } from "../events/index.ts";
import type { TlsExceptions } from "../net/index.ts";
import type { OtlpConfig } from "./config.ts";
import { tracesRequest, type Attributes, type SpanData } from "./otlp.ts";
import { post } from "./send.ts";
import { newSpanId, runSpanId, traceIdOf } from "./trace-context.ts";
import type { Log } from "./types.ts";

export interface Traces {
  /** Sends what is waiting; ends at the latest after {@link LIMITS.otlpTimeoutMs}. */
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface TracesWorld {
  readonly clock: Clock;
  readonly version: string;
  readonly log?: Log;
  /** The hosts that may speak less than TLS 1.3, as of now; absent: none. */
  readonly tls?: () => TlsExceptions;
}

/**
 * Spans of what the bus tells, under the names of OpenTelemetry's conventions for generative AI: one for a
 * run (`invoke_agent`), and below it one for each request to a model (`chat`) and each tool call
 * (`execute_tool`). Attributes are names, counts and outcomes; no prompt, answer or argument is in them.
 */
export function tracesOf(bus: Bus, config: OtlpConfig, world: TracesWorld): Traces {
  const queue = newQueue(config, world);
  const leave = [
    bus.subscribe(["run.finished"], (e) => queue.add(runSpan(e))),
    bus.subscribe(["model.asked"], (e) => queue.add(modelSpan(e))),
    bus.subscribe(["tool.finished"], (e) => queue.add(toolSpan(e))),
  ];
  return {
    flush: queue.flush,
    close: async () => {
      for (const each of leave) each();
      await queue.close();
    },
  };
}

type OfRun = { readonly at: string; readonly ms: number; readonly correlation: string };

function times({ at, ms }: OfRun): { readonly startMs: number; readonly endMs: number } {
  const endMs = Date.parse(at);
  return { startMs: endMs - ms, endMs };
}

function below(event: OfRun): Pick<SpanData, "traceId" | "spanId" | "parentSpanId" | "startMs" | "endMs"> {
  return { traceId: traceIdOf(event.correlation), spanId: newSpanId(), parentSpanId: runSpanId(event.correlation), ...times(event) };
}

function runSpan(e: EventOf<"run.finished">): SpanData {
  const attributes: Attributes = {
    "gen_ai.operation.name": "invoke_agent",
    "gen_ai.agent.name": e.agent,
    "gen_ai.conversation.id": e.session,
    "gen_ai.usage.input_tokens": e.inputTokens ?? undefined,
    "gen_ai.usage.output_tokens": e.outputTokens ?? undefined,
    "moltbot.owner": e.owner,
    "moltbot.outcome": e.outcome,
    "error.type": e.diagnostics.find(({ severity }) => severity === "error")?.code,
  };
  return {
    traceId: traceIdOf(e.correlation),
    spanId: runSpanId(e.correlation),
    name: `invoke_agent ${e.agent}`,
    kind: "internal",
    ...times(e),
    attributes,
    error: e.outcome === "failed" ? (e.diagnostics[0]?.summary ?? "failed") : null,
  };
}

function modelSpan(e: EventOf<"model.asked">): SpanData {
  return {
    ...below(e),
    name: `chat ${e.model}`,
    kind: "client",
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": e.provider,
      "gen_ai.request.model": e.model,
      "gen_ai.agent.name": e.agent,
      "gen_ai.conversation.id": e.session,
    },
    error: e.ok ? null : "failed",
  };
}

function toolSpan(e: EventOf<"tool.finished">): SpanData {
  return {
    ...below(e),
    name: `execute_tool ${e.tool}`,
    kind: "internal",
    attributes: {
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": e.tool,
      "gen_ai.agent.name": e.agent,
      "gen_ai.conversation.id": e.session,
      "moltbot.outcome": e.outcome,
    },
    error: e.outcome === "done" ? null : e.outcome,
  };
}

interface Queue {
  readonly add: (span: SpanData) => void;
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Bounded: a collector that is away or slow costs spans, never memory and never a run. */
function newQueue(config: OtlpConfig, { version, log, tls }: TracesWorld): Queue {
  const resource = { "service.name": config.service, "service.version": version };
  let spans: SpanData[] = [];
  let dropped = 0;
  let failures = 0;
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<void> | null = null;

  const schedule = (ms: number): void => {
    if (timer) return;
    timer = setTimeout(() => {
      timer = null;
      void send();
    }, ms);
    timer.unref();
  };
  const sendAll = async (isLast: boolean): Promise<void> => {
    const deadline = AbortSignal.timeout(LIMITS.otlpTimeoutMs);
    while (spans.length > 0) {
      const batch = spans.slice(0, LIMITS.otlpBatch);
      const sent = await post(config, "v1/traces", tracesRequest(batch, resource), tls?.() ?? [], deadline);
      if (sent === "later" && !isLast) {
        failures++;
        if (failures === 1) log?.warn("The collector of traces does not answer; spans wait for it", { count: spans.length });
        return schedule(Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS));
      }
      if (sent !== "taken") dropped += batch.length;
      else failures = 0;
      spans = spans.slice(batch.length);
      if (sent !== "taken" && isLast) break;
    }
    if (dropped > 0) log?.warn("Spans were dropped", { count: dropped });
    dropped = 0;
  };
  const send = (isLast = false): Promise<void> => {
    sending ??= sendAll(isLast).finally(() => {
      sending = null;
    });
    return sending;
  };
  return {
    add: (span) => {
      if (spans.length >= LIMITS.otlpQueue) {
        dropped++;
        return;
      }
      spans.push(span);
      if (spans.length >= LIMITS.otlpBatch && failures === 0) void send();
      else schedule(LIMITS.otlpDelayMs);
    },
    flush: () => send(),
    close: async () => {
      if (timer) clearTimeout(timer);
      await sending;
      await send(true);
    },
  };
}
