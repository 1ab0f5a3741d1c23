import { isArray, isObject, type Json, type JsonObject } from "../../../core/index.ts";

export function objectIn(value: JsonObject, key: string): JsonObject {
  const at = value[key];
  return isObject(at) ? at : {};
}

export function objectsIn(value: JsonObject, key: string): readonly JsonObject[] {
  const at = value[key];
  return isArray(at) ? at.filter(isObject) : [];
}

export function textIn(value: JsonObject, key: string): string | null {
  const at = value[key];
  return typeof at === "string" ? at : null;
}

export function textsIn(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
