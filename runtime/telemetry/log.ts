import { pino, type Logger } from "pino";
import { escapeText, LIMITS, Secret, type Clock, type Diagnostic } from "../../core/index.ts";
import { descriptorSink, fileSink, type LogSink } from "./log-sink.ts";
import { traceIdOf } from "./trace-context.ts";
import type { Log, LogFields, LogLevel } from "./types.ts";

export interface LogOptions {
  readonly level: LogLevel;
  readonly clock: Clock;
  /** The pseudonym of a person ({@link newPseudonyms}); absent: nobody is named at all. */
  readonly pseudonym?: (person: string) => string;
  /** Absent: standard error. */
  readonly file?: string;
}

/** One line a record: `{"time", "level", "message", ...}`. */
export function newLog(options: LogOptions): Log {
  const lost = (lines: number): string => lostLine(options.clock, lines);
  return logTo(options.file === undefined ? descriptorSink(2, lost) : fileSink(options.file, lost), options);
}

export function logTo(sink: LogSink, { level, clock, pseudonym }: LogOptions): Log {
  const logger = pino(
    {
      level,
      base: null,
      messageKey: "message",
      timestamp: () => `,"time":"${clock.now().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => sink.write(line) },
  );
  return logOn(logger, {}, pseudonym, () => sink.close());
}

function logOn(logger: Logger, own: LogFields, pseudonym: LogOptions["pseudonym"], close: () => void): Log {
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void =>
      logger[level](written({ ...own, ...fields }, pseudonym), safe(message));
  const log: Log = {
    error: at("error"),
    warn: at("warn"),
    info: at("info"),
    debug: at("debug"),
    problem: (diagnostic, fields) =>
      at(diagnostic.severity === "error" ? "error" : "warn")(wordsOf(diagnostic), { ...fields, code: diagnostic.code }),
    with: (fields) => logOn(logger, { ...own, ...fields }, pseudonym, close),
    close,
  };
  return log;
}

function wordsOf({ summary, detail }: Diagnostic): string {
  return `${summary}. ${detail}`;
}

/** Names of the fields as they are written; whatever is not listed here is not written, whoever passes it. */
const WRITTEN = {
  spanId: "spanId",
  agent: "agentId",
  channel: "channelId",
  plugin: "plugin",
  tool: "tool",
  provider: "provider",
  model: "model",
  owner: "owner",
  generation: "generation",
  code: "code",
  outcome: "outcome",
  reason: "reason",
  method: "method",
  route: "route",
  status: "status",
  address: "address",
  port: "port",
  ms: "ms",
  bytes: "bytes",
  count: "count",
} as const satisfies Record<Exclude<keyof LogFields, "correlation" | "person">, string>;

function written(fields: LogFields, pseudonym: LogOptions["pseudonym"]): Record<string, string | number> {
  const out: Record<string, string | number> = {};
  if (fields.correlation !== undefined) out["traceId"] = traceIdOf(fields.correlation);
  if (fields.person !== undefined && pseudonym) out["userId"] = pseudonym(fields.person);
  for (const [field, name] of Object.entries(WRITTEN)) {
    const value: unknown = fields[field as keyof typeof WRITTEN];
    if (value instanceof Secret) out[name] = String(value);
    else if (typeof value === "string") out[name] = safe(value);
    else if (typeof value === "number" && Number.isFinite(value)) out[name] = value;
  }
  return out;
}

/** Bounded, and without anything that moves a cursor or hides itself where the line is shown. */
function safe(text: string): string {
  const short = text.length <= LIMITS.logTextChars ? text : `${text.slice(0, LIMITS.logTextChars)}…`;
  return escapeText(short.toWellFormed());
}

function lostLine(clock: Clock, lines: number): string {
  return `${JSON.stringify({ level: "warn", time: clock.now().toISOString(), count: lines, message: "Log lines could not be written and are lost" })}\n`;
}
