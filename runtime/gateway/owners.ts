import { fail, ok, problem, shown, UNMANAGED, type JsonObject, type Owner, type Result } from "../../core/index.ts";
import type { Live, LiveOwner } from "../live/index.ts";

/** Whose configuration a call means: what it says, else the only one there is. */
export function ownerOf(live: Live, query: JsonObject): Result<LiveOwner> {
  const state = live.state();
  if (!state.ok) return state;
  const { owners } = state.value;
  const wanted = query["owner"];
  if (typeof wanted === "string") {
    const found = owners.get(wanted as Owner);
    return found ? ok(found) : fail(problem("API_NOT_FOUND", { detail: `Nothing is active for ${shown(wanted)} on this gateway.` }));
  }
  // What was forgotten belongs to no Project, and is meant only by who says so.
  const declared = [...owners.values()].filter(({ owner }) => owner !== UNMANAGED);
  const [first, ...others] = declared.length > 0 ? declared : owners.values();
  if (!first) return fail(problem("API_NOT_FOUND", { detail: "Nothing is active on this gateway." }));
  if (others.length === 0) return ok(first);
  const names = [...owners.keys()].sort().join(", ");
  return fail(problem("API_INVALID", { detail: `Several are active: ${names}. Say which one you mean with \`owner\`.` }));
}
