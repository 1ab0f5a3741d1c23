import { byCodeUnit } from "../../core/index.ts";
import type { Draft } from "./draft.ts";
import type { Fate, ImportReport } from "./types.ts";

export const FATES: readonly Fate[] = ["carried", "secret", "passthrough", "quarantined", "left"];

/** What an import did, as data. */
export function reportOf(
  draft: Draft,
  parts: { readonly source: string; readonly comments: ImportReport["comments"]; readonly rules: ImportReport["rules"] },
): ImportReport {
  const leaves = draft.accounts.report();
  const counts = new Map<Fate, number>();
  for (const { fate } of leaves) counts.set(fate, (counts.get(fate) ?? 0) + 1);
  const kinds = Map.groupBy(draft.addresses(), (address) => address.slice(0, address.indexOf("/")));
  return {
    formatVersion: "1.0",
    kind: "ImportReport",
    source: parts.source,
    project: draft.project,
    summary: {
      values: leaves.length,
      fates: Object.fromEntries(FATES.map((fate) => [fate, counts.get(fate) ?? 0])) as Record<Fate, number>,
      resources: Object.fromEntries([...kinds].map(([kind, list]) => [kind, list.length] as const).sort(([a], [b]) => byCodeUnit(a, b))),
    },
    tasks: draft.tasks,
    leaves,
    comments: parts.comments,
    rules: parts.rules,
  };
}
