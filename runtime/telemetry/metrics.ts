import { Counter, Gauge, Histogram, Registry, type CollectFunction } from "prom-client";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { LIMITS } from "../../core/index.ts";
import type { Bus } from "../events/index.ts";

/** What is asked at every scrape instead of being told by an event. */
export interface MetricSources {
  readonly version: string;
  readonly approvalsWaiting?: () => number;
  /** How much is wrong with what judges an owner's calls; what cannot be run at all counts too. */
  readonly remarks?: () => readonly { readonly owner: string; readonly count: number }[];
  readonly budgets?: () => readonly { readonly agent: string; readonly budget: string; readonly used: number; readonly limit: number }[];
}

export interface Metrics {
  readonly contentType: string;
  /** The text of one scrape, in the Prometheus exposition format. */
  readonly text: () => Promise<string>;
  readonly close: () => void;
}

const SECONDS = [0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
const NANOSECONDS = 1e9;

/** Counts what the bus tells. Every label has a bounded number of values: a name past them is `other`. */
export function metricsOf(bus: Bus, sources: MetricSources): Metrics {
  const registry = new Registry();
  const named = boundedNames();
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[]): Counter<T> =>
    new Counter({ name: `moltbot_${name}`, help, labelNames, registers: [registry] });
  const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[], collect?: CollectFunction<Gauge<T>>): Gauge<T> =>
    new Gauge({ name: `moltbot_${name}`, help, labelNames, registers: [registry], ...(collect ? { collect } : {}) });
  const seconds = <T extends string>(name: string, help: string, labelNames: readonly T[]): Histogram<T> =>
    new Histogram({ name: `moltbot_${name}_seconds`, help, labelNames, buckets: SECONDS, registers: [registry] });

  gauge("build_info", "The version that runs.", ["version"]).set({ version: sources.version }, 1);
  const messages = counter("messages_received_total", "Messages that came in.", ["agent", "channel"]);
  const sent = counter("messages_sent_total", "Messages that went out.", ["channel", "outcome"]);
  const sendSeconds = seconds("message_send", "How long sending a message took.", ["channel"]);
  const active = gauge("runs_active", "Runs that are going on.", []);
  const runs = counter("runs_total", "Runs that ended.", ["agent", "outcome"]);
  const runSeconds = seconds("run", "How long a run took.", ["agent"]);
  const asked = counter("model_requests_total", "Requests to model providers.", ["provider", "model", "outcome"]);
  const modelSeconds = seconds("model_request", "How long a model took to answer.", ["provider"]);
  const tokens = counter("tokens_total", "Tokens that models counted.", ["agent", "direction"]);
  const cost = counter("cost_total", "What runs cost, at the declared prices; runs with unknown prices are not in it.", [
    "agent",
    "currency",
  ]);
  const tools = counter("tool_calls_total", "Tool calls that ended.", ["tool", "outcome"]);
  const toolSeconds = seconds("tool_call", "How long a tool call took.", ["tool"]);
  const approvals = counter("approvals_total", "Approvals that were answered.", ["answer"]);
  const channels = gauge("channel_up", "1 where a channel is connected.", ["channel"]);
  const plugins = gauge("plugin_up", "1 where a plugin runs.", ["plugin"]);
  const generation = gauge("generation", "The active generation.", ["owner"]);
  const rejected = counter("generations_rejected_total", "Generations that were not healthy.", ["owner"]);
  const audit = counter("audit_records_total", "Security events that were recorded.", ["kind"]);
  if (sources.approvalsWaiting) {
    const { approvalsWaiting } = sources;
    gauge("approvals_waiting", "Tool calls that wait for a person.", [], function collect() {
      this.set(approvalsWaiting());
    });
  }
  if (sources.remarks) {
    const { remarks } = sources;
    gauge("owner_remarks", "What is wrong with what judges an owner's calls: it denies more then.", ["owner"], function collect() {
      this.reset();
      for (const { owner, count } of remarks()) this.set({ owner: named("owner", owner) }, count);
    });
  }
  if (sources.budgets) {
    const { budgets } = sources;
    const labels = ({ agent, budget }: { readonly agent: string; readonly budget: string }) => ({
      agent: named("agent", agent),
      budget: named("budget", budget),
    });
    gauge("budget_limit", "What a budget allows.", ["agent", "budget"], function collect() {
      this.reset();
      for (const each of budgets()) this.set(labels(each), each.limit);
    });
    gauge("budget_used", "What of a budget is used.", ["agent", "budget"], function collect() {
      this.reset();
      for (const each of budgets()) this.set(labels(each), each.used);
    });
  }
  const stopProcess = processMetrics(gauge);

  const leave = [
    bus.subscribe(["message.received"], (e) =>
      messages.inc({ agent: named("agent", e.agent), channel: named("channel", e.channel ?? "none") }),
    ),
    bus.subscribe(["message.sent"], (e) => {
      const channel = named("channel", e.channel);
      sent.inc({ channel, outcome: e.ok ? "sent" : "failed" });
      sendSeconds.observe({ channel }, e.ms / 1_000);
    }),
    bus.subscribe(["run.started"], () => active.inc()),
    bus.subscribe(["run.finished"], (e) => {
      const agent = named("agent", e.agent);
      active.dec();
      runs.inc({ agent, outcome: e.outcome });
      runSeconds.observe({ agent }, e.ms / 1_000);
      if (e.inputTokens !== null) tokens.inc({ agent, direction: "input" }, Math.max(0, e.inputTokens));
      if (e.outputTokens !== null) tokens.inc({ agent, direction: "output" }, Math.max(0, e.outputTokens));
      if (e.cost) cost.inc({ agent, currency: named("currency", e.cost.currency) }, Math.max(0, e.cost.amount));
    }),
    bus.subscribe(["model.asked"], (e) => {
      const provider = named("provider", e.provider);
      asked.inc({ provider, model: named("model", e.model), outcome: e.ok ? "answered" : "failed" });
      modelSeconds.observe({ provider }, e.ms / 1_000);
    }),
    bus.subscribe(["tool.finished"], (e) => {
      const tool = named("tool", e.tool);
      tools.inc({ tool, outcome: e.outcome });
      toolSeconds.observe({ tool }, e.ms / 1_000);
    }),
    bus.subscribe(["approval.answered"], (e) => approvals.inc({ answer: e.answer })),
    bus.subscribe(["channel.state"], (e) => channels.set({ channel: named("channel", e.channel) }, e.state === "connected" ? 1 : 0)),
    bus.subscribe(["plugin.state"], (e) => plugins.set({ plugin: named("plugin", e.plugin) }, e.state === "running" ? 1 : 0)),
    bus.subscribe(["generation.changed"], (e) => {
      if (e.outcome === "active") generation.set({ owner: named("owner", e.owner) }, e.generation);
      else rejected.inc({ owner: named("owner", e.owner) });
    }),
    bus.subscribe(["audit.recorded"], (e) =>
      audit.inc({ kind: named("kind", typeof e.record["kind"] === "string" ? e.record["kind"] : "none") }),
    ),
  ];
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    close: () => {
      for (const each of leave) each();
      stopProcess();
      registry.clear();
    },
  };
}

