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
  return [
    `${entry} := {`,
    `\t"evaluated": {name | some name, _ in ${entry}_of},`,
    ...EFFECTS.map(
      (effect) =>
        `\t"${effect}": {{"policy": name, "violation": violation} | some name, answer in ${entry}_of; some violation in answer.${effect}},`,
    ),
    "}",
    ...policies.flatMap((policy) => [
      "",
      `${entry}_of["${policy.name}"] := {${EFFECTS.map((effect) => `"${effect}": ${setOf(policy, `${entry}_${effect}`)}`).join(", ")}}`,
    ]),
  ];
}

function setOf(policy: AggregatedPolicy, set: string): string {
  return policy.sets.has(set) ? `data.moltbot.policies.${policy.package}.${set}` : "set()";
}
