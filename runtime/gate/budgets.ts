import { canonicalJson, digestJson, fail, isObject, ok, problem, type Diagnostic, type Result } from "../../core/index.ts";
import type { Live, LiveAgent, LiveOwner } from "../live/index.ts";
import type { Run } from "../run/index.ts";
import type { SealedRecords } from "../store/index.ts";
import type { SessionStates } from "./session-state.ts";
import type { Budgets, BudgetUse, Usage } from "./types.ts";

/** What an agent spent in one day (UTC). */
interface Day {
  readonly tokens: number;
  /** By currency. */
  readonly cost: Readonly<Record<string, number>>;
  /** A provider did not say what it used: budgets of the day cannot be kept any more. */
  readonly isUnknown: boolean;
}

/** What one run spent, and how often it asked. */
interface RunSpending {
  steps: number;
  readonly cost: Map<string, number>;
  /** A provider did not say what it used: a budget of tokens or money cannot be kept any more. */
  isUnknown: boolean;
}

export interface BudgetWorld {
  readonly live: Live;
  readonly records: SealedRecords;
  readonly sessions: SessionStates;
}

const NOTHING: Day = { tokens: 0, cost: {}, isUnknown: false };
const PER = 1_000_000;

/** Counts what agents spend, durably, and says when they must stop. Where it cannot be known, they must. */
export function newBudgets({
  live,
  records,
  sessions,
}: BudgetWorld): Budgets & { readonly finish: (run: string) => void; readonly close: () => void } {
  const running = new Map<string, Set<string>>();
  const spending = new Map<string, RunSpending>();
  const place = (run: Run): Result<{ readonly owner: LiveOwner; readonly agent: LiveAgent }> => live.agent(run.owner, run.agent);
  const slot = (run: Pick<Run, "owner">, agent: LiveAgent): string => {
    const whose = digestJson([run.owner, accountOf(agent)]).slice("sha256:".length, "sha256:".length + 32);
    return `gate/day/${whose}/${live.now().toISOString().slice(0, 10)}`;
  };
  const days = newDays(records);
  const today = (run: Run, agent: LiveAgent): Result<Day> => days.of(slot(run, agent));
  const ofRun = (id: string): RunSpending => {
    const known = spending.get(id) ?? { steps: 0, cost: new Map(), isUnknown: false };
    spending.set(id, known);
    return known;
  };
  const finish = (id: string): void => void spending.delete(id);
  const usedBy = (owner: LiveOwner, agent: LiveAgent): readonly BudgetUse[] => {
    const { tokensPerDay, costPerDay } = agent.budgets;
    if (tokensPerDay === null && costPerDay === null) return [];
    const day = days.of(slot(owner, agent));
    if (!day.ok) return [];
    const of = { owner: owner.owner, agent: agent.name };
    const cost = Math.max(0, ...Object.values(day.value.cost));
    return [
      ...(tokensPerDay === null ? [] : [{ ...of, budget: "tokensPerDay" as const, used: day.value.tokens, limit: tokensPerDay }]),
      ...(costPerDay === null ? [] : [{ ...of, budget: "costPerDay" as const, used: cost, limit: costPerDay }]),
    ];
  };
  return {
    finish,
    close: days.close,
    today: (most) => {
      const state = live.state();
      if (!state.ok) return [];
      const agents = [...state.value.owners.values()].flatMap((owner) =>
        [...owner.agents.values()].map((agent) => [owner, agent] as const),
      );
      const bounded = agents.filter(([, { budgets }]) => budgets.tokensPerDay !== null || budgets.costPerDay !== null);
      return bounded.slice(0, most).flatMap(([owner, agent]) => usedBy(owner, agent));
    },
    begin: (run) => {
      const found = place(run);
      if (!found.ok) return found;
      const { budgets } = found.value.agent;
      const key = `${run.owner} ${accountOf(found.value.agent)}`;
      const open = running.get(key) ?? new Set();
      if (budgets.concurrentSessions !== null && open.size >= budgets.concurrentSessions && !open.has(run.session))
        return fail(spent(run, `${open.size} sessions run at once; budgets.concurrentSessions allows ${budgets.concurrentSessions}`));
      const day = budgets.tokensPerDay === null && budgets.costPerDay === null ? ok(NOTHING) : today(run, found.value.agent);
      if (!day.ok) return day;
      const over = overDay(day.value, found.value.agent);
      if (over !== undefined) return fail(spent(run, over));
      running.set(key, open.add(run.session));
      return ok({
        end: () => {
          open.delete(run.session);
          if (open.size === 0) running.delete(key);
          finish(run.id);
        },
      });
    },
    mayAsk: (run, model) => {
      const found = place(run);
      if (!found.ok) return found;
      const { owner, agent } = found.value;
      const session = sessions.of(run.session);
      if (!session.ok) return session;
      const mine = ofRun(run.id);
      const priced = checkPrice(owner, agent, model);
      if (priced) return fail(priced);
      const day = today(run, agent);
      if (!day.ok) return day;
      const over = overDay(day.value, agent) ?? overRun(mine, agent) ?? overSession(session.value.tokens, agent) ?? unknownOf(mine, agent);
      if (over !== undefined) return fail(spent(run, over));
      mine.steps++;
      return ok(undefined);
    },
    spent: (run, usage) => {
      const found = place(run);
      if (!found.ok) return found;
      const tokens = (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0);
      const cost = costOf(found.value.owner, usage);
      const mine = ofRun(run.id);
      const isUnknown = usage.inputTokens === null || usage.outputTokens === null;
      if (isUnknown) mine.isUnknown = true;
      if (cost) mine.cost.set(cost.currency, (mine.cost.get(cost.currency) ?? 0) + cost.amount);
      const kept = days.add(
        slot(run, found.value.agent),
        { tokens, isUnknown, cost: cost ? { [cost.currency]: cost.amount } : {} },
        isBounded(found.value.agent),
      );
      if (!kept.ok) return kept;
      const session = sessions.of(run.session);
      if (!session.ok) return session;
      session.value.tokens += tokens;
      if (found.value.agent.budgets.tokensPerSession === null) {
        sessions.touch(run.session);
        return ok(cost);
      }
      const saved = sessions.save(run.session);
      return saved.ok ? ok(cost) : saved;
    },
  };
}

