import type { Answer, Finding, Policy } from "./types.ts";

/**
 * A bundle of which only some policies are in force: what the others say is not heard. One that cannot
 * answer still denies, whichever policy it was that stopped it.
 */
export function onlyOf(policy: Policy, names: readonly string[]): Policy {
  const leftOut = policy.policies.filter((name) => !names.includes(name));
  if (leftOut.length === 0) return policy;
  const isHeard = (rule: string): boolean => !leftOut.includes(rule.slice(0, rule.indexOf(".")));
  const known = new WeakMap<Answer, Answer>();
  const heard = (findings: readonly Finding[]): readonly Finding[] => findings.filter(({ rule }) => isHeard(rule));
  return {
    ...policy,
    policies: policy.policies.filter((name) => !leftOut.includes(name)),
    rules: Object.fromEntries(Object.entries(policy.rules).filter(([rule]) => isHeard(rule))),
    leftOut,
    evaluate: (entry, input) => {
      const answer = policy.evaluate(entry, input);
      const all = [answer.deny, answer.warn, answer.oblige];
      if (all.every((findings) => findings.every(({ rule }) => isHeard(rule)))) return answer;
      // Equal answers stay the same object: whoever judges them judges each once.
      const found = known.get(answer) ?? {
        deny: heard(answer.deny),
        warn: heard(answer.warn),
        oblige: heard(answer.oblige),
        broken: answer.broken,
      };
      known.set(answer, found);
      return found;
    },
  };
}
