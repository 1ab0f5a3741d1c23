import { UNDELIVERED_SLOTS } from "../conversations/index.ts";
import { conversationKeepers } from "./conversations.ts";
import { gateSessionKeeper } from "./gate-sessions.ts";
import { deviceKeeper, loginKeeper } from "./logins.ts";
import { questionKeeper } from "./questions.ts";
import { approvalKeeper, pairingKeeper, slotKeeper } from "./slots.ts";
import type { Keeper } from "./types.ts";

/** Every room that keeps something about people, in the order in which it is deleted. */
export const KEEPERS: readonly Keeper[] = [
  gateSessionKeeper,
  ...conversationKeepers,
  approvalKeeper,
  questionKeeper,
  pairingKeeper,
  slotKeeper("undelivered answers", UNDELIVERED_SLOTS),
  slotKeeper("memory", "memory/"),
  slotKeeper("schedules", "schedule/"),
  slotKeeper("plugin storage", "plugin/"),
  loginKeeper,
  deviceKeeper,
];
