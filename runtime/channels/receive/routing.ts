import type { LoadedRoute } from "../../load/index.ts";
import type { Inbound } from "../types.ts";

/** The agent that answers: that of the first route that matches; null when none does. */
export function agentFor(message: Inbound, routing: readonly LoadedRoute[]): string | null {
  return routing.find((route) => matchesRoute(message, route))?.agent ?? null;
}

function matchesRoute(message: Inbound, route: LoadedRoute): boolean {
  const { account, peer, thread, guild, team, roles } = route;
  return (
    isSame(account, message.account) &&
    (peer === null || (peer.kind === message.peer.kind && isSame(peer.id, message.peer.id))) &&
    isSame(thread, message.thread) &&
    isSame(guild, message.guild) &&
    isSame(team, message.team) &&
    // A role is what the platform says of somebody it knows.
    (roles === null || (message.verified && roles.some((role) => message.roles.includes(role))))
  );
}

function isSame(wanted: string | null, given: string | null): boolean {
  return wanted === null || wanted === given;
}
