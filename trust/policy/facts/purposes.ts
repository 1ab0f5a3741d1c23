import { addressOf, byCodeUnit, type Address, type Json, type Resource } from "../../../core/index.ts";
import { parseTool, type ReachEdge } from "../../capability/index.ts";
import { objectsIn, textIn } from "./read.ts";

/** The label that says what something is kept for. */
export const PURPOSE_LABEL = "moltbot.dev/purpose";

/** Finds what a resource uses or holds that is kept for a purpose other than its own. */
export function purposeFacts(resources: readonly Resource[], edges: readonly ReachEdge[]): (resource: Resource) => Json {
  const purposes = new Map<Address, string>();
  for (const each of resources) {
    const purpose = purposeOf(each);
    if (purpose !== null) purposes.set(addressOf(each.kind, each.metadata.name), purpose);
  }
  if (purposes.size === 0) return () => [];
  const used = Map.groupBy(
    edges.filter(({ to, reach }) => (reach === "uses" || reach === "holds") && purposes.has(to)),
    (edge) => edge.from,
  );
  return (resource) => {
    const mine = purposeOf(resource);
    const all = [...(used.get(addressOf(resource.kind, resource.metadata.name)) ?? []).map(({ to }) => to), ...grantedBy(resource)];
    return [...new Set(all)].sort(byCodeUnit).flatMap((to) => {
      const purpose = purposes.get(to);
      return purpose === undefined || purpose === mine ? [] : [{ of: to, purpose }];
    });
  };
}

function purposeOf({ metadata: { labels } }: Resource): string | null {
  return (labels && Object.hasOwn(labels, PURPOSE_LABEL) ? labels[PURPOSE_LABEL] : null) ?? null;
}

/** Whose tools an agent is granted. Calling an agent is no use of what it keeps. */
function grantedBy({ kind, spec }: Resource): readonly Address[] {
  if (kind !== "Agent") return [];
  return objectsIn(spec, "capabilities").flatMap((each) => {
    const tool = parseTool(textIn(each, "tool") ?? "");
    const provider = tool.ok ? tool.value.provider : null;
    return provider && provider.kind !== "Agent" ? [addressOf(provider.kind, provider.name)] : [];
  });
}
