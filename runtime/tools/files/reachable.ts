import type { Live } from "../../live/index.ts";
import type { CanonicalCall, ToolScope } from "../../gate/index.ts";
import { coveringGrants } from "../place.ts";

/**
 * Whether a call may go on to a further path. Where no grant covers it, it is left out without a word, as it was
 * never asked for; where one does, the gate has the last word.
 */
export function reachable(live: Live, call: CanonicalCall, scope: ToolScope): (path: string) => boolean {
  return (path) => coveringGrants(live, scope.run, call, path).length > 0 && scope.also(call.action, path).ok;
}
