import { describe, expect, test } from "vitest";
import { fail, LIMITS, ok, problem } from "../../core/index.ts";
import { serve, sse, chunk, answerEvents } from "../agents/agents.fixture.ts";
import { joinLabels, NO_LABELS, type Run } from "../run/index.ts";
import { appendTo, newSession, readAll, type NewEntry } from "../sessions/index.ts";
import { agentsOf, gateOf, liveAgent, message, soon, stateFolder, talkOver, told, valueOf, OWNER } from "./conversations.fixture.ts";
import type { Conversations, ConversationsWorld, Delivered, Saying } from "./index.ts";
import { keepUndelivered, undeliveredAnswers, type Undelivered } from "./undelivered.ts";

const ME = { id: "web:1", kind: "person", role: null, verified: true, person: null } as const;
const saying = (text: string, over: Partial<Saying> = {}): Saying => ({
  agent: "a",
  text,
  principal: ME,
  channel: null,
  labels: NO_LABELS,
  session: "new",
  signal: new AbortController().signal,
  onProgress: () => undefined,
  ...over,
});

/** A model that begins and does not end until it is told to. */
async function slowModel() {
  const open: (() => void)[] = [];
  const server = await serve((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(sse(chunk("half ")));
    open.push(() => response.end(sse(chunk("whole", "stop"))));
  });
  return { server, open };
}

describe("cancelling", () => {
  test("in the middle of a stream: recorded as cancelled, nothing is delivered, the next one is answered", async () => {
    using state = stateFolder();
    const { server, open } = await slowModel();
    await using _ = server;
    const { talk, sent, events } = talkOver(state, agentsOf(liveAgent("a", {}, { endpoint: server.url })));
    await talk.receive(message("first"));
    await soon(() => events.some(({ type }) => type === "run.delta"));
    const run = events.find(({ type }) => type === "run.started");
    const session = run?.type === "run.started" ? run.session : "";
    expect(talk.status("a")).toMatchObject({ status: "busy", running: 1 });
    expect(talk.cancel(session)).toBe(true);
    await soon(() => talk.status("a").running === 0);
    expect(valueOf(talk.transcript("a", session)).map((each) => [each.kind, each.kind === "notice" ? each.code : ""])).toEqual([
      ["user", ""],
      ["notice", "RUN_CANCELLED"],
    ]);
    await talk.receive(message("second"));
    await soon(() => open.length === 2);
    open[1]?.();
    await soon(() => sent.length === 1);
    expect(sent[0]?.message.text).toBe("half whole");
    expect(talk.cancel(session)).toBe(false);
  });

  test("what is said to the API leaves no trace when it is stopped", async () => {
    using state = stateFolder();
    const { server } = await slowModel();
    await using _ = server;
    const { talk } = talkOver(state, agentsOf(liveAgent("a", {}, { endpoint: server.url })));
    const said = await talk.say(saying("x", { signal: AbortSignal.timeout(100) }));
    expect(said.ok ? [] : said.diagnostics.map(({ code }) => code)).toEqual(["TURN_STOPPED"]);
    expect(valueOf(talk.sessions("a"))).toEqual([]);
  });
});

