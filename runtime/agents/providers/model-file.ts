import { isArray, isObject, LIMITS, unreachable, type Json, type JsonObject } from "../../../core/index.ts";
import type { LocalModels, ModelFile, ModelPiece, Said, SaidCall } from "../../models/index.ts";
import type { Message, ToolAnswer, ToolCall } from "../types.ts";
import { Fault } from "./fault.ts";
import { toolNames, type ToolNames } from "./prompt.ts";
import type { Piece, Question } from "./protocol.ts";

/** What the library's authors suggest where nobody says. */
const USUAL_TEMPERATURE = 0.8;

/** Asks a model that is a file on this machine, without a server. */
export async function* askModelFile(
  models: LocalModels,
  file: ModelFile,
  question: Question,
  signal: AbortSignal,
  mostBytes: number,
): AsyncGenerator<Piece, void> {
  const { tools, messages, system, choice } = question;
  const names = toolNames(tools, messages);
  const history: readonly Said[] = [...(system === "" ? [] : [{ type: "system" as const, text: system }]), ...saidIn(messages, names)];
  const pieces = models.ask(
    file,
    {
      history,
      functions: Object.fromEntries(
        tools.map(({ name, description, input }) => [names.outward(name), { description, params: narrowed(input) }]),
      ),
      temperature: choice.temperature ?? USUAL_TEMPERATURE,
      topP: choice.topP ?? 1,
      maxTokens: Math.min(choice.maxTokens ?? LIMITS.localModelTokens, LIMITS.localModelTokens),
      stop: choice.stop ?? [],
    },
    signal,
  );
  let bytes = 0;
  let calls = 0;
  for await (const piece of pieces) {
    if (piece.kind === "text" || piece.kind === "thinking") bytes += Buffer.byteLength(piece.text);
    if (bytes > mostBytes) throw new Fault({ detail: `answered with more than ${mostBytes} bytes` });
    yield* translated(piece, names, () => `call-${++calls}`);
    if (piece.kind === "end") return;
  }
  throw new Fault({ detail: "was stopped before the answer was complete" });
}

function* translated(piece: ModelPiece, names: ToolNames, newId: () => string): Generator<Piece, void> {
  switch (piece.kind) {
    case "failed": {
      const { kind: _, ...parts } = piece;
      throw new Fault(parts);
    }
    case "call":
      yield { kind: "call", call: { id: newId(), tool: names.inward(piece.name), input: JSON.stringify(piece.params) } };
      break;
    case "end":
      yield { kind: "usage", usage: { inputTokens: piece.inputTokens, outputTokens: piece.outputTokens } };
      yield { kind: "end", finish: piece.finish };
      break;
    case "text":
    case "thinking":
      yield piece;
      break;
    default:
      unreachable(piece);
  }
}

/** An answer of the model and what its tools gave are one response to the library, however many rounds it took. */
function saidIn(messages: readonly Message[], names: ToolNames): readonly Said[] {
  const said: Said[] = [];
  let response: (string | SaidCall)[] | undefined;
  // Ids of calls are unique within an answer only, so what a call gave is looked for in the message that follows it.
  for (const [i, message] of messages.entries()) {
    if (message.role === "tool") continue;
    if (message.role === "user") {
      if ((message.media ?? []).length > 0) throw new Fault({ detail: "takes text only, and the message comes with a file" });
      said.push({ type: "user", text: message.text });
      response = undefined;
      continue;
    }
    if (!response) said.push({ type: "model", response: (response = []) });
    if (message.text !== "") response.push(message.text);
    const next = messages[i + 1];
    for (const call of message.calls ?? []) response.push(saidCall(call, next?.role === "tool" ? next.answers : [], names));
  }
  return said;
}

function saidCall({ id, tool, input }: ToolCall, answers: readonly ToolAnswer[], names: ToolNames): SaidCall {
  const answer = answers.find(({ call }) => call === id);
  const result = answer?.isError === true ? { error: answer.text } : (answer?.text ?? "");
  return { type: "functionCall", name: names.outward(tool), params: jsonIn(input), result };
}

function jsonIn(input: string): Json {
  try {
    return JSON.parse(input === "" ? "{}" : input) as Json;
  } catch {
    return { invalid: input };
  }
}

/** The part of JSON Schema that the library makes a grammar of. What is left out, the gate checks all the same. */
function narrowed(schema: JsonObject): JsonObject {
  const { type, description, properties, items, additionalProperties } = schema;
  const told = typeof description === "string" ? { description } : {};
  const either = [schema["oneOf"], schema["anyOf"]].find(isArray);
  if (schema["const"] !== undefined) return { const: schema["const"], ...told };
  if (isArray(schema["enum"])) return { enum: schema["enum"], ...told };
  if (either) return { oneOf: either.filter(isObject).map(narrowed), ...told };
  if (type === "object") {
    const fields = isObject(properties) ? Object.entries(properties) : [];
    const open = additionalProperties === false ? {} : { additionalProperties: true };
    return {
      type,
      properties: Object.fromEntries(fields.map(([key, value]) => [key, isObject(value) ? narrowed(value) : {}])),
      ...open,
      ...told,
    };
  }
  if (type === "array") return { type, ...(isObject(items) ? { items: narrowed(items) } : {}), ...told };
  return typeof type === "string" || isArray(type) ? { type, ...told } : { type: ["string", "number", "boolean", "null"], ...told };
}
