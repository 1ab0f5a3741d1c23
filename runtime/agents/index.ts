/**
 * runtime/agents: the agent loop. One message to an agent becomes one answer of its model, over the
 * providers it names, with the tools it is offered, with deadlines, retries, fallbacks and budgets; secrets
 * are opened here, at first use, and what a provider quotes of them is masked.
 */
export { jsonFetch, type JsonFetch } from "./providers/json-fetch.ts";
export { runTurn } from "./turn.ts";
export type {
  Allowance,
  Asking,
  CallOutcome,
  Carry,
  Delta,
  FailedChoice,
  Finish,
  Media,
  Message,
  ParsedCall,
  ShownTool,
  ToolAnswer,
  ToolBox,
  ToolCall,
  Turn,
  TurnPorts,
  TurnRequest,
  Usage,
} from "./types.ts";
