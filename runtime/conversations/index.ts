/**
 * runtime/conversations: what channels and the API talk to. A message that was taken in is durable and is
 * answered once, whatever dies in between; answers wait until they are delivered; a conversation has one
 * run at a time.
 */
export { openConversations } from "./conversations.ts";
export { removeLine } from "./line-keys.ts";
export type { ConversationsWorld, RunGate } from "./ports.ts";
export type {
  Agents,
  AgentStatus,
  Conversations,
  Deliver,
  Delivered,
  Keeping,
  LiveAgent,
  Progress,
  Said,
  Saying,
  SubAgentCall,
  SubAgents,
  Taking,
  ToDeliver,
} from "./types.ts";
export {
  openConversation,
  sessionsOf,
  type Conversation,
  type SessionChoice,
  type TerminalAnswer,
  type TerminalWorld,
} from "./terminal.ts";
export { UNDELIVERED_SLOTS, undeliveredAnswers, type Undelivered, type UndeliveredState } from "./undelivered.ts";
export type { Match, Matches, SearchPlace, SearchRequest } from "./search.ts";
