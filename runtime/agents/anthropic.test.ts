import { describe, expect, test } from "vitest";
import { agent, answerEvents, ask, chunk, CREDENTIALS, KEY, provider, serve, sse, turnOf, vaultOf } from "./agents.fixture.ts";

const start = (inputTokens: number) => ({ type: "message_start", message: { usage: { input_tokens: inputTokens, output_tokens: 1 } } });
const text = (words: string) => ({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text: words } });
const thought = (words: string) => ({ type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: words } });
const stop = (reason: string) => ({ type: "message_delta", delta: { stop_reason: reason }, usage: { output_tokens: 7 } });
const END = { type: "message_stop" };
const anthropic = (endpoint: string) => provider({ protocol: "anthropic", endpoint, credentials: CREDENTIALS });

describe("the Messages API", () => {
  test("text arrives in pieces; usage, finish and thinking are told apart; unknown events are passed over", async () => {
    await using server = await serve((response) =>
      answerEvents(
        response,
        start(11),
        { type: "ping" },
        thought("hm"),
        text("Good "),
        text("day"),
        { type: "later" },
        stop("end_turn"),
        END,
      ),
    );
    const asked = await ask(anthropic(server.url), { agent: { ...agent({ provider: "p", model: "m" }), showThinking: true } });
    expect(asked.deltas.map(({ kind, text: piece }) => `${kind}:${piece}`)).toEqual(["thinking:hm", "text:Good ", "text:day"]);
    expect(turnOf(asked)).toMatchObject({ text: "Good day", finish: "stop", usage: { inputTokens: 11, outputTokens: 7 }, requests: 1 });
  });

  test("what is asked: address, key, version, system, history and settings", async () => {
    await using server = await serve((response) => answerEvents(response, start(1), stop("end_turn"), END));
    const choice = { provider: "p", model: "m", temperature: 0, topP: 0.5, maxTokens: 9, stop: ["END"] } as const;
    await ask(anthropic(`${server.url}/v1/`), {
      agent: { ...agent(choice), system: "Be kind." },
      vault: vaultOf({ key: `${KEY}\n` }),
      history: [
        { role: "user", text: "1" },
        { role: "assistant", text: "2" },
      ],
      message: "3",
    });
    const [seen] = server.seen;
    expect([seen?.method, seen?.path]).toEqual(["POST", "/v1/messages"]);
    expect(seen?.headers).toMatchObject({ "x-api-key": KEY, "anthropic-version": "2023-06-01", "content-type": "application/json" });
    expect(seen?.headers).not.toHaveProperty("authorization");
    expect(JSON.parse(seen?.body ?? "")).toEqual({
      model: "m",
      max_tokens: 9,
      system: "Be kind.",
      messages: [
        { role: "user", content: "1" },
        { role: "assistant", content: "2" },
        { role: "user", content: "3" },
      ],
      stream: true,
      temperature: 0,
      top_p: 0.5,
      stop_sequences: ["END"],
    });
  });

  test.each([
    [{}, { max_tokens: 4096 }],
    [{ thinking: "low" }, { max_tokens: 5120, thinking: { type: "enabled", budget_tokens: 1024 } }],
    [
      { thinking: "high", maxTokens: 100, temperature: 0.5 },
      { max_tokens: 100, temperature: 0.5 },
    ],
    [
      { thinking: "medium", temperature: 0.5 },
      { max_tokens: 8192, thinking: { type: "enabled", budget_tokens: 4096 } },
    ],
  ] as const)("%j", async (settings, expected) => {
    await using server = await serve((response) => answerEvents(response, start(1), stop("end_turn"), END));
    await ask(anthropic(server.url), { agent: agent({ provider: "p", model: "m", ...settings }) });
    const { model: _m, messages: _s, stream: _t, ...rest } = JSON.parse(server.seen[0]?.body ?? "") as Record<string, unknown>;
    expect(rest).toEqual(expected);
  });

  test.each([
    ["max_tokens", "length"],
    ["refusal", "filtered"],
    ["stop_sequence", "stop"],
    ["something_new", "other"],
  ])("%s is %s", async (reason, finish) => {
    await using server = await serve((response) => answerEvents(response, start(1), text("x"), stop(reason), END));
    expect(turnOf(await ask(anthropic(server.url))).finish).toBe(finish);
  });

  test("a wrong key; its words hide the key", async () => {
    await using server = await serve((response) =>
      response.writeHead(401).end(JSON.stringify({ type: "error", error: { type: "authentication_error", message: `invalid ${KEY}` } })),
    );
    const asked = await ask(anthropic(server.url));
    expect(asked.problems.map(({ code }) => code)).toEqual(["PROVIDER_AUTH"]);
    expect(asked.printed).toContain("invalid ***");
    expect(asked.printed).not.toContain(KEY);
  });

  test("too much load before anything was shown is tried again; HTTP 529 and an error inside the stream", async () => {
    await using server = await serve((response, _seen, count) => {
      if (count === 1) response.writeHead(529).end("{}");
      else if (count === 2) answerEvents(response, { type: "error", error: { type: "overloaded_error", message: "Overloaded" } });
      else answerEvents(response, start(1), text("at last"), stop("end_turn"), END);
    });
    expect(turnOf(await ask(anthropic(server.url)))).toMatchObject({ text: "at last", requests: 3 });
  });

  test.each<[string, string]>([
    ["is cut", sse(start(1), text("half"))],
    ["is a page", "<html>nothing</html>"],
    ["is no event of its protocol", sse({ choices: [] })],
  ])("an answer that %s", async (_name, body) => {
    await using server = await serve((response) => response.writeHead(200, { "content-type": "text/event-stream" }).end(body));
    expect((await ask({ ...anthropic(server.url), retries: 0 })).problems.map(({ code }) => code)).toEqual(["PROVIDER_UNAVAILABLE"]);
  });

  test("one that does not answer in time", async () => {
    await using server = await serve((response) => response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders());
    const asked = await ask({ ...anthropic(server.url), timeoutMs: 200, retries: 0 });
    expect(asked.problems.map(({ code }) => code)).toEqual(["PROVIDER_UNAVAILABLE"]);
    expect(asked.tookMs).toBeLessThan(2_000);
  });
});

describe("llama.cpp's own server", () => {
  test.each(["", "/", "/v1", "/v1/"])("the base address %j", async (path) => {
    await using server = await serve((response) => answerEvents(response, chunk("hi"), chunk("", "stop"), "[DONE]"));
    const asked = await ask(provider({ protocol: "llama-cpp", endpoint: `${server.url}${path}`, credentials: CREDENTIALS }));
    expect(turnOf(asked).text).toBe("hi");
    expect([server.seen[0]?.path, server.seen[0]?.headers.authorization]).toEqual(["/v1/chat/completions", `Bearer ${KEY}`]);
  });

  test("a model that is still being loaded is asked again", async () => {
    await using server = await serve((response, _seen, count) => {
      if (count === 1) response.writeHead(503).end(JSON.stringify({ error: { message: "Loading model", code: 503 } }));
      else answerEvents(response, chunk("ready"), chunk("", "stop"), "[DONE]");
    });
    expect(turnOf(await ask(provider({ protocol: "llama-cpp", endpoint: server.url })))).toMatchObject({ text: "ready", requests: 2 });
  });
});
