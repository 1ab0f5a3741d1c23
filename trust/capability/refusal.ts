import { shown } from "../../core/index.ts";

/** Why a text has no canonical form; the callers turn it into a diagnostic of their own code. */
export interface Refusal {
  readonly why: string;
  readonly remedy?: string;
}

export type Parsed<T> = { readonly value: T } | { readonly refusal: Refusal };

export function parsed<T>(value: T): Parsed<T> {
  return { value };
}

export function refuse(why: string, remedy?: string): { readonly refusal: Refusal } {
  return { refusal: remedy === undefined ? { why } : { why, remedy } };
}

/** The `*` rules shared by every type: a wildcard is a whole segment, `**` stands last. */
export function checkWildcards(segments: readonly string[]): Refusal | undefined {
  for (const [i, segment] of segments.entries()) {
    if (segment === "**" && i < segments.length - 1) {
      return { why: "`**` stands before other segments", remedy: "Use `**` as the last segment only, and `*` for one segment inside." };
    }
    if (segment.includes("*") && segment !== "*" && segment !== "**") {
      return {
        why: `the segment ${shown(segment)} mixes a wildcard with text`,
        remedy: "A wildcard is a whole segment: `*` one, a final `**` any number.",
      };
    }
  }
  return undefined;
}
