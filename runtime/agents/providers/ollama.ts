import { isArray, isObject, type Digest, type Json, type JsonObject } from "../../../core/index.ts";
import type { Finish, Usage } from "../types.ts";
import { Fault } from "./fault.ts";
import { send, type HttpAnswer } from "./http.ts";
import { addressOf, countIn, objectIn, refuseFailure, textIn, type Line, type Piece, type Question } from "./protocol.ts";
import { askSdk, type Seen, type Wire } from "./sdk.ts";

const FINISH: Readonly<Record<string, Finish>> = { stop: "stop", length: "length" };

/** Asks a server that speaks Ollama's chat API: one JSON object a line, the last with `done: true`. */
export function askOllama(question: Question, line: Line): AsyncGenerator<Piece, void> {
  const url = addressOf(line.endpoint, "/api/chat");
  return askSdk(question, line, {
    url,
    accept: "application/x-ndjson",
    model: async (fetch) => {
      const { createOllama } = await import("ollama-ai-provider-v2");
      return createOllama({ baseURL: url.origin, fetch }).chat(question.choice.model);
    },
    body: (body) => bodyOf(body, question),
    watch,
  });
}

function bodyOf({ messages, tools }: JsonObject, { choice }: Question): JsonObject {
  const options: Record<string, Json> = {};
  if (choice.temperature !== undefined) options["temperature"] = choice.temperature;
  if (choice.topP !== undefined) options["top_p"] = choice.topP;
  if (choice.maxTokens !== undefined) options["num_predict"] = choice.maxTokens;
  if (choice.stop !== undefined) options["stop"] = choice.stop;
  return {
    model: choice.model,
    messages: messages ?? [],
    ...(isArray(tools) && tools.length > 0 ? { tools } : {}),
    stream: true,
    options,
    ...(choice.thinking === undefined ? {} : { think: choice.thinking !== "off" }),
  };
}

interface Sum {
  isWhole: boolean;
  usage: Usage;
  finish: Finish | null;
}

function watch(answer: HttpAnswer): ReturnType<Wire["watch"]> {
  const sum: Sum = { isWhole: false, usage: { inputTokens: null, outputTokens: null }, finish: null };
  return { lines: streamed(answer, sum), end: (): Seen => sum };
}

async function* streamed(answer: HttpAnswer, sum: Sum): AsyncGenerator<string, void> {
  for await (const lines of answer.lines()) {
    for (const line of lines) {
      if (line.trim() === "") continue;
      const part = objectIn(line);
      note(part, sum);
      yield `${JSON.stringify(knownPart(part))}\n`;
      if (sum.isWhole) return;
    }
  }
}

function note(part: JsonObject, sum: Sum): void {
  if (typeof part["error"] === "string")
    throw new Fault({ detail: "reported an error while answering", words: part["error"], isPassing: true });
  if (part["done"] !== true) return;
  sum.isWhole = true;
  sum.usage = { inputTokens: countIn(part, "prompt_eval_count"), outputTokens: countIn(part, "eval_count") };
  const reason = textIn(part, "done_reason") || "stop";
  sum.finish = (Object.hasOwn(FINISH, reason) ? FINISH[reason] : undefined) ?? "other";
}

/** What the SDK reads of a line, whole: servers leave out what it insists on. */
function knownPart(part: JsonObject): JsonObject {
  const message = part["message"];
  const thinking = textIn(message, "thinking");
  const calls = isObject(message) ? message["tool_calls"] : undefined;
  return {
    model: textIn(part, "model"),
    created_at: textIn(part, "created_at") || "1970-01-01T00:00:00.000Z",
    done: part["done"] === true,
    message: {
      role: "assistant",
      content: textIn(message, "content"),
      ...(thinking === "" ? {} : { thinking }),
      ...(isArray(calls) ? { tool_calls: calls.filter(isObject).map(callOf) } : {}),
    },
    ...(part["done"] === true ? { done_reason: textIn(part, "done_reason") || "stop", eval_count: 0, prompt_eval_count: 0 } : {}),
  };
}

function callOf(call: JsonObject): JsonObject {
  const made = isObject(call["function"]) ? call["function"] : {};
  return { function: { name: textIn(made, "name"), arguments: made["arguments"] ?? {} } };
}

/** Compares the model's digest with the declared one before it is asked anything. */
export async function refuseOtherModel(model: string, digest: Digest, line: Line): Promise<void> {
  const answer = await send({
    url: addressOf(line.endpoint, "/api/tags"),
    method: "GET",
    headers: { ...line.headers, accept: "application/json" },
    body: "",
    bounds: line.bounds,
    tls: line.tls,
    signal: line.signal,
  });
  await refuseFailure(answer, line.wallClock);
  const { models } = objectIn(await answer.text());
  const names = new Set([model, `${model}:latest`]);
  const found = isArray(models) ? models.find((each) => isObject(each) && names.has(textIn(each, "name"))) : undefined;
  const reported = textIn(found, "digest");
  if (reported === digest || `sha256:${reported}` === digest) return;
  const detail = found ? "reports another digest for the model than the declared one" : "does not have the model";
  throw new Fault({ code: "PROVIDER_MODEL_CHANGED", detail, ...(reported === "" ? {} : { words: reported }) });
}
