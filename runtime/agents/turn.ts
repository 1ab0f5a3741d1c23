import { caution, fail, LIMITS, ok, problem, shown, type Diagnostic, type Result } from "../../core/index.ts";
import { stopped, type Progress } from "./ask.ts";
import { runCalls } from "./calls.ts";
import { recent } from "./recent.ts";
import { askStep, type Step } from "./step.ts";
import type { Message, Turn, TurnPorts, TurnRequest, Usage } from "./types.ts";

const REAL: TurnPorts = { now: () => performance.now(), wallClock: () => new Date(), random: Math.random };

/**
 * One message to an agent and its answer: the model is asked, the tools it wants are run, and it is asked
 * again with what they gave, until it answers without tools or a budget is spent. Past a budget the turn
 * ends cleanly, with what was said so far.
 */
export async function runTurn(request: TurnRequest, ports: TurnPorts = REAL): Promise<Result<Turn>> {
  const bytes = Buffer.byteLength(request.message);
  if (bytes > LIMITS.messageBytes)
    return fail(
      problem("MESSAGE_TOO_LARGE", { detail: `The message has ${bytes} bytes; ${LIMITS.messageBytes} are allowed.`, context: { bytes } }),
    );
  const { timePerMessageMs } = request.agent;
  if (timePerMessageMs === null) return await loop(request, ports);
  const budget = new AbortController();
  const timer = setTimeout(() => budget.abort(), Math.min(timePerMessageMs, 2 ** 31 - 1));
  try {
    const result = await loop({ ...request, signal: AbortSignal.any([request.signal, budget.signal]) }, ports);
    return !result.ok && budget.signal.aborted && !request.signal.aborted ? fail(overTime(request.agent.name, timePerMessageMs)) : result;
  } finally {
    clearTimeout(timer);
  }
}

/** What a turn has come to so far. */
interface Sum {
  readonly startedAt: number;
  readonly omitted: number;
  readonly progress: Progress;
  readonly warnings: Diagnostic[];
  readonly failed: Turn["failed"][number][];
  firstTextAt: number | null;
  usage: Usage;
  cost: Turn["cost"];
  isCostKnown: boolean;
  steps: number;
  toolCalls: number;
  last: Step | null;
  /** The same calls, asked for again and again. */
  repeated: { readonly calls: string; readonly times: number };
}

async function loop(request: TurnRequest, ports: TurnPorts): Promise<Result<Turn>> {
  const { kept, omitted } = recent(request.history);
  const { message, media } = request;
  const messages: Message[] = [...kept, { role: "user", text: message, ...(media && media.length > 0 ? { media } : {}) }];
  const sum = nothingYet(ports.now(), omitted);
  for (;;) {
    const spent = allowed(request, sum);
    if (!spent.ok) return endedByBudget(request, sum, ports, spent.diagnostics);
    const next = await oneStep(request, sum, messages, ports);
    if (!next.ok) return isSpent(next.diagnostics, sum) ? endedByBudget(request, sum, ports, next.diagnostics) : next;
    if (next.value.answer) return ok(next.value.answer, sum.warnings);
    if (next.value.over) return endedByBudget(request, sum, ports, [next.value.over]);
    if (request.signal.aborted) return fail(stopped());
  }
}

function allowed({ agent }: TurnRequest, { steps }: Sum): Result<void> {
  const bound = agent.conduct.budgets.stepsPerMessage ?? LIMITS.stepsPerMessage;
  return steps >= bound ? fail(overSteps(agent.name, bound)) : ok(undefined);
}

/** In the middle of a turn, a budget that is spent ends it; at its beginning there is nothing to end. */
function isSpent(diagnostics: readonly Diagnostic[], { steps }: Sum): boolean {
  return steps > 0 && diagnostics.some(({ code }) => code === "BUDGET_SPENT");
}

/** Asks the model once: an answer, a budget that is spent, or tools that were run and what they gave in `messages`. */
async function oneStep(
  request: TurnRequest,
  sum: Sum,
  messages: Message[],
  ports: TurnPorts,
): Promise<Result<{ readonly answer?: Turn; readonly over?: Diagnostic }>> {
  const offered = request.tools ? request.tools.offer() : ok([]);
  if (!offered.ok) return offered;
  const step = await askStep(request, { messages, tools: offered.value }, ports, sum.progress);
  if (!step.ok) return step;
  add(sum, step.value, step.warnings);
  const { calls, text, finish } = step.value;
  if (calls.length === 0) return ok({ answer: turnOf(sum, ports, text, finish) });
  const over = repeatedTooOften(request, sum, step.value);
  if (over) return ok({ over });
  const ran = await runCalls(step.value, offered.value, request);
  if (!ran.ok) return ran;
  sum.toolCalls += calls.length;
  messages.push(...ran.value);
  return ok({});
}

