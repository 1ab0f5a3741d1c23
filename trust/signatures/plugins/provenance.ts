import { isArray, isObject, type Json, type JsonObject } from "../../../core/index.ts";
import type { InTotoStatement } from "../bundles/index.ts";

/** How an archive must have been built. */
export interface RequiredProvenance {
  readonly builder: string;
  readonly source: string;
}

/** What a SLSA provenance says of it. */
export interface Provenance {
  readonly builder: string;
  readonly sources: readonly string[];
}

/** @returns undefined for a statement that is no SLSA provenance of a version we know. */
export function provenanceOf({ predicateType, predicate }: InTotoStatement): Provenance | undefined {
  if (!predicate) return undefined;
  if (predicateType === "https://slsa.dev/provenance/v1") return versionOne(predicate);
  return predicateType === "https://slsa.dev/provenance/v0.2" ? versionZero(predicate) : undefined;
}

function versionOne(predicate: JsonObject): Provenance | undefined {
  const builder = textAt(predicate, "runDetails", "builder", "id");
  const dependencies = at(predicate, "buildDefinition", "resolvedDependencies");
  const uris = isArray(dependencies) ? dependencies.map((each) => (isObject(each) ? each["uri"] : undefined)) : [];
  const [first] = uris;
  // The first dependency is what was built; the others are what it was built with.
  return builder === undefined ? undefined : { builder, sources: typeof first === "string" ? [repository(first)] : [] };
}

function versionZero(predicate: JsonObject): Provenance | undefined {
  const builder = textAt(predicate, "builder", "id");
  const uri = textAt(predicate, "invocation", "configSource", "uri");
  return builder === undefined ? undefined : { builder, sources: uri === undefined ? [] : [repository(uri)] };
}

/** `git+https://host/repo@refs/heads/main` names `https://host/repo`. */
function repository(uri: string): string {
  const plain = uri.replace(/^git\+/, "");
  const path = plain.indexOf("/", plain.indexOf("://") + 3);
  const ref = path < 0 ? -1 : plain.indexOf("@", path);
  return ref < 0 ? plain : plain.slice(0, ref);
}

function at(value: Json, ...path: readonly string[]): Json | undefined {
  let here: Json | undefined = value;
  for (const key of path) here = isObject(here) ? here[key] : undefined;
  return here;
}

function textAt(value: Json, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

export function meets({ builder, sources }: Provenance, required: RequiredProvenance): boolean {
  return builder === required.builder && sources.includes(required.source);
}
