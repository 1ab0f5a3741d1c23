import { isObject, unreachable, type Json } from "../../../core/index.ts";
import type { Message, ShownTool } from "../types.ts";
import type { CallOptions, Prompt } from "./sdk-types.ts";
import type { Question } from "./protocol.ts";

/** Tool names as providers take them: letters, digits, `_` and `-`. Two of ours never become one of theirs. */
export interface ToolNames {
  readonly outward: (name: string) => string;
  readonly inward: (name: string) => string;
}

const MAX_NAME = 64;

export function toolNames(tools: readonly ShownTool[], messages: readonly Message[]): ToolNames {
  const outward = new Map<string, string>();
  const inward = new Map<string, string>();
  const used = messages.flatMap((message) => (message.role === "assistant" ? (message.calls ?? []).map(({ tool }) => tool) : []));
  for (const name of [...tools.map((tool) => tool.name), ...used]) {
    if (outward.has(name)) continue;
    const plain = name.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, MAX_NAME) || "_";
    let made = plain;
    for (let n = 2; inward.has(made); n++) made = `${plain.slice(0, MAX_NAME - 4)}_${n}`;
    outward.set(name, made);
    inward.set(made, name);
  }
  return { outward: (name) => outward.get(name) ?? name, inward: (name) => inward.get(name) ?? name };
}

/** What is asked, as the SDK takes it. Settings are written into the body by each protocol itself. */
export function callOptions({ system, messages, tools, choice }: Question, names: ToolNames, signal: AbortSignal): CallOptions {
  const carried = messages.findLastIndex(({ role }) => role === "user");
  const prompt: Prompt = messages.map((message, i) => promptMessage(message, names, i > carried ? choice : null));
  return {
    prompt: system === "" ? prompt : [{ role: "system", content: system }, ...prompt],
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, input }) => ({
            type: "function",
            name: names.outward(name),
            description,
            inputSchema: input as object,
          })),
        }),
    abortSignal: signal,
  };
}

function promptMessage(message: Message, names: ToolNames, asked: Question["choice"] | null): Prompt[number] {
  switch (message.role) {
    case "user":
      return {
        role: "user",
        content: [
          { type: "text", text: message.text },
          ...(message.media ?? []).map(({ mediaType, bytes }) => ({
            type: "file" as const,
            mediaType,
            data: { type: "data" as const, data: bytes },
          })),
        ],
      };
    case "assistant": {
      const { text, calls = [], carry } = message;
      // Signed thinking goes back to the model that signed it, within the same turn, and to nobody else.
      const isSame = asked !== null && carry?.provider === asked.provider && carry.model === asked.model;
      return {
        role: "assistant",
        content: [
          ...(isSame && carry ? (carry.parts as unknown as []) : []),
          ...(text === "" ? [] : [{ type: "text" as const, text }]),
          ...calls.map(({ id, tool, input }) => ({
            type: "tool-call" as const,
            toolCallId: id,
            toolName: names.outward(tool),
            input: argumentsOf(input),
          })),
        ],
      };
    }
    case "tool":
      return {
        role: "tool",
        content: message.answers.map(({ call, tool, text, isError }) => ({
          type: "tool-result",
          toolCallId: call,
          toolName: names.outward(tool),
          output: { type: isError ? "error-text" : "text", value: text },
        })),
      };
    default:
      return unreachable(message);
  }
}

/** Providers want an object; what a model wrote that is none is quoted back to it in one. */
function argumentsOf(input: string): Json {
  try {
    const json = JSON.parse(input === "" ? "{}" : input) as Json;
    if (isObject(json)) return json;
  } catch {
    // As below.
  }
  return { invalid: input };
}
