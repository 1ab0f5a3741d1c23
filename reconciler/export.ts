import {
  byCodeUnit,
  childNode,
  isArray,
  isDigest,
  isObject,
  jsonEqual,
  ok,
  type Digest,
  type Json,
  type JsonObject,
  type Kinds,
  type Resource,
  type Result,
  type SchemaNode,
} from "../core/index.ts";
import { writeManifest } from "./manifest/index.ts";

export interface ExportedFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Resources to manifests: one file each, defaults left out, envelopes put back in. Reading them again
 * gives the same resolved resources, so a plan over the export is empty.
 */
export async function exportFiles(
  resources: readonly Resource[],
  kinds: Kinds,
  valuesOf: (digests: Iterable<Digest>) => Result<ReadonlyMap<Digest, Uint8Array>>,
): Promise<Result<readonly ExportedFile[]>> {
  const needed = new Set<Digest>();
  for (const each of resources) collectEnvelopes(each as unknown as Json, kinds.byName.get(each.kind)?.schema, needed);
  const values = valuesOf(needed);
  if (!values.ok) return values;
  const files: ExportedFile[] = [];
  for (const each of resources) {
    const schema = kinds.byName.get(each.kind)?.schema;
    const written = withoutDefaults(withEnvelopes(each as unknown as Json, schema, values.value), schema);
    files.push({ path: pathOf(each), text: await writeManifest(written as JsonObject) });
  }
  return ok(files.sort((a, b) => byCodeUnit(a.path, b.path)));
}

/** `agents/support.yaml`; the Project is moltbot.yaml. */
function pathOf({ kind, metadata }: Resource): string {
  if (kind === "Project") return "moltbot.yaml";
  const folder = kind.replaceAll(/(?<=[a-z])([A-Z])/g, "-$1").toLowerCase();
  return `${folder.endsWith("y") ? `${folder.slice(0, -1)}ies` : `${folder}s`}/${metadata.name}.yaml`;
}

function collectEnvelopes(value: Json, node: SchemaNode | undefined, into: Set<Digest>): void {
  if (!node) return;
  if (node["x-moltbot-envelope"] && isDigest(value)) into.add(value);
  else if (isArray(value)) for (const item of value) collectEnvelopes(item, node.items, into);
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) collectEnvelopes(item, childNode(node, key), into);
}

function withEnvelopes(value: Json, node: SchemaNode | undefined, values: ReadonlyMap<Digest, Uint8Array>): Json {
  if (!node) return value;
  if (node["x-moltbot-envelope"] && isDigest(value)) return new TextDecoder().decode(values.get(value));
  if (isArray(value)) return value.map((item) => withEnvelopes(item, node.items, values));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withEnvelopes(item, childNode(node, key), values)]));
}

/** Drops every optional field that says only what its default says. */
function withoutDefaults(value: Json, node: SchemaNode | undefined): Json {
  if (!node) return value;
  if (isArray(value)) return value.map((item) => withoutDefaults(item, node.items));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).flatMap(([key, item]): [string, Json][] => {
    const child = childNode(node, key);
    const slim = withoutDefaults(item, child);
    const isDefault = child?.default !== undefined && jsonEqual(slim, withoutDefaults(child.default, child));
    return isDefault && !node.required?.includes(key) ? [] : [[key, slim]];
  });
  return Object.fromEntries(kept);
}
