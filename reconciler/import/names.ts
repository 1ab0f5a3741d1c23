import { isName } from "../../core/index.ts";

const MAX = 63;

/** An id of another program as a name of ours: lower-case letters, digits, inner hyphens, at most 63. */
export function slugOf(id: string, fallback: string): string {
  const plain = id
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, MAX)
    .replaceAll(/^-+|-+$/g, "");
  return plain === "" ? fallback : plain;
}

/**
 * Hands out names. An id that is a name already gets it, whoever asks first; of the others the first to ask
 * gets its slug, later ones `-2`, `-3` and so on, in that order.
 */
export interface Names {
  /** Ids that will ask: those that are names are kept for them. */
  expect(ids: Iterable<string>): void;
  take(id: string, fallback: string): string;
}

export function newNames(): Names {
  const taken = new Set<string>();
  const kept = new Set<string>();
  return {
    expect: (ids) => {
      for (const id of ids) if (isName(id)) kept.add(id);
    },
    take: (id, fallback) => {
      const slug = slugOf(id, fallback);
      // Whoever has the very name gets it; the second one that has it asks like any other.
      kept.delete(id);
      let name = slug;
      for (let n = 2; taken.has(name) || kept.has(name); n++) name = `${slug.slice(0, MAX - String(n).length - 1).replace(/-+$/, "")}-${n}`;
      taken.add(name);
      return name;
    },
  };
}

/** The key of a value in a Secret: letters, digits and `-_.`; `main.bot-token`. */
export function secretKeyOf(...parts: readonly string[]): string {
  const key = parts
    .map((part) =>
      // Names of variables stay as they are.
      /^[A-Z][A-Z0-9_]*[A-Z0-9]$/.test(part)
        ? part
        : part
            .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
            .normalize("NFKD")
            .toLowerCase()
            .replaceAll(/[^a-z0-9_]+/g, "-")
            .replaceAll(/^[-_]+|[-_]+$/g, ""),
    )
    .filter((part) => part !== "")
    .join(".")
    .slice(0, 120)
    .replace(/[-_.]+$/, "");
  return key === "" ? "value" : key;
}

/** A name that may stand in a manifest as it is. */
export function isSlug(id: string): boolean {
  return isName(id);
}