describe("taking messages together", () => {
  test("a burst within the pause is one question; another person's is not in it", async () => {
    using state = stateFolder();
    const { talk, sent } = talkOver(state, agentsOf(liveAgent("a")));
    const taking = { debounceMs: 80 };
    for (const text of ["one", "two", "three"]) await talk.receive(message(text), taking);
    await talk.receive(message("other", { principal: { ...ME, id: "web:2" } }), taking);
    await soon(() => sent.length === 2);
    expect(sent[0]?.message.text).toMatch(/You said: one\n\ntwo\n\nthree$/);
    expect(sent[1]?.message.text).toMatch(/You said: other$/);
    const [session] = valueOf(talk.sessions("a"));
    expect(valueOf(talk.transcript("a", session?.id ?? "")).map(({ kind }) => kind)).toEqual([
      "user",
      "user",
      "user",
      "assistant",
      "user",
      "assistant",
    ]);
  });

  test("mode cancel: a newer message stops the answer and is answered with what it stopped", async () => {
    using state = stateFolder();
    const { server, open } = await slowModel();
    await using _ = server;
    const { talk, sent, events } = talkOver(state, agentsOf(liveAgent("a", {}, { endpoint: server.url })));
    await talk.receive(message("first"), { mode: "cancel" });
    await soon(() => events.some(({ type }) => type === "run.delta"));
    await talk.receive(message("and this"), { mode: "cancel" });
    await soon(() => open.length === 2);
    open[1]?.();
    await soon(() => sent.length === 1);
    expect(server.seen[1]?.body).toContain("first\\n\\nand this");
    expect(sent.length).toBe(1);
  });

  test("the queue is bounded: one past it is refused, and nothing of it is kept", async () => {
    using state = stateFolder();
    const { server } = await slowModel();
    await using _ = server;
    const { talk } = talkOver(state, agentsOf(liveAgent("a", {}, { endpoint: server.url })));
    const results = [];
    for (let i = 0; i < 51; i++) results.push(await talk.receive(message(String(i))));
    expect(results.filter(({ ok: isOk }) => isOk).length).toBe(50);
    const last = results.at(-1);
    expect(last?.ok === false ? last.diagnostics.map(({ code }) => code) : []).toEqual(["QUEUE_FULL"]);
  });
});

