import { addressOf, isArray, isObject, pointerOf, type Json, type Resource } from "../../core/index.ts";
import type { DeclaredAtom, Expansion } from "./types.ts";

/** One setting of a target: a scalar, an empty list or mapping, or a secret (whose value nobody here knows). */
interface Leaf {
  /** JSON Pointer into the target's own configuration. */
  readonly setting: string;
  /** Null for a secret. */
  readonly value: Json;
  /** JSON Pointer into the resource. */
  readonly pointer: string;
}

/**
 * Settings that one target type understands, leaf by leaf. Declaring a leaf is its grant, so each is an
 * atom `passthrough:<target> set <pointer>`; which of them are dangerous is for policy to say.
 */
export function expandPassthrough(resource: Resource): Expansion {
  const { target } = resource.spec;
  const tool = `passthrough:${typeof target === "string" ? target : ""}`;
  const subject = addressOf(resource.kind, resource.metadata.name);
  const atoms = leavesOf(resource).map(({ setting, value, pointer }): DeclaredAtom => ({
    atom: { subject, grant: setting, tool, action: "set", pattern: setting, constraints: {}, expiry: "none" },
    pointer,
    value,
  }));
  return { atoms, diagnostics: [], validUntil: null };
}

/** A value that holds others is taken apart, so that no setting hides inside one that looks harmless. */
function leavesOf(resource: Resource): readonly Leaf[] {
  const { leaves } = resource.spec;
  return (isArray(leaves) ? leaves : []).flatMap((leaf, i) => {
    if (!isObject(leaf) || typeof leaf["pointer"] !== "string") return [];
    const place = pointerOf(["spec", "leaves", i]);
    const value = leaf["value"];
    if (value === undefined) return [{ setting: leaf["pointer"], value: null, pointer: place }];
    return within(value, leaf["pointer"], `${place}/value`);
  });
}

/** Depth is bounded by the parser. */
function within(value: Json, setting: string, pointer: string): readonly Leaf[] {
  const entries: readonly (readonly [string | number, Json])[] = isArray(value)
    ? [...value.entries()]
    : isObject(value)
      ? Object.entries(value)
      : [];
  if (entries.length === 0) return [{ setting, value, pointer }];
  return entries.flatMap(([key, each]) => within(each, setting + pointerOf([key]), pointer + pointerOf([key])));
}
