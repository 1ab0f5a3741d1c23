import { byCodeUnit, digestJson } from "../../core/index.ts";
import { SILENT } from "./answer.ts";
import type { Answer, Finding, Policy } from "./types.ts";

/**
 * Several bundles as one: each is asked everything, and what any of them says counts. One that cannot
 * answer denies, and takes nothing away from what the others say. Their policies have different names.
 */
export function together(...policies: readonly Policy[]): Policy {
  const [only] = policies;
  if (only && policies.length === 1) return only;
  const known = new WeakMap<Answer, Map<Answer, Answer>>();
  const merged = (a: Answer, b: Answer): Answer => {
    if (a === SILENT) return b;
    if (b === SILENT) return a;
    // Equal answers stay the same object: whoever judges them judges each once.
    const of = known.get(a) ?? new Map<Answer, Answer>();
    const found = of.get(b) ?? mergedAnswer(a, b);
    if (!a.broken && !b.broken) known.set(a, of.set(b, found));
    return found;
  };
  return {
    digest: digestJson(policies.map((each) => each.digest)),
    data: digestJson(policies.map((each) => each.data)),
    policies: policies.flatMap((each) => each.policies).toSorted(byCodeUnit),
    rules: Object.fromEntries(policies.flatMap((each) => Object.entries(each.rules)).toSorted(([a], [b]) => byCodeUnit(a, b))),
    ...(policies.some((each) => each.leftOut) ? { leftOut: policies.flatMap((each) => each.leftOut ?? []) } : {}),
    ...(policies.every((each) => each.reads) ? { reads: policies.flatMap((each) => each.reads ?? []) } : {}),
    evaluate: (entry, input) => policies.reduce<Answer>((answer, each) => merged(answer, each.evaluate(entry, input)), SILENT),
    close: () => {
      for (const each of policies) each.close?.();
    },
  };
}

function mergedAnswer(a: Answer, b: Answer): Answer {
  return {
    deny: sorted([...a.deny, ...b.deny]),
    warn: sorted([...a.warn, ...b.warn]),
    oblige: sorted([...a.oblige, ...b.oblige]),
    broken: a.broken ?? b.broken,
  };
}

function sorted(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => byCodeUnit(a.rule, b.rule) || byCodeUnit(a.path ?? "", b.path ?? ""));
}