describe("delivery", () => {
  test("what the channel does not take is tried again with the same id, in order", async () => {
    using state = stateFolder();
    const tried: { readonly id: string; readonly text: string }[] = [];
    let now = Date.UTC(2026, 0, 1);
    const { talk } = talkOver(state, agentsOf(liveAgent("a")), {
      clock: { now: () => new Date((now += 600_000)) },
      deliver: ({ message: { id, text } }) => {
        tried.push({ id, text });
        return Promise.resolve(tried.length < 3 ? fail(problem("UNDELIVERED", { detail: "busy" })) : ok({ platformId: null, at: "" }));
      },
    });
    await talk.receive(message("one"));
    await talk.receive(message("two"));
    await soon(() => tried.length === 4 && talk.undelivered() === 0);
    expect(new Set(tried.slice(0, 3).map(({ id }) => id)).size).toBe(1);
    expect(tried[3]?.text).toMatch(/two$/);
  });

  test("a final refusal is given up at once", async () => {
    using state = stateFolder();
    let count = 0;
    const { talk } = talkOver(state, agentsOf(liveAgent("a")), {
      deliver: () => {
        count++;
        return Promise.resolve({ ok: false, diagnostics: [problem("ANSWER_REFUSED", { detail: "gone" })], final: "refused" as const });
      },
    });
    await talk.receive(message("one"));
    await soon(() => count === 1 && talk.undelivered() === 0);
  });

  /** A channel that answers each try as it is told, and tells what it was asked to send. */
  const channelOf = (...says: readonly (() => Delivered)[]) => {
    const tried: string[] = [];
    let now = Date.UTC(2026, 0, 1);
    const over: Partial<ConversationsWorld> = {
      clock: { now: () => new Date((now += 600_000)) },
      deliver: (answer) => Promise.resolve((says[tried.push(answer.message.id) - 1] ?? (() => ok({ platformId: null, at: "" })))()),
    };
    return { tried, over };
  };
  const no = (): Delivered => fail(problem("CHANNEL_FAILED", { detail: "down" }));

  test.each<readonly [string, readonly (() => Delivered)[], string, string]>([
    [
      "refused",
      [() => ({ ok: false, diagnostics: [problem("ANSWER_REFUSED", { detail: "" })], final: "refused" })],
      "refused",
      "ANSWER_REFUSED",
    ],
    [
      "unknown",
      [() => ({ ok: false, diagnostics: [problem("CHANNEL_NO_ANSWER", { detail: "" })], final: "unknown" })],
      "unknown",
      "CHANNEL_NO_ANSWER",
    ],
    ["not taken ten times", Array.from({ length: LIMITS.deliveryAttempts }, () => no), "given up", "CHANNEL_FAILED"],
  ])("an answer that is %s is kept, sent again by hand, and then gone", async (_, says, state, code) => {
    using folder = stateFolder();
    const { tried, over } = channelOf(...says);
    const { talk, records } = talkOver(folder, agentsOf(liveAgent("a")), over);
    await talk.receive(message("one"));
    await soon(() => tried.length === says.length && talk.undelivered() === 0);
    const [kept] = valueOf(undeliveredAnswers(records));
    expect(kept).toMatchObject({ state, code, id: tried[0], answer: { people: ["web:1"] } });
    valueOf(await talk.resend(tried[0] ?? ""));
    await soon(() => tried.length === says.length + 1 && talk.undelivered() === 0);
    expect(new Set(tried).size).toBe(1);
    expect(valueOf(undeliveredAnswers(records))).toEqual([]);
    expect(await talk.letGo(tried[0] ?? "")).toMatchObject({ ok: false, diagnostics: [{ code: "ANSWER_NOT_FOUND" }] });
  });

  test("nine times not taken, the tenth time taken: delivered", async () => {
    using folder = stateFolder();
    const { tried, over } = channelOf(...Array.from({ length: LIMITS.deliveryAttempts - 1 }, () => no));
    const { talk, records } = talkOver(folder, agentsOf(liveAgent("a")), over);
    await talk.receive(message("one"));
    await soon(() => tried.length === LIMITS.deliveryAttempts && talk.undelivered() === 0);
    expect(valueOf(undeliveredAnswers(records))).toEqual([]);
  });

  test("one that is let go is not sent", async () => {
    using folder = stateFolder();
    const { tried, over } = channelOf(() => ({ ok: false, diagnostics: [], final: "unknown" }));
    const { talk, records } = talkOver(folder, agentsOf(liveAgent("a")), over);
    await talk.receive(message("one"));
    await soon(() => tried.length === 1 && talk.undelivered() === 0);
    valueOf(await talk.letGo(tried[0] ?? ""));
    expect(valueOf(undeliveredAnswers(records))).toEqual([]);
    await talk.receive(message("two"));
    await soon(() => tried.length === 2);
    expect(new Set(tried).size).toBe(2);
  });

  test("one of which a process before began a send is not sent by this one, and the next one is", async () => {
    using folder = stateFolder();
    const { over, tried } = channelOf();
    const first = talkOver(folder, agentsOf(liveAgent("a")), {
      ...over,
      deliver: async (_, signal, keeping) => {
        valueOf((await keeping?.sending()) ?? fail());
        return await new Promise((__, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));
      },
    });
    await first.talk.receive(message("one"));
    await first.talk.receive(message("two"));
    await soon(() => first.talk.undelivered() === 2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { talk, records } = talkOver(folder, agentsOf(liveAgent("a")), over);
    valueOf(await talk.start());
    await soon(() => talk.undelivered() === 0);
    expect(valueOf(undeliveredAnswers(records)).map(({ state, code }) => [state, code])).toEqual([["unknown", null]]);
    expect(tried).toHaveLength(1);
  });

  test("more than are kept: the oldest go", () => {
    using folder = stateFolder();
    const { records } = talkOver(folder, agentsOf(liveAgent("a")));
    const one = (n: number): Undelivered => ({
      id: `m${n}`,
      state: "unknown",
      at: new Date(n).toISOString(),
      code: null,
      parts: 0,
      life: "a",
      owner: OWNER,
      key: "k",
      answer: { agent: "a", message: { to: { account: "", peer: "1", thread: null, replyTo: null }, text: "x", id: `m${n}` } } as never,
    });
    const all = LIMITS.undeliveredAnswers;
    valueOf(
      records.each(
        Array.from(
          { length: all },
          (_, n) => (it: typeof records) => it.put(`undelivered/m${n}`, Buffer.from(JSON.stringify({ v: 1, ...one(n) }))),
        ),
      ),
    );
    expect(valueOf(undeliveredAnswers(records))).toHaveLength(all);
    valueOf(keepUndelivered(records, one(all)));
    const left = valueOf(undeliveredAnswers(records));
    expect([left.length, left[0]?.id, left.at(-1)?.id]).toEqual([all, "m1", `m${all}`]);
  });
});

describe("one agent calls another", () => {
  const spec = { subAgents: ["b"], delegation: { maxDepth: 2, maxConcurrent: 1, timeout: "5s" } };
  const callOf =
    (talk: () => Conversations, over: Partial<Run> = {}) =>
    (args: unknown, run: Run) =>
      talk()
        .subAgents.call(
          {
            agent: (args as { to: string }).to,
            message: "help",
            caller: { ...run, ...over },
            labels: { classes: ["pii"], private: true, untrusted: false },
          },
          run.signal,
        )
        .then((done) => (done.ok ? told(`${done.value.text} ${JSON.stringify(done.value.labels)}`, done.value.labels) : done));

  test("in a session of its own, with the labels of both; the answer comes back", async () => {
    using state = stateFolder();
    const gate = gateOf({ "agent:b": (args, run) => callOf(() => talk)(args, run) });
    const { talk } = talkOver(state, agentsOf(liveAgent("a", spec), liveAgent("b")), { gate });
    const said = valueOf(await talk.say(saying('/call agent:b {"to":"b"}')));
    expect(said.turn.text).toContain("You said: help");
    expect(said.turn.text).toContain('{"classes":["pii"],"private":true,"untrusted":false}');
    const [session] = valueOf(talk.sessions("b"));
    expect(session?.id).not.toBe(said.session.id);
    expect(valueOf(talk.transcript("b", session?.id ?? ""))[0]).toMatchObject({ from: "agent:a", text: "help" });
    expect(gate.labelsOf(session?.id ?? "")).toEqual({ classes: ["pii"], private: true, untrusted: false });
  });

  test("who asked stays known through every agent between, and through a schedule", async () => {
    using state = stateFolder();
    const seen: Run[] = [];
    const asks = (to: string, text: string) => (_: unknown, run: Run) =>
      talk.subAgents
        .call({ agent: to, message: text, caller: run, labels: NO_LABELS }, run.signal)
        .then((done) => (done.ok ? told("asked", done.value.labels) : done));
    const gate = gateOf({
      "agent:b": asks("b", "/call agent:c {}"),
      "agent:c": asks("c", "/call who {}"),
      who: async (_, run) => {
        seen.push(run);
        return told("seen", NO_LABELS);
      },
    });
    const agents = agentsOf(liveAgent("a", { subAgents: ["b"] }), liveAgent("b", { subAgents: ["c"] }), liveAgent("c"));
    const { talk } = talkOver(state, agents, { gate });
    valueOf(await talk.say(saying("/call agent:b {}", { principal: { ...ME, person: "ada" } })));
    expect(seen[0]).toMatchObject({ callers: ["a", "b"], principal: { id: "agent:b" }, behind: ["web:1", "ada"] });
    const schedule = { id: "schedule:x", kind: "schedule", role: null, verified: true, person: null } as const;
    valueOf(await talk.receive(message("/call agent:b {}", { principal: schedule, about: ["telegram:4711"] })));
    await soon(() => seen.length === 2);
    expect(seen[1]).toMatchObject({ callers: ["a", "b"], behind: ["telegram:4711"] });
  });

  test.each([
    ["an agent that it may not call", "c", {}, "not in its `subAgents`"],
    ["itself, by way of another", "b", { callers: ["b"] }, "waiting for this call"],
    ["too deep", "b", { callers: ["x", "y"] }, "maxDepth"],
  ])("refused: %s", async (_, to, over, why) => {
    using state = stateFolder();
    const gate = gateOf({ "agent:b": (args, run) => callOf(() => talk, over)(args, run) });
    const { talk } = talkOver(state, agentsOf(liveAgent("a", spec), liveAgent("b"), liveAgent("c")), { gate });
    const said = valueOf(await talk.say(saying(`/call agent:b {"to":"${to}"}`)));
    expect(said.turn.text).toContain("SUB_AGENT_REFUSED");
    expect(said.turn.text).toContain(why);
    expect(valueOf(talk.sessions("b"))).toEqual([]);
  });
});

describe("what is kept", () => {
  test("resetCommands, maxSessions, retention, and search without an index", async () => {
    using state = stateFolder();
    let now = Date.UTC(2026, 0, 1);
    const live = liveAgent("a", { sessions: { resetCommands: ["/new"], maxSessions: 2, retention: "10d" } });
    let isSteady = false;
    const clock = { now: () => new Date((now += 1_000)) };
    const { talk, sent, records } = talkOver(state, agentsOf(live), { clock, mayForget: () => isSteady });
    for (const [i, text] of ["canary one", "/new", "canary two", "/new", "canary three"].entries()) {
      await talk.receive(message(text));
      await soon(() => sent.length === i + 1 && talk.status("a").running === 0);
    }
    expect(sent[1]?.message.text).toBe("A new conversation begins.");
    expect(valueOf(talk.sessions("a")).map(({ title }) => title)).toEqual(["canary three", "canary two"]);
    const search = async (words: string) => valueOf(await talk.search("a", { words, most: 10, from: null }));
    const found = await search("CANARY two");
    expect(found.matches.map(({ kind }) => kind)).toEqual(["assistant", "user"]);
    expect(found.next).toBe(null);
    expect((await search(" ")).matches).toEqual([]);
    now += 11 * 86_400_000;
    await soon(() => talk.undelivered() === 0);
    // While the clock is not believed, nothing is old.
    valueOf(await talk.sweep());
    expect(valueOf(talk.sessions("a"))).not.toEqual([]);
    isSteady = true;
    valueOf(await talk.sweep());
    expect(valueOf(talk.sessions("a"))).toEqual([]);
    expect(valueOf(records.names("session/"))).toEqual([]);
  });

  test("maxMessages: the oldest leave the session, and the chain of the rest stands", () => {
    using state = stateFolder();
    const { records } = talkOver(state, agentsOf(liveAgent("a")));
    let session = newSession("a", { owner: OWNER, agent: "a", id: "0123456789", createdAt: "2026-01-01T00:00:00.000Z", key: null });
    for (let i = 0; i < 80; i++) {
      const news: NewEntry[] = [{ kind: "user", text: String(i), from: null, attachments: [], run: null }];
      session = valueOf(
        records.together((tx) => appendTo(tx, session, news, { at: "2026-01-01T00:00:00.000Z", ids: state.ports.ids }, { keep: 3 })),
      ).session;
    }
    expect(valueOf(readAll(records, session)).map((each) => (each.kind === "user" ? each.text : ""))).toEqual(["77", "78", "79"]);
  });

  test("labels only ever grow", () => {
    expect(joinLabels({ classes: ["a"], private: false, untrusted: true }, { classes: ["b"], private: true, untrusted: false })).toEqual({
      classes: ["a", "b"],
      private: true,
      untrusted: true,
    });
  });
});

test("a provider that is down: whoever asked is told so, once, without its words", async () => {
  using state = stateFolder();
  await using server = await serve((response) => response.writeHead(400).end(JSON.stringify({ error: "internal-detail-77" })));
  const { talk, sent } = talkOver(state, agentsOf(liveAgent("a", {}, { endpoint: server.url, retries: 0 })));
  await talk.receive(message("hello"));
  await soon(() => sent.length === 1);
  expect(sent[0]?.message.text).toBe("Sorry, I cannot answer: The model provider did not answer usefully.");
  expect(talk.status("a")).toMatchObject({ status: "error" });
  await using good = await serve((response) => answerEvents(response, chunk("x", "stop")));
  expect(good.seen).toEqual([]);
});
