import { describe, expect, test } from "vitest";
import { LIMITS, ok } from "../../core/index.ts";
import { conductOf, type LoadedProvider } from "../load/index.ts";
import { agent, answerLines, ask, codes, provider, serve, sse, turnOf, type Handler, type Seen } from "./agents.fixture.ts";
import type { ParsedCall, ToolBox } from "./index.ts";

interface Used extends ToolBox {
  readonly calls: ParsedCall[];
  readonly log: string[];
  mostAtOnce: number;
}

/** Tools that say what they were given; what happens is written down in order. */
function tools(...names: readonly string[]): Used {
  let running = 0;
  const used: Used = {
    calls: [],
    log: [],
    mostAtOnce: 0,
    offer: () =>
      ok(names.map((name) => ({ name, description: `does ${name}`, input: { type: "object", properties: { a: { type: "number" } } } }))),
    beforeCalls: (said, calls) => {
      used.log.push(`before ${said} ${calls.map(({ tool }) => tool).join(",")}`);
      return Promise.resolve(ok(undefined));
    },
    run: async (call) => {
      running++;
      used.mostAtOnce = Math.max(used.mostAtOnce, running);
      used.calls.push(call);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      return {
        answer: { call: call.id, tool: call.tool, text: `${call.tool} got ${JSON.stringify(call.args)}`, isError: false },
        outcome: "done",
      };
    },
    afterCalls: (outcomes) => {
      used.log.push(`after ${outcomes.length}`);
      return Promise.resolve(ok(undefined));
    },
  };
  return used;
}

/** Writes a stream in pieces of so many bytes, so that every boundary falls somewhere odd. */
function inPieces(response: Parameters<Handler>[0], type: string, text: string, size: number): void {
  response.writeHead(200, { "content-type": type });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) response.write(bytes.subarray(at, at + size));
  response.end();
}

interface Protocol {
  readonly name: LoadedProvider["protocol"];
  /** Two calls at once, the second one's arguments first in two parts. */
  readonly calls: (response: Parameters<Handler>[0], size: number, second: string) => void;
  readonly answer: (response: Parameters<Handler>[0]) => void;
  /** What of the second request tells the model its own calls and their results. */
  readonly told: (seen: Seen) => unknown;
  readonly expected: unknown;
}

const delta = (tool_calls: readonly unknown[], finish: string | null = null) => ({
  choices: [{ index: 0, delta: { tool_calls }, finish_reason: finish }],
});

const OPENAI: Protocol = {
  name: "openai-compatible",
  calls: (response, size, second) =>
    inPieces(
      response,
      "text/event-stream",
      sse(
        { choices: [{ index: 0, delta: { role: "assistant", content: "Let me look. " }, finish_reason: null }] },
        delta([{ index: 0, id: "c1", type: "function", function: { name: "http_fetch", arguments: "" } }]),
        delta([{ index: 1, id: "c2", type: "function", function: { name: "fs_read", arguments: second.slice(0, 3) } }]),
        delta([{ index: 0, function: { arguments: '{"a"' } }]),
        delta([{ index: 1, function: { arguments: second.slice(3) } }]),
        delta([{ index: 0, function: { arguments: ":1}" } }]),
        delta([], "tool_calls"),
        "[DONE]",
      ),
      size,
    ),
  answer: (response) =>
    inPieces(
      response,
      "text/event-stream",
      sse({ choices: [{ index: 0, delta: { content: "done" }, finish_reason: "stop" }] }, "[DONE]"),
      1_000,
    ),
  told: ({ body }) => (JSON.parse(body) as { messages: unknown[] }).messages.slice(1),
  expected: [
    {
      role: "assistant",
      content: "Let me look. ",
      tool_calls: [
        { id: "c1", type: "function", function: { name: "http_fetch", arguments: '{"a":1}' } },
        { id: "c2", type: "function", function: { name: "fs_read", arguments: '{"a":2}' } },
      ],
    },
    { role: "tool", tool_call_id: "c1", content: 'http.fetch got {"a":1}' },
    { role: "tool", tool_call_id: "c2", content: 'fs.read got {"a":2}' },
  ],
};

const json = (index: number, partial: string) => ({
  type: "content_block_delta",
  index,
  delta: { type: "input_json_delta", partial_json: partial },
});
const use = (index: number, id: string, name: string) => ({
  type: "content_block_start",
  index,
  content_block: { type: "tool_use", id, name, input: {} },
});

