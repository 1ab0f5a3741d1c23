import { describe, expect, test } from "vitest";
import { LIMITS, ok, type Json } from "../../../../core/index.ts";
import type { House } from "../../ports.ts";
import type { AdapterHost, AdapterSetup, Outbound } from "../../types.ts";
import { telegramAdapter } from "./adapter.ts";
import { botServer, TOKEN } from "./bot-api.fixture.ts";
import { keptDrafts } from "./drafts.ts";

function notesOf() {
  const state = { value: null as Json, isFull: false };
  const notes = {
    get: () => ok(state.value),
    set: (value: Json) => {
      if (state.isFull) return { ok: false as const, diagnostics: [] };
      state.value = JSON.parse(JSON.stringify(value)) as Json;
      return ok(undefined);
    },
    change: () => {
      throw new Error("not used");
    },
  };
  return { state, notes };
}

const never = new AbortController().signal;
const begin = () => Promise.resolve(ok(undefined));
const to = { account: "", peer: "77", thread: null, replyTo: "77/5" };
const outbound = (text: string, id = "a"): Outbound => ({ to, text, attachments: [], id, answers: "77/5" });

describe("an answer that grows in place", () => {
  /** A bot that was begun anew: what it knows is what it wrote down. */
  async function bots() {
    const bot = await botServer();
    const { notes } = notesOf();
    const setup = {
      channel: "tg",
      account: "",
      connection: { endpoint: bot.url },
      credentials: { token: TOKEN },
      format: "plain",
      linkPreviews: false,
      maxMediaBytes: null,
    };
    const house = { notes: () => notes, clock: { now: () => new Date(0) }, now: () => 0, random: () => 0 };
    const start = () => telegramAdapter(setup as unknown as AdapterSetup, {} as AdapterHost, house as unknown as House);
    return { bot, start, of: (method: string) => bot.calls.filter((call) => call.method === method).map(({ params }) => params["text"]) };
  }

  test("is completed in the same message by the process after a crash, also where it was complete", async () => {
    const { start, of } = await bots();
    const first = start();
    await first.draft?.(outbound("the beg"), never);
    await first.send(outbound("the beginning"), never, begin);
    const next = start();
    await next.send(outbound("the beginning"), never, begin);
    expect([of("sendMessage"), of("editMessageText")]).toEqual([["the beg"], ["the beginning", "the beginning"]]);
  });

  test("further parts are messages of their own, before and after a crash, and are begun", async () => {
    const { start, of } = await bots();
    let begun = 0;
    const count = () => {
      begun++;
      return begin();
    };
    const first = start();
    await first.draft?.(outbound("one"), never);
    await first.send(outbound("one", "a.1"), never, count);
    expect(begun).toBe(0);
    await start().send(outbound("two", "a.2"), never, count);
    expect([of("sendMessage"), of("editMessageText"), begun]).toEqual([["one", "two"], ["one"], 1]);
  });
});

test("as many are remembered as the limit says; the oldest go; one that cannot be written is not remembered", () => {
  const { state, notes } = notesOf();
  const drafts = keptDrafts(notes);
  for (let n = 0; n <= LIMITS.channelDrafts; n++) drafts.set(`k${n}`, n);
  const again = keptDrafts(notes);
  expect([again.get("k0"), again.get("k1"), again.get(`k${LIMITS.channelDrafts}`)]).toEqual([undefined, 1, LIMITS.channelDrafts]);
  state.isFull = true;
  expect([again.set("late", 1).ok, again.get("late")]).toEqual([false, undefined]);
});
