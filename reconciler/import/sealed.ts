import { isObject, type Json, type JsonObject } from "../../core/index.ts";
import type { FoundSecret, ImportedTree } from "./types.ts";

/** An encrypted value, as a Secret holds it. */
export interface Envelope {
  readonly recipients: readonly string[];
  readonly envelope: string;
}

/** The tree with values in place of `pending`, and without the tasks of entering them. */
export function withEnvelopes(tree: ImportedTree, envelopes: ReadonlyMap<FoundSecret, Envelope>): ImportedTree {
  const bySecret = Map.groupBy(envelopes, ([found]) => found.secret);
  const manifests = tree.manifests.map((manifest) => {
    const { kind, metadata } = manifest.value;
    const name = isObject(metadata) ? metadata["name"] : undefined;
    const sealed = kind === "Secret" && typeof name === "string" ? bySecret.get(name) : undefined;
    if (!sealed) return manifest;
    return { ...manifest, value: replaceValues(manifest.value, new Map(sealed.map(([found, envelope]) => [found.key, envelope]))) };
  });
  const done = new Set([...envelopes.keys()].map(({ secret, key }) => entryTask(secret, key)));
  const tasks = tree.report.tasks.filter(({ text }) => !done.has(text));
  return { ...tree, manifests, report: { ...tree.report, tasks } };
}

/** What a person is told to do for a value that is not there. */
export function entryTask(secret: string, key: string): string {
  return `Enter the value: moltbot secret set ${secret} ${key}`;
}

function replaceValues(document: JsonObject, sealed: ReadonlyMap<string, Envelope>): JsonObject {
  const spec = isObject(document["spec"]) ? document["spec"] : {};
  const values = isObject(spec["values"]) ? spec["values"] : {};
  const replaced = Object.entries(values).map(([key, value]): [string, Json] => {
    const envelope = sealed.get(key);
    return [key, envelope ? { age: { recipients: envelope.recipients, envelope: envelope.envelope } } : value];
  });
  return { ...document, spec: { ...spec, values: Object.fromEntries(replaced) } };
}