/** Who was made like a declared agent spends of what that one may: more of them are not more money. */
function accountOf({ judgedAs }: LiveAgent): string {
  return judgedAs.metadata.name;
}

/** What is written of a day at once, where a budget counts it; else so much later, all of it together. */
const DAYS_MS = 1_000;

interface Days {
  readonly of: (slot: string) => Result<Day>;
  /** @param isNow - Durable when it returns. Else it may be lost with the process: no budget counts it. */
  readonly add: (slot: string, more: Day, isNow: boolean) => Result<void>;
  readonly close: () => void;
}

function newDays(records: SealedRecords): Days {
  const unwritten = new Map<string, Day>();
  let timer: NodeJS.Timeout | undefined;
  const write = (slot: string, more: Day): Result<void> => {
    const written = records.change(slot, (before) => ({
      head: Buffer.from(canonicalJson({ v: 1, ...together(before ? decodeDay(before.head) : NOTHING, more) })),
      value: undefined,
    }));
    if (written.ok) unwritten.delete(slot);
    return written.ok ? ok(undefined) : written;
  };
  const flush = (): void => {
    timer = undefined;
    for (const [slot, more] of unwritten) if (!write(slot, more).ok) unwritten.delete(slot);
  };
  return {
    of: (slot) => {
      const found = records.get(slot);
      if (!found.ok) return found;
      return ok(together(found.value ? decodeDay(found.value.head) : NOTHING, unwritten.get(slot) ?? NOTHING));
    },
    add: (slot, more, isNow) => {
      const all = together(unwritten.get(slot) ?? NOTHING, more);
      if (isNow) return write(slot, all);
      unwritten.set(slot, all);
      timer ??= setTimeout(flush, DAYS_MS).unref();
      return ok(undefined);
    },
    close: () => {
      clearTimeout(timer);
      flush();
    },
  };
}

function together(a: Day, b: Day): Day {
  const cost = { ...a.cost };
  for (const [currency, amount] of Object.entries(b.cost)) cost[currency] = (cost[currency] ?? 0) + amount;
  return { tokens: a.tokens + b.tokens, cost, isUnknown: a.isUnknown || b.isUnknown };
}

function isBounded({ budgets }: LiveAgent): boolean {
  return budgets.tokensPerDay !== null || budgets.costPerDay !== null;
}

