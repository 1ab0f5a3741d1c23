import { caution, escapeText, fail, ok, problem, shown, type Diagnostic, type Result } from "../../core/index.ts";
import type { LoadedProvider, ModelChoice } from "../load/index.ts";
import { askChoice, stopped, type Answered, type Progress } from "./ask.ts";
import type { FailedChoice, Message, ShownTool, Turn, TurnPorts, TurnRequest, Usage } from "./types.ts";

/** One answer of a model: text, or tools it wants. */
export interface Step extends Answered {
  readonly choice: ModelChoice;
  readonly cost: Turn["cost"];
  readonly failed: readonly FailedChoice[];
}

/**
 * Asks the agent's model, then each fallback, as long as nothing of an answer was shown. Succeeds with a
 * warning for each model that failed before; fails with every reason.
 */
export async function askStep(
  request: TurnRequest,
  said: { readonly messages: readonly Message[]; readonly tools: readonly ShownTool[] },
  ports: TurnPorts,
  progress: Progress,
): Promise<Result<Step>> {
  const { agent, providers, signal } = request;
  const failures: Diagnostic[] = [];
  const failed: FailedChoice[] = [];
  progress.isShown = false;
  for (const choice of agent.choices) {
    if (signal.aborted) return fail(stopped());
    const provider = providers.get(choice.provider);
    if (!provider) {
      failures.push(noProvider(agent.name, choice));
      continue;
    }
    const may = request.allowance?.mayAsk(choice) ?? ok(undefined);
    if (!may.ok) {
      failures.push(...may.diagnostics);
      failed.push(...failedBy(choice, may.diagnostics));
      continue;
    }
    const startedAt = ports.now();
    const question = { system: agent.system, ...said };
    const answered = await askChoice(choice, provider, question, { ...request, showThinking: agent.showThinking }, ports, progress);
    request.onAsked?.({ provider: choice.provider, model: choice.model, ms: Math.round(ports.now() - startedAt), ok: answered.ok });
    if (answered.ok) {
      request.allowance?.spent(choice, answered.value.usage);
      const cost = costOf(answered.value.usage, provider, choice.model);
      return ok({ ...answered.value, choice, cost, failed }, failures.map(asWarning));
    }
    if (signal.aborted || progress.isShown) return fail(...failures, ...answered.diagnostics);
    failures.push(...answered.diagnostics);
    failed.push(...failedBy(choice, answered.diagnostics));
  }
  return fail(...failures);
}

function failedBy({ provider, model }: ModelChoice, diagnostics: readonly Diagnostic[]): readonly FailedChoice[] {
  return diagnostics.map(({ code, detail }) => ({ provider, model, code, detail }));
}

const PER_TOKENS = 1_000_000;

function costOf(usage: Usage, provider: LoadedProvider, model: string): Turn["cost"] {
  const prices = provider.models.get(model)?.prices;
  const { inputTokens, outputTokens } = usage;
  if (!prices || prices.input === null || prices.output === null || inputTokens === null || outputTokens === null) return null;
  return { currency: prices.currency, amount: (inputTokens * prices.input + outputTokens * prices.output) / PER_TOKENS };
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
