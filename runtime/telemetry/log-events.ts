import type { Bus } from "../events/index.ts";
import { runSpanId } from "./trace-context.ts";
import type { Log } from "./types.ts";

/** What the runtime tells on the bus, as lines of the log: what happened to whom, never what was said. */
export function logEvents(bus: Bus, log: Log): () => void {
  const leave = [
    bus.subscribe(["message.received"], (e) =>
      log.debug("message received", { ...runOf(e), bytes: e.bytes, ...named("channel", e.channel) }),
    ),
    bus.subscribe(["run.started"], (e) => log.debug("run started", runOf(e))),
    bus.subscribe(["run.finished"], (e) => {
      log[e.outcome === "failed" ? "warn" : "info"]("run finished", { ...runOf(e), outcome: e.outcome, ms: e.ms });
      for (const diagnostic of e.diagnostics) log.problem(diagnostic, runOf(e));
    }),
    bus.subscribe(["model.asked"], (e) =>
      log[e.ok ? "debug" : "warn"]("model asked", {
        ...runOf(e),
        provider: e.provider,
        model: e.model,
        ms: e.ms,
        outcome: e.ok ? "answered" : "failed",
      }),
    ),
    bus.subscribe(["tool.finished"], (e) =>
      log[e.outcome === "done" ? "info" : "warn"]("tool finished", { ...runOf(e), tool: e.tool, outcome: e.outcome, ms: e.ms }),
    ),
    bus.subscribe(["approval.asked"], (e) => log.info("approval asked", { ...runOf(e), tool: e.tool })),
    bus.subscribe(["approval.answered"], (e) => log.info("approval answered", { ...runOf(e), outcome: e.answer })),
    bus.subscribe(["channel.state"], (e) =>
      log[e.state === "failed" ? "warn" : "info"]("channel state", {
        correlation: e.correlation,
        channel: e.channel,
        outcome: e.state,
        reason: e.reason,
      }),
    ),
    bus.subscribe(["message.sent"], (e) =>
      log[e.ok ? "debug" : "warn"]("message sent", {
        correlation: e.correlation,
        channel: e.channel,
        ms: e.ms,
        outcome: e.ok ? "sent" : "failed",
      }),
    ),
    bus.subscribe(["message.undelivered"], (e) => log.warn("message undelivered", { ...runOf(e), channel: e.channel, outcome: e.outcome })),
    bus.subscribe(["generation.changed"], (e) =>
      log[e.outcome === "active" ? "info" : "warn"]("generation changed", {
        correlation: e.correlation,
        owner: e.owner,
        generation: e.generation,
        outcome: e.outcome,
      }),
    ),
    bus.subscribe(["plugin.state"], (e) =>
      log[e.state === "failed" ? "warn" : "info"]("plugin state", {
        correlation: e.correlation,
        plugin: e.plugin,
        outcome: e.state,
        reason: e.reason,
      }),
    ),
  ];
  return () => {
    for (const each of leave) each();
  };
}

function runOf({ correlation, agent }: { readonly correlation: string; readonly agent: string }) {
  return { correlation, agent, spanId: runSpanId(correlation) };
}

function named(field: "channel", value: string | null): { readonly channel?: string } {
  return value === null ? {} : { [field]: value };
}