function nothingYet(startedAt: number, omitted: number): Sum {
  return {
    startedAt,
    omitted,
    progress: { requests: 0, isShown: false },
    warnings: [],
    failed: [],
    firstTextAt: null,
    usage: { inputTokens: 0, outputTokens: 0 },
    cost: null,
    isCostKnown: true,
    steps: 0,
    toolCalls: 0,
    last: null,
    repeated: { calls: "", times: 0 },
  };
}

function add(sum: Sum, step: Step, warnings: readonly Diagnostic[]): void {
  const { usage, cost } = step;
  sum.steps++;
  sum.warnings.push(...warnings);
  sum.failed.push(...step.failed);
  sum.firstTextAt ??= step.firstTextAt;
  sum.usage = {
    inputTokens: plus(sum.usage.inputTokens, usage.inputTokens),
    outputTokens: plus(sum.usage.outputTokens, usage.outputTokens),
  };
  sum.isCostKnown &&= cost !== null && (sum.cost === null || sum.cost.currency === cost.currency);
  sum.cost = cost && sum.isCostKnown ? { currency: cost.currency, amount: (sum.cost?.amount ?? 0) + cost.amount } : null;
  sum.last = step;
}

/** What is unknown of one step is unknown of all. */
function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function turnOf(sum: Sum, ports: TurnPorts, text: string, finish: Turn["finish"]): Turn {
  const { choice } = sum.last ?? { choice: { provider: "", model: "" } };
  return {
    text,
    provider: choice.provider,
    model: choice.model,
    finish,
    usage: sum.usage,
    cost: sum.isCostKnown ? sum.cost : null,
    latency: { firstTextMs: since(sum.startedAt, sum.firstTextAt), totalMs: since(sum.startedAt, ports.now()) },
    requests: sum.progress.requests,
    steps: sum.steps,
    toolCalls: sum.toolCalls,
    failed: sum.failed,
    omitted: sum.omitted,
  };
}

function since<T extends number | null>(startedAt: number, at: T): T {
  return (at === null ? null : Math.round(at - startedAt)) as T;
}

/** The turn ends with what was said, and says why there is no more. Before the first step there is nothing to end. */
function endedByBudget(request: TurnRequest, sum: Sum, ports: TurnPorts, why: readonly Diagnostic[]): Result<Turn> {
  if (sum.steps === 0) return fail(...why);
  const said = why.map(({ detail }) => detail).join(" ");
  const told = `${sum.last?.text ?? ""}${sum.last?.text ? "\n\n" : ""}I have to stop here. ${said}`;
  request.onDelta({ kind: "text", text: sum.last?.text ? told.slice(sum.last.text.length) : told });
  const warnings = why.map(({ code, detail, context }) => caution(code, { detail, context }));
  return ok(turnOf(sum, ports, told, "budget"), [...sum.warnings, ...warnings]);
}

function repeatedTooOften({ agent }: TurnRequest, sum: Sum, { calls }: Step): Diagnostic | undefined {
  const these = JSON.stringify(calls.map(({ tool, input }) => [tool, input]));
  sum.repeated = { calls: these, times: these === sum.repeated.calls ? sum.repeated.times + 1 : 1 };
  const bound = agent.conduct.budgets.repeatedToolCalls ?? LIMITS.repeatedToolCalls;
  return sum.repeated.times > bound
    ? spentBudget(
        agent.name,
        `asked ${sum.repeated.times} times in a row for the same tool calls; ${bound} are allowed (\`budgets.repeatedToolCalls\`)`,
      )
    : undefined;
}

function overSteps(agent: string, bound: number): Diagnostic {
  return spentBudget(agent, `took ${bound} steps for one message, the most it may take (\`budgets.stepsPerMessage\`)`);
}

function spentBudget(agent: string, what: string): Diagnostic {
  return problem("BUDGET_SPENT", { detail: `Agent/${shown(agent)} ${what}.`, context: { address: `Agent/${agent}` } });
}

function overTime(agent: string, timeMs: number): Diagnostic {
  return problem("PROVIDER_UNAVAILABLE", {
    detail: `No answer within the ${timeMs} ms that Agent/${shown(agent)} gives one message (\`budgets.timePerMessage\`).`,
    context: { address: `Agent/${agent}` },
  });
}
