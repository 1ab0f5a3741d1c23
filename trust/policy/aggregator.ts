import { ENTRIES, type Effect, type Entry } from "./types.ts";

/** One policy as the builder found it. */
export interface AggregatedPolicy {
  /** `open-channel`: what rules are named by. */
  readonly name: string;
  /** `open_channel`: the last part of its package. */
  readonly package: string;
  /** The sets it defines: `grant_deny`... */
  readonly sets: ReadonlySet<string>;
}

const EFFECTS: readonly Effect[] = ["deny", "warn", "oblige"];

/** Every set that a policy may define; another that ends like one of these is a misspelling. */
export const KNOWN_SETS: ReadonlySet<string> = new Set([
  "admission_deny",
  "admission_warn",
  "grant_deny",
  "grant_oblige",
  "call_deny",
  "call_oblige",
]);

/**
 * The Rego that asks every policy and says which it asked. It calls no built-in function, because
 * compiled Rego swallows their errors; a policy whose answer is undefined is missing from `evaluated`,
 * and then everything is denied.
 */
export function aggregatorOf(policies: readonly AggregatedPolicy[]): string {
  const sorted = policies.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return ["package moltbot", "", "import rego.v1", ...ENTRIES.flatMap((entry) => ["", ...entryOf(entry, sorted)]), ""].join("\n");
}

function entryOf(entry: Entry, policies: readonly AggregatedPolicy[]): readonly string[] {
  const speaking = (effect: Effect): readonly AggregatedPolicy[] => policies.filter((policy) => policy.sets.has(`${entry}_${effect}`));
  return [
    `${entry} := {`,
    `\t"evaluated": {name | some name, _ in ${entry}_of},`,
    ...EFFECTS.map((effect) => `\t"${effect}": ${speaking(effect).length === 0 ? "set()" : `${entry}_${effect}`},`),
    "}",
    ...policies.flatMap((policy) => [
      "",
      `${entry}_of["${policy.name}"] := [${EFFECTS.flatMap((effect) => setOf(policy, `${entry}_${effect}`)).join(", ")}]`,
    ]),
    ...EFFECTS.flatMap((effect) =>
      speaking(effect).flatMap((policy) => [
        "",
        `${entry}_${effect} contains {"policy": "${policy.name}", "violation": violation} if some violation in ${setOf(policy, `${entry}_${effect}`).join("")}`,
      ]),
    ),
  ];
}

/** None where the policy does not define it. */
function setOf(policy: AggregatedPolicy, set: string): readonly string[] {
  return policy.sets.has(set) ? [`data.moltbot.policies.${policy.package}.${set}`] : [];
}
