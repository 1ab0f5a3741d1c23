import * as net from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import {
  agent,
  answerEvents,
  answerLines,
  ask,
  chunk,
  codes,
  CREDENTIALS,
  KEY,
  PORTS,
  provider,
  serve,
  sse,
  turnOf,
  type Handler,
} from "./agents.fixture.ts";

const STOP = chunk("", "stop");
const html = "<!DOCTYPE html><html><body>Welcome</body></html>";
const endless = (write: () => void, everyMs: number, response: { on: (event: "close", then: () => void) => unknown }): void => {
  const timer = setInterval(write, everyMs);
  response.on("close", () => clearInterval(timer));
};

/** Long enough that a busy machine sends two megabytes within it, and a wide grace: what counts is that it ends. */
const TIMEOUT_MS = 3_000;
const GRACE_MS = 10_000;

/** Each of these must end as PROVIDER_UNAVAILABLE within the deadline (row 63), for both protocols. */
const useless: readonly (readonly [string, string, Handler])[] = [
  ["never answers", "did not begin to answer", () => undefined],
  ["answers HTTP 500", "HTTP 500", (response) => response.writeHead(500).end("oops")],
  ["answers 500 with a web page", "HTTP 500", (response) => response.writeHead(500, { "content-type": "text/html" }).end(html)],
  ["answers 200 with a web page", "web page", (response) => response.writeHead(200, { "content-type": "text/html" }).end(html)],
  ["answers something else", "not its protocol", (response) => response.writeHead(200).end("{]\n\n")],
  ["answers nothing", "before the answer was complete", (response) => response.writeHead(200).end()],
  ["closes before it answers", "closed the connection early", (response) => response.destroy()],
  [
    "closes after the head",
    "closed the connection early",
    (response) => (response.writeHead(200), response.flushHeaders(), setTimeout(() => response.destroy(), 20)),
  ],
  [
    "sends one byte at a time",
    "no complete line",
    (response) => (response.writeHead(200), endless(() => response.write("x"), 10, response)),
  ],
  ["stalls after the head", "no complete line", (response) => (response.writeHead(200), response.flushHeaders())],
  [
    "sends empty lines for ever",
    "did not answer within",
    (response) => (response.writeHead(200), endless(() => response.write(" \n\n"), 10, response)),
  ],
  [
    "sends one endless line",
    "a line of more than",
    (response) => (response.writeHead(200), endless(() => response.write("x".repeat(300_000)), 1, response)),
  ],
  [
    "sends an endless body",
    "more than 2000000 bytes",
    (response) => (response.writeHead(200), endless(() => response.write("\n".repeat(500_000)), 1, response)),
  ],
  ["sends bytes that are not text", "not UTF-8", (response) => response.writeHead(200).end(Buffer.from([0x64, 0xff, 0xfe, 0x0a]))],
  ["sends an endless head", "a head of more than", (response) => response.writeHead(200, { "x-a": "y".repeat(70_000) }).end()],
  ["answers 404", "HTTP 404", (response) => response.writeHead(404).end(JSON.stringify({ error: { message: "no such model" } }))],
];

describe.each(["openai-compatible", "ollama"] as const)("%s: a provider that", (protocol) => {
  test.concurrent.each(useless)("%s", async (_, words, handler) => {
    await using server = await serve(handler);
    const asked = await ask(provider({ protocol, endpoint: server.url, timeoutMs: TIMEOUT_MS, maxResponseBytes: 2_000_000, retries: 1 }));
    expect(codes(asked)).toEqual(["PROVIDER_UNAVAILABLE"]);
    expect(asked.problems[0]?.detail).toContain(words);
    expect(asked.tookMs).toBeLessThan(TIMEOUT_MS + GRACE_MS);
    expect(asked.shown).toBe("");
  });
});

