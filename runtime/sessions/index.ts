/**
 * runtime/sessions: conversations with agents of the active generation, encrypted at rest. Each exchange
 * (a message and its answer) is one durable record; nothing is written before the first one is complete,
 * and nothing is held between two messages.
 */
export type { Exchange, TurnFacts } from "./codec.ts";
export { openConversation, sessionsOf, type Conversation, type ConversationWorld, type Said, type SessionChoice } from "./conversation.ts";
export { openSessions, type Session, type SessionInfo, type Sessions, type SessionsWorld } from "./sessions.ts";
