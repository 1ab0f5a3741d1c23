import type { Diagnostic, Instant, JsonObject, Owner } from "../../core/index.ts";

interface Base {
  readonly at: Instant;
  /** `Run.id`, or the id of an API request. */
  readonly correlation: string;
}

interface OfRun extends Base {
  readonly owner: Owner;
  readonly agent: string;
  readonly session: string;
}

export type RuntimeEvent =
  | (OfRun & { readonly type: "message.received"; readonly channel: string | null; readonly bytes: number })
  | (OfRun & {
      readonly type: "run.started";
      /** `Accepted.key` of the channel messages that are answered. */
      readonly answers?: readonly string[];
    })
  | (OfRun & { readonly type: "run.delta"; readonly kind: "text" | "thinking"; readonly text: string })
  | (OfRun & {
      readonly type: "run.finished";
      readonly outcome: "answered" | "failed" | "cancelled";
      readonly ms: number;
      readonly inputTokens: number | null;
      readonly outputTokens: number | null;
      readonly cost: { readonly currency: string; readonly amount: number } | null;
      readonly diagnostics: readonly Diagnostic[];
    })
  | (OfRun & { readonly type: "model.asked"; readonly provider: string; readonly model: string; readonly ms: number; readonly ok: boolean })
  | (OfRun & { readonly type: "tool.started"; readonly tool: string; readonly summary: string })
  | (OfRun & { readonly type: "tool.finished"; readonly tool: string; readonly outcome: "done" | "denied" | "failed"; readonly ms: number })
  | (OfRun & { readonly type: "approval.asked"; readonly approval: string; readonly tool: string; readonly summary: string })
  | (OfRun & { readonly type: "approval.answered"; readonly approval: string; readonly answer: "given" | "refused" | "expired" })
  | (Base & {
      readonly type: "channel.state";
      readonly channel: string;
      readonly state: "connected" | "waiting" | "failed" | "stopped";
      readonly reason: string | null;
    })
  | (Base & { readonly type: "message.sent"; readonly channel: string; readonly ms: number; readonly ok: boolean })
  | (OfRun & {
      readonly type: "message.undelivered";
      readonly channel: string;
      /** Its id: what `gateway deliveries` names. */
      readonly message: string;
      readonly outcome: "unknown" | "refused" | "given up";
    })
  | (Base & {
      readonly type: "generation.changed";
      readonly owner: Owner;
      readonly generation: number;
      readonly outcome: "active" | "rejected";
    })
  | (Base & {
      readonly type: "plugin.state";
      readonly plugin: string;
      readonly state: "running" | "stopped" | "failed";
      readonly reason: string | null;
    })
  | (Base & { readonly type: "audit.recorded"; readonly record: JsonObject });

export type EventOf<T extends RuntimeEvent["type"]> = Extract<RuntimeEvent, { readonly type: T }>;

export interface Bus {
  /** Tells every subscriber, in order of subscription. One that throws is unsubscribed and does not stop the others. */
  readonly publish: (event: RuntimeEvent) => void;
  /** @returns how to unsubscribe. */
  readonly subscribe: <T extends RuntimeEvent["type"]>(types: readonly T[], listener: (event: EventOf<T>) => void) => () => void;
}
