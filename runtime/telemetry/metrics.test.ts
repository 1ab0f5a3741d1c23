import { expect, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { newBus } from "../events/index.ts";
import { metricsOf } from "./index.ts";
import { STORY } from "./telemetry.fixture.ts";

function values(text: string): ReadonlyMap<string, string> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), line.slice(line.lastIndexOf(" ") + 1)]));
}

test("one run is counted, with its latencies, tokens and cost", async () => {
  const bus = newBus();
  const metrics = metricsOf(bus, {
    version: "1.2.3",
    approvalsWaiting: () => 3,
    remarks: () => [{ owner: "acme/prod", count: 2 }],
    budgets: () => [{ agent: "support", budget: "tokens", used: 30, limit: 100 }],
  });
  for (const event of STORY) bus.publish(event);
  const found = values(await metrics.text());
  expect(
    Object.fromEntries(
      [...found].filter(([name]) => !/_bucket|process_|event_loop|_sum/.test(name)).map(([name, value]) => [name.slice(8), Number(value)]),
    ),
  ).toEqual({
    'build_info{version="1.2.3"}': 1,
    'messages_received_total{agent="support",channel="web"}': 1,
    'messages_sent_total{channel="web",outcome="sent"}': 1,
    'message_send_seconds_count{channel="web"}': 1,
    runs_active: 0,
    'runs_total{agent="support",outcome="answered"}': 1,
    'run_seconds_count{agent="support"}': 1,
    'model_requests_total{provider="local",model="llama",outcome="answered"}': 1,
    'model_request_seconds_count{provider="local"}': 1,
    'tokens_total{agent="support",direction="input"}': 10,
    'tokens_total{agent="support",direction="output"}': 20,
    'cost_total{agent="support",currency="EUR"}': 0.5,
    'tool_calls_total{tool="http.fetch",outcome="denied"}': 1,
    'tool_call_seconds_count{tool="http.fetch"}': 1,
    'approvals_total{answer="given"}': 1,
    approvals_waiting: 3,
    'owner_remarks{owner="acme/prod"}': 2,
    'budget_limit{agent="support",budget="tokens"}': 100,
    'budget_used{agent="support",budget="tokens"}': 30,
    'channel_up{channel="web"}': 1,
    'plugin_up{plugin="crm"}': 0,
    'generation{owner="acme/prod"}': 7,
    'generations_rejected_total{owner="acme/prod"}': 1,
    'audit_records_total{kind="tool.denied"}': 1,
  });
  expect(Number(found.get('moltbot_run_seconds_sum{agent="support"}'))).toBe(1.5);
  expect(Number(found.get("moltbot_process_resident_memory_bytes"))).toBeGreaterThan(1e6);
  expect(found.has('moltbot_event_loop_delay_seconds{quantile="0.99"}')).toBe(true);
  expect(metrics.contentType).toContain("text/plain");
  metrics.close();
});

test("a label has a bounded number of values", async () => {
  const bus = newBus();
  const metrics = metricsOf(bus, { version: "1" });
  const sent = (channel: string) =>
    bus.publish({ at: "2026-03-01T12:00:00.000Z", correlation: "c", type: "message.sent", channel, ms: 1, ok: true });
  for (let i = 0; i < LIMITS.metricLabelValues + 5; i++) sent(`c${i}`);
  sent("c0");
  const names = [...values(await metrics.text()).keys()].filter((name) => name.startsWith("moltbot_messages_sent_total"));
  expect(names).toHaveLength(LIMITS.metricLabelValues + 1);
  expect(names.at(-1)).toContain('"other"');
  metrics.close();
});

test("row 134: a name in a label is escaped, and one that is too long is other", async () => {
  const bus = newBus();
  const metrics = metricsOf(bus, { version: 'a"\n# b' });
  for (const length of [LIMITS.metricLabelChars, LIMITS.metricLabelChars + 1])
    bus.publish({ at: "2026-03-01T12:00:00.000Z", correlation: "c", type: "message.sent", channel: "x".repeat(length), ms: 1, ok: true });
  const text = await metrics.text();
  expect(text).toContain(String.raw`moltbot_build_info{version="a\"\n# b"} 1`);
  expect(text).toContain(`channel="${"x".repeat(LIMITS.metricLabelChars)}"`);
  expect(text).toContain('channel="other"');
  metrics.close();
});
