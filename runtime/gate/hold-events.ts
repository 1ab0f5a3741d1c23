import type { Hold } from "../../core/index.ts";
import type { Audit } from "../audit/index.ts";
import type { Live, LiveState } from "../live/index.ts";

/**
 * Records in the audit that holds came and went, by whatever process: it reads as one story with the calls that
 * they stopped. The ledger has them too, from the moment they were put. @returns how to stop.
 */
export function recordHolds(live: Live, audit: Audit): () => void {
  const first = live.state();
  let known = first.ok ? holdsOf(first.value) : new Map<string, Hold>();
  return live.onChange((state) => {
    const now = holdsOf(state);
    for (const [id, hold] of now) if (!known.has(id)) record(audit, "hold.added", hold);
    for (const [id, hold] of known) if (!now.has(id)) record(audit, "hold.ended", hold);
    known = now;
  });
}

function holdsOf({ owners }: LiveState): ReadonlyMap<string, Hold> {
  return new Map([...owners.values()].flatMap(({ holds }) => holds.map((hold) => [hold.id, hold])));
}

function record(audit: Audit, kind: "hold.added" | "hold.ended", { id, owner, selector, denied, actor, until }: Hold): void {
  const facts = { selector, tools: denied === "all" ? "all" : [...denied], until };
  audit.record({ kind, owner, correlation: id, actor: kind === "hold.added" ? actor : "runtime", decision: "none", facts });
}
