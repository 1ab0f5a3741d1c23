import { setTimeout as sleep } from "node:timers/promises";
import { fail, LIMITS, ok, problem, shown, unreachable, type Diagnostic, type JsonObject, type Result } from "../../core/index.ts";
import type { LoadedProvider, ModelChoice, SpokenProtocol } from "../load/index.ts";
import { headersFor } from "./headers.ts";
import { placeAt } from "./pace.ts";
import type { Mask } from "../vault/index.ts";
import {
  askModelFile,
  askProvider,
  Fault,
  refuseOtherModel,
  type FaultParts,
  type Line,
  type Piece,
  type Question,
} from "./providers/index.ts";
import type { Carry, Delta, Finish, ToolCall, TurnPorts, TurnRequest, Usage } from "./types.ts";

/** What one provider answered, and what it took. */
export interface Answered {
  readonly text: string;
  readonly finish: Finish;
  readonly usage: Usage;
  readonly calls: readonly ToolCall[];
  readonly carry: Carry | null;
  /** By the clock of the ports; null when there was no text. */
  readonly firstTextAt: number | null;
}

/** How asking went so far, also when it failed. */
export interface Progress {
  requests: number;
  /** A person has seen a part of an answer: asking again would show two answers. */
  isShown: boolean;
}

type Ask = Pick<TurnRequest, "vault" | "signal" | "onDelta" | "models"> & { readonly showThinking: boolean };

/** The longest a Node timer can be set. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Asks one model of one provider: credentials opened, one overall deadline, retries with growing and
 * jittered pauses for as long as nothing was shown and the failure may pass.
 */
export async function askChoice(
  choice: ModelChoice,
  provider: LoadedProvider,
  question: Omit<Question, "choice">,
  ask: Ask,
  ports: TurnPorts,
  progress: Progress,
): Promise<Result<Answered>> {
  const { protocol } = provider;
  if (protocol === null || provider.lacks.length > 0) return fail(inert(provider));
  const headers = await headersFor(provider, ask.vault);
  if (!headers.ok) return headers;
  const timeoutMs = choice.timeoutMs ?? provider.timeoutMs;
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), Math.min(timeoutMs, MAX_TIMER_MS));
  const line: Line = {
    endpoint: provider.endpoint ?? "",
    headers: headers.value.headers.open(),
    bounds: boundsOf(timeoutMs, provider),
    tls: provider.tls,
    signal: AbortSignal.any([ask.signal, deadline.signal]),
    wallClock: ports.wallClock,
  };
  const attempt: Attempt = {
    choice,
    provider,
    protocol,
    question: { ...question, choice: { ...provider.models.get(choice.model)?.defaults, ...choice } },
    line,
    mask: headers.value.mask,
    ask,
    ports,
    progress,
  };
  try {
    return await withRetries(attempt, deadline.signal, ports.now() + timeoutMs);
  } finally {
    clearTimeout(timer);
  }
}

interface Attempt {
  readonly choice: ModelChoice;
  readonly provider: LoadedProvider;
  readonly protocol: SpokenProtocol;
  readonly question: Question;
  readonly line: Line;
  readonly mask: Mask;
  readonly ask: Ask;
  readonly ports: TurnPorts;
  readonly progress: Progress;
}

async function withRetries(attempt: Attempt, deadline: AbortSignal, endsAt: number): Promise<Result<Answered>> {
  const { provider, ports, progress, ask } = attempt;
  let before: Fault | undefined;
  for (let tried = 0; ; tried++) {
    let fault: Fault;
    try {
      return ok(await askInTurn(attempt));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      fault = error;
    }
    if (ask.signal.aborted) return fail(stopped());
    if (deadline.aborted) return fail(explain(tooLate(attempt, before), attempt));
    const pauseMs = pauseBefore(tried, fault.parts, provider.backoffMs, ports.random);
    const mayRetry = fault.parts.isPassing === true && !progress.isShown && tried < provider.retries;
    if (!mayRetry || pauseMs > LIMITS.providerPauseMs || ports.now() + pauseMs >= endsAt) return fail(explain(fault.parts, attempt));
    before = fault;
    await sleep(pauseMs, undefined, { signal: attempt.line.signal }).catch(() => undefined);
    if (ask.signal.aborted) return fail(stopped());
  }
}

/** Within the provider's `limits`: what waits too long for its turn ends like every question that takes too long. */
async function askInTurn(attempt: Attempt): Promise<Answered> {
  const place = await placeAt(attempt.provider, attempt.ports.now, attempt.line.signal);
  if (!place) throw new Fault({ detail: "was not asked: its `limits` left no room in time", isPassing: true });
  let tokens = 0;
  try {
    const answered = await askOnce(attempt);
    tokens = (answered.usage.inputTokens ?? 0) + (answered.usage.outputTokens ?? 0);
    return answered;
  } finally {
    place.done(tokens);
  }
}

