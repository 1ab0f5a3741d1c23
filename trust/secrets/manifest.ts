import { isObject, valueAt, type Instant, type Json, type JsonObject } from "../../core/index.ts";
import type { SealedValue } from "./seal.ts";

const KIND = "Secret";
const API_VERSION = "moltbot.dev/v1alpha1";

/** Since when, and for whom, a value that others know should be changed where it came from. */
export interface Rotate {
  readonly since: Instant;
  /** Sorted. */
  readonly removed: readonly string[];
}

/** What a manifest says of a value beside who can open it. */
export interface ValueFacts {
  readonly setAt?: Instant;
  readonly rotate?: Rotate;
}

/** One value as it is to stand below `spec.values`. */
export interface ValueEdit {
  readonly name: string;
  readonly key: string;
  readonly entry: JsonObject;
}

/** Whether a document declares a Secret; `name` narrows it to one. */
export function isSecret(document: Json, name?: string): document is JsonObject {
  return valueAt(document, ["kind"]) === KIND && (name === undefined || valueAt(document, ["metadata", "name"]) === name);
}

/** A document that declares a Secret with this one value. */
export function secretDocument({ name, key, entry }: ValueEdit): JsonObject {
  return { apiVersion: API_VERSION, kind: KIND, metadata: { name }, spec: { values: { [key]: entry } } };
}

/**
 * How a sealed value stands below `spec.values`. The envelope is last, so that its end line, which never
 * changes, stands between the changes of two neighbouring values and git can merge them.
 */
export function sealedEntry({ recipients, envelope }: SealedValue, facts: ValueFacts): JsonObject {
  return { age: { ...factsEntry(facts), recipients, envelope } };
}

/** The same for a value whose envelope is in a file of its own. */
export function filedEntry(path: string, recipients: readonly string[], facts: ValueFacts): JsonObject {
  return { file: { ...factsEntry(facts), recipients, path } };
}

function factsEntry({ setAt, rotate }: ValueFacts): JsonObject {
  return {
    ...(setAt === undefined ? {} : { setAt }),
    ...(rotate === undefined ? {} : { rotate: { since: rotate.since, removed: rotate.removed } }),
  };
}

/** A Secret's document with one value set; any other document as it is. */
export function withValue(document: Json, { name, key, entry }: ValueEdit): Json {
  if (!isSecret(document, name)) return document;
  const spec = isObject(document["spec"]) ? document["spec"] : {};
  const values = isObject(spec["values"]) ? spec["values"] : {};
  return { ...document, spec: { ...spec, values: { ...values, [key]: entry } } };
}
