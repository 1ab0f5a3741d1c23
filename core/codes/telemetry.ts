import type { CodeEntry } from "./entry.ts";

/** Logs, traces and metrics. */
export const TELEMETRY_CODES = {
  TELEMETRY_INVALID: {
    outcome: "INVALID",
    summary: "The collector is not configured rightly",
    page: "A variable that says where traces go (`OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_HEADERS`) is not in the form that OpenTelemetry gives it. The values are not shown, because they may be credentials. Correct the variable, or unset it: the gateway runs without a collector.",
  },
} as const satisfies Readonly<Record<string, CodeEntry>>;