test("one that is not there, one that does not speak HTTP, one that does not speak TLS", async () => {
  const server = net.createServer((socket) =>
    socket
      .on("error", () => undefined)
      .resume()
      .end("220 smtp.example ESMTP\r\n"),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  for (const scheme of ["http", "https"]) {
    const asked = await ask(provider({ endpoint: `${scheme}://127.0.0.1:${port}`, retries: 0 }));
    expect(codes(asked)).toEqual(["PROVIDER_UNAVAILABLE"]);
  }
  await new Promise((resolve) => server.close(resolve));
  const gone = await ask(provider({ endpoint: `http://127.0.0.1:${port}` }));
  expect(gone.problems[0]?.detail).toContain("ECONNREFUSED");
  expect(gone.problems[0]?.context["requests"]).toBe(3);
});

describe("retries, before anything was shown", () => {
  const good: Handler = (response) => answerEvents(response, chunk("ok"), STOP);
  const passing: readonly (readonly [string, Handler])[] = [
    ["429", (response) => response.writeHead(429).end()],
    ["429 with Retry-After: 0", (response) => response.writeHead(429, { "retry-after": "0" }).end()],
    ["503 with a date in the past", (response) => response.writeHead(503, { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" }).end()],
    ["408", (response) => response.writeHead(408).end()],
    ["a closed connection", (response) => response.destroy()],
    ["an error at the head of the stream", (response) => answerEvents(response, { error: { message: "overloaded" } })],
  ];
  test.each(passing)("%s, then good", async (_, bad) => {
    await using server = await serve((response, seen, count) => (count < 3 ? bad : good)(response, seen, count));
    expect(turnOf(await ask(provider({ endpoint: server.url })))).toMatchObject({ text: "ok", requests: 3, failed: [] });
  });

  test("Retry-After is waited for, in seconds and as a date", async () => {
    for (const after of [() => "1", () => new Date(Date.now() + 2_000).toUTCString()]) {
      const retryAfter = after();
      await using server = await serve((response, seen, count) =>
        count === 1 ? response.writeHead(429, { "retry-after": retryAfter }).end() : good(response, seen, count),
      );
      const asked = await ask(provider({ endpoint: server.url }));
      expect(turnOf(asked).text).toBe("ok");
      expect(asked.tookMs).toBeGreaterThan(800);
    }
  });

  test("longer than the deadline, or than we wait at all: given up at once", async () => {
    await using server = await serve((response) => response.writeHead(429, { "retry-after": "4000" }).end());
    for (const timeoutMs of [500, 10_000_000]) {
      const asked = await ask(provider({ endpoint: server.url, timeoutMs }));
      expect(codes(asked)).toEqual(["PROVIDER_UNAVAILABLE"]);
      expect(asked.tookMs).toBeLessThan(400);
    }
    expect(server.seen.length).toBe(2);
  });

  const final: readonly (readonly [number, string])[] = [
    [400, "PROVIDER_UNAVAILABLE"],
    [401, "PROVIDER_AUTH"],
    [403, "PROVIDER_AUTH"],
    [404, "PROVIDER_UNAVAILABLE"],
    [422, "PROVIDER_UNAVAILABLE"],
  ];
  test.each(final)("%i is not tried again", async (status, code) => {
    await using server = await serve((response) => response.writeHead(status).end());
    expect(codes(await ask(provider({ endpoint: server.url, credentials: CREDENTIALS })))).toEqual([code]);
    expect(server.seen.length).toBe(1);
  });

  test("pauses grow, and differ by chance", async () => {
    await using server = await serve((response) => response.writeHead(503).end());
    const times = await Promise.all(
      [0, 0.999].map(
        async (random) => (await ask(provider({ endpoint: server.url, backoffMs: 100 }), {}, { ...PORTS, random: () => random })).tookMs,
      ),
    );
    // 100 and 200 ms, from half of it to the whole.
    expect(times[0]).toBeGreaterThanOrEqual(145);
    expect(times[1]).toBeGreaterThanOrEqual(290);
  });
});

test("a part of an answer was shown: neither retried nor answered by a fallback", async () => {
  await using server = await serve((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(sse(chunk("half an ")));
    setTimeout(() => response.destroy(), 30);
  });
  const asked = await ask(provider({ endpoint: server.url }), {
    agent: agent({ provider: "p", model: "m" }, { provider: "p", model: "n" }),
  });
  expect(codes(asked)).toEqual(["PROVIDER_UNAVAILABLE"]);
  expect(asked.shown).toBe("half an ");
  expect(asked.problems[0]?.detail).toContain("not recorded");
  expect(server.seen.length).toBe(1);
});

test("a redirect is not followed: the other host sees nothing", async () => {
  await using other = await serve((response) => answerEvents(response, chunk("evil"), STOP));
  for (const status of [301, 302, 307, 308]) {
    await using server = await serve((response) => response.writeHead(status, { location: `${other.url}/v1?key=${KEY}` }).end());
    const asked = await ask(provider({ endpoint: server.url, credentials: CREDENTIALS }));
    expect(codes(asked)).toEqual(["PROVIDER_UNAVAILABLE"]);
    expect(asked.problems[0]?.detail).toContain("redirected");
    expect(asked.printed).not.toContain(KEY);
    expect(server.seen.length).toBe(1);
  }
  expect(other.seen).toEqual([]);
});

test("a person stops it: the connection is closed, nothing is an answer", async () => {
  let isClosed = false;
  await using server = await serve((response) => {
    response.on("close", () => (isClosed = true));
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(sse(chunk("on and ")));
  });
  const stop = new AbortController();
  const asking = ask(provider({ endpoint: server.url }), { signal: stop.signal });
  setTimeout(() => stop.abort(), 100);
  const asked = await asking;
  expect(codes(asked)).toEqual(["TURN_STOPPED"]);
  expect(asked.shown).toBe("on and ");
  await expect.poll(() => isClosed).toBe(true);
  const before = await ask(provider({ endpoint: server.url }), { signal: AbortSignal.abort() });
  expect(codes(before)).toEqual(["TURN_STOPPED"]);
  expect(server.seen.length).toBe(1);
});

test("a person stops it during a pause between retries", async () => {
  await using server = await serve((response) => response.writeHead(503).end());
  const asked = await ask(provider({ endpoint: server.url, backoffMs: 60_000, timeoutMs: 600_000 }), { signal: AbortSignal.timeout(100) });
  expect(codes(asked)).toEqual(["TURN_STOPPED"]);
  expect(asked.tookMs).toBeLessThan(1_000);
});

test("the agent's own time for one message bounds everything", async () => {
  await using server = await serve(() => undefined);
  const one = agent({ provider: "p", model: "m" }, { provider: "p", model: "n" });
  const asked = await ask(provider({ endpoint: server.url }), { agent: { ...one, timePerMessageMs: 200 } });
  expect(codes(asked)).toEqual(["PROVIDER_UNAVAILABLE"]);
  expect(asked.problems[0]?.detail).toContain("timePerMessage");
  expect(asked.tookMs).toBeLessThan(700);
});

test("Ollama's HTTP failures carry its words", async () => {
  await using server = await serve((response) => response.writeHead(404).end(JSON.stringify({ error: "model 'm' not found" })));
  const asked = await ask(provider({ protocol: "ollama", endpoint: server.url }));
  expect(asked.problems[0]?.detail).toContain(`It said: "model 'm' not found"`);
});

test("words with control characters are escaped, long ones shortened", async () => {
  await using server = await serve((response, _, count) =>
    response.writeHead(400).end(JSON.stringify({ message: count === 1 ? "\u001b[2Jx\u202ey" : "long ".repeat(10_000) })),
  );
  const first = await ask(provider({ endpoint: server.url }));
  expect(first.problems[0]?.detail).toContain(String.raw`\u001b[2Jx\u202ey`);
  const second = await ask(provider({ endpoint: server.url }));
  expect(second.problems[0]?.detail.length).toBeLessThan(600);
});

test("an answer of JSON lines where events are due, and the other way round", async () => {
  await using lines = await serve((response) => answerLines(response, { message: { content: "x" }, done: true }));
  expect(codes(await ask(provider({ endpoint: lines.url })))).toEqual(["PROVIDER_UNAVAILABLE"]);
  await using events = await serve((response) => answerEvents(response, chunk("x"), STOP));
  expect(codes(await ask(provider({ protocol: "ollama", endpoint: events.url })))).toEqual(["PROVIDER_UNAVAILABLE"]);
});
