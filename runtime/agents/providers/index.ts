/**
 * runtime/agents/providers: the protocols of model providers. Each asks one question and yields the
 * pieces of the answer; every way a provider can fail is a {@link Fault}. No retries and no secrets here:
 * the headers arrive ready.
 */
import { unreachable } from "../../../core/index.ts";
import type { SpokenProtocol } from "../../load/index.ts";
import { askAnthropic } from "./anthropic.ts";
import { askEcho } from "./echo.ts";
import { askOllama } from "./ollama.ts";
import { askLlamaCpp, askOpenAi } from "./openai.ts";
import type { Line, Piece, Question } from "./protocol.ts";

export { Fault, type FaultParts } from "./fault.ts";
export type { HttpBounds } from "./http.ts";
export { askModelFile } from "./model-file.ts";
export { refuseOtherModel } from "./ollama.ts";
export type { Line, Piece, Question } from "./protocol.ts";

export function askProvider(protocol: SpokenProtocol, question: Question, line: Line): AsyncGenerator<Piece, void> {
  switch (protocol) {
    case "echo":
      return askEcho(question);
    case "openai-compatible":
      return askOpenAi(question, line);
    case "ollama":
      return askOllama(question, line);
    case "llama-cpp":
      return askLlamaCpp(question, line);
    case "anthropic":
      return askAnthropic(question, line);
    default:
      return unreachable(protocol);
  }
}
