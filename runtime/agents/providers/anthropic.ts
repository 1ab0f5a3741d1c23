import { isArray, isObject, type Json, type JsonObject } from "../../../core/index.ts";
import type { Finish, Usage } from "../types.ts";
import { Fault } from "./fault.ts";
import type { HttpAnswer } from "./http.ts";
import {
  belowVersion,
  countIn,
  errorWords,
  firstIn,
  notItsProtocol,
  objectIn,
  textIn,
  type Line,
  type Piece,
  type Question,
} from "./protocol.ts";
import { askSdk, type Seen, type Wire } from "./sdk.ts";
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
  tool_use: "calls",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  refusal: "filtered",
};

/** Asks a server that speaks Anthropic's Messages API, streaming. */
export function askAnthropic(question: Question, line: Line): AsyncGenerator<Piece, void> {
  const url = belowVersion(line.endpoint, "/messages");
  return askSdk(question, line, {
    url,
    accept: "text/event-stream",
    headers: { "anthropic-version": VERSION },
    model: async (fetch) => {
      const { createAnthropic } = await import("@ai-sdk/anthropic");
      // The key goes with our own headers; the SDK only wants one to be there.
      return createAnthropic({ baseURL: url.origin, apiKey: "none", fetch }).languageModel(question.choice.model);
    },
    body: (body) => bodyOf(body, question),
    watch,
  });
}

function bodyOf({ messages, tools, system }: JsonObject, { choice }: Question): JsonObject {
  const budget = THINKING[choice.thinking ?? "off"];
  const maxTokens = choice.maxTokens ?? DEFAULT_MAX_TOKENS + budget;
  // Thinking is part of the answer's limit: where it does not fit, it is left out.
  const thinks = budget > 0 && budget < maxTokens;
  return {
    model: choice.model,
    max_tokens: maxTokens,
    messages: isArray(messages)
      ? messages.map((message) => (isObject(message) ? { ...message, content: plain(message["content"]) } : message))
      : [],
    stream: true,
    ...(system === undefined ? {} : { system: plain(system) }),
    ...(tools === undefined ? {} : { tools }),
    // A model that thinks takes neither of these.
    ...(choice.temperature === undefined || thinks ? {} : { temperature: choice.temperature }),
    ...(choice.topP === undefined || thinks ? {} : { top_p: choice.topP }),
    ...(choice.stop === undefined ? {} : { stop_sequences: [...choice.stop] }),
    ...(thinks ? { thinking: { type: "enabled", budget_tokens: budget } } : {}),
  };
}

/** One part that is text alone, as the text: servers that speak only the older form take it too. */
function plain(content: Json | undefined): Json {
  const only = isArray(content) && content.length === 1 ? firstIn(content) : undefined;
  return isObject(only) && only["type"] === "text" ? textIn(only, "text") : (content ?? "");
}

interface Sum {
  isWhole: boolean;
  usage: Usage;
  finish: Finish | null;
  /** Blocks that were begun: the SDK wants a beginning before each piece. */
  readonly begun: Set<number>;
}

function watch(answer: HttpAnswer): ReturnType<Wire["watch"]> {
  const sum: Sum = { isWhole: false, usage: { inputTokens: null, outputTokens: null }, finish: null, begun: new Set() };
  return { lines: streamed(answer, sum), end: (): Seen => sum };
}

async function* streamed(answer: HttpAnswer, sum: Sum): AsyncGenerator<string, void> {
  for await (const data of eventData(lookingLikeEvents(answer))) {
    const event = objectIn(data);
    const type = textIn(event, "type");
    if (type === "") throw notItsProtocol(data);
    if (type === "error") throw reported(event);
    note(event, type, sum);
    for (const known of knownEvents(event, type, sum)) yield `data: ${JSON.stringify(known)}\n\n`;
    if (sum.isWhole) return;
  }
}

/** An error may come inside a stream that began well: too much load, a failure behind it. */
function reported(event: JsonObject): Fault {
  const words = errorWords(JSON.stringify(event));
  return new Fault({ detail: "reported an error while answering", isPassing: true, ...(words === undefined ? {} : { words }) });
}

function note(event: JsonObject, type: string, sum: Sum): void {
  if (type === "message_start") sum.usage = usageAfter(sum.usage, isObject(event["message"]) ? event["message"]["usage"] : undefined);
  if (type === "message_delta") {
    sum.usage = usageAfter(sum.usage, event["usage"]);
    sum.finish = finishOf(event["delta"]) ?? sum.finish;
  }
  if (type === "message_stop") sum.isWhole = true;
}

/** What the SDK reads of an event, in the form it knows: events of later versions, and pings, are passed over. */
function* knownEvents(event: JsonObject, type: string, { begun }: Sum): Generator<JsonObject, void> {
  const index = countIn(event, "index") ?? 0;
  switch (type) {
    case "message_start":
      yield { type, message: { usage: { input_tokens: 0, output_tokens: 0 } } };
      return;
    case "content_block_start": {
      const block = blockOf(event["content_block"]);
      if (!block) return;
      begun.add(index);
      yield { type, index, content_block: block };
      return;
    }
    case "content_block_delta": {
      const delta = deltaOf(event["delta"]);
      if (!delta) return;
      if (!begun.has(index)) {
        begun.add(index);
        yield { type: "content_block_start", index, content_block: beginningOf(delta) };
      }
      yield { type, index, delta };
      return;
    }
    case "content_block_stop":
      if (begun.has(index)) yield { type, index };
      return;
    case "message_delta":
      yield {
        type,
        delta: { stop_reason: textIn(event["delta"], "stop_reason") || null, stop_sequence: null },
        usage: { output_tokens: 0 },
      };
      return;
    case "message_stop":
      yield { type };
      return;
    default:
      return;
  }
}

function blockOf(block: Json | undefined): JsonObject | undefined {
  const type = textIn(block, "type");
  if (type === "text") return { type, text: textIn(block, "text") };
  if (type === "thinking") return { type, thinking: textIn(block, "thinking") };
  if (type === "tool_use") return { type, id: textIn(block, "id"), name: textIn(block, "name") };
  if (type === "redacted_thinking") return { type, data: textIn(block, "data") };
  return undefined;
}

const DELTAS: Readonly<Record<string, string>> = {
  text_delta: "text",
  thinking_delta: "thinking",
  signature_delta: "signature",
  input_json_delta: "partial_json",
};

function deltaOf(delta: Json | undefined): JsonObject | undefined {
  const type = textIn(delta, "type");
  const key = Object.hasOwn(DELTAS, type) ? DELTAS[type] : undefined;
  return key === undefined ? undefined : { type, [key]: textIn(delta, key) };
}

function beginningOf(delta: JsonObject): JsonObject {
  return delta["type"] === "text_delta" ? { type: "text", text: "" } : { type: "thinking", thinking: "" };
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
