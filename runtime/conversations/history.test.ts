import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerEvents, chunk, serve } from "../agents/agents.fixture.ts";
import { conductOf } from "../load/index.ts";
import { NO_LABELS } from "../run/index.ts";
import type { SessionEntry } from "../sessions/index.ts";
import { keptFrom, safeguarded } from "./compaction.ts";
import { messagesOf } from "./context.ts";
import { agentsOf, liveAgent, message, soon, stateFolder, talkOver, valueOf } from "./conversations.fixture.ts";
import { pruned } from "./pruning.ts";
import { isOver, isResetCommand } from "./reset.ts";

const facts = { digest: null, prices: null, contextWindow: 500, maxOutputTokens: null, file: null, defaults: {} };
const long = (word: string) => Array.from({ length: 60 }, (_, i) => `${word}${i}`).join(" ");

/** A model that answers shortly, and summarises when it is asked to. */
async function model(compaction: Record<string, unknown>, summary: string) {
  const server = await serve((response, { body }) => {
    const isSummary = body.includes("You summarise a conversation");
    answerEvents(response, chunk(isSummary ? summary : "fine", "stop"));
  });
  const live = liveAgent(
    "a",
    { compaction: { reserveTokens: 50, ...compaction } },
    { endpoint: server.url, models: new Map([["m", facts]]) },
  );
  return { server, live };
}

describe("a conversation that outgrows its model", () => {
  test("the older part becomes a summary, a record of its own; the session keeps everything", async () => {
    using state = stateFolder();
    const { server, live } = await model({}, "They counted.");
    await using _ = server;
    const { talk, sent } = talkOver(state, agentsOf(live));
    for (let i = 0; i < 5; i++) {
      await talk.receive(message(long(`w${i}x`)));
      await soon(() => sent.length === i + 1);
    }
    const entries = valueOf(talk.transcript("a", sent[0]?.session ?? ""));
    expect(entries.filter(({ kind }) => kind === "user").length).toBe(5);
    const summaries = entries.filter((entry) => entry.kind === "summary");
    expect(summaries.length).toBeGreaterThan(0);
    expect(summaries[0]).toMatchObject({ text: "They counted." });
    for (const [i, each] of entries.entries()) expect(each.parent).toBe(entries[i - 1]?.id ?? null);
    const last = JSON.parse(server.seen.at(-1)?.body ?? "") as { messages: { content: string }[] };
    expect(last.messages[0]?.content).toContain("[Summary of the conversation so far]\nThey counted.");
    expect(JSON.stringify(last)).not.toContain("w0x0");
    expect(last.messages.at(-1)?.content).toContain("w4x59");
  });

  test("safeguard: what the summary lost stands behind it, word for word", async () => {
    using state = stateFolder();
    const { server, live } = await model({ mode: "safeguard" }, "About an order.");
    await using _ = server;
    const { talk, sent } = talkOver(state, agentsOf(live));
    const texts = [`order AB-4711 for ada@acme.example ${"very long ".repeat(100)}`, "word ".repeat(200), "and now?"];
    for (const [i, text] of texts.entries()) {
      await talk.receive(message(text));
      await soon(() => sent.length === i + 1);
    }
    const summary = valueOf(talk.transcript("a", sent[0]?.session ?? "")).find((entry) => entry.kind === "summary");
    expect(summary?.text).toMatch(/^About an order\.\n\nAlso mentioned, word for word: .*AB-4711.*ada@acme\.example/);
  });

  test("a small context keeps a quarter for the answer, where nothing says how much", async () => {
    using state = stateFolder();
    const { server, live } = await model({ reserveTokens: null, mode: "off" }, "");
    await using _ = server;
    const { talk, sent } = talkOver(state, agentsOf(live));
    for (const [i, text] of ["hello", "and again"].entries()) {
      await talk.receive(message(text));
      await soon(() => sent.length === i + 1);
    }
    expect(sent.map((each) => each.message.text)).toEqual(["fine", "fine"]);
  });

  test("off: it says that it is full", async () => {
    using state = stateFolder();
    const { server, live } = await model({ mode: "off" }, "");
    await using _ = server;
    const { talk, sent } = talkOver(state, agentsOf(live));
    for (let i = 0; i < 4; i++) {
      await talk.receive(message(long("word")));
      await soon(() => sent.length === i + 1);
    }
    expect(sent.at(-1)?.message.text).toContain("does not fit into the model");
    expect(talk.status("a")).toMatchObject({ status: "error" });
  });
});

const base = { parent: null, at: "2026-01-01T00:00:00.000Z", run: "r" };
const user = (id: string, text = id): SessionEntry => ({ ...base, id, kind: "user", text, from: null, attachments: [] });
const said = (id: string, text = id): SessionEntry => ({ ...base, id, kind: "assistant", text, turn: null });
const called = (call: string): SessionEntry => ({ ...base, id: `c${call}`, kind: "call", call, tool: "x", args: {} });
const gave = (call: string, text: string): SessionEntry => ({
  ...base,
  id: `r${call}`,
  kind: "result",
  call,
  tool: "x",
  text,
  outcome: "done",
  receipt: null,
  labels: NO_LABELS,
});

