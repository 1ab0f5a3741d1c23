import { isObject, type Json, type JsonObject } from "../../../core/index.ts";
import type { Finish, Usage } from "../types.ts";
import { Fault } from "./fault.ts";
import { send, type HttpAnswer } from "./http.ts";
import {
  belowVersion,
  countIn,
  errorWords,
  notItsProtocol,
  objectIn,
  refuseFailure,
  textIn,
  plainMessages,
  type Line,
  type Piece,
  type Question,
} from "./protocol.ts";
import { eventData, lookingLikeEvents } from "./sse.ts";

/** The version of the Messages API that is spoken here; a header of the provider may name another. */
const VERSION = "2023-06-01";
/** The API wants a limit for each answer. */
const DEFAULT_MAX_TOKENS = 4_096;
/** Tokens to think with; the API takes no fewer than 1,024. */
const THINKING = { off: 0, minimal: 0, low: 1_024, medium: 4_096, high: 16_384 } as const;

const FINISH: Readonly<Record<string, Finish>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  refusal: "filtered",
};

/** Asks a server that speaks Anthropic's Messages API, streaming. */
export async function* askAnthropic(question: Question, line: Line): AsyncGenerator<Piece, void> {
  const answer = await send({
    url: belowVersion(line.endpoint, "/messages"),
    method: "POST",
    headers: { "anthropic-version": VERSION, ...line.headers, "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify(bodyOf(question)),
    bounds: line.bounds,
    signal: line.signal,
  });
  await refuseFailure(answer, line.wallClock);
  yield* streamed(answer);
}

function bodyOf({ system, messages, choice }: Question): JsonObject {
  const budget = THINKING[choice.thinking ?? "off"];
  const maxTokens = choice.maxTokens ?? DEFAULT_MAX_TOKENS + budget;
  // Thinking is part of the answer's limit: where it does not fit, it is left out.
  const thinks = budget > 0 && budget < maxTokens;
  return {
    model: choice.model,
    max_tokens: maxTokens,
    messages: plainMessages(messages).map(({ role, text }) => ({ role, content: text })),
    stream: true,
    ...(system === "" ? {} : { system }),
    // A model that thinks takes neither of these.
    ...(choice.temperature === undefined || thinks ? {} : { temperature: choice.temperature }),
    ...(choice.topP === undefined || thinks ? {} : { top_p: choice.topP }),
    ...(choice.stop === undefined ? {} : { stop_sequences: [...choice.stop] }),
    ...(thinks ? { thinking: { type: "enabled", budget_tokens: budget } } : {}),
  };
}

async function* streamed(answer: HttpAnswer): AsyncGenerator<Piece, void> {
  let usage: Usage = { inputTokens: null, outputTokens: null };
  let finish: Finish | undefined;
  for await (const data of eventData(lookingLikeEvents(answer))) {
    const event = objectIn(data);
    const type = textIn(event, "type");
    if (type === "") throw notItsProtocol(data);
    switch (type) {
      case "error":
        throw reported(event);
      case "message_start":
        usage = usageAfter(usage, isObject(event["message"]) ? event["message"]["usage"] : undefined);
        break;
      case "content_block_delta":
        yield* textOf(event["delta"]);
        break;
      case "message_delta":
        usage = usageAfter(usage, event["usage"]);
        finish = finishOf(event["delta"]) ?? finish;
        break;
      case "message_stop":
        yield { kind: "usage", usage };
        yield { kind: "end", finish: finish ?? "other" };
        return;
      default:
        // Events of later versions, and pings, are passed over.
        break;
    }
  }
  throw new Fault({ detail: "closed the connection before the answer was complete", isPassing: true });
}

/** An error may come inside a stream that began well: too much load, a failure behind it. */
function reported(event: JsonObject): Fault {
  const words = errorWords(JSON.stringify(event));
  return new Fault({ detail: "reported an error while answering", isPassing: true, ...(words === undefined ? {} : { words }) });
}

function* textOf(delta: Json | undefined): Generator<Piece, void> {
  const [text, thinking] = [textIn(delta, "text"), textIn(delta, "thinking")];
  if (thinking !== "") yield { kind: "thinking", text: thinking };
  if (text !== "") yield { kind: "text", text };
}

/** Counts are cumulative, and each event may hold a part of them. What was written to a cache was read, too. */
function usageAfter(before: Usage, usage: Json | undefined): Usage {
  const input = countIn(usage, "input_tokens");
  const cached = (countIn(usage, "cache_creation_input_tokens") ?? 0) + (countIn(usage, "cache_read_input_tokens") ?? 0);
  return {
    inputTokens: input === null ? before.inputTokens : input + cached,
    outputTokens: countIn(usage, "output_tokens") ?? before.outputTokens,
  };
}

function finishOf(delta: Json | undefined): Finish | undefined {
  const reason = textIn(delta, "stop_reason");
  if (reason === "") return undefined;
  return (Object.hasOwn(FINISH, reason) ? FINISH[reason] : undefined) ?? "other";
}
