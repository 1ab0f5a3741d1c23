import { isAlias, isNode, parseAllDocuments, visit, type Document } from "yaml";
import { fail, LIMITS, ok, problem, shown, type Json, type Resource, type Result, type SchemaError } from "../../../core/index.ts";
import { formatErrors } from "../../../schemas/index.ts";
import { pathProblem, type Archive } from "../archive/index.ts";

export const MANIFEST_FILE = "plugin.yaml";

/** What a plugin says of itself. Tools and capabilities have the form of those of the Plugin resource. */
export interface PluginManifest {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly runtime: "js" | "wasm";
  readonly entry: string;
  readonly provides?: readonly string[];
  readonly tools?: Resource["spec"][string];
  readonly capabilities?: Resource["spec"][string];
  readonly credentials?: Resource["spec"][string];
}

/** The `plugin.yaml` of an archive, and that its entry is there. */
export async function manifestOf({ files }: Pick<Archive, "files">): Promise<Result<PluginManifest>> {
  const file = files.find(({ path }) => path === MANIFEST_FILE);
  if (!file) return invalid(`there is no ${MANIFEST_FILE} at the top`);
  const manifest = await parseManifest(file.bytes);
  if (!manifest.ok) return manifest;
  const { entry } = manifest.value;
  const bad = pathProblem(entry);
  if (bad !== undefined) return invalid(`entry ${bad}`);
  return files.some(({ path }) => path === entry) ? manifest : invalid(`its entry ${JSON.stringify(entry)} is not among the files`);
}

/** A `plugin.yaml` from its bytes: the same YAML as manifests, without anchors, aliases and tags. */
export async function parseManifest(bytes: Uint8Array): Promise<Result<PluginManifest>> {
  if (bytes.byteLength > LIMITS.pluginManifestBytes) return invalid(`it has more than ${LIMITS.pluginManifestBytes} bytes`);
  const value = valueOf(bytes);
  if (typeof value === "string") return invalid(value);
  const [error] = await formatErrors("PluginManifest", value.json);
  if (error) return invalid(schemaWords(error));
  const manifest = value.json as unknown as PluginManifest;
  const twice = repeated(manifest.tools);
  if (twice !== undefined) return invalid(`the tool ${JSON.stringify(twice)} stands there twice`);
  const again = repeated(manifest.credentials);
  return again === undefined ? ok(manifest) : invalid(`the credential ${JSON.stringify(again)} stands there twice`);
}

/** What the schema says, in few words; `plugin.yaml` is written by hand and short. */
function schemaWords({ pointer, keyword, params }: SchemaError): string {
  const where = pointer === "" ? "the top level" : pointer;
  const named = params["missingProperty"] ?? params["additionalProperty"];
  if (keyword === "required") return `${where} lacks ${shown(named)}`;
  if (keyword === "additionalProperties") return `${where} has an unknown field ${shown(named)}`;
  return `${where} does not fit its ${keyword} (${shown(params)})`;
}

function valueOf(bytes: Uint8Array): { readonly json: Json } | string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return "it is not UTF-8 text";
  }
  const documents = parseAllDocuments(text, { version: "1.2", schema: "core", uniqueKeys: true, strict: true, merge: false });
  const [document] = documents;
  if (!Array.isArray(documents) || !document || documents.length !== 1) return "it does not hold exactly one document";
  const [error] = [...document.errors, ...document.warnings];
  if (error) return `it is not YAML that is read here: ${error.message.split("\n")[0] ?? ""}`;
  return hasTricks(document) ? "it has anchors, aliases or tags" : { json: document.toJS() as Json };
}

function hasTricks(document: Document): boolean {
  let found = false;
  visit(document, {
    Node: (_key, node) => {
      found ||= isAlias(node) || (isNode(node) && (("anchor" in node && node.anchor !== undefined) || node.tag !== undefined));
    },
  });
  return found;
}

function repeated(list: Json | undefined): string | undefined {
  const names = Array.isArray(list) ? list.map((each) => String((each as { readonly name?: unknown }).name)) : [];
  return names.find((name, i) => names.indexOf(name) !== i);
}

function invalid(what: string): Result<never> {
  return fail(
    problem("PLUGIN_MANIFEST_INVALID", {
      detail: `The plugin does not describe itself as it must: ${what}.`,
      remedy: "Correct plugin.yaml. Every field is in docs/reference/plugin-manifest.md; a new one is made by:\n  moltbot plugin init NAME",
    }),
  );
}