const ANTHROPIC: Protocol = {
  name: "anthropic",
  calls: (response, size, second) =>
    inPieces(
      response,
      "text/event-stream",
      sse(
        { type: "message_start", message: { id: "m", usage: { input_tokens: 5, output_tokens: 1 } } },
        { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
        { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Let me look. " } },
        { type: "content_block_stop", index: 0 },
        use(1, "c1", "http_fetch"),
        json(1, '{"a"'),
        json(1, ":1}"),
        { type: "content_block_stop", index: 1 },
        use(2, "c2", "fs_read"),
        json(2, second.slice(0, 3)),
        json(2, second.slice(3)),
        { type: "content_block_stop", index: 2 },
        { type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 9 } },
        { type: "message_stop" },
      ),
      size,
    ),
  answer: (response) =>
    inPieces(
      response,
      "text/event-stream",
      sse(
        { type: "message_start", message: { id: "m", usage: { input_tokens: 5, output_tokens: 1 } } },
        { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "done" } },
        { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 2 } },
        { type: "message_stop" },
      ),
      1_000,
    ),
  told: ({ body }) => (JSON.parse(body) as { messages: unknown[] }).messages.slice(1),
  expected: [
    {
      role: "assistant",
      content: [
        { type: "text", text: "Let me look. " },
        { type: "tool_use", id: "c1", name: "http_fetch", input: { a: 1 } },
        { type: "tool_use", id: "c2", name: "fs_read", input: { a: 2 } },
      ],
    },
    {
      role: "user",
      content: [
        { type: "tool_result", tool_use_id: "c1", content: 'http.fetch got {"a":1}' },
        { type: "tool_result", tool_use_id: "c2", content: 'fs.read got {"a":2}' },
      ],
    },
  ],
};

describe.each([OPENAI, ANTHROPIC, { ...OPENAI, name: "llama-cpp" as const }])("$name: tools", ({ name, calls, answer, told, expected }) => {
  test.each([1, 7, 100_000])("two at once, arriving %i bytes at a time; the model is told what they gave", async (size) => {
    await using server = await serve((response, _, count) => (count === 1 ? calls(response, size, '{"a":2}') : answer(response)));
    const used = tools("http.fetch", "fs.read");
    const asked = await ask(provider({ protocol: name, endpoint: server.url }), { tools: used });
    expect(turnOf(asked)).toMatchObject({ text: "done", finish: "stop", steps: 2, toolCalls: 2, requests: 2 });
    expect(asked.shown).toBe("Let me look. done");
    expect(used.calls.map(({ tool, args }) => [tool, args])).toEqual([
      ["http.fetch", { a: 1 }],
      ["fs.read", { a: 2 }],
    ]);
    expect(used.mostAtOnce).toBe(2);
    expect(used.log).toEqual(["before Let me look.  http.fetch,fs.read", "after 2"]);
    expect(told(server.seen[1] as Seen)).toEqual(expected);
    const sent = JSON.parse(server.seen[0]?.body ?? "") as { tools: unknown[] };
    expect(sent.tools.length).toBe(2);
  });

  test("arguments that are no JSON run nothing, and the model is told", async () => {
    await using server = await serve((response, _, count) => (count === 1 ? calls(response, 1_000, '{"a":') : answer(response)));
    const used = tools("http.fetch", "fs.read");
    const asked = await ask(provider({ protocol: name, endpoint: server.url }), { tools: used });
    expect(turnOf(asked).text).toBe("done");
    expect(used.calls.map(({ tool }) => tool)).toEqual(["http.fetch"]);
    expect(server.seen[1]?.body).toContain("TOOL_CALL_INVALID: The arguments are not JSON");
  });

  test("row 111: arguments deeper than anything that goes through them run nothing, and the model is told", async () => {
    const at = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    await using server = await serve((response, _, count) =>
      count === 1
        ? calls(response, 100_000, at(100_000))
        : count === 2
          ? calls(response, 1_000, at(LIMITS.depth + 1))
          : count === 3
            ? calls(response, 1_000, at(LIMITS.depth))
            : answer(response),
    );
    const used = tools("http.fetch", "fs.read");
    const asked = await ask(provider({ protocol: name, endpoint: server.url }), { tools: used });
    expect(turnOf(asked).text).toBe("done");
    expect(used.calls.map(({ tool }) => tool)).toEqual(["http.fetch", "http.fetch", "http.fetch", "fs.read"]);
    expect(server.seen[1]?.body).toContain("TOOL_CALL_INVALID: The arguments are nested deeper than 64");
  });

  test("a tool that was not offered runs nothing, and the model is told which there are", async () => {
    await using server = await serve((response, _, count) => (count === 1 ? calls(response, 1_000, '{"a":2}') : answer(response)));
    const used = tools("http.fetch");
    const asked = await ask(provider({ protocol: name, endpoint: server.url }), { tools: used });
    expect(turnOf(asked).text).toBe("done");
    expect(used.calls.map(({ tool }) => tool)).toEqual(["http.fetch"]);
    expect(server.seen[1]?.body).toContain("There is no tool");
  });
});

