import { isObject, type Json, type JsonObject } from "../../../core/index.ts";
import type { Finish } from "../types.ts";
import { Fault } from "./fault.ts";
import { send, type HttpAnswer } from "./http.ts";
import {
  addressOf,
  belowVersion,
  countIn,
  errorWords,
  firstIn,
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

const FINISH: Readonly<Record<string, Finish>> = { stop: "stop", length: "length", content_filter: "filtered" };

/** Asks a server that speaks OpenAI's chat completions, streaming. */
export function askOpenAi(question: Question, line: Line): AsyncGenerator<Piece, void> {
  return askAt(addressOf(line.endpoint, "/chat/completions"), question, line);
}

/** Asks llama.cpp's own server: the same protocol, whose base address is the server's. */
export function askLlamaCpp(question: Question, line: Line): AsyncGenerator<Piece, void> {
  return askAt(belowVersion(line.endpoint, "/chat/completions"), question, line);
}

async function* askAt(url: URL, question: Question, line: Line): AsyncGenerator<Piece, void> {
  const answer = await send({
    url,
    method: "POST",
    headers: { ...line.headers, "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify(bodyOf(question)),
    bounds: line.bounds,
    signal: line.signal,
  });
  await refuseFailure(answer, line.wallClock);
  // Some servers of this protocol do not stream and answer with one object.
  yield* answer.contentType === "application/json" ? whole(answer) : streamed(answer);
}

function bodyOf({ system, messages, choice }: Question): JsonObject {
  const said = plainMessages(messages).map(({ role, text }) => ({ role, content: text }));
  return {
    model: choice.model,
    messages: system === "" ? said : [{ role: "system", content: system }, ...said],
    stream: true,
    stream_options: { include_usage: true },
    ...(choice.temperature === undefined ? {} : { temperature: choice.temperature }),
    ...(choice.topP === undefined ? {} : { top_p: choice.topP }),
    ...(choice.maxTokens === undefined ? {} : { max_tokens: choice.maxTokens }),
    ...(choice.stop === undefined ? {} : { stop: choice.stop }),
    ...(choice.thinking === undefined ? {} : { reasoning_effort: choice.thinking === "off" ? "none" : choice.thinking }),
  };
}

async function* streamed(answer: HttpAnswer): AsyncGenerator<Piece, void> {
  let finish: Finish | undefined;
  let isDone = false;
  for await (const data of eventData(lookingLikeEvents(answer))) {
    if (data === "[DONE]") {
      isDone = true;
      break;
    }
    const chunk = objectIn(data);
    refuseError(chunk);
    if (isObject(chunk["usage"])) yield usageOf(chunk["usage"]);
    const choice = firstIn(chunk["choices"]);
    if (!isObject(choice)) continue;
    yield* textOf(choice["delta"]);
    finish = finishOf(choice["finish_reason"]) ?? finish;
  }
  if (!isDone && finish === undefined) throw new Fault({ detail: "closed the connection before the answer was complete", isPassing: true });
  yield { kind: "end", finish: finish ?? "other" };
}

async function* whole(answer: HttpAnswer): AsyncGenerator<Piece, void> {
  const body = await answer.text();
  const json = objectIn(body);
  refuseError(json);
  const choice = firstIn(json["choices"]);
  if (!isObject(choice)) throw notItsProtocol(body);
  yield* textOf(choice["message"]);
  if (isObject(json["usage"])) yield usageOf(json["usage"]);
  yield { kind: "end", finish: finishOf(choice["finish_reason"]) ?? "other" };
}

function* textOf(delta: Json | undefined): Generator<Piece, void> {
  const thinking = textIn(delta, "reasoning_content") || textIn(delta, "reasoning");
  if (thinking !== "") yield { kind: "thinking", text: thinking };
  const text = textIn(delta, "content") || textIn(delta, "refusal");
  if (text !== "") yield { kind: "text", text };
}

/** Errors also come inside a stream that began well. */
function refuseError(chunk: JsonObject): void {
  if (chunk["error"] === undefined || chunk["error"] === null) return;
  const words = errorWords(JSON.stringify(chunk));
  throw new Fault({ detail: "reported an error while answering", isPassing: true, ...(words === undefined ? {} : { words }) });
}

function usageOf(usage: JsonObject): Piece {
  return { kind: "usage", usage: { inputTokens: countIn(usage, "prompt_tokens"), outputTokens: countIn(usage, "completion_tokens") } };
}

function finishOf(reason: Json | undefined): Finish | undefined {
  if (typeof reason !== "string") return undefined;
  return (Object.hasOwn(FINISH, reason) ? FINISH[reason] : undefined) ?? "other";
}
