import path from "node:path";
import { InternalError, ok, type Clock, type Result, type Secret } from "../../core/index.ts";
import type { Bus } from "../events/index.ts";
import type { TlsExceptions } from "../net/index.ts";
import { readKey, type StoreReader } from "../store/index.ts";
import type { Log, LogLevel, Metrics, MetricSources } from "../telemetry/index.ts";
import type { Part } from "./types.ts";

/** The log of a gateway that was not told otherwise, in the state folder. */
export const LOG_FILE = "gateway.log";

/** How much is told, and where: a file, or standard error. */
export interface LogWish {
  readonly level: LogLevel;
  /** Null: {@link LOG_FILE}; `-`: standard error. */
  readonly file: string | null;
}

export interface TelemetryWorld {
  readonly dir: string;
  readonly store: () => Pick<StoreReader, "lineage">;
  readonly storeKey?: Secret<string> | undefined;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly version: string;
  readonly log: LogWish;
  /** Where the standard's `OTEL_*` variables are read from. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For the collector of traces. */
  readonly tls: () => TlsExceptions;
  /** What is asked at every scrape. */
  readonly sources: () => Omit<MetricSources, "version">;
}

export interface TelemetryPart extends Part {
  readonly log: () => Log;
  readonly metrics: () => Metrics;
}

/** Logs, metrics and, where a collector is configured, traces: all made of what the bus tells. */
export function telemetryPart(world: TelemetryWorld): TelemetryPart {
  let log: Log | undefined;
  let metrics: Metrics | undefined;
  const leave: (() => void | Promise<void>)[] = [];
  return {
    name: "telemetry",
    log: () => there(log),
    metrics: () => there(metrics),
    start: async () => {
      const telemetry = await import("../telemetry/index.ts");
      const otlp = telemetry.otlpConfigOf(world.env);
      if (!otlp.ok) return otlp;
      const key: Result<Secret<string>> = world.storeKey ? ok(world.storeKey) : readKey(world.dir, "store.key");
      if (!key.ok) return key;
      const { bus, clock, version } = world;
      const { level, file } = world.log;
      const to = file === "-" ? {} : { file: file ?? path.join(world.dir, LOG_FILE) };
      log = telemetry.newLog({ level, clock, pseudonym: telemetry.newPseudonyms(key.value, world.store().lineage), ...to });
      metrics = telemetry.metricsOf(bus, { version, ...world.sources() });
      leave.push(telemetry.logEvents(bus, log), () => metrics?.close());
      if (otlp.value) {
        const traces = telemetry.tracesOf(bus, otlp.value, { clock, version, log, tls: world.tls });
        leave.push(() => traces.close());
      }
      return ok(undefined);
    },
    stop: async () => {
      for (const each of leave.splice(0).toReversed()) await each();
      log?.close();
      [log, metrics] = [undefined, undefined];
    },
  };
}

function there<T>(part: T | undefined): T {
  if (part === undefined) throw new InternalError("telemetry was used before it started");
  return part;
}
