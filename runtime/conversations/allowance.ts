import { fail, isObject, ok, problem, type Json, type Result } from "../../core/index.ts";
import type { Allowance, Turn, Usage } from "../agents/index.ts";
import type { AgentConduct } from "../load/index.ts";
import type { SessionUse } from "../sessions/index.ts";
import type { SealedRecords } from "../store/index.ts";
import type { LiveAgent } from "./types.ts";

/** What an agent spent in one day (UTC), as far as it is known. */
interface Day {
  readonly day: string;
  readonly tokens: number;
  /** By currency. */
  readonly cost: Readonly<Record<string, number>>;
}

/** Counts what agents spend: durable, and shared by all runs of this process. */
export interface Purse {
  /** @param used - What the session used before this run. */
  readonly allowanceOf: (live: LiveAgent, used: SessionUse) => RunAllowance;
  /** Writes what is not written yet, in the transaction that `records` belongs to. @returns to be called once it stands */
  readonly save: (records: SealedRecords, life: string) => Result<() => void>;
}

export interface RunAllowance extends Allowance {
  /** What the session used, this run included. */
  readonly used: () => SessionUse;
}

/** Spent and not written yet. */
interface Book {
  known: Day;
  unsaved: Day;
}

export function spendSlot(life: string): string {
  return `spend/${life}`;
}

export function newPurse(read: <T>(work: (records: SealedRecords) => Result<T>) => Result<T>, today: () => string): Purse {
  const books = new Map<string, Book>();
  const bookOf = (life: string): Result<Book> => {
    const day = today();
    const book = books.get(life);
    if (book?.known.day === day) return ok(book);
    const known = read((records) => loadDay(records, life, day));
    if (!known.ok) return known;
    const fresh = { known: known.value, unsaved: nothing(day) };
    books.set(life, fresh);
    return ok(fresh);
  };
  return {
    allowanceOf: (live, used) => allowance(live, used, () => bookOf(live.life)),
    save: (records, life) => {
      const book = books.get(life);
      if (!book || isNothing(book.unsaved)) return ok(() => undefined);
      const written = book.unsaved;
      // What another process wrote meanwhile counts, too.
      const stored = loadDay(records, life, written.day);
      if (!stored.ok) return stored;
      const sum = plus(stored.value, written);
      const put = records.put(spendSlot(life), Buffer.from(JSON.stringify({ v: 1, ...sum })));
      if (!put.ok) return put;
      return ok(() => {
        book.unsaved = plus(book.unsaved, { ...written, tokens: -written.tokens, cost: negative(written.cost) });
        book.known = sum;
      });
    },
  };
}

function allowance({ agent }: LiveAgent, before: SessionUse, bookOf: () => Result<Book>): RunAllowance {
  const { budgets } = agent.conduct;
  let used = before;
  let messageCost = 0;
  const over = (what: string, budget: keyof AgentConduct["budgets"]): Result<void> =>
    fail(
      problem("BUDGET_SPENT", {
        detail: `Agent/${agent.name} has spent ${what} (\`budgets.${budget}\`: ${budgets[budget]}).`,
        context: { address: `Agent/${agent.name}`, budget },
      }),
    );
  return {
    used: () => used,
    check: () => {
      const book = bookOf();
      if (!book.ok) return book;
      const today = plus(book.value.known, book.value.unsaved);
      const cost = Math.max(0, ...Object.values(today.cost));
      if (budgets.tokensPerDay !== null && today.tokens >= budgets.tokensPerDay) return over("its tokens of today", "tokensPerDay");
      if (budgets.costPerDay !== null && cost >= budgets.costPerDay) return over("its money of today", "costPerDay");
      if (budgets.costPerMessage !== null && messageCost > 0 && messageCost >= budgets.costPerMessage)
        return over("the money for one message", "costPerMessage");
      if (budgets.tokensPerSession !== null && used.tokens >= budgets.tokensPerSession)
        return over("the tokens of this conversation", "tokensPerSession");
      if (budgets.toolCallsPerSession !== null && used.toolCalls >= budgets.toolCallsPerSession)
        return over("the tool calls of this conversation", "toolCallsPerSession");
      return ok(undefined);
    },
    spent: (usage, cost) => {
      const tokens = tokensOf(usage);
      used = { ...used, tokens: used.tokens + tokens };
      messageCost += cost?.amount ?? 0;
      const book = bookOf();
      if (!book.ok) return;
      const { unsaved } = book.value;
      book.value.unsaved = plus(unsaved, { day: unsaved.day, tokens, cost: costOf(cost) });
    },
    toolCalled: () => {
      used = { ...used, toolCalls: used.toolCalls + 1 };
    },
  };
}

/** What a provider does not say stays unknown, and is not counted. */
function tokensOf({ inputTokens, outputTokens }: Usage): number {
  return (inputTokens ?? 0) + (outputTokens ?? 0);
}

function costOf(cost: Turn["cost"]): Day["cost"] {
  return cost ? { [cost.currency]: cost.amount } : {};
}

function loadDay(records: SealedRecords, life: string, day: string): Result<Day> {
  const slot = records.get(spendSlot(life));
  if (!slot.ok) return slot;
  const json = slot.value && (JSON.parse(Buffer.from(slot.value.head).toString("utf8")) as Json);
  if (!isObject(json) || json["day"] !== day) return ok(nothing(day));
  return ok(json as unknown as Day);
}

function nothing(day: string): Day {
  return { day, tokens: 0, cost: {} };
}

function isNothing({ tokens, cost }: Day): boolean {
  return tokens === 0 && Object.values(cost).every((amount) => amount === 0);
}

function plus(a: Day, b: Day): Day {
  const cost = { ...a.cost };
  for (const [currency, amount] of Object.entries(b.cost)) cost[currency] = (cost[currency] ?? 0) + amount;
  return { day: a.day, tokens: a.tokens + b.tokens, cost };
}

function negative(cost: Day["cost"]): Day["cost"] {
  return Object.fromEntries(Object.entries(cost).map(([currency, amount]) => [currency, -amount]));
}
