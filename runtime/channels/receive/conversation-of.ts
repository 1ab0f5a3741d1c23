import type { Principal } from "../../run/index.ts";
import type { Inbound } from "../types.ts";

export type SessionScope = "main" | "peer" | "channel-peer" | "account-channel-peer";

/**
 * Which conversation a message belongs to. A room is one conversation, each thread of it another. `peer` joins
 * one person's channels only where an operator named the person: two strangers with the same id are two.
 */
export function conversationOf(scope: SessionScope, channel: string, principal: Principal, message: Inbound): string {
  const { peer, account, thread, sender } = message;
  if (peer.kind !== "direct") return key("room", channel, account, peer.id, thread ?? "");
  if (scope === "main") return key("main");
  if (scope === "peer") return principal.person === null ? key("stranger", channel, sender) : key("person", principal.person);
  return scope === "channel-peer" ? key("peer", channel, sender, thread ?? "") : key("account", channel, account, sender, thread ?? "");
}

/** No part can be made to look like two. */
function key(...parts: readonly string[]): string {
  return parts.map((part) => encodeURIComponent(part)).join("/");
}
