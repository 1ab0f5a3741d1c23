import {
  fail,
  LIMITS,
  mapResult,
  ok,
  problem,
  shown,
  type Clock,
  type Diagnostic,
  type Ids,
  type Instant,
  type Owner,
  type Result,
} from "../../core/index.ts";
import type { Message } from "../agents/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { decodeExchange, decodeHead, encodeExchange, encodeHead, type Exchange, type SessionHead } from "./codec.ts";

/** One conversation as a list shows it. */
export interface SessionInfo {
  readonly id: string;
  readonly agent: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly exchanges: number;
  readonly title: string;
}

/** A conversation that is open: its end is known, its content is read when asked for. */
export interface Session {
  readonly id: string;
  readonly agent: string;
  /** Nothing is written before the first exchange. */
  readonly isNew: boolean;
  /** What was said, oldest first: as much of the end as {@link LIMITS.historyBytes} takes. */
  readonly history: () => Result<readonly Message[]>;
  /** Records one exchange, durably, and encrypted. */
  readonly append: (exchange: Omit<Exchange, "at">) => Result<SessionInfo>;
}

/** The conversations of one owner's agents. */
export interface Sessions {
  /** Newest first. */
  readonly list: (agent: string) => Result<readonly SessionInfo[]>;
  /** The conversation that was used last; null when there is none. */
  readonly latest: (agent: string) => Result<Session | null>;
  /** `SESSION_INVALID` when this owner's agent has none of that id. */
  readonly resume: (agent: string, id: string) => Result<Session>;
  readonly begin: (agent: string) => Result<Session>;
  /** Drops a conversation for good. */
  readonly forget: (agent: string, id: string) => Result<void>;
}

export interface SessionsWorld {
  /** Opens the sealed records for as long as `work` runs: nothing is held between two messages. */
  readonly withRecords: <T>(work: (records: SealedRecords) => Result<T>) => Result<T>;
  readonly owner: Owner;
  /** Under what an agent's conversations are kept: its name, or what it was moved from. */
  readonly lifeOf: (agent: string) => Result<string>;
  readonly clock: Clock;
  readonly ids: Ids;
}

const ID = /^[a-z0-9]{8,64}$/;
const TITLE_CHARS = 80;
/** How many exchanges are decrypted at a time on the way back from the end. */
const BLOCK = 32;

export function openSessions(place: SessionsWorld): Sessions {
  return {
    list: (agent) => list(place, agent),
    latest: (agent) => {
      const infos = list(place, agent);
      if (!infos.ok) return infos;
      const [newest] = infos.value;
      return newest ? resume(place, agent, newest.id) : ok(null);
    },
    resume: (agent, id) => resume(place, agent, id),
    begin: (agent) => begin(place, agent),
    forget: (agent, id) => {
      const session = resume(place, agent, id);
      return session.ok ? place.withRecords((records) => records.remove(session.value.slot)) : session;
    },
  };
}

function slotOf(life: string, id: string): string {
  return `session/${life}/${id}`;
}

function list({ withRecords, owner, lifeOf }: SessionsWorld, agent: string): Result<readonly SessionInfo[]> {
  const life = lifeOf(agent);
  if (!life.ok) return life;
  const slots = withRecords((records) => records.list(slotOf(life.value, ""), { limit: LIMITS.sessionsPerAgent }));
  if (!slots.ok) return slots;
  const infos: SessionInfo[] = [];
  for (const slot of slots.value) {
    const head = decodeHead(slot.head);
    if (!head) return fail(damaged(slot.slot));
    if (head.owner === owner) infos.push(infoOf({ ...head, agent }, slot.entries));
  }
  return ok(infos.sort((a, b) => (a.updatedAt === b.updatedAt ? (a.id < b.id ? -1 : 1) : a.updatedAt < b.updatedAt ? 1 : -1)));
}

