import { describe, expect, test } from "vitest";
import { agent, answerLines, ask, codes, CREDENTIALS, facts, KEY, provider, serve, turnOf } from "./agents.fixture.ts";

const DONE = { message: { role: "assistant", content: "" }, done: true, done_reason: "stop", prompt_eval_count: 5, eval_count: 2 };
const said = (content: string): unknown => ({ message: { role: "assistant", content }, done: false });
const HEX = "0123456789abcdef".repeat(4);

describe("Ollama's chat over JSON lines", () => {
  test("text arrives in pieces; usage and finish are recorded", async () => {
    await using server = await serve((response) => answerLines(response, said("Good "), said("day"), DONE));
    const asked = await ask(provider({ protocol: "ollama", endpoint: server.url }));
    expect(asked.deltas.map(({ text }) => text)).toEqual(["Good ", "day"]);
    expect(turnOf(asked)).toMatchObject({ text: "Good day", finish: "stop", usage: { inputTokens: 5, outputTokens: 2 } });
  });

  test("what is asked", async () => {
    await using server = await serve((response) => answerLines(response, DONE));
    const choice = { provider: "p", model: "llama:8b", temperature: 1, topP: 0.2, maxTokens: 3, stop: ["X"], thinking: "high" } as const;
    await ask(provider({ protocol: "ollama", endpoint: server.url, credentials: CREDENTIALS }), {
      agent: { ...agent(choice), system: "S" },
    });
    expect(server.seen[0]?.path).toBe("/api/chat");
    expect(server.seen[0]?.headers["authorization"]).toBe(`Bearer ${KEY}`);
    expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({
      model: "llama:8b",
      messages: [
        { role: "system", content: "S" },
        { role: "user", content: "hello" },
      ],
      stream: true,
      options: { temperature: 1, top_p: 0.2, num_predict: 3, stop: ["X"] },
      think: true,
    });
  });

  test("thinking, no reason given, another reason", async () => {
    const thought = { message: { thinking: "hmm" }, done: false };
    await using server = await serve((response, _, count) =>
      answerLines(response, thought, said("x"), { done: true, ...(count === 1 ? {} : { done_reason: "load" }) }),
    );
    const one = provider({ protocol: "ollama", endpoint: server.url });
    expect(turnOf(await ask(one))).toMatchObject({ text: "x", finish: "stop" });
    expect(turnOf(await ask(one))).toMatchObject({ text: "x", finish: "other" });
  });

  test("an error inside the stream, and a stream that just ends", async () => {
    await using server = await serve((response, _, count) =>
      answerLines(response, count === 1 ? { error: "model not loaded" } : said("x")),
    );
    const one = provider({ protocol: "ollama", endpoint: server.url, retries: 0 });
    const failed = await ask(one);
    expect(codes(failed)).toEqual(["PROVIDER_UNAVAILABLE"]);
    expect(failed.problems[0]?.detail).toContain("model not loaded");
    const cut = await ask(one);
    expect(codes(cut)).toEqual(["PROVIDER_UNAVAILABLE"]);
    expect(cut.problems[0]?.detail).toContain("before the answer was complete. A part of the answer was shown");
  });
});

describe("a model with a declared digest", () => {
  const tags: readonly (readonly [string, string, unknown, readonly string[]])[] = [
    [
      "the same",
      "m",
      {
        models: [
          { name: "other:1", digest: "f" },
          { name: "m:latest", digest: HEX },
        ],
      },
      [],
    ],
    ["the same with its prefix", "m:8b", { models: [{ name: "m:8b", digest: `sha256:${HEX}` }] }, []],
    ["another", "m", { models: [{ name: "m:latest", digest: HEX.replace("0", "1") }] }, ["PROVIDER_MODEL_CHANGED"]],
    ["none", "m", { models: [] }, ["PROVIDER_MODEL_CHANGED"]],
    ["no list", "m", { version: 1 }, ["PROVIDER_MODEL_CHANGED"]],
  ];
  test.each(tags)("%s", async (_, model, list, expected) => {
    await using server = await serve((response, { path }) =>
      path === "/api/tags" ? answerLines(response, list) : answerLines(response, said("x"), DONE),
    );
    const models = new Map([[model, facts({ digest: `sha256:${HEX}` })]]);
    const asked = await ask(provider({ protocol: "ollama", endpoint: server.url, models }), { agent: agent({ provider: "p", model }) });
    expect(codes(asked)).toEqual(expected);
    // Asked nothing when it is not the model that was reviewed.
    expect(server.seen.map(({ path }) => path)).toEqual(expected.length > 0 ? ["/api/tags"] : ["/api/tags", "/api/chat"]);
  });
});
