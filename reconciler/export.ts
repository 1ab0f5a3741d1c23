import { canonicalForm } from "./resolve/index.ts";
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
import { COMPILED_FILES, compiledDigests, type CompiledDigests } from "../trust/policy/index.ts";
import { withoutBundledText } from "../trust/signatures/index.ts";
import { withoutCompiled } from "./compiled.ts";
import { writeManifest } from "./manifest/index.ts";

export interface ExportedFile {
  readonly path: string;
  readonly text: string;
  /** Of a file that is no manifest, whose text is then empty: compiled policies, archives and signatures. */
  readonly bytes?: Uint8Array;
}

/**
 * Resources to manifests: one file each, defaults left out, envelopes put back in. Reading them again
 * gives the same resolved resources, so a plan over the export is empty.
 */
export async function exportFiles(
  resources: readonly Resource[],
  kinds: Kinds,
  valuesOf: (digests: Iterable<Digest>) => Promise<Result<ReadonlyMap<Digest, Uint8Array>>>,
): Promise<Result<readonly ExportedFile[]>> {
  const needed = new Set<Digest>();
  for (const each of resources) collectEnvelopes(each as unknown as Json, kinds.byName.get(each.kind)?.schema, needed);
  const compiled = resources.map(compiledDigests).find((each) => each !== null);
  if (compiled) for (const digest of Object.values(compiled)) needed.add(digest);
  const values = await valuesOf(needed);
  if (!values.ok) return values;
  const files: ExportedFile[] = compiled ? compiledFiles(compiled, values.value) : [];
  const layout = layoutOf(resources);
  const beside = filesBeside(resources, kinds);
  for (const digest of beside) files.push({ path: besidePath(digest), text: "", bytes: values.value.get(digest) ?? new Uint8Array() });
  for (const each of resources.map(withoutCompiled).map(withoutBundledText)) {
    const schema = kinds.byName.get(each.kind)?.schema;
    const written = withoutDefaults(withEnvelopes(each as unknown as Json, schema, values.value), schema);
    files.push({ path: pathOf(each, layout.folder), text: await writeManifest(written as JsonObject) });
  }
  files.push(...layout.kept.filter((path) => !files.some((file) => file.path === path || file.path.startsWith(`${path}/`))).map(emptyAt));
  return ok(files.sort((a, b) => byCodeUnit(a.path, b.path)));
}

/** As they stand beside moltbot.yaml. */
function compiledFiles(named: CompiledDigests, values: ReadonlyMap<Digest, Uint8Array>): ExportedFile[] {
  return (["bundle", "lock", "attestation"] as const).flatMap((part) => {
    const digest = named[part];
    return digest === undefined ? [] : [{ path: COMPILED_FILES[part], text: "", bytes: values.get(digest) ?? new Uint8Array() }];
  });
}

/** Where exported files go, so that the Project, which is exported as it is, finds them. */
interface Layout {
  /** The folder below moltbot.yaml for a kind's folder. */
  readonly folder: (kindFolder: string) => string;
  /** Folders and files that the Project names: they must be there, if only empty. */
  readonly kept: readonly string[];
}

function layoutOf(resources: readonly Resource[]): Layout {
  const spec = resources.find((each) => each.kind === "Project")?.spec ?? {};
  const sources = textsIn(spec["sources"]);
  const environments = isObject(spec["environments"]) ? Object.values(spec["environments"]) : [];
  const overlays = environments.flatMap((each) => (isObject(each) ? textsIn(each["overlays"]) : []));
  const [first] = sources;
  const folder = (name: string): string => (first === undefined || sources.includes(name) ? name : `${first}/${name}`);
  return { folder, kept: [...sources, ...overlays] };
}

function textsIn(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

/** An overlay that says nothing any more, because it is merged in; or a folder that is kept. */
function emptyAt(path: string): ExportedFile {
  return /\.(ya?ml|json)$/.test(path) ? { path, text: "# Merged into the resources.\n" } : { path: `${path}/.gitkeep`, text: "" };
}

/** `agents/support.yaml`; the Project is moltbot.yaml. */
function pathOf({ kind, metadata }: Resource, folderOf: Layout["folder"]): string {
  if (kind === "Project") return "moltbot.yaml";
  const words = kind.replaceAll(/(?<=[a-z])([A-Z])/g, "-$1").toLowerCase();
  const folder = words.endsWith("y") ? `${words.slice(0, -1)}ies` : `${words}s`;
  return `${folderOf(folder)}/${metadata.name}.yaml`;
}

function collectEnvelopes(value: Json, node: SchemaNode | undefined, into: Set<Digest>): void {
  if (!node) return;
  if (node["x-moltbot-envelope"] && isDigest(value)) into.add(value);
  else if (isArray(value)) for (const item of value) collectEnvelopes(item, node.items, into);
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) collectEnvelopes(item, childNode(node, key), into);
}

/** A field that is the path of a file, whose bytes are recorded by digest: it cannot hold them itself. */
function isNamedFile(node: SchemaNode): boolean {
  return node["x-moltbot-envelope"] === true && node.format === "path";
}

/** Named for its content, and without an ending: it is never taken for a manifest. */
function besidePath(digest: Digest): string {
  return `files/${digest.slice("sha256:".length)}`;
}

/** The files that resources name by their paths, by digest. */
function filesBeside(resources: readonly Resource[], kinds: Kinds): ReadonlySet<Digest> {
  const found = new Set<Digest>();
  const visit = (value: Json, node: SchemaNode | undefined): void => {
    if (!node) return;
    if (isNamedFile(node) && isDigest(value)) found.add(value);
    else if (isArray(value)) for (const item of value) visit(item, node.items);
    else if (isObject(value)) for (const [key, item] of Object.entries(value)) visit(item, childNode(node, key));
  };
  for (const each of resources) visit(each as unknown as Json, kinds.byName.get(each.kind)?.schema);
  return found;
}

function withEnvelopes(value: Json, node: SchemaNode | undefined, values: ReadonlyMap<Digest, Uint8Array>): Json {
  if (!node) return value;
  if (isNamedFile(node) && isDigest(value)) return besidePath(value);
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
    const isDefault = child?.default !== undefined && jsonEqual(slim, withoutDefaults(canonicalForm(child.default, child), child));
    return isDefault && !node.required?.includes(key) ? [] : [[key, slim]];
  });
  return Object.fromEntries(kept);
}
