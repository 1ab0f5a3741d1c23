import { isArray, isObject, type Json, type JsonObject } from "../../../core/index.ts";
import type { Finish, Usage } from "../types.ts";
import { Fault } from "./fault.ts";
import type { HttpAnswer } from "./http.ts";
import {
  addressOf,
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

const FINISH: Readonly<Record<string, Finish>> = {
  stop: "stop",
  length: "length",
  content_filter: "filtered",
  tool_calls: "calls",
  function_call: "calls",
};

/** Asks a server that speaks OpenAI's chat completions, streaming. */
export function askOpenAi(question: Question, line: Line): AsyncGenerator<Piece, void> {
  return askSdk(question, line, wireTo(addressOf(line.endpoint, "/chat/completions"), question));
}

/** Asks llama.cpp's own server: the same protocol, whose base address is the server's. */
export function askLlamaCpp(question: Question, line: Line): AsyncGenerator<Piece, void> {
  return askSdk(question, line, wireTo(belowVersion(line.endpoint, "/chat/completions"), question));
}

function wireTo(url: URL, { choice }: Question): Wire {
  return {
    url,
    accept: "text/event-stream",
    model: async (fetch) => {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      return createOpenAICompatible({ name: "provider", baseURL: url.origin, fetch }).chatModel(choice.model);
    },
    body: ({ model, messages, tools }) => ({
      model: model ?? choice.model,
      messages: messages ?? [],
      ...(tools === undefined ? {} : { tools }),
      stream: true,
      stream_options: { include_usage: true },
      ...(choice.temperature === undefined ? {} : { temperature: choice.temperature }),
      ...(choice.topP === undefined ? {} : { top_p: choice.topP }),
      ...(choice.maxTokens === undefined ? {} : { max_tokens: choice.maxTokens }),
      ...(choice.stop === undefined ? {} : { stop: choice.stop }),
      ...(choice.thinking === undefined ? {} : { reasoning_effort: choice.thinking === "off" ? "none" : choice.thinking }),
    }),
    watch,
  };
}

interface Sum {
  isDone: boolean;
  usage: Usage;
  finish: Finish | null;
}

function watch(answer: HttpAnswer): ReturnType<Wire["watch"]> {
  const sum: Sum = { isDone: false, usage: { inputTokens: null, outputTokens: null }, finish: null };
  // Some servers of this protocol do not stream and answer with one object.
  const lines = answer.contentType === "application/json" ? whole(answer, sum) : streamed(answer, sum);
  return { lines, end: (): Seen => ({ isWhole: sum.isDone || sum.finish !== null, usage: sum.usage, finish: sum.finish }) };
}

async function* streamed(answer: HttpAnswer, sum: Sum): AsyncGenerator<string, void> {
  for await (const data of eventData(lookingLikeEvents(answer))) {
    if (data === "[DONE]") {
      sum.isDone = true;
      break;
    }
    const chunk = objectIn(data);
    note(chunk, sum);
    yield eventOf(chunk);
  }
  yield* ending(sum);
}

async function* whole(answer: HttpAnswer, sum: Sum): AsyncGenerator<string, void> {
  const body = await answer.text();
  const json = objectIn(body);
  note(json, sum);
  const choice = firstIn(json["choices"]);
  if (!isObject(choice)) throw notItsProtocol(body);
  sum.isDone = true;
  const { message, finish_reason: reason } = choice;
  const calls =
    isObject(message) && isArray(message["tool_calls"])
      ? message["tool_calls"].map((call, index) => (isObject(call) ? { index, ...call } : call))
      : [];
  const delta = { ...(isObject(message) ? message : {}), ...(calls.length === 0 ? {} : { tool_calls: calls }) };
  yield eventOf({ choices: [{ index: 0, delta, finish_reason: reason ?? null }] });
  yield* ending(sum);
}

/** The SDK wants a reason at the end; whether the answer is whole without one is not its to say. */
function* ending({ finish }: Sum): Generator<string, void> {
  if (finish === null) yield eventOf({ choices: [{ delta: {}, finish_reason: "stop" }] });
  yield "data: [DONE]\n\n";
}

/** Only what the SDK reads is handed on, in the form it knows: a field of another form would fail the whole answer. */
function eventOf(chunk: JsonObject): string {
  const choice = firstIn(chunk["choices"]);
  const delta = isObject(choice) && isObject(choice["delta"]) ? choice["delta"] : {};
  const text = textIn(delta, "content") || textIn(delta, "refusal");
  const thinking = textIn(delta, "reasoning_content") || textIn(delta, "reasoning");
  const calls = delta["tool_calls"];
  const known: JsonObject = {
    ...(text === "" ? {} : { content: text }),
    ...(thinking === "" ? {} : { reasoning_content: thinking }),
    ...(isArray(calls) ? { tool_calls: calls.filter(isObject).map(callOf) } : {}),
  };
  const reason = isObject(choice) ? textIn(choice, "finish_reason") : "";
  return `data: ${JSON.stringify({ choices: [{ delta: known, finish_reason: reason === "" ? null : reason }] })}\n\n`;
}

function callOf(call: JsonObject, i: number): JsonObject {
  const made = isObject(call["function"]) ? call["function"] : {};
  const [id, name, text] = [textIn(call, "id"), textIn(made, "name"), made["arguments"]];
  const input = typeof text === "string" || text === undefined || text === null ? (text ?? "") : JSON.stringify(text);
  return {
    index: countIn(call, "index") ?? i,
    ...(id === "" ? {} : { id }),
    function: { ...(name === "" ? {} : { name }), arguments: input },
  };
}

function note(chunk: JsonObject, sum: Sum): void {
  refuseError(chunk);
  if (isObject(chunk["usage"]))
    sum.usage = { inputTokens: countIn(chunk["usage"], "prompt_tokens"), outputTokens: countIn(chunk["usage"], "completion_tokens") };
  const choice = firstIn(chunk["choices"]);
  if (isObject(choice)) sum.finish = finishOf(choice["finish_reason"]) ?? sum.finish;
}

/** Errors also come inside a stream that began well. */
function refuseError(chunk: JsonObject): void {
  if (chunk["error"] === undefined || chunk["error"] === null) return;
  const words = errorWords(JSON.stringify(chunk));
  throw new Fault({ detail: "reported an error while answering", isPassing: true, ...(words === undefined ? {} : { words }) });
}

function finishOf(reason: Json | undefined): Finish | undefined {
  if (typeof reason !== "string") return undefined;
  return (Object.hasOwn(FINISH, reason) ? FINISH[reason] : undefined) ?? "other";
}
