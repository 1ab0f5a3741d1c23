import { caution, escapeText, fail, LIMITS, ok, problem, shown, type Diagnostic, type Result } from "../../core/index.ts";
import type { LoadedProvider, ModelChoice } from "../load/index.ts";
import { askChoice, stopped, type Answered, type Progress } from "./ask.ts";
import type { FailedChoice, Message, Turn, TurnPorts, TurnRequest, Usage } from "./types.ts";

const REAL: TurnPorts = { now: () => performance.now(), wallClock: () => new Date(), random: Math.random };

/**
 * One message to an agent and its answer: the model first, then each fallback, as long as nothing of an
 * answer was shown. Succeeds with a warning for each model that failed before; fails with every reason.
 */
export async function runTurn(request: TurnRequest, ports: TurnPorts = REAL): Promise<Result<Turn>> {
  const bytes = Buffer.byteLength(request.message);
  if (bytes > LIMITS.messageBytes)
    return fail(
      problem("MESSAGE_TOO_LARGE", { detail: `The message has ${bytes} bytes; ${LIMITS.messageBytes} are allowed.`, context: { bytes } }),
    );
  const { timePerMessageMs } = request.agent;
  if (timePerMessageMs === null) return await firstAnswer(request, ports);
  const budget = new AbortController();
  const timer = setTimeout(() => budget.abort(), Math.min(timePerMessageMs, 2 ** 31 - 1));
  try {
    const result = await firstAnswer({ ...request, signal: AbortSignal.any([request.signal, budget.signal]) }, ports);
    return !result.ok && budget.signal.aborted && !request.signal.aborted ? fail(overBudget(request.agent.name, timePerMessageMs)) : result;
  } finally {
    clearTimeout(timer);
  }
}

async function firstAnswer(request: TurnRequest, ports: TurnPorts): Promise<Result<Turn>> {
  const startedAt = ports.now();
  const { kept, omitted } = recent(request.history);
  const messages: readonly Message[] = [...kept, { role: "user", text: request.message }];
  const progress: Progress = { requests: 0, isShown: false };
  const failures: Diagnostic[] = [];
  const failed: FailedChoice[] = [];
  for (const choice of request.agent.choices) {
    if (request.signal.aborted) return fail(stopped());
    const provider = request.providers.get(choice.provider);
    if (!provider) {
      failures.push(noProvider(request.agent.name, choice));
      continue;
    }
    const answered = await askChoice(
      choice,
      provider,
      { system: request.agent.system, messages },
      { ...request, showThinking: request.agent.showThinking },
      ports,
      progress,
    );
    if (answered.ok) {
      const latency = { firstTextMs: since(startedAt, answered.value.firstTextAt), totalMs: since(startedAt, ports.now()) };
      const turn = { ...turnOf(answered.value, choice, provider), latency, requests: progress.requests, failed, omitted };
      return ok(turn, failures.map(asWarning));
    }
    if (request.signal.aborted || progress.isShown) return fail(...failures, ...answered.diagnostics);
    failures.push(...answered.diagnostics);
    failed.push(...answered.diagnostics.map(({ code, detail }) => ({ provider: choice.provider, model: choice.model, code, detail })));
  }
  return fail(...failures);
}

function turnOf(
  answered: Answered,
  choice: ModelChoice,
  provider: LoadedProvider,
): Pick<Turn, "text" | "provider" | "model" | "finish" | "usage" | "cost"> {
  const { text, finish, usage } = answered;
  return { text, provider: choice.provider, model: choice.model, finish, usage, cost: costOf(usage, provider, choice.model) };
}

const PER_TOKENS = 1_000_000;

function costOf(usage: Usage, provider: LoadedProvider, model: string): Turn["cost"] {
  const prices = provider.models.get(model)?.prices;
  const { inputTokens, outputTokens } = usage;
  if (!prices || prices.input === null || prices.output === null || inputTokens === null || outputTokens === null) return null;
  return { currency: prices.currency, amount: (inputTokens * prices.input + outputTokens * prices.output) / PER_TOKENS };
}

/** The newest messages that fit, beginning with a user's, so that no answer stands without its question. */
function recent(history: readonly Message[]): { readonly kept: readonly Message[]; readonly omitted: number } {
  let bytes = 0;
  let start = history.length;
  while (start > 0) {
    bytes += Buffer.byteLength(history[start - 1]?.text ?? "");
    if (bytes > LIMITS.historyBytes) break;
    start--;
  }
  while (start > 0 && start < history.length && history[start]?.role !== "user") start++;
  return { kept: history.slice(start), omitted: start };
}

function since<T extends number | null>(startedAt: number, at: T): T {
  return (at === null ? null : Math.round(at - startedAt)) as T;
}

/** Only what nobody manages can name a provider that is not there. */
function noProvider(agent: string, { provider, model }: ModelChoice): Diagnostic {
  return problem("INERT", {
    detail: `Agent/${escapeText(agent)} asks ModelProvider/${escapeText(provider)} for ${shown(model)}, and there is no such provider with it.`,
    context: { address: `Agent/${agent}` },
  });
}

function asWarning(diagnostic: Diagnostic): Diagnostic {
  return caution(diagnostic.code, { detail: diagnostic.detail, context: diagnostic.context });
}

function overBudget(agent: string, timeMs: number): Diagnostic {
  return problem("PROVIDER_UNAVAILABLE", {
    detail: `No answer within the ${timeMs} ms that Agent/${shown(agent)} gives one message (\`budgets.timePerMessage\`).`,
    context: { address: `Agent/${agent}` },
  });
}
