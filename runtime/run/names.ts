import type { Principal } from "./types.ts";

/** By what somebody is known: the id, and the member's name where it is a member's. Agents and schedules are nobody. */
export function namesOf(principal: Principal | null): readonly string[] {
  if (principal === null || principal.kind === "agent" || principal.kind === "schedule") return [];
  const { id, person } = principal;
  return person === null || person === id ? [id] : [id, person];
}
