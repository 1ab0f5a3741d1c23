import { LIMITS } from "../../core/index.ts";
import { BROKEN_RULE, type CallFacts, type FinalVerdict, type Policy } from "../../trust/policy/index.ts";
import type { LiveAgent, LiveGrant, LiveOwner } from "./types.ts";

/** Fields of a call's question that differ from call to call under one grant. */
const CHANGING = ["tool", "resource", "arguments", "principal", "channel", "data", "session", "time"] as const;
type Changing = (typeof CHANGING)[number];

/**
 * Remembers what was answered under each grant, by exactly what rules read of a call. Most calls differ in
 * nothing that any rule looks at, and need neither the question written out nor the policies.
 */
export function rememberedVerdicts(policy: Policy, ask: LiveOwner["judgeCall"]): LiveOwner["judgeCall"] {
  const read = CHANGING.filter((field) => field === "tool" || isRead(policy, field));
  let known = new WeakMap<LiveGrant, Map<string, FinalVerdict>>();
  let count = 0;
  return (agent: LiveAgent, grant: LiveGrant, facts: CallFacts) => {
    const key = keyOf(facts, read);
    const found = known.get(grant)?.get(key);
    if (found) return found;
    const verdict = ask(agent, grant, facts);
    if (verdict.violations.some(({ rule }) => rule === BROKEN_RULE)) return verdict;
    if (++count > LIMITS.policyMemo) {
      known = new WeakMap();
      count = 1;
    }
    const ofGrant = known.get(grant) ?? new Map<string, FinalVerdict>();
    known.set(grant, ofGrant.set(key, verdict));
    return verdict;
  };
}

/** Of a policy that does not say what it reads, everything. */
export function isRead({ reads }: Policy, field: Changing): boolean {
  return reads === undefined || reads.some((path) => path === "" || path === field || path.startsWith(`${field}.`));
}

function keyOf(facts: CallFacts, read: readonly Changing[]): string {
  let key = "";
  for (const field of read) key += `${textOf(facts, field)}\n`;
  return key;
}

/** JSON text has no raw line break, and a tool's name has none. */
function textOf(facts: CallFacts, field: Changing): string {
  return field === "tool" || field === "time" ? facts[field] : JSON.stringify(facts[field]);
}