async function askOnce(attempt: Attempt): Promise<Answered> {
  const { choice, provider, protocol, line, mask, ask, ports, progress } = attempt;
  const show = shower(mask, ask, progress);
  let text = "";
  let firstTextAt: number | null = null;
  let usage: Usage = { inputTokens: null, outputTokens: null };
  let finish: Finish = "other";
  const calls: ToolCall[] = [];
  const carried: JsonObject[] = [];
  progress.requests++;
  const digest = provider.models.get(choice.model)?.digest;
  if (protocol === "ollama" && digest) await refuseOtherModel(choice.model, digest, line);
  for await (const piece of piecesOf(attempt)) {
    switch (piece.kind) {
      case "usage":
        usage = piece.usage;
        break;
      case "end":
        finish = piece.finish;
        break;
      case "call":
        calls.push({ ...piece.call, input: whole(mask, piece.call.input) });
        break;
      case "carry":
        carried.push(piece.part);
        break;
      case "thinking":
        show(piece);
        break;
      case "text":
        firstTextAt ??= ports.now();
        text += show(piece);
        break;
      default:
        unreachable(piece);
    }
  }
  text += show(null);
  const carry = carried.length === 0 ? null : { provider: provider.name, model: choice.model, parts: carried };
  return { text, finish, usage, firstTextAt, calls, carry };
}

/** A model that is a file here is asked here; everything else goes over the provider's protocol. */
function piecesOf({ choice, provider, protocol, question, line, ask }: Attempt): AsyncGenerator<Piece, void> {
  const facts = provider.models.get(choice.model);
  if (protocol !== "llama-cpp" || !facts || facts.file === null) return askProvider(protocol, question, line);
  if (!ask.models) throw new Fault({ detail: "is answered by a model file, and none are asked here" });
  const file = { path: facts.file, digest: facts.digest, contextTokens: facts.contextWindow ?? LIMITS.localModelUsualContext };
  return askModelFile(ask.models, file, question, line.signal, line.bounds.maxResponseBytes);
}

function whole(mask: Mask, text: string): string {
  const stream = mask.stream();
  return stream.push(text) + stream.end();
}

/** Masks and hands on pieces; returns what of them is text. Null ends: what was held back comes out. */
function shower(mask: Mask, { onDelta, showThinking }: Ask, progress: Progress): (piece: Delta | null) => string {
  const streams = { text: mask.stream(), thinking: mask.stream() };
  const emit = (kind: Delta["kind"], text: string): string => {
    if (text === "" || (kind === "thinking" && !showThinking)) return "";
    progress.isShown = true;
    onDelta({ kind, text });
    return kind === "text" ? text : "";
  };
  return (piece) =>
    piece
      ? emit(piece.kind, streams[piece.kind].push(piece.text))
      : emit("thinking", streams.thinking.end()) + emit("text", streams.text.end());
}

function boundsOf(timeoutMs: number, provider: LoadedProvider): Line["bounds"] {
  return {
    connectMs: Math.min(LIMITS.providerConnectMs, timeoutMs),
    // A slow beginning leaves a quarter for the answer, or for an honest failure before the deadline.
    firstByteMs: Math.min(Math.ceil(timeoutMs * 0.75), MAX_TIMER_MS),
    idleMs: Math.min(LIMITS.providerIdleMs, Math.ceil(timeoutMs / 2)),
    maxResponseBytes: provider.maxResponseBytes,
  };
}

/** Twice as long each time, shortened by up to a half at random so that many clients do not come back together. */
function pauseBefore(tried: number, fault: FaultParts, backoffMs: number, random: () => number): number {
  const own = backoffMs * 2 ** tried * (0.5 + random() / 2);
  return Math.max(own, fault.retryAfterMs ?? 0);
}

/** The deadline says little by itself; what went wrong before it says more. */
function tooLate({ choice, provider }: Attempt, before: Fault | undefined): FaultParts {
  const detail = `did not answer within ${choice.timeoutMs ?? provider.timeoutMs} ms`;
  return before ? { ...before.parts, detail: `${detail}; at first it ${before.parts.detail}` } : { detail };
}

/** Our words, then the provider's: masked, escaped and shortened. */
function explain(fault: FaultParts, { choice, provider, mask, progress }: Attempt): Diagnostic {
  const code = fault.code ?? "PROVIDER_UNAVAILABLE";
  const who = `ModelProvider/${provider.name} (model ${shown(choice.model)})`;
  const cut = progress.isShown ? " A part of the answer was shown; it is not recorded." : "";
  const { credentials } = provider;
  return problem(code, {
    detail: `${who} ${fault.detail}.${quoted(fault.words, mask)}${cut}`,
    ...(code === "PROVIDER_AUTH" && credentials
      ? { remedy: `Check the key, and set it again if it is wrong:\nmoltbot secret set ${credentials.secret} ${credentials.key}` }
      : fault.remedy === undefined
        ? {}
        : { remedy: fault.remedy }),
    context: { address: `ModelProvider/${provider.name}`, model: choice.model, requests: progress.requests },
  });
}

const MAX_WORDS = 400;

function quoted(words: string | undefined, mask: Mask): string {
  if (words === undefined) return "";
  const safe = mask.words(words);
  return safe === undefined
    ? " Its words are not shown: the credential is too short to be recognised in them."
    : ` It said: ${shown(safe.replace(/\s+/g, " ").trim(), MAX_WORDS)}.`;
}

function inert(provider: LoadedProvider): Diagnostic {
  const address = `ModelProvider/${provider.name}`;
  const { credentials } = provider;
  const isPending = provider.lacks.includes("secret value") && credentials !== null;
  return problem("INERT", {
    detail: `${address} cannot be asked: it needs ${provider.lacks.join(", ")}.`,
    ...(isPending ? { remedy: `moltbot secret set ${credentials.secret} ${credentials.key}` } : {}),
    context: { address },
  });
}

export function stopped(): Diagnostic {
  return problem("TURN_STOPPED", {
    detail: "The question was stopped before the answer was complete. Nothing of this exchange is recorded.",
  });
}
