import { isArray, isObject, valueAt, type Json, type JsonObject } from "../../core/index.ts";
import { isSecret, type ValueFacts } from "./manifest.ts";

/** One value as a document declares it, envelopes and paths as written. */
export type DeclaredValue = ValueFacts & { readonly name: string; readonly key: string } & (
    | { readonly form: "age"; readonly recipients: readonly string[]; readonly envelope: string }
    | { readonly form: "file"; readonly recipients: readonly string[] | null; readonly path: string }
    | { readonly form: "env" | "pending" }
  );

/** Every value that a document declares, in its order; none where it is no Secret. What is malformed is left to validation. */
export function declaredValues(document: Json): readonly DeclaredValue[] {
  const name = valueAt(document, ["metadata", "name"]);
  const values = valueAt(document, ["spec", "values"]);
  if (!isSecret(document) || typeof name !== "string" || !isObject(values)) return [];
  return Object.entries(values).flatMap(([key, value]) => declaredValue(name, key, value));
}

function declaredValue(name: string, key: string, value: Json): readonly DeclaredValue[] {
  if (!isObject(value)) return [];
  const { age, file, env, pending } = value;
  if (isObject(age)) {
    const { envelope } = age;
    return typeof envelope === "string"
      ? [{ name, key, ...factsOf(age), form: "age", recipients: textsOf(age["recipients"]) ?? [], envelope }]
      : [];
  }
  if (isObject(file)) {
    const { path } = file;
    return typeof path === "string" ? [{ name, key, ...factsOf(file), form: "file", recipients: textsOf(file["recipients"]), path }] : [];
  }
  if (isObject(env)) return [{ name, key, ...factsOf(env), form: "env" }];
  return isObject(pending) ? [{ name, key, form: "pending" }] : [];
}

function factsOf({ setAt, rotate }: JsonObject): ValueFacts {
  const since = isObject(rotate) ? rotate["since"] : undefined;
  return {
    ...(typeof setAt === "string" ? { setAt } : {}),
    ...(isObject(rotate) && typeof since === "string" ? { rotate: { since, removed: textsOf(rotate["removed"]) ?? [] } } : {}),
  };
}

function textsOf(value: Json | undefined): readonly string[] | null {
  return isArray(value) ? value.filter((each) => typeof each === "string") : null;
}
