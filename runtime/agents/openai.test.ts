import { describe, expect, test } from "vitest";
import { agent, answerEvents, ask, chunk, CREDENTIALS, facts, KEY, provider, serve, sse, turnOf, vaultOf } from "./agents.fixture.ts";

const STOP = chunk("", "stop");
const USAGE = { choices: [], usage: { prompt_tokens: 11, completion_tokens: 7 } };

describe("chat completions over server-sent events", () => {
  test("text arrives in pieces; usage, cost, latency and finish are recorded", async () => {
    await using server = await serve((response) => answerEvents(response, chunk("Good "), chunk("day"), STOP, USAGE, "[DONE]"));
    const models = new Map([["m", facts({ digest: null, prices: { currency: "EUR", input: 3, output: 15 } })]]);
    const asked = await ask(provider({ endpoint: `${server.url}/v1/`, models }));
    expect(asked.deltas).toEqual([
      { kind: "text", text: "Good " },
      { kind: "text", text: "day" },
    ]);
    const turn = turnOf(asked);
    expect(turn).toMatchObject({
      text: "Good day",
      provider: "p",
      model: "m",
      finish: "stop",
      usage: { inputTokens: 11, outputTokens: 7 },
      requests: 1,
      failed: [],
      omitted: 0,
    });
    expect(turn.cost).toEqual({ currency: "EUR", amount: (11 * 3 + 7 * 15) / 1e6 });
    expect(turn.latency.firstTextMs).toBeGreaterThanOrEqual(0);
    expect(turn.latency.totalMs).toBeGreaterThanOrEqual(turn.latency.firstTextMs ?? 0);
  });

  test("what is asked: address, headers, system, history and settings", async () => {
    await using server = await serve((response) => answerEvents(response, STOP));
    const choice = { provider: "p", model: "m", temperature: 0, topP: 0.5, maxTokens: 9, stop: ["END"], thinking: "off" } as const;
    const headers = [
      { name: "X-Team", value: "care" },
      { name: "x-token", value: { secret: "api", key: "token" } },
    ];
    await ask(provider({ endpoint: `${server.url}/v1?api-version=2`, headers, credentials: CREDENTIALS }), {
      agent: { ...agent(choice), system: "Be kind." },
      vault: vaultOf({ key: `${KEY}\n`, token: "tok-12345678" }),
      history: [
        { role: "user", text: "1" },
        { role: "assistant", text: "2" },
      ],
      message: "3",
    });
    const [seen] = server.seen;
    expect([seen?.method, seen?.path]).toEqual(["POST", "/v1/chat/completions?api-version=2"]);
    expect(seen?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      "x-team": "care",
      "x-token": "tok-12345678",
      "content-type": "application/json",
      "accept-encoding": "identity",
    });
    expect(JSON.parse(seen?.body ?? "")).toEqual({
      model: "m",
      messages: [
        { role: "system", content: "Be kind." },
        { role: "user", content: "1" },
        { role: "assistant", content: "2" },
        { role: "user", content: "3" },
      ],
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0,
      top_p: 0.5,
      max_tokens: 9,
      stop: ["END"],
      reasoning_effort: "none",
    });
  });

  test("events in any framing the format allows: comments, CRLF, no space, joined data, cut characters", async () => {
    const event = JSON.stringify(chunk("né 🙂"));
    const lines = [
      "\uFEFF: hello\r\n\r\n",
      "event: x\r\nid: 1\r\n",
      `data:${event}\r\n\r\n`,
      'data: {"choices":\ndata: null}\n\n',
      sse(STOP),
      "data: [DONE]",
    ];
    const stream = Buffer.from(lines.join(""));
    await using server = await serve((response) => {
      response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
      let at = 0;
      const step = (): void => {
        if (at >= stream.length) return void response.end();
        response.write(stream.subarray(at, (at += 7)));
        setImmediate(step);
      };
      step();
    });
    expect(turnOf(await ask(provider({ endpoint: server.url }))).text).toBe("né 🙂");
  });

  const endings: readonly (readonly [string, readonly unknown[], string])[] = [
    ["length", [chunk("x", "length")], "length"],
    ["content filter", [chunk("x", "content_filter")], "filtered"],
    ["an unknown reason", [chunk("x", "constructor")], "other"],
    ["only [DONE]", [chunk("x"), "[DONE]"], "other"],
  ];
  test.each(endings)("finish: %s", async (_, events, finish) => {
    await using server = await serve((response) => answerEvents(response, ...events));
    expect(turnOf(await ask(provider({ endpoint: server.url })))).toMatchObject({ text: "x", finish });
  });

  test("a server that does not stream answers with one object", async () => {
    await using server = await serve((response) => {
      response.writeHead(200, { "content-type": "application/json; charset=utf-8" });
      response.end(
        JSON.stringify(
          {
            choices: [{ message: { role: "assistant", content: "whole" }, finish_reason: "stop" }],
            usage: { prompt_tokens: 1, completion_tokens: -1 },
          },
          null,
          2,
        ),
      );
    });
    expect(turnOf(await ask(provider({ endpoint: server.url })))).toMatchObject({
      text: "whole",
      finish: "stop",
      usage: { inputTokens: 1, outputTokens: null },
      cost: null,
    });
  });

  test("thinking is shown only where the agent says so, and is never part of the answer", async () => {
    const thought = { choices: [{ delta: { reasoning_content: "hmm" } }] };
    await using server = await serve((response) => answerEvents(response, thought, chunk("42"), STOP));
    const quiet = await ask(provider({ endpoint: server.url }));
    expect([quiet.shown, turnOf(quiet).text]).toEqual(["42", "42"]);
    const open = await ask(provider({ endpoint: server.url }), { agent: { ...agent({ provider: "p", model: "m" }), showThinking: true } });
    expect(open.deltas.map(({ kind }) => kind)).toEqual(["thinking", "text"]);
    expect(turnOf(open).text).toBe("42");
  });
});
