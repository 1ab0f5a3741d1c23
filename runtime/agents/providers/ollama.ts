import { isArray, isObject, type Digest, type Json, type JsonObject } from "../../../core/index.ts";
import type { Finish } from "../types.ts";
import { Fault } from "./fault.ts";
import { send } from "./http.ts";
import { addressOf, countIn, objectIn, refuseFailure, textIn, plainMessages, type Line, type Piece, type Question } from "./protocol.ts";

const FINISH: Readonly<Record<string, Finish>> = { stop: "stop", length: "length" };

/** Asks a server that speaks Ollama's chat API: one JSON object a line, the last with `done: true`. */
export async function* askOllama(question: Question, to: Line): AsyncGenerator<Piece, void> {
  const answer = await send({
    url: addressOf(to.endpoint, "/api/chat"),
    method: "POST",
    headers: { ...to.headers, "content-type": "application/json", accept: "application/x-ndjson" },
    body: JSON.stringify(bodyOf(question)),
    bounds: to.bounds,
    signal: to.signal,
  });
  await refuseFailure(answer, to.wallClock);
  for await (const lines of answer.lines()) {
    for (const line of lines) {
      if (line.trim() === "") continue;
      const part = objectIn(line);
      yield* piecesOf(part);
      if (part["done"] === true) return;
    }
  }
  throw new Fault({ detail: "closed the connection before the answer was complete", isPassing: true });
}

function* piecesOf(part: JsonObject): Generator<Piece, void> {
  if (typeof part["error"] === "string")
    throw new Fault({ detail: "reported an error while answering", words: part["error"], isPassing: true });
  yield* textOf(part["message"]);
  if (part["done"] !== true) return;
  yield { kind: "usage", usage: { inputTokens: countIn(part, "prompt_eval_count"), outputTokens: countIn(part, "eval_count") } };
  const reason = textIn(part, "done_reason") || "stop";
  yield { kind: "end", finish: (Object.hasOwn(FINISH, reason) ? FINISH[reason] : undefined) ?? "other" };
}

function bodyOf({ system, messages, choice }: Question): JsonObject {
  const said = plainMessages(messages).map(({ role, text }) => ({ role, content: text }));
  const options: Record<string, Json> = {};
  if (choice.temperature !== undefined) options["temperature"] = choice.temperature;
  if (choice.topP !== undefined) options["top_p"] = choice.topP;
  if (choice.maxTokens !== undefined) options["num_predict"] = choice.maxTokens;
  if (choice.stop !== undefined) options["stop"] = choice.stop;
  return {
    model: choice.model,
    messages: system === "" ? said : [{ role: "system", content: system }, ...said],
    stream: true,
    options,
    ...(choice.thinking === undefined ? {} : { think: choice.thinking !== "off" }),
  };
}

function* textOf(message: Json | undefined): Generator<Piece, void> {
  const thinking = textIn(message, "thinking");
  if (thinking !== "") yield { kind: "thinking", text: thinking };
  const text = textIn(message, "content");
  if (text !== "") yield { kind: "text", text };
}

/** Compares the model's digest with the declared one before it is asked anything. */
export async function refuseOtherModel(model: string, digest: Digest, line: Line): Promise<void> {
  const answer = await send({
    url: addressOf(line.endpoint, "/api/tags"),
    method: "GET",
    headers: { ...line.headers, accept: "application/json" },
    body: "",
    bounds: line.bounds,
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
