import { addressOf, isArray, isObject, pointerOf, type Json, type Resource } from "../../core/index.ts";
import type { DeclaredAtom, Expansion } from "./types.ts";

/**
 * Settings that one target type understands, leaf by leaf. Declaring a leaf is its grant, so each is an
 * atom `passthrough:<target> set <pointer>`; which of them are dangerous is for policy to say.
 */
export function expandPassthrough(resource: Resource): Expansion {
  const { target, settings } = resource.spec;
  const tool = `passthrough:${typeof target === "string" ? target : ""}`;
  const subject = addressOf(resource.kind, resource.metadata.name);
  const atoms = leavesOf(settings ?? {}).map(({ pointer }): DeclaredAtom => ({
    atom: { subject, grant: pointer, tool, action: "set", pattern: pointer, constraints: {}, expiry: "none" },
    pointer: `/spec/settings${pointer}`,
  }));
  return { atoms, diagnostics: [], validUntil: null };
}

export interface Leaf {
  /** JSON Pointer below `settings`. */
  readonly pointer: string;
  readonly value: Json;
}

/** Scalars and empty containers, in the order they stand. Depth is bounded by the parser. */
export function leavesOf(settings: Json, at: readonly (string | number)[] = []): readonly Leaf[] {
  const entries: readonly (readonly [string | number, Json])[] = isArray(settings)
    ? settings.map((item, i) => [i, item] as const)
    : isObject(settings)
      ? Object.entries(settings)
      : [];
  if (entries.length === 0) return at.length === 0 ? [] : [{ pointer: pointerOf(at), value: settings }];
  return entries.flatMap(([key, value]) => leavesOf(value, [...at, key]));
}
