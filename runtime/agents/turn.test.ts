import { describe, expect, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { agent, answerEvents, ask, chunk, codes, CREDENTIALS, provider, serve, turnOf } from "./agents.fixture.ts";

const ECHO = provider({ name: "echo", protocol: "echo" });

describe("the built-in echo provider", () => {
  test("repeats, in pieces, and says that it is no model", async () => {
    const asked = await ask(ECHO, { message: "one  two\nthree" });
    expect(asked.shown).toBe("This is the built-in echo provider, not a model. You said: one  two\nthree");
    expect(asked.deltas.length).toBe(4);
    expect(turnOf(asked)).toMatchObject({
      text: asked.shown,
      finish: "stop",
      usage: { inputTokens: null, outputTokens: null },
      cost: null,
    });
  });

  test("an empty message", async () => expect((await ask(ECHO, { message: "" })).shown).toMatch(/You said: $/));
});

describe("fallbacks", () => {
  test("the first that answers; why the others did not is recorded and warned of", async () => {
    await using down = await serve((response) => response.writeHead(503).end());
    await using other = await serve((response) => answerEvents(response, chunk("from b", "stop")));
    const providers = new Map([
      ["a", provider({ name: "a", endpoint: down.url, retries: 1 })],
      ["none", provider({ name: "none", protocol: null, lacks: ["later adapter"] })],
      ["b", provider({ name: "b", endpoint: other.url })],
      ["c", ECHO],
    ]);
    const choices = agent(
      { provider: "a", model: "1" },
      { provider: "none", model: "2" },
      { provider: "b", model: "3" },
      { provider: "c", model: "4" },
    );
    const asked = await ask(ECHO, { providers, agent: choices });
    expect(turnOf(asked)).toMatchObject({ text: "from b", provider: "b", model: "3", requests: 3 });
    expect(turnOf(asked).failed.map(({ provider: name, code }) => `${name} ${code}`)).toEqual(["a PROVIDER_UNAVAILABLE", "none INERT"]);
    expect(asked.problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual(["warning PROVIDER_UNAVAILABLE", "warning INERT"]);
  });

  test("none answers: every reason is told", async () => {
    const pending = provider({ name: "b", credentials: CREDENTIALS, lacks: ["secret value"] });
    const providers = new Map([
      ["a", provider({ name: "a", endpoint: "http://127.0.0.1:1", retries: 0 })],
      ["b", pending],
    ]);
    const asked = await ask(ECHO, { providers, agent: agent({ provider: "a", model: "1" }, { provider: "b", model: "2" }) });
    expect(codes(asked)).toEqual(["PROVIDER_UNAVAILABLE", "INERT"]);
    expect(asked.problems[1]?.remedy).toBe("moltbot secret set api key");
  });
});

describe("bounds on what is sent", () => {
  test("a message past its limit is refused; one at it passes", async () => {
    expect(codes(await ask(ECHO, { message: "x".repeat(LIMITS.messageBytes) }))).toEqual([]);
    expect(codes(await ask(ECHO, { message: "ü".repeat(LIMITS.messageBytes / 2 + 1) }))).toEqual(["MESSAGE_TOO_LARGE"]);
  });

  test("of a long history the newest is sent, beginning with a question", async () => {
    await using server = await serve((response) => answerEvents(response, chunk("x", "stop")));
    const half = "h".repeat(LIMITS.historyBytes / 2);
    const history = [
      { role: "user", text: "old" },
      { role: "assistant", text: half },
      { role: "user", text: "new" },
      { role: "assistant", text: half.slice(1) },
    ] as const;
    const turn = turnOf(await ask(provider({ endpoint: server.url }), { history }));
    const sent = (JSON.parse(server.seen[0]?.body ?? "") as { messages: { content: string }[] }).messages;
    expect(turn.omitted).toBe(2);
    expect(sent.map(({ content }) => content.slice(0, 5))).toEqual(["new", "hhhhh", "hello"]);
  });
});
