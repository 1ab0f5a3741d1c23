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
 * compiled Rego swallows their errors. Every set of every policy is part of the one answer: where one has
 * none, there is no answer at all, and then everything is denied. Sets are handed on as they are: nothing is
 * hashed or put together a second time, which cost more than asking.
 */
export function aggregatorOf(policies: readonly AggregatedPolicy[]): string {
  const sorted = policies.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return ["package moltbot", "", "import rego.v1", ...ENTRIES.flatMap((entry) => ["", ...entryOf(entry, sorted)]), ""].join("\n");
}

function entryOf(entry: Entry, policies: readonly AggregatedPolicy[]): readonly string[] {
  const speaking = (effect: Effect): readonly AggregatedPolicy[] => policies.filter((policy) => policy.sets.has(`${entry}_${effect}`));
  const listed = (items: readonly string[]): string => (items.length === 0 ? "[]" : `[\n\t\t${items.join(",\n\t\t")},\n\t]`);
  return [
    `${entry} := {`,
    `\t"evaluated": ${listed(policies.map(({ name }) => `"${name}"`))},`,
    ...EFFECTS.map((effect) => {
      const sets = speaking(effect).map((policy) => `["${policy.name}", data.moltbot.policies.${policy.package}.${entry}_${effect}]`);
      return `\t"${effect}": ${listed(sets)},`;
    }),
    "}",
  ];
}