/** What one request cost; null where prices or usage are not known. What is not paid for costs nothing. */
function costOf({ active }: LiveOwner, usage: Usage): { readonly currency: string; readonly amount: number } | null {
  const { inputTokens, outputTokens } = usage;
  const prices = active.loaded.providers.get(usage.provider)?.models.get(usage.model)?.prices;
  if (!prices || inputTokens === null || outputTokens === null) return null;
  if (prices.input === null || prices.output === null) return null;
  return { currency: prices.currency, amount: (inputTokens * prices.input + outputTokens * prices.output) / PER };
}

/** A budget in money holds only where everything has a price; an unknown one is not zero. */
function checkPrice(
  { active, isMetered }: LiveOwner,
  { budgets, address }: LiveAgent,
  model: Pick<Usage, "provider" | "model">,
): Diagnostic | undefined {
  if (budgets.costPerDay === null && budgets.costPerMessage === null) return undefined;
  if (!isMetered(model.provider, model.model)) return undefined;
  const prices = active.loaded.providers.get(model.provider)?.models.get(model.model)?.prices;
  if (prices && prices.input !== null && prices.output !== null) return undefined;
  return problem("PRICE_UNKNOWN", {
    detail: `${address} has a budget in money, and ModelProvider/${model.provider} does not say what ${model.model} costs.`,
    remedy: "Declare `models[].prices` of the ModelProvider, or bound tokens instead.",
    context: { address },
  });
}

function overDay({ tokens, cost, isUnknown }: Day, { budgets }: LiveAgent): string | undefined {
  const bound = (["tokensPerDay", "costPerDay"] as const).find((each) => budgets[each] !== null);
  if (isUnknown && bound !== undefined) return `a provider did not say what it used today, so budgets.${bound} cannot be kept`;
  if (budgets.tokensPerDay !== null && tokens >= budgets.tokensPerDay)
    return `${tokens} tokens were used today; budgets.tokensPerDay is ${budgets.tokensPerDay}`;
  const most = Math.max(0, ...Object.values(cost));
  return budgets.costPerDay !== null && most >= budgets.costPerDay
    ? `${most.toFixed(4)} was spent today; budgets.costPerDay is ${budgets.costPerDay}`
    : undefined;
}

function overRun({ steps, cost }: RunSpending, { budgets }: LiveAgent): string | undefined {
  if (budgets.stepsPerMessage !== null && steps >= budgets.stepsPerMessage)
    return `the model was asked ${steps} times for this message; budgets.stepsPerMessage is ${budgets.stepsPerMessage}`;
  const most = Math.max(0, ...cost.values());
  return budgets.costPerMessage !== null && most >= budgets.costPerMessage
    ? `${most.toFixed(4)} was spent on this message; budgets.costPerMessage is ${budgets.costPerMessage}`
    : undefined;
}

function overSession(tokens: number, { budgets }: LiveAgent): string | undefined {
  return budgets.tokensPerSession !== null && tokens >= budgets.tokensPerSession
    ? `${tokens} tokens were used in this conversation; budgets.tokensPerSession is ${budgets.tokensPerSession}`
    : undefined;
}

const COUNTED = ["tokensPerDay", "tokensPerSession", "costPerDay", "costPerMessage"] as const;

function unknownOf({ isUnknown }: RunSpending, { budgets }: LiveAgent): string | undefined {
  const bound = COUNTED.find((each) => budgets[each] !== null);
  return isUnknown && bound !== undefined ? `the provider did not say what it used, so budgets.${bound} cannot be kept` : undefined;
}

function spent(run: Run, why: string): Diagnostic {
  return problem("BUDGET_SPENT", { detail: `Agent/${run.agent} must stop: ${why}.`, context: { address: `Agent/${run.agent}` } });
}

/** What is not of this form counts as spent: it was written by another version, and nobody knows how much it was. */
function decodeDay(bytes: Uint8Array): Day {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    if (isObject(value) && value["v"] === 1 && typeof value["tokens"] === "number" && isObject(value["cost"])) {
      const cost = Object.entries(value["cost"]).flatMap(([currency, amount]) =>
        typeof amount === "number" ? [[currency, amount] as const] : [],
      );
      return { tokens: value["tokens"], cost: Object.fromEntries(cost), isUnknown: value["isUnknown"] !== false };
    }
  } catch {
    // As below.
  }
  return { tokens: Number.MAX_SAFE_INTEGER, cost: { "": Number.MAX_VALUE }, isUnknown: true };
}