test("ollama: tools, without ids of its own", async () => {
  const call = (name: string, a: number) => ({ function: { name, arguments: { a } } });
  await using server = await serve((response, _, count) =>
    count === 1
      ? answerLines(
          response,
          { message: { role: "assistant", content: "", tool_calls: [call("http_fetch", 1), call("fs_read", 2)] } },
          { done: true },
        )
      : answerLines(response, { message: { role: "assistant", content: "done" }, done: true, eval_count: 1, prompt_eval_count: 2 }),
  );
  const used = tools("http.fetch", "fs.read");
  const asked = await ask(provider({ protocol: "ollama", endpoint: server.url }), { tools: used });
  expect(turnOf(asked)).toMatchObject({ text: "done", toolCalls: 2 });
  expect(used.calls.map(({ tool, args }) => [tool, args])).toEqual([
    ["http.fetch", { a: 1 }],
    ["fs.read", { a: 2 }],
  ]);
  const sent = JSON.parse(server.seen[1]?.body ?? "") as { messages: { role: string; content: string }[] };
  expect(sent.messages.map(({ role }) => role)).toEqual(["user", "assistant", "tool", "tool"]);
  expect(sent.messages[2]?.content).toContain('http.fetch got {"a":1}');
});

describe("a model that never ends", () => {
  const ECHO = provider({ protocol: "echo" });
  const bounded = (budgets: Record<string, number>) => ({ ...agent({ provider: "p", model: "m" }), conduct: conductOf({ budgets }) });

  test("other calls each time: stepsPerMessage ends it, and it says so", async () => {
    const message = Array.from({ length: 9 }, (_, i) => `/call x {"a":${i}}`).join("\n/then\n");
    const used = tools("x");
    const asked = await ask(ECHO, { message, tools: used, agent: bounded({ stepsPerMessage: 4 }) });
    expect(turnOf(asked)).toMatchObject({ finish: "budget", steps: 4, toolCalls: 4 });
    expect(turnOf(asked).text).toContain("stepsPerMessage");
    expect(asked.shown).toBe(turnOf(asked).text);
    expect(asked.problems.map(({ code }) => code)).toEqual(["BUDGET_SPENT"]);
  });

  test("the same call for ever: repeatedToolCalls ends it", async () => {
    const used = tools("x");
    const asked = await ask(ECHO, { message: "/loop x {}", tools: used, agent: bounded({ repeatedToolCalls: 3 }) });
    expect(turnOf(asked)).toMatchObject({ finish: "budget", toolCalls: 3 });
  });

  test("more calls in one answer than may be: the rest runs nothing", async () => {
    const used = tools("x");
    const message = Array.from({ length: 70 }, (_, i) => `/call x {"a":${i}}`).join("\n");
    const asked = await ask(ECHO, { message, tools: used });
    expect(used.calls.length).toBe(64);
    expect(used.mostAtOnce).toBe(8);
    expect(turnOf(asked).text).toContain("One answer may call 64 tools");
  });

  test("stopped while a tool runs: no further one begins, and there is no answer", async () => {
    const stop = new AbortController();
    const used = tools("x");
    const slow: ToolBox = {
      ...used,
      run: async (call) => {
        stop.abort();
        return await used.run(call);
      },
    };
    const message = Array.from({ length: 20 }, (_, i) => `/call x {"a":${i}}`).join("\n");
    const asked = await ask(ECHO, { message, tools: slow, signal: stop.signal });
    expect(codes(asked)).toEqual(["TURN_STOPPED"]);
    expect(used.calls.length).toBeLessThanOrEqual(8);
    expect(used.log.at(-1)).toMatch(/^after/);
  });
});

test("a budget that is spent for one model goes to the next, which may be free", async () => {
  const providers = new Map([
    ["p", provider({ endpoint: "http://127.0.0.1:1" })],
    ["free", provider({ name: "free", protocol: "echo" })],
  ]);
  const spent: string[] = [];
  const asked = await ask(provider({}), {
    providers,
    agent: agent({ provider: "p", model: "m" }, { provider: "free", model: "e" }),
    allowance: {
      mayAsk: ({ provider: name }) =>
        name === "p"
          ? { ok: false, diagnostics: [{ severity: "error", code: "PRICE_UNKNOWN", summary: "", detail: "", context: {} }] }
          : ok(undefined),
      spent: ({ provider: name }) => void spent.push(name),
    },
  });
  expect(turnOf(asked)).toMatchObject({ provider: "free" });
  expect(turnOf(asked).failed.map(({ code }) => code)).toEqual(["PRICE_UNKNOWN"]);
  expect(spent).toEqual(["free"]);
});