describe("properties of what a model is told", () => {
  const entry = fc.oneof(
    fc.string().map((text) => user("u", text)),
    fc.string().map((text) => said("a", text)),
    fc.constantFrom("1", "2", "3").map(called),
    fc.tuple(fc.constantFrom("1", "2", "3"), fc.string()).map(([call, text]) => gave(call, text)),
  );

  test("every call has its result right behind it, and no result is without a call", () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), (entries) => {
        const messages = messagesOf(entries);
        for (const [i, each] of messages.entries()) {
          const next = messages[i + 1];
          const before = messages[i - 1];
          const calls = each.role === "assistant" ? (each.calls ?? []).map(({ id }) => id) : [];
          if (calls.length > 0)
            expect(next?.role === "tool" ? new Set(next.answers.map(({ call }) => call)) : null).toEqual(new Set(calls));
          if (each.role === "tool") expect(before?.role === "assistant" && (before.calls ?? []).length > 0).toBe(true);
        }
      }),
    );
  });

  test("what is kept fits, and begins with a question", () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), fc.nat(200), (entries, tokens) => {
        const from = keptFrom(entries, tokens);
        expect(from === entries.length || entries[from]?.kind === "user").toBe(true);
      }),
    );
  });

  test("safeguard loses no number and no address", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1000, max: 999_999 }), { maxLength: 20 }), (numbers) => {
        const text = safeguarded("nothing", [user("u", numbers.join(" and "))]);
        for (const number of numbers) expect(text).toContain(String(number));
      }),
    );
  });
});

describe("pruning", () => {
  const { pruning } = conductOf({
    contextPruning: { mode: "cache-ttl", ttl: "5m", keepLastAnswers: 1, softTrimRatio: 0.3, hardClearRatio: 0.6, minToolChars: 1_000 },
  });
  const entries = [
    user("1"),
    called("1"),
    gave("1", "x".repeat(10_000)),
    said("a"),
    user("2"),
    called("2"),
    gave("2", "y".repeat(10_000)),
    said("b"),
  ];
  const later = new Date("2026-01-01T00:06:00.000Z");
  const results = (list: readonly SessionEntry[]) => list.flatMap((each) => (each.kind === "result" ? [each.text.length] : []));

  test.each([
    ["the cache is still warm", 8_000, new Date("2026-01-01T00:01:00.000Z"), [10_000, 10_000]],
    ["there is room", 100_000, later, [10_000, 10_000]],
    ["it gets tight: shortened", 15_000, later, [3_036, 10_000]],
    ["it is tight: left out", 8_000, later, [26, 10_000]],
  ])("%s", (_, window, now, expected) => {
    expect(results(pruned(entries, pruning, window, now))).toEqual(expected);
  });

  test("off: nothing changes", () => expect(pruned(entries, conductOf({}).pruning, 1, later)).toBe(entries));
});

describe("when a conversation begins anew", () => {
  const daily = { mode: "daily", hour: 4, idleMs: null } as const;
  test.each([
    ["the same day", daily, "UTC", "2026-03-01T10:00:00Z", "2026-03-01T23:00:00Z", false],
    ["before the hour is the day before", daily, "UTC", "2026-03-01T23:00:00Z", "2026-03-02T03:59:00Z", false],
    ["past the hour", daily, "UTC", "2026-03-02T03:59:00Z", "2026-03-02T04:00:00Z", true],
    ["the agent's own clock decides", daily, "Asia/Tokyo", "2026-03-01T18:00:00Z", "2026-03-01T19:30:00Z", true],
    ["over a change to summer time", daily, "Europe/Berlin", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z", true],
    ["a zone nobody knows is UTC", daily, "Mars/Base", "2026-03-02T03:59:00Z", "2026-03-02T04:00:00Z", true],
    ["idle", { mode: "idle", hour: 4, idleMs: 60_000 }, "UTC", "2026-03-01T10:00:00Z", "2026-03-01T10:01:00Z", true],
    ["not idle yet", { mode: "idle", hour: 4, idleMs: 60_000 }, "UTC", "2026-03-01T10:00:00Z", "2026-03-01T10:00:59Z", false],
    ["never", { mode: "never", hour: 4, idleMs: null }, "UTC", "2020-01-01T00:00:00Z", "2026-03-01T00:00:00Z", false],
  ] as const)("%s", (_, reset, zone, last, now, expected) => {
    expect(isOver(reset, zone, new Date(last), new Date(now))).toBe(expected);
  });

  test.each([
    ["/new", true],
    ["  /NEW \n", true],
    ["/new please", false],
    ["new", false],
  ])("%j as a command", (text, expected) => expect(isResetCommand(text, ["/new"])).toBe(expected));
});