function resume(place: SessionsWorld, agent: string, id: string): Result<Session & { readonly slot: string }> {
  const life = place.lifeOf(agent);
  if (!life.ok) return life;
  const slot = ID.test(id) ? place.withRecords((records) => records.get(slotOf(life.value, id))) : ok(null);
  if (!slot.ok) return slot;
  if (slot.value === null) return fail(unknown(agent, id));
  const head = decodeHead(slot.value.head);
  if (!head) return fail(damaged(slot.value.slot));
  // Another owner's conversation is not told apart from none.
  return head.owner === place.owner && head.id === id
    ? ok(sessionOf(place, slot.value.slot, { ...head, agent }, false))
    : fail(unknown(agent, id));
}

function begin(place: SessionsWorld, agent: string): Result<Session> {
  const infos = list(place, agent);
  if (!infos.ok) return infos;
  if (infos.value.length >= LIMITS.sessionsPerAgent)
    return fail(
      problem("SESSION_FULL", {
        detail: `Agent/${agent} has ${infos.value.length} conversations, the most it may have.`,
        remedy: `moltbot chat ${agent} --forget ID`,
      }),
    );
  const at = place.clock.now().toISOString();
  const id = place.ids.next();
  return mapResult(place.lifeOf(agent), (life) =>
    sessionOf(place, slotOf(life, id), { owner: place.owner, agent, id, createdAt: at, updatedAt: at, title: "" }, true),
  );
}

function sessionOf(place: SessionsWorld, slot: string, head: SessionHead, isNew: boolean): Session & { readonly slot: string } {
  return {
    slot,
    id: head.id,
    agent: head.agent,
    isNew,
    history: () => place.withRecords((records) => history(records, slot)),
    append: (exchange) => place.withRecords((records) => append(records, slot, place.clock.now().toISOString(), head, exchange)),
  };
}

function append(records: SealedRecords, slot: string, at: Instant, head: SessionHead, exchange: Omit<Exchange, "at">): Result<SessionInfo> {
  const before = records.get(slot);
  if (!before.ok) return before;
  if ((before.value?.entries ?? 0) >= LIMITS.sessionExchanges)
    return fail(
      problem("SESSION_FULL", {
        detail: `The conversation has ${LIMITS.sessionExchanges} exchanges, the most it may have.`,
        remedy: `moltbot chat ${head.agent} --new`,
      }),
    );
  // The first message names the conversation, whoever of two writers was first.
  const title = (before.value && decodeHead(before.value.head)?.title) || exchange.user.replace(/\s+/g, " ").trim().slice(0, TITLE_CHARS);
  const after = { ...head, title, updatedAt: at };
  const number = records.append(slot, encodeExchange({ ...exchange, at }), encodeHead(after));
  return number.ok ? ok(infoOf(after, number.value)) : number;
}

/** Walks back from the end until enough is read. */
function history(records: SealedRecords, slot: string): Result<readonly Message[]> {
  const head = records.get(slot);
  if (!head.ok) return head;
  const newestFirst: Message[] = [];
  let bytes = 0;
  for (let end = head.value?.entries ?? 0; end > 0 && bytes <= LIMITS.historyBytes; end -= BLOCK) {
    const from = Math.max(1, end - BLOCK + 1);
    const block = records.read(slot, { from, limit: end - from + 1 });
    if (!block.ok) return block;
    for (const sealed of block.value.toReversed()) {
      const exchange = decodeExchange(sealed);
      if (!exchange) return fail(damaged(slot));
      newestFirst.push({ role: "assistant", text: exchange.assistant }, { role: "user", text: exchange.user });
      bytes += Buffer.byteLength(exchange.user) + Buffer.byteLength(exchange.assistant);
    }
  }
  return ok(newestFirst.reverse());
}

function infoOf({ id, agent, createdAt, updatedAt, title }: SessionHead, exchanges: number): SessionInfo {
  return { id, agent, createdAt, updatedAt, exchanges, title };
}

function unknown(agent: string, id: string): Diagnostic {
  return problem("SESSION_INVALID", {
    detail: `Agent/${agent} has no conversation ${shown(id)}.`,
    remedy: `moltbot chat ${agent} --sessions`,
    context: { address: `Agent/${agent}` },
  });
}

function damaged(slot: string): Diagnostic {
  return problem("STORE_CORRUPT", {
    detail: `The conversation ${shown(slot)} is sealed correctly but does not hold what a conversation holds.`,
  });
}
