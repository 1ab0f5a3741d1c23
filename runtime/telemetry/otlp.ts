import type { Json, JsonObject } from "../../core/index.ts";

/**
 * OTLP as JSON: the few messages of the OpenTelemetry protocol that we send, as values. Ids are
 * hexadecimal, 64-bit numbers are text. Source: opentelemetry-proto 1.x, "OTLP/HTTP", JSON Protobuf Encoding.
 */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export interface SpanData {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: "internal" | "server" | "client";
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Attributes;
  /** Null where nothing went wrong. */
  readonly error: string | null;
}

const SPAN_KIND = { internal: 1, server: 2, client: 3 } as const;
const STATUS_ERROR = 2;

export function tracesRequest(spans: readonly SpanData[], resource: Attributes): JsonObject {
  return {
    resourceSpans: [
      { resource: { attributes: keyValues(resource) }, scopeSpans: [{ scope: { name: "moltbot" }, spans: spans.map(spanOf) }] },
    ],
  };
}

function spanOf(span: SpanData): JsonObject {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId === undefined ? {} : { parentSpanId: span.parentSpanId }),
    name: span.name,
    kind: SPAN_KIND[span.kind],
    startTimeUnixNano: nanoseconds(span.startMs),
    endTimeUnixNano: nanoseconds(Math.max(span.startMs, span.endMs)),
    attributes: keyValues(span.attributes),
    status: span.error === null ? {} : { code: STATUS_ERROR, message: span.error },
  };
}

export interface LogData {
  readonly atMs: number;
  readonly severity: "INFO" | "WARN" | "ERROR";
  readonly event: string;
  readonly traceId?: string;
  readonly attributes: Attributes;
}

const SEVERITY = { INFO: 9, WARN: 13, ERROR: 17 } as const;

export function logsRequest(logs: readonly LogData[], resource: Attributes): JsonObject {
  const records = logs.map(({ atMs, severity, event, traceId, attributes }) => ({
    timeUnixNano: nanoseconds(atMs),
    severityNumber: SEVERITY[severity],
    severityText: severity,
    eventName: event,
    ...(traceId === undefined ? {} : { traceId }),
    attributes: keyValues(attributes),
  }));
  return {
    resourceLogs: [{ resource: { attributes: keyValues(resource) }, scopeLogs: [{ scope: { name: "moltbot" }, logRecords: records }] }],
  };
}

function keyValues(attributes: Attributes): readonly Json[] {
  return Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: anyValue(value) }]));
}

function anyValue(value: string | number | boolean): JsonObject {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

function nanoseconds(ms: number): string {
  return `${Math.max(0, Math.round(ms))}000000`;
}
