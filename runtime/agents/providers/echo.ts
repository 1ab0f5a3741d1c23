import type { Piece, Question } from "./protocol.ts";

const HONEST = "This is the built-in echo provider, not a model. You said: ";

/** Repeats what was said and says that it is no model. Needs no network; for first steps and tests. */
export async function* askEcho({ messages }: Question): AsyncGenerator<Piece, void> {
  const said = messages.at(-1)?.text ?? "";
  yield { kind: "text", text: HONEST };
  // In pieces, as a model's answer comes, so that what shows answers can be seen to stream.
  for (const piece of said.match(/\s*\S+|\s+/g) ?? []) yield await Promise.resolve({ kind: "text", text: piece });
  yield { kind: "usage", usage: { inputTokens: null, outputTokens: null } };
  yield { kind: "end", finish: "stop" };
}
