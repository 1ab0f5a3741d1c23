import { byCodeUnit, isArray, isObject, type Address, type Json, type JsonObject, type Resource } from "../../core/index.ts";

/** One way in which what judges changes would judge less than what is in force. */
export interface Weakening {
  readonly address: Address;
  /** JSON Pointer into the resource, as declared; where it is gone, as it was. */
  readonly pointer: string;
  readonly message: string;
}

export function objectAt(value: JsonObject, key: string): JsonObject {
  const at = value[key];
  return isObject(at) ? at : {};
}

export function texts(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** By name; what both hold, side by side. */
export function paired(
  old: readonly Resource[],
  fresh: readonly Resource[],
): readonly (readonly [Resource | undefined, Resource | undefined])[] {
  const names = [...new Set([...old, ...fresh].map((each) => each.metadata.name))].sort(byCodeUnit);
  const named = (list: readonly Resource[], name: string): Resource | undefined => list.find((each) => each.metadata.name === name);
  return names.map((name) => [named(old, name), named(fresh, name)]);
}
