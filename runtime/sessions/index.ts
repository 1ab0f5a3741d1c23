/**
 * runtime/sessions: what was said, encrypted at rest. Records of a session form a tree: each follows
 * another. What is written together is one durable transaction, and nothing is held between two of them.
 */
export { labelsIn, type AttachmentNote, type EntryKind, type NewEntry, type SessionEntry, type TurnFacts } from "./entry.ts";
export type { SessionHead } from "./head.ts";
export { conversationKey, type SessionScope, type Whence } from "./key.ts";
export {
  infoOf,
  openSessions,
  tooMany,
  unknownSession,
  type Session,
  type SessionInfo,
  type Sessions,
  type SessionsWorld,
} from "./sessions.ts";
export {
  appendTo,
  loadSession,
  newSession,
  readAll,
  readTail,
  redactIn,
  slotOf,
  walkBack,
  type Change,
  type Place,
  type StoredSession,
} from "./tree.ts";
