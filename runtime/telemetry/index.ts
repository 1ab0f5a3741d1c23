/**
 * runtime/telemetry: what operators watch. Structured logs, OpenTelemetry traces and Prometheus metrics,
 * all made of what the bus tells; none of them holds content or secrets, and none of them stops the gateway.
 *
 * Offers {@link newLog} and {@link logEvents}, {@link tracesOf} with {@link otlpConfigOf}, {@link metricsOf},
 * {@link newPseudonyms}, and W3C trace context ({@link traceIdOf}, {@link parseTraceparent}).
 */
export { auditLogsRequest } from "./audit-otlp.ts";
export { otlpConfigOf, type OtlpConfig } from "./config.ts";
export { logEvents } from "./log-events.ts";
export { newLog, type LogOptions } from "./log.ts";
export { metricsOf, type Metrics, type MetricSources } from "./metrics.ts";
export { newPseudonyms } from "./pseudonym.ts";
export { newSpanId, parseTraceparent, runSpanId, traceIdOf, traceparentOf, type TraceContext } from "./trace-context.ts";
export { tracesOf, type Traces, type TracesWorld } from "./traces.ts";
export { LOG_LEVELS, type Log, type LogFields, type LogLevel } from "./types.ts";
