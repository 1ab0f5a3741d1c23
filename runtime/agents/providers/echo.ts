import type { Message, ToolCall } from "../types.ts";
import type { Piece, Question } from "./protocol.ts";

const HONEST = "This is the built-in echo provider, not a model. You said: ";
const TOLD = "This is the built-in echo provider, not a model. The tools said:";

/**
 * Repeats what was said and says that it is no model. Needs no network; for first steps and tests. It can be
 * made to call tools, so that a gateway can be tried without a model (docs/agents.md):
 *
 *     /call TOOL {"json": 1}     calls a tool; several lines are several calls of one answer
 *     /then                      what follows waits for the results of what stands above
 *     /loop TOOL {"json": 1}     calls a tool again and again
 */
export async function* askEcho({ messages }: Question): AsyncGenerator<Piece, void> {
  const asked = messages.findLastIndex(({ role }) => role === "user");
  const said = textOf(messages[asked]);
  const rounds = messages.slice(asked + 1).filter(({ role }) => role === "tool");
  const calls = callsOf(said, rounds.length);
  for (const call of calls) yield { kind: "call", call };
  if (calls.length === 0) {
    const last = rounds.at(-1);
    const told = last?.role === "tool" ? last.answers.map(({ tool, text }) => `\n${tool}: ${text}`).join("") : undefined;
    yield { kind: "text", text: told === undefined ? HONEST : TOLD };
    // In pieces, as a model's answer comes, so that what shows answers can be seen to stream.
    for (const piece of (told ?? said).match(/\s*\S+|\s+/g) ?? []) yield await Promise.resolve({ kind: "text", text: piece });
  }
  yield { kind: "usage", usage: { inputTokens: null, outputTokens: null } };
  yield { kind: "end", finish: calls.length > 0 ? "calls" : "stop" };
}

function textOf(message: Message | undefined): string {
  return message?.role === "user" ? message.text : "";
}

/** The calls of one round: those of the block that is due, and what loops. */
function callsOf(said: string, round: number): readonly ToolCall[] {
  if (!said.includes("/call ") && !said.includes("/loop ")) return [];
  const block = said.split(/^\/then[ \t]*$/m)[round] ?? "";
  const due = [...block.matchAll(/^\/call (\S+)[ \t]*(.*)$/gm), ...(round > 0 ? said : block).matchAll(/^\/loop (\S+)[ \t]*(.*)$/gm)];
  return due.map(([, tool = "", input = ""], i) => ({ id: `echo-${round}-${i}`, tool, input: input.trim() === "" ? "{}" : input.trim() }));
}
