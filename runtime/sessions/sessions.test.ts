import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { LIMITS, mapResult, ok, type Result } from "../../core/index.ts";
import { openRecords, type SealedRecords } from "../store/index.ts";
import { openSessions, type NewEntry, type Session, type Sessions } from "./index.ts";
import { codesOf, OWNER, stateFolder, valueOf, withStore, type StateFolder } from "./sessions.fixture.ts";

const TURN = {
  provider: "p",
  model: "m",
  finish: "stop",
  usage: { inputTokens: 1, outputTokens: 2 },
  cost: null,
  latency: { firstTextMs: 3, totalMs: 4 },
  requests: 1,
} as const;

const said = (user: string, assistant = `re: ${user}`): readonly NewEntry[] => [
  { kind: "user", text: user, from: null, attachments: [], run: null },
  { kind: "assistant", text: assistant, turn: TURN, run: null },
];

/** What was said, as who and what. */
function history(session: Session): Result<readonly { readonly role: string; readonly text: string }[]> {
  return mapResult(session.tail(), (entries) => entries.map((entry) => ({ role: entry.kind, text: "text" in entry ? entry.text : "" })));
}

function recordsOf(state: StateFolder): <T>(work: (records: SealedRecords) => Result<T>) => Result<T> {
  return (work) => {
    const records = valueOf(openRecords(state.dir));
    if (!records) throw new Error("no store");
    try {
      return work(records);
    } finally {
      records.close();
    }
  };
}

function begun(state: StateFolder, owner: `${string}/${string}` = OWNER): Sessions {
  withStore(state, () => undefined);
  return openSessions({ withRecords: recordsOf(state), owner, lifeOf: ok, clock: state.ports.clock, ids: state.ports.ids });
}

describe("conversations", () => {
  test("a new one is written with its first exchange, and read back by id", () => {
    using state = stateFolder();
    const sessions = begun(state);
    const session = valueOf(sessions.begin("a"));
    expect([session.isNew, valueOf(history(session)), valueOf(sessions.list("a"))]).toEqual([true, [], []]);
    const info = valueOf(session.append(said("hello  there\nfriend")));
    expect(info).toMatchObject({ id: session.id, agent: "a", exchanges: 1, title: "hello there friend" });
    valueOf(session.append(said("again")));
    const resumed = valueOf(begun(state).resume("a", session.id));
    expect(resumed.isNew).toBe(false);
    expect(valueOf(history(resumed))).toEqual([
      { role: "user", text: "hello  there\nfriend" },
      { role: "assistant", text: "re: hello  there\nfriend" },
      { role: "user", text: "again" },
      { role: "assistant", text: "re: again" },
    ]);
    expect(valueOf(sessions.list("a"))).toMatchObject([{ exchanges: 2, title: "hello there friend" }]);
  });

  test("the latest is the one used last", () => {
    using state = stateFolder();
    const sessions = begun(state);
    expect(valueOf(sessions.latest("a"))).toBeNull();
    const [one, two] = [valueOf(sessions.begin("a")), valueOf(sessions.begin("a"))];
    valueOf(one.append(said("1")));
    valueOf(two.append(said("2")));
    expect(valueOf(sessions.latest("a"))?.id).toBe(two.id);
    valueOf(one.append(said("3")));
    expect(valueOf(sessions.latest("a"))?.id).toBe(one.id);
    expect(valueOf(sessions.list("a")).map(({ title }) => title)).toEqual(["1", "2"]);
    expect(valueOf(sessions.list("b"))).toEqual([]);
  });

  test("two writers of one conversation: both exchanges stand, in the order they came", () => {
    using state = stateFolder();
    const sessions = begun(state);
    const session = valueOf(sessions.begin("a"));
    valueOf(session.append(said("1")));
    const other = valueOf(sessions.resume("a", session.id));
    valueOf(other.append(said("2")));
    valueOf(session.append(said("3")));
    expect(
      valueOf(history(other))
        .filter(({ role }) => role === "user")
        .map(({ text }) => text),
    ).toEqual(["1", "2", "3"]);
  });

  const unknown = ["none", "", "../../x", "A".repeat(20), "0".repeat(200), "0123456789abcdef"];
  test.each(unknown)("%j is no conversation", (id) => {
    using state = stateFolder();
    expect(codesOf(begun(state).resume("a", id))).toEqual(["SESSION_INVALID"]);
    expect(codesOf(begun(state).forget("a", id))).toEqual(["SESSION_INVALID"]);
  });

  test("another owner's and another agent's are not there", () => {
    using state = stateFolder();
    const session = valueOf(begun(state).begin("a"));
    valueOf(session.append(said("mine")));
    expect(codesOf(begun(state).resume("b", session.id))).toEqual(["SESSION_INVALID"]);
    const others = begun(state, "other/default");
    expect(codesOf(others.resume("a", session.id))).toEqual(["SESSION_INVALID"]);
    expect(codesOf(others.forget("a", session.id))).toEqual(["SESSION_INVALID"]);
    expect(valueOf(others.list("a"))).toEqual([]);
    expect(valueOf(others.latest("a"))).toBeNull();
  });

  test("forgetting drops it", () => {
    using state = stateFolder();
    const sessions = begun(state);
    const session = valueOf(sessions.begin("a"));
    valueOf(session.append(said("x")));
    valueOf(sessions.forget("a", session.id));
    expect(codesOf(sessions.resume("a", session.id))).toEqual(["SESSION_INVALID"]);
  });

  test("of a long one, the end is read: as much as its limit takes", () => {
    using state = stateFolder();
    const session = valueOf(begun(state).begin("a"));
    const big = "x".repeat(LIMITS.historyBytes / 10);
    for (let i = 0; i < 80; i++) valueOf(session.append(said(String(i), i < 40 ? big : "y")));
    const told = valueOf(history(session));
    expect(told.at(-1)?.text).toBe("y");
    expect(told.at(-2)?.text).toBe("79");
    expect(told[0]?.role).toBe("user");
    expect(told.length).toBeLessThan(160);
    const users = told.filter(({ role }) => role === "user").map(({ text }) => Number(text));
    expect(users).toEqual(users.map((_, i) => 80 - users.length + i));
  });
});