/** The first {@link LIMITS.metricLabelValues} names of each label; every further one is `other`. */
function boundedNames(): (label: string, value: string) => string {
  const known = new Map<string, Set<string>>();
  return (label, value) => {
    const names = known.get(label) ?? new Set<string>();
    known.set(label, names);
    if (names.has(value)) return value;
    if (names.size >= LIMITS.metricLabelValues || value.length > LIMITS.metricLabelChars) return "other";
    names.add(value);
    return value;
  };
}

type MakeGauge = <T extends string>(name: string, help: string, labelNames: readonly T[], collect?: CollectFunction<Gauge<T>>) => Gauge<T>;

/** Memory, processor time and how late timers are; measured where a scrape asks. */
function processMetrics(gauge: MakeGauge): () => void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  gauge("process_resident_memory_bytes", "Resident memory.", [], function collect() {
    this.set(process.memoryUsage.rss());
  });
  gauge("process_cpu_seconds", "Processor time used, user and system.", [], function collect() {
    const { user, system } = process.cpuUsage();
    this.set((user + system) / 1e6);
  });
  gauge("process_uptime_seconds", "How long the process has run.", [], function collect() {
    this.set(process.uptime());
  });
  gauge("event_loop_delay_seconds", "How late timers were since the last scrape.", ["quantile"], function collect() {
    for (const quantile of [50, 99, 100]) this.set({ quantile: String(quantile / 100) }, (delay.percentile(quantile) || 0) / NANOSECONDS);
    delay.reset();
  });
  return () => void delay.disable();
}
