import { isArray, isDigest, isObject, parseByteSize, parseDuration, type Digest, type Json, type JsonObject } from "../../core/index.ts";
import type { SecretRef } from "./types.ts";

/**
 * Reading fields of a resource that its schema has already judged. A field of another shape counts as
 * absent: what that breaks (an agent without a model) is reported where it matters.
 */
export function textAt(spec: JsonObject, key: string): string | undefined {
  const value = spec[key];
  return typeof value === "string" ? value : undefined;
}

export function numberAt(spec: JsonObject, key: string): number | undefined {
  const value = spec[key];
  return typeof value === "number" ? value : undefined;
}

export function objectAt(spec: JsonObject, key: string): JsonObject | undefined {
  const value = spec[key];
  return isObject(value) ? value : undefined;
}

export function listAt(spec: JsonObject, key: string): readonly Json[] {
  const value = spec[key];
  return isArray(value) ? value : [];
}

export function objectsAt(spec: JsonObject, key: string): readonly JsonObject[] {
  return listAt(spec, key).filter(isObject);
}

export function textsAt(spec: JsonObject, key: string): readonly string[] {
  return listAt(spec, key).filter((item) => typeof item === "string");
}

export function durationAt(spec: JsonObject, key: string): number | undefined {
  return parseDuration(textAt(spec, key) ?? "");
}

export function byteSizeAt(spec: JsonObject, key: string): number | undefined {
  return parseByteSize(textAt(spec, key) ?? "");
}

export function digestAt(spec: JsonObject, key: string): Digest | null {
  const value = spec[key];
  return isDigest(value) ? value : null;
}

/** `{secret, key}`; a reference without a key means `value`. */
export function secretRefOf(value: Json | undefined): SecretRef | undefined {
  if (!isObject(value)) return undefined;
  const secret = textAt(value, "secret");
  return secret === undefined ? undefined : { secret, key: textAt(value, "key") ?? "value" };
}
