import { isObject, valueAt, type Json, type JsonObject } from "../../core/index.ts";
import type { SealedValue } from "./seal.ts";

const KIND = "Secret";
const API_VERSION = "moltbot.dev/v1alpha1";

/** Whether a document declares the Secret of that name. */
export function isSecretNamed(document: Json, name: string): boolean {
  return valueAt(document, ["kind"]) === KIND && valueAt(document, ["metadata", "name"]) === name;
}

/** A document that declares a Secret with this one value. */
export function secretDocument(name: string, key: string, sealed: SealedValue): JsonObject {
  return { apiVersion: API_VERSION, kind: KIND, metadata: { name }, spec: { values: { [key]: sealedEntry(sealed) } } };
}

/** How a sealed value stands below `spec.values`. */
export function sealedEntry({ recipients, envelope }: SealedValue): JsonObject {
  return { age: { recipients, envelope } };
}

/** A Secret's document with one value set. */
export function withSealedValue(document: Json, key: string, sealed: SealedValue): Json {
  if (!isObject(document)) return document;
  const spec = isObject(document["spec"]) ? document["spec"] : {};
  const values = isObject(spec["values"]) ? spec["values"] : {};
  return { ...document, spec: { ...spec, values: { ...values, [key]: sealedEntry(sealed) } } };
}
