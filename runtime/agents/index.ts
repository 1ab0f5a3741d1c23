/**
 * runtime/agents: the agent loop. One message to an agent becomes one answer of its model, over the
 * providers it names, with deadlines, retries and fallbacks; secrets are opened here, at first use, and
 * what a provider quotes of them is masked.
 */
export { runTurn } from "./turn.ts";
export type { Delta, FailedChoice, Finish, Message, Turn, TurnPorts, TurnRequest, Usage } from "./types.ts";
