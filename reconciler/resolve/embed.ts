import {
  childNode,
  digestBytes,
  isArray,
  isObject,
  pointerOf,
  problem,
  type Diagnostic,
  type Digest,
  type Json,
  type SchemaNode,
  somewhereBelow,
  visit,
  type Segments,
} from "../../core/index.ts";
import type { FileReference, Layer } from "./types.ts";

const mayNameFile = somewhereBelow((node) => node["x-moltbot-file"] === true);
const mayEmbed = somewhereBelow((node) => node["x-moltbot-file"] === true || node["x-moltbot-envelope"] === true);

const mayHoldEnvelope = somewhereBelow((node) => node["x-moltbot-envelope"] === true);

/** May a resource of this schema name bytes by digest? */
export function holdsEnvelopes(node: SchemaNode | undefined): boolean {
  return node !== undefined && mayHoldEnvelope(node);
}

/** Every `{file: path}` of a document, by its annotation. */
export function fileReferences(layer: Layer, node: SchemaNode | undefined): FileReference[] {
  const found: FileReference[] = [];
  visit(layer.value, node, (value, at, where) => {
    if (!mayNameFile(at)) return false;
    const path = at["x-moltbot-file"] ? filePathOf(value, at) : undefined;
    if (path !== undefined) {
      const origin = {
        file: layer.file,
        document: layer.document,
        pointer: pointerOf(isObject(value) ? [...where, "file"] : where),
        part: "value",
      } as const;
      const maxBytes = at["x-moltbot-max-bytes"];
      found.push({ path, origin, ...(maxBytes === undefined ? {} : { maxBytes }) });
    }
    return path === undefined;
  });
  return found;
}

/** What the value names: `{file: path}`, or the value itself where the schema says that it is a path. */
function filePathOf(value: Json, node: SchemaNode): string | undefined {
  const path = isObject(value) ? value["file"] : node.format === "path" ? value : undefined;
  return typeof path === "string" ? path : undefined;
}

export interface EmbedContext {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Filled with the bytes that the result names by digest. */
  readonly values: Map<Digest, Uint8Array>;
  readonly diagnostics: Diagnostic[];
  readonly originOf: (at: Segments) => Diagnostic["origin"];
  /** Set once anything was embedded or replaced. */
  hasEmbedded: boolean;
}

/**
 * Replaces every `{file: path}` by the text of the file, and every secret envelope by its digest, so
 * that the result depends on content alone and holds no ciphertext. What holds neither is left as it is.
 */
export function embed(value: Json, node: SchemaNode | undefined, context: EmbedContext, at: Segments = []): Json {
  if (!node || !mayEmbed(node)) return value;
  const path = node["x-moltbot-file"] ? filePathOf(value, node) : undefined;
  if (path !== undefined) return embedFile(path, node, context, at);
  if (typeof value === "string") return node["x-moltbot-envelope"] ? byDigest(new TextEncoder().encode(value), context) : value;
  if (isArray(value)) return value.map((item, i) => embed(item, node.items, context, [...at, i]));
  if (!isObject(value)) return value;
  const out: Record<string, Json> = {};
  for (const key of Object.keys(value)) {
    const child = childNode(node, key);
    const item = value[key] ?? null;
    out[key] = child && mayEmbed(child) ? embed(item, child, context, [...at, key]) : item;
  }
  return out;
}

function byDigest(bytes: Uint8Array, context: EmbedContext): Digest {
  const digest = digestBytes(bytes);
  context.values.set(digest, bytes);
  context.hasEmbedded = true;
  return digest;
}

function embedFile(path: string, node: SchemaNode, context: EmbedContext, at: Segments): Json {
  const bytes = context.files.get(path);
  context.hasEmbedded = true;
  // A file that could not be read has its own diagnostic already.
  if (!bytes) return "";
  if (node["x-moltbot-envelope"]) return byDigest(bytes, context);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const origin = context.originOf([...at, "file"]);
    context.diagnostics.push(
      problem("ENCODING", {
        detail: `The embedded file "${path}" is not UTF-8 text, so it cannot stand in a manifest field.`,
        remedy: "Save the file as UTF-8.",
        ...(origin ? { origin } : {}),
      }),
    );
    return "";
  }
}