test("nothing of what was said stands in the state folder in plain text", () => {
  using state = stateFolder();
  const session = valueOf(begun(state).begin("a"));
  valueOf(session.append(said("canary-question-51c9", "canary-answer-77d0")));
  for (const file of fs.readdirSync(state.dir, { recursive: true, encoding: "utf8" })) {
    const full = path.join(state.dir, file);
    if (fs.statSync(full).isFile()) expect(fs.readFileSync(full).includes("canary-")).toBe(false);
  }
});

describe("limits and damage, over the port", () => {
  const full = (slots: number, entries: number, head: Uint8Array): SealedRecords => ({
    put: () => ok(undefined),
    get: (slot) => ok({ slot, entries, trimmed: 0, head }),
    append: () => ok(1),
    read: () => ok([Buffer.from("{}")]),
    list: (prefix) => ok(Array.from({ length: slots }, (_, i) => ({ slot: `${prefix}${i}`, entries, trimmed: 0, head }))),
    names: (prefix) => ok(Array.from({ length: slots }, (_, i) => `${prefix}${i}`)),
    update: () => ok(1),
    together: (work) => work(full(slots, entries, head)),
    each: () => ok([]),
    version: () => ok("1"),
    change: (slot, change) => ok(change({ slot, entries, trimmed: 0, head }).value),
    remove: () => ok(undefined),
    close: () => undefined,
  });
  const head = (id: string): Uint8Array =>
    Buffer.from(JSON.stringify({ v: 1, owner: OWNER, agent: "a", id, createdAt: "2026", updatedAt: "2026", title: "t" }));
  const over = (records: SealedRecords): Sessions => {
    using state = stateFolder();
    return openSessions({ withRecords: (work) => work(records), owner: OWNER, lifeOf: ok, clock: state.ports.clock, ids: state.ports.ids });
  };

  test("too many conversations; too many exchanges", () => {
    expect(codesOf(over(full(LIMITS.sessionsPerAgent, 1, head("x"))).begin("a"))).toEqual(["SESSION_FULL"]);
    const session = valueOf(over(full(1, LIMITS.sessionExchanges, head("0123456789abcdef"))).resume("a", "0123456789abcdef"));
    expect(codesOf(session.append(said("one more")))).toEqual(["SESSION_FULL"]);
  });

  test.each(["{", "{}", '{"v":2}', "[]"])("a head that is %s, an entry that is none: CORRUPT", (text) => {
    const broken = over(full(1, 1, Buffer.from(text)));
    expect(codesOf(broken.list("a"))).toEqual(["STORE_CORRUPT"]);
    expect(codesOf(broken.resume("a", "0123456789abcdef"))).toEqual(["STORE_CORRUPT"]);
    const session = valueOf(over(full(1, 1, head("0123456789abcdef"))).resume("a", "0123456789abcdef"));
    expect(codesOf(history(session))).toEqual(["STORE_CORRUPT"]);
  });
});
