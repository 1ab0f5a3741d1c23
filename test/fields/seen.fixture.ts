import { addressOf, type Resource } from "../../core/index.ts";
import { loadGeneration } from "../../runtime/load/index.ts";

/** What the runtime makes of some resources, as text: everything that is loaded, and what of it is said to be inert. */
export function loadedText(resources: readonly Resource[]): string {
  const loaded = loadGeneration(resources);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ detail }) => detail).join("\n"));
  return JSON.stringify(loaded.value, (_, value: unknown) => {
    if (value instanceof Map) return [...(value as ReadonlyMap<unknown, unknown>)];
    if (value instanceof Set) return [...(value as ReadonlySet<unknown>)];
    return value;
  });
}

/** What the runtime says it does not do of one of them. */
export function inertIn(resources: readonly Resource[], { kind, metadata }: Resource): number {
  const loaded = loadGeneration(resources);
  return loaded.ok ? (loaded.value.lacks.get(addressOf(kind, metadata.name))?.length ?? 0) : 0;
}
