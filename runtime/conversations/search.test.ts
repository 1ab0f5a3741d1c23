import { expect, test } from "vitest";
import { LIMITS, ok, type Owner } from "../../core/index.ts";
import { openSessions, type NewEntry } from "../sessions/index.ts";
import { agentsOf, liveAgent, OWNER, stateFolder, talkOver, valueOf, type Talk } from "./conversations.fixture.ts";
import type { Match, SearchPlace } from "./index.ts";

const said = (text: string): NewEntry => ({ kind: "user", run: null, text, from: null, attachments: [] });

interface World extends Disposable {
  readonly talk: Talk["talk"];
  /** Begins a conversation, or goes on with one. @returns its id */
  readonly write: (texts: readonly string[], id?: string, owner?: Owner) => string;
  readonly forget: (id: string) => void;
}

function world(): World {
  const state = stateFolder();
  const { talk, records } = talkOver(state, agentsOf(liveAgent("a")));
  const sessions = (owner: Owner = OWNER) =>
    openSessions({
      withRecords: (work) => work(records),
      owner,
      lifeOf: (agent) => ok(agent),
      clock: state.ports.clock,
      ids: state.ports.ids,
    });
  return {
    talk,
    write: (texts, id, owner) => {
      const session = valueOf(id === undefined ? sessions(owner).begin("a") : sessions(owner).resume("a", id));
      valueOf(session.append(texts.map(said)));
      return session.id;
    },
    forget: (id) => valueOf(sessions().forget("a", id)),
    [Symbol.dispose]: () => state[Symbol.dispose](),
  };
}

async function pages(talk: Talk["talk"], words: string, most: number, between: () => void = () => {}): Promise<readonly Match[]> {
  const found: Match[] = [];
  let from: SearchPlace | null = null;
  for (let i = 0; i < 200; i++) {
    const { matches, next }: { matches: readonly Match[]; next: SearchPlace | null } = valueOf(
      await talk.search("a", { words, most, from }),
    );
    expect(matches.length).toBeLessThanOrEqual(most);
    found.push(...matches);
    if (!next) return found;
    // It goes through text, as it does over the API.
    from = JSON.parse(JSON.stringify(next)) as SearchPlace;
    between();
  }
  throw new Error("it never ends");
}

test("all words in any case and order, the youngest conversation first, and in each from its end", async () => {
  using over = world();
  const [first, second] = [over.write(["red apple", "green apple"]), over.write(["Apple, RED"])];
  const found = await pages(over.talk, "  apple Red ", 10);
  expect(found.map(({ session, excerpt }) => [session, excerpt])).toEqual([
    [second, "Apple, RED"],
    [first, "red apple"],
  ]);
  expect(await pages(over.talk, "pear", 10)).toEqual([]);
  over.write(["red apple"], undefined, "other/prod");
  expect(await pages(over.talk, "apple red", 10)).toHaveLength(2);
});

test.each([1, 2, 3, 7, 50])("in pages of %i nothing is twice and nothing is missing, whatever is said meanwhile", async (most) => {
  using over = world();
  const ids = [1, 2, 3].map((n) => over.write(Array.from({ length: 9 }, (_, i) => `word ${n}.${i}`)));
  over.write(["word 2.9", "other"], ids[1]);
  const whole = (await pages(over.talk, "word", 200)).map(({ excerpt }) => excerpt);
  expect(whole).toHaveLength(28);
  let more = 0;
  const found = await pages(over.talk, "word", most, () => {
    for (const id of ids) over.write([`word later ${more++}`], id);
    over.write([`word in a new one ${more++}`]);
  });
  const old = found.map(({ excerpt }) => excerpt).filter((each) => /\d\.\d/.test(each));
  expect(old).toEqual(whole);
  expect(new Set(found.map(({ session, entry }) => `${session} ${entry}`)).size).toBe(found.length);
});

test("a conversation that is deleted between two pages is gone, and the search goes on", async () => {
  using over = world();
  const ids = [1, 2, 3].map((n) => over.write([`word ${n}`, `word ${n}`]));
  let isGone = false;
  const found = await pages(over.talk, "word", 3, () => {
    if (!isGone) over.forget(ids[1]!);
    isGone = true;
  });
  expect(found.map(({ excerpt }) => excerpt)).toEqual(["word 3", "word 3", "word 2", "word 1", "word 1"]);
});

test("one search opens as many records as its limit says, and the next one goes on after them", async () => {
  using over = world();
  const id = over.write(["needle"]);
  for (let left = LIMITS.searchedRecords; left > 0; left -= 1_000)
    over.write(
      Array.from({ length: 1_000 }, () => "hay"),
      id,
    );
  const first = valueOf(await over.talk.search("a", { words: "needle", most: 10, from: null }));
  expect([first.matches, first.next?.session]).toEqual([[], id]);
  const second = valueOf(await over.talk.search("a", { words: "needle", most: 10, from: first.next }));
  expect([second.matches.length, second.next]).toEqual([1, null]);
});

test("a place that nobody gave finds nothing that is not there", async () => {
  using over = world();
  const id = over.write(["word"]);
  const at = async (from: SearchPlace) => valueOf(await over.talk.search("a", { words: "word", most: 9, from })).matches.length;
  expect(await at({ createdAt: "", session: id, wanted: null, end: 0 })).toBe(0);
  expect(await at({ createdAt: "2999-01-01T00:00:00.000Z", session: "0", wanted: "x", end: 9_007_199_254_740_991 })).toBe(1);
});
