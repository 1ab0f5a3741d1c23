import { describe, expect, test } from "vitest";
import { LIMITS, Secret, systemClock } from "../../core/index.ts";
import { newBus } from "../events/index.ts";
import { codesOf, problemOf, valueOf } from "../store/store.fixture.ts";
import { otlpConfigOf, parseTraceparent, runSpanId, traceIdOf, traceparentOf, tracesOf } from "./index.ts";
import { collector, RUN, STORY } from "./telemetry.fixture.ts";

const WORLD = { clock: systemClock, version: "1.2.3" };

function configOf(endpoint: string) {
  return { endpoint, headers: { authorization: new Secret("Bearer t") }, service: "moltbot" };
}

describe("a run", () => {
  test("arrives at the collector as a trace: the run, and below it the model and the tool", async () => {
    const found = await collector();
    const bus = newBus();
    const traces = tracesOf(bus, configOf(found.endpoint), WORLD);
    for (const event of STORY) bus.publish(event);
    await traces.close();
    const [chat, tool, run] = found.spans();
    expect(found.requests).toMatchObject([
      { path: "/v1/traces", headers: { authorization: "Bearer t", "content-type": "application/json" } },
    ]);
    expect(run).toMatchObject({
      name: "invoke_agent support",
      traceId: RUN,
      spanId: runSpanId(RUN),
      parentSpanId: undefined,
      ms: 1_500,
      failed: false,
      attributes: { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "support", "gen_ai.usage.output_tokens": "20" },
    });
    expect(chat).toMatchObject({
      name: "chat llama",
      traceId: RUN,
      parentSpanId: runSpanId(RUN),
      ms: 400,
      attributes: { "gen_ai.request.model": "llama", "gen_ai.provider.name": "local" },
    });
    expect(tool).toMatchObject({ name: "execute_tool http.fetch", failed: true, attributes: { "moltbot.outcome": "denied" } });
    expect(JSON.stringify(found.spans())).not.toContain("example.com");
  });

  test("waits for a collector that is away for a moment", async () => {
    const found = await collector();
    found.answer = 503;
    const bus = newBus();
    const traces = tracesOf(bus, configOf(found.endpoint), WORLD);
    bus.publish(STORY[2]!);
    await traces.flush();
    expect(found.spans()).toHaveLength(0);
    found.answer = 200;
    await traces.flush();
    expect(found.spans()).toHaveLength(1);
    await traces.close();
  });

  test("is dropped where the collector refuses it, and the next is sent", async () => {
    const found = await collector();
    found.answer = 400;
    const bus = newBus();
    const traces = tracesOf(bus, configOf(found.endpoint), WORLD);
    bus.publish(STORY[2]!);
    await traces.flush();
    found.answer = 200;
    bus.publish(STORY[4]!);
    await traces.close();
    expect(found.spans().map(({ name }) => name)).toEqual(["execute_tool http.fetch"]);
  });

  test("costs no memory without end while nobody listens, and stopping does not hang", async () => {
    const found = await collector();
    found.answer = 503;
    const bus = newBus();
    const traces = tracesOf(bus, configOf(found.endpoint), WORLD);
    for (let i = 0; i < LIMITS.otlpQueue + 10; i++) bus.publish(STORY[2]!);
    await traces.flush();
    found.answer = 200;
    await traces.flush();
    expect(found.spans()).toHaveLength(LIMITS.otlpQueue);
    found.answer = 503;
    bus.publish(STORY[2]!);
    await traces.close();
  });
});

describe("trace context", () => {
  test("of a run id is the id itself, of anything else its digest", () => {
    expect(traceIdOf(RUN)).toBe(RUN);
    expect(traceIdOf("audit")).toMatch(/^[0-9a-f]{32}$/);
    expect(traceIdOf("0".repeat(32))).not.toBe("0".repeat(32));
  });

  test("goes out and comes in", () => {
    expect(parseTraceparent(traceparentOf(RUN))).toEqual({ traceId: RUN, spanId: runSpanId(RUN), sampled: true });
  });

  test.each([
    ["", ""],
    ["another version", `01-${RUN}-${runSpanId(RUN)}-01`],
    ["no trace", `00-${"0".repeat(32)}-${runSpanId(RUN)}-01`],
    ["no span", `00-${RUN}-${"0".repeat(16)}-01`],
    ["upper case", `00-${RUN.toUpperCase()}-${runSpanId(RUN)}-01`],
    ["more behind it", `00-${RUN}-${runSpanId(RUN)}-01-x`],
  ])("with %s is none", (_, header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });
});

describe("the collector", () => {
  test("is what the standard's variables name", () => {
    const config = valueOf(
      otlpConfigOf({
        OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
        OTEL_EXPORTER_OTLP_HEADERS: "Authorization=Bearer%20x, x-team=care",
        OTEL_SERVICE_NAME: "bots",
      }),
    );
    expect(config).toMatchObject({ endpoint: "http://127.0.0.1:4318/", service: "bots" });
    expect(config?.headers["authorization"]?.open()).toBe("Bearer x");
    expect(JSON.stringify(config)).not.toContain("Bearer");
  });

  test.each([
    ["nothing is set", {}],
    ["the variable is empty", { OTEL_EXPORTER_OTLP_ENDPOINT: "" }],
    ["it is switched off", { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318", OTEL_SDK_DISABLED: "true" }],
  ])("is none where %s", (_, env) => {
    expect(valueOf(otlpConfigOf(env))).toBeNull();
  });

  const AT = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" };
  test.each([
    ["another scheme", { OTEL_EXPORTER_OTLP_ENDPOINT: "file:///etc/passwd" }],
    ["no address", { OTEL_EXPORTER_OTLP_ENDPOINT: "collector" }],
    ["a password in the address", { OTEL_EXPORTER_OTLP_ENDPOINT: "http://u:hunter2hunter2@127.0.0.1" }],
    ["a query", { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1/?key=hunter2hunter2" }],
    ["a header without value", { ...AT, OTEL_EXPORTER_OTLP_HEADERS: "hunter2hunter2" }],
    ["a line break in a header", { ...AT, OTEL_EXPORTER_OTLP_HEADERS: "a=hunter2hunter2%0d%0ax: y" }],
    [
      "too many headers",
      { ...AT, OTEL_EXPORTER_OTLP_HEADERS: Array.from({ length: LIMITS.otlpHeaders + 1 }, (_, i) => `h${i}=1`).join(",") },
    ],
  ])("with %s is refused, and no value is shown", (_, env) => {
    const found = otlpConfigOf(env);
    expect(codesOf(found)).toEqual(["TELEMETRY_INVALID"]);
    expect(problemOf(found).detail).not.toContain("hunter2");
  });
});
