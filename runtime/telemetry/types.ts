import type { Diagnostic, DiagnosticCode, Secret } from "../../core/index.ts";

/** How much is told: each level tells what those before it tell, too. */
export const LOG_LEVELS = ["error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * What a log line may carry beside its message. A closed list: no place for content, and a person appears
 * only under the pseudonym made of `person`. A Secret that slips in is written as `***`.
 */
export interface LogFields {
  /** `Run.id`, or the id of an API request: becomes `traceId`. */
  readonly correlation?: string;
  readonly spanId?: string;
  /** {@link Principal.id}: written as `userId`, a pseudonym of this store. */
  readonly person?: string;
  readonly agent?: string;
  readonly channel?: string;
  readonly plugin?: string;
  readonly tool?: string;
  readonly provider?: string;
  readonly model?: string;
  readonly owner?: string;
  readonly generation?: number;
  readonly code?: DiagnosticCode;
  readonly outcome?: string;
  /** Why, in words of ours or of a platform; never what somebody wrote. */
  readonly reason?: string | Secret<string> | null;
  readonly method?: string;
  readonly route?: string;
  readonly status?: number;
  readonly address?: string;
  readonly port?: number;
  readonly ms?: number;
  readonly bytes?: number;
  readonly count?: number;
}

/** Structured lines. Writing never throws, never waits, and a full disk stops nobody. */
export interface Log {
  readonly error: (message: string, fields?: LogFields) => void;
  readonly warn: (message: string, fields?: LogFields) => void;
  readonly info: (message: string, fields?: LogFields) => void;
  readonly debug: (message: string, fields?: LogFields) => void;
  /** A diagnostic at the level of its severity: its code, and what it says. */
  readonly problem: (diagnostic: Diagnostic, fields?: LogFields) => void;
  /** The same log with fields that every line gets. */
  readonly with: (fields: LogFields) => Log;
  readonly close: () => void;
}
