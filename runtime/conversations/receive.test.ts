import { describe, expect, test } from "vitest";
import { agentsOf, gateOf, liveAgent, message, soon, stateFolder, talkOver, told, valueOf } from "./conversations.fixture.ts";

const ECHO = "This is the built-in echo provider, not a model. You said: ";

describe("a message that is taken in", () => {
  test("is answered once, delivered where it came from, and recorded", async () => {
    using state = stateFolder();
    const { talk, sent, events } = talkOver(state, agentsOf(liveAgent("a")));
    const one = message("hello");
    expect(valueOf(await talk.receive(one))).toBe("accepted");
    expect(valueOf(await talk.receive(one))).toBe("duplicate");
    await soon(() => sent.length === 1 && talk.undelivered() === 0);
    expect(sent[0]).toMatchObject({ agent: "a", channel: { name: "web" }, message: { text: `${ECHO}hello`, to: one.to, attachments: [] } });
    const [session] = valueOf(talk.sessions("a"));
    const entries = valueOf(talk.transcript("a", session?.id ?? ""));
    expect(entries.map(({ kind, parent }, i) => [kind, parent === (entries[i - 1]?.id ?? null)])).toEqual([
      ["user", true],
      ["assistant", true],
    ]);
    expect(entries[0]).toMatchObject({ from: "web:1", run: sent[0]?.run });
    expect(events.map(({ type }) => type).filter((type) => type !== "run.delta")).toEqual([
      "message.received",
      "run.started",
      "model.asked",
      "run.finished",
    ]);
    expect(valueOf(await talk.receive(one))).toBe("duplicate");
    expect(talk.status("a")).toMatchObject({ status: "idle", running: 0, waiting: 0 });
  });

  test("many in one conversation are answered in order, in many at once", async () => {
    using state = stateFolder();
    const { talk, sent } = talkOver(state, agentsOf(liveAgent("a")));
    const all = Array.from({ length: 40 }, (_, i) => message(String(i), { conversation: `peer/${i % 4}` }));
    await Promise.all(all.map((each) => talk.receive(each)));
    await soon(() => sent.length === 40);
    for (let peer = 0; peer < 4; peer++) {
      const texts = sent.map(({ message: { text } }) => Number(text.slice(ECHO.length))).filter((n) => n % 4 === peer);
      expect(texts).toEqual(texts.toSorted((a, b) => a - b));
    }
    expect(valueOf(talk.sessions("a")).map(({ exchanges }) => exchanges)).toEqual([10, 10, 10, 10]);
  });

  test("tools run between, their calls and results are recorded, and the model is told", async () => {
    using state = stateFolder();
    const gate = gateOf({ "x.one": (args) => told(`one ${JSON.stringify(args)}`), "x.two": () => told("two") });
    const { talk, sent } = talkOver(state, agentsOf(liveAgent("a")), { gate });
    await talk.receive(message('/call x.one {"a":1}\n/call x.two\n/then\n/call x.two {}\n/call no.such {}\n/call x.one {broken'));
    await soon(() => sent.length === 1);
    expect(gate.calls.map(({ tool }) => tool)).toEqual(["x.one", "x.two", "x.two"]);
    expect(sent[0]?.message.text).toContain("x.two: two\nno.such: TOOL_CALL_INVALID: There is no tool");
    expect(sent[0]?.message.text).toContain("x.one: TOOL_CALL_INVALID: The arguments are not JSON");
    const entries = valueOf(talk.transcript("a", sent[0]?.session ?? ""));
    expect(entries.map(({ kind }) => kind)).toEqual(["user", "call", "call", "result", "result", "call", "result", "assistant"]);
    for (const [i, each] of entries.entries()) expect(each.parent).toBe(entries[i - 1]?.id ?? null);
  });
});
