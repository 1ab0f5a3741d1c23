import type { ChannelFacts, Principal } from "../run/index.ts";

/** `Agent.sessions.scope`: whom direct messages share a conversation with. */
export type SessionScope = "main" | "peer" | "channel-peer" | "account-channel-peer";

/** Where a message came from, as far as it decides which conversation it belongs to. */
export interface Whence {
  readonly principal: Pick<Principal, "id" | "person">;
  readonly channel: Pick<ChannelFacts, "name" | "peer" | "group">;
  readonly account: string;
  readonly thread: string | null;
}

/**
 * Which conversation of an agent a message belongs to. Rooms and threads always have their own: a scope
 * widens direct messages only, or what is said in private would be heard in a room. A person who is known by
 * name on two channels shares a conversation under `peer`. Pure; the parts are quoted, so that no id can
 * look like two.
 */
export function conversationKey(scope: SessionScope, { principal, channel, account, thread }: Whence): string {
  const inThread = thread === null ? [] : ["thread", thread];
  if (channel.group) return keyOf("room", channel.name, account, channel.peer ?? "", ...inThread);
  const peer = principal.person === null ? ["id", principal.id] : ["person", principal.person];
  const direct: Readonly<Record<SessionScope, readonly string[]>> = {
    main: [],
    peer,
    "channel-peer": [channel.name, ...peer],
    "account-channel-peer": [channel.name, account, ...peer],
  };
  return keyOf(scope, ...direct[scope], ...inThread);
}

function keyOf(...parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join("/");
}
