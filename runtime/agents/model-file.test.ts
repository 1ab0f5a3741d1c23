import { describe, expect, test } from "vitest";
import { LIMITS, ok } from "../../core/index.ts";
import type { LocalModels, ModelFile, ModelPiece, ModelQuestion } from "../models/index.ts";
import { ask, codes, facts, provider, serve, answerEvents, chunk, turnOf } from "./agents.fixture.ts";
import type { Message, ToolBox } from "./index.ts";

const END: ModelPiece = { kind: "end", finish: "stop", inputTokens: 7, outputTokens: 2 };

interface Told extends LocalModels {
  readonly asked: { readonly file: ModelFile; readonly question: ModelQuestion }[];
}

/** Models that say what they are told to, one list a question; the last one again and again. */
function models(...answers: readonly (readonly ModelPiece[])[]): Told {
  const asked: Told["asked"][number][] = [];
  return {
    asked,
    ask: async function* (file, question) {
      asked.push({ file, question });
      await Promise.resolve();
      yield* answers[Math.min(asked.length, answers.length) - 1] ?? [];
    },
    close: () => Promise.resolve(),
  };
}

const local = provider({
  protocol: "llama-cpp",
  backoffMs: 1,
  models: new Map([["m", facts({ file: "m.gguf", contextWindow: 512, defaults: { temperature: 0.1 } })]]),
});

describe("a model that is a file", () => {
  test("answers, with what is known of it", async () => {
    const all = models([{ kind: "text", text: "ready" }, END]);
    const turn = turnOf(await ask(local, { models: all }));
    expect(turn).toMatchObject({ text: "ready", finish: "stop", usage: { inputTokens: 7, outputTokens: 2 } });
    expect(all.asked[0]?.file).toEqual({ path: "m.gguf", digest: null, contextTokens: 512 });
    expect(all.asked[0]?.question).toMatchObject({ temperature: 0.1, maxTokens: LIMITS.localModelTokens });
  });

  test("uses tools: its own call and what it gave are one response", async () => {
    const all = models(
      [
        { kind: "text", text: "let me see" },
        { kind: "call", name: "web_get", params: { a: 1 } },
        { ...END, finish: "calls" },
      ],
      [{ kind: "text", text: "noon" }, END],
    );
    const input = { type: "object", properties: { a: { type: "integer", minimum: 1 }, b: {} }, additionalProperties: false, title: "x" };
    const tools: ToolBox = {
      offer: () => ok([{ name: "web.get", description: "gets", input }]),
      beforeCalls: () => Promise.resolve(ok(undefined)),
      run: ({ id, tool, args }) =>
        Promise.resolve({ answer: { call: id, tool, text: JSON.stringify(args), isError: false }, outcome: "done" as const }),
      afterCalls: () => Promise.resolve(ok(undefined)),
    };
    expect(turnOf(await ask(local, { models: all, tools }))).toMatchObject({ text: "noon", toolCalls: 1, steps: 2 });
    expect(all.asked[1]?.question.history.slice(-2)).toEqual([
      { type: "user", text: "hello" },
      { type: "model", response: ["let me see", { type: "functionCall", name: "web_get", params: { a: 1 }, result: '{"a":1}' }] },
    ]);
    expect(all.asked[0]?.question.functions["web_get"]?.params).toEqual({
      type: "object",
      properties: { a: { type: "integer" }, b: { type: ["string", "number", "boolean", "null"] } },
    });
  });

  test("that failed in a way that may pass is asked again", async () => {
    const all = models(
      [{ kind: "failed", code: "PROVIDER_UNAVAILABLE", detail: "died", isPassing: true }],
      [{ kind: "text", text: "ready" }, END],
    );
    expect(turnOf(await ask(local, { models: all }))).toMatchObject({ text: "ready", requests: 2 });
  });

  test("whose library is missing says what to do, once", async () => {
    const all = models([{ kind: "failed", code: "MODEL_LIBRARY_MISSING", detail: "is not there", remedy: "npm install it" }]);
    const asked = await ask(local, { models: all });
    expect(codes(asked)).toEqual(["MODEL_LIBRARY_MISSING"]);
    expect(asked.problems[0]?.remedy).toBe("npm install it");
    expect(all.asked).toHaveLength(1);
  });

  test.each<[string, readonly ModelPiece[]]>([
    ["ends without an end", [{ kind: "text", text: "re" }]],
    ["says more than it may", [{ kind: "text", text: "x".repeat(2 ** 20 + 1) }, END]],
  ])("that %s has not answered", async (_, pieces) => {
    expect(codes(await ask(local, { models: models(pieces) }))).toEqual(["PROVIDER_UNAVAILABLE"]);
  });

  test("is not shown pictures", async () => {
    const history: readonly Message[] = [{ role: "user", text: "look", media: [{ mediaType: "image/png", bytes: new Uint8Array(1) }] }];
    const all = models([END]);
    expect(codes(await ask(local, { models: all, history }))).toEqual(["PROVIDER_UNAVAILABLE"]);
    expect(all.asked).toEqual([]);
  });

  test("without a file, the server is asked", async () => {
    await using server = await serve((response) => answerEvents(response, chunk("server", "stop"), "[DONE]"));
    const all = models([END]);
    const asked = await ask({ ...local, endpoint: server.url, models: new Map([["m", facts()]]) }, { models: all });
    expect(turnOf(asked).text).toBe("server");
    expect(all.asked).toEqual([]);
  });
});
