import {
  addressOf,
  byCodeUnit,
  digestJson,
  digestKept,
  failAll,
  ok,
  pointerOf,
  problem,
  type Address,
  type Diagnostic,
  type Digest,
  type Json,
  type JsonObject,
  type Kinds,
  type Resource,
  type Result,
  type SchemaNode,
} from "../../core/index.ts";
import type { WrittenResource } from "../manifest/types.ts";
import { findCycles } from "./cycles.ts";
import { canonicalForm } from "./canonical.ts";
import { embed } from "./embed.ts";
import { overlaid, trustFields } from "./overlay.ts";
import { linkReferences } from "./references.ts";
import type { Layer, ResolvedConfig, ResolvedResource, WrittenOrFinished } from "./types.ts";

export interface ResolveInput {
  readonly project: string;
  readonly environment: string;
  /** Every manifest, the Project among them. */
  readonly written: readonly WrittenOrFinished[];
  /** In the order in which they are laid over. */
  readonly overlays: readonly WrittenResource[];
  /** Bytes of the files that `{file: path}` names. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly kinds: Kinds;
  /** Addresses that invalid documents declare: a reference to one is not called missing as well. */
  readonly invalid: ReadonlySet<Address>;
}

/**
 * Written manifests to the desired state: overlays merged, files embedded, defaults filled in, keyed
 * lists ordered, references checked. The result is the same whatever order the input came in, and
 * depends on content only: comments, file names and positions change no digest.
 *
 * @returns every problem of the tree at once, or a config sorted by address.
 */
export function resolve(input: ResolveInput): Result<ResolvedConfig> {
  const diagnostics: Diagnostic[] = [];
  const layered = layersByAddress(input, diagnostics);
  const values = new Map<Digest, Uint8Array>();
  const resources = [...layered.entries()]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([address, each]) => resolveOne(address, each, input, values, diagnostics));
  const byAddress = new Map(resources.map((each) => [each.address, each]));
  const links = linkReferences(resources, byAddress, input.kinds, input.invalid);
  const problems = [...diagnostics, ...links.diagnostics, ...findCycles(links.edges, byAddress)];
  if (problems.length > 0) return failAll(problems);
  const digest = digestJson(resources.map((each) => [each.address, each.digest]));
  const { project, environment } = input;
  return ok({ project, environment, resources, byAddress, edges: links.edges, values, digest });
}

/**
 * Resources of the record as a desired state: today's defaults filled in, references checked again.
 * They have no layers, because no file says them.
 */
export function resolveRecorded(project: string, environment: string, recorded: readonly Resource[], kinds: Kinds): Result<ResolvedConfig> {
  const resources = recorded
    .map((each): ResolvedResource => {
      const resource = canonicalForm(each as unknown as Json, kinds.byName.get(each.kind)?.schema);
      const address = addressOf(each.kind, each.metadata.name);
      return { address, resource: resource as unknown as Resource, digest: digestJson(resource), layers: [] };
    })
    .sort((a, b) => byCodeUnit(a.address, b.address));
  const byAddress = new Map(resources.map((each) => [each.address, each]));
  const links = linkReferences(resources, byAddress, kinds, new Set());
  const diagnostics = [...links.diagnostics, ...findCycles(links.edges, byAddress)];
  if (diagnostics.length > 0) return failAll(diagnostics.map(withoutOrigin));
  const digest = digestJson(resources.map((each) => [each.address, each.digest]));
  return ok({ project, environment, resources, byAddress, edges: links.edges, values: new Map(), digest });
}

/** The desired state in which nothing of the owner is left. */
export function emptyConfig(project: string, environment: string): ResolvedConfig {
  return { project, environment, resources: [], byAddress: new Map(), edges: [], values: new Map(), digest: digestJson([]) };
}

/** A recorded resource stands in no file. */
function withoutOrigin(diagnostic: Diagnostic): Diagnostic {
  const { origin, ...rest } = diagnostic;
  return origin ? rest : diagnostic;
}

interface Layered {
  readonly kind: string;
  readonly layers: WrittenOrFinished[];
}

function layersByAddress(input: ResolveInput, diagnostics: Diagnostic[]): Map<Address, Layered> {
  const all = new Map<Address, Layered>();
  for (const each of input.written) {
    const address = addressOf(each.kind, each.name);
    const first = all.get(address)?.layers[0];
    if (first) diagnostics.push(duplicate(address, each, first));
    else all.set(address, { kind: each.kind, layers: [each] });
  }
  for (const each of input.overlays) {
    const address = addressOf(each.kind, each.name);
    const base = all.get(address);
    const trust = trustFields(each.value, input.kinds.byName.get(each.kind)?.schema);
    if (!base) diagnostics.push(unmatched(address, each));
    else if (trust[0]) diagnostics.push(touchesTrust(each, trust[0]));
    else base.layers.push(each);
  }
  return all;
}

function resolveOne(
  address: Address,
  { kind, layers }: Layered,
  input: ResolveInput,
  values: Map<Digest, Uint8Array>,
  diagnostics: Diagnostic[],
): ResolvedResource {
  const schema = input.kinds.byName.get(kind)?.schema;
  const [first, ...overlays] = layers;
  const known = first && overlays.length === 0 ? knownAlready(address, first, schema) : undefined;
  if (known) return known;
  let value: Json = first?.value ?? null;
  for (const layer of overlays) value = overlaid(value, layer.value, schema);
  const originOf = (at: readonly (string | number)[]): Diagnostic["origin"] =>
    first && { file: first.file, document: first.document, pointer: pointerOf(at), part: "value" };
  const context = { files: input.files, values, diagnostics, originOf, hasEmbedded: false };
  const embedded = embed(value, schema, context);
  const resource = canonicalForm(embedded, schema) as JsonObject;
  const resolved: ResolvedResource = { address, resource: resource as unknown as Resource, digest: digestKept(resource), layers };
  if (first && overlays.length === 0 && !context.hasEmbedded) RESOLVED.set(first.value, { schema, resolved });
  return resolved;
}

/** What one document by itself came to before: in an earlier run, or in this one. */
function knownAlready(address: Address, layer: WrittenOrFinished, schema: SchemaNode | undefined): ResolvedResource | undefined {
  if (layer.finished) return finishedOne(address, layer, layer.finished);
  const before = RESOLVED.get(layer.value);
  return before?.schema === schema && before?.resolved.address === address ? before.resolved : undefined;
}

/** Taken as it is; the resource stays unread until somebody looks at it. */
function finishedOne(address: Address, layer: Layer, finished: NonNullable<WrittenOrFinished["finished"]>): ResolvedResource {
  return {
    address,
    digest: finished.digest,
    links: finished.links,
    layers: [layer],
    get resource() {
      return finished.resource;
    },
  };
}

/**
 * What documents resolved to that depend on nothing else: neither overlays nor files. Keyed by the very
 * value that was parsed, so a file that was not parsed again is not resolved again.
 */
const RESOLVED = new WeakMap<JsonObject, { readonly schema: SchemaNode | undefined; readonly resolved: ResolvedResource }>();

function duplicate(address: Address, each: WrittenResource, first: Layer): Diagnostic {
  const name = { pointer: "/metadata/name", part: "value" } as const;
  return problem("RESOURCE_DUPLICATE", {
    detail: `${address} is declared twice. Which of the two should apply cannot be told.`,
    remedy: "Remove or rename one of them; to vary a resource for one environment, use an overlay.",
    origin: { file: each.file, document: each.document, ...name },
    related: [{ message: "first declared here", origin: { file: first.file, document: first.document, ...name } }],
    context: { address },
  });
}

function unmatched(address: Address, each: WrittenResource): Diagnostic {
  return problem("OVERLAY_UNMATCHED", {
    detail: `The overlay is for ${address}, which no manifest declares.`,
    remedy: "Correct kind or name, or declare the resource.",
    origin: { file: each.file, document: each.document, pointer: "/metadata/name", part: "value" },
    context: { address },
  });
}

function touchesTrust(each: WrittenResource, at: readonly (string | number)[]): Diagnostic {
  return problem("OVERLAY_TRUST", {
    detail: `The overlay sets ${pointerOf(at)}, which decides what is trusted. It has one value for every environment.`,
    remedy: "Set it in moltbot.yaml.",
    origin: { file: each.file, document: each.document, pointer: pointerOf(at), part: "key" },
    context: { address: addressOf(each.kind, each.name) },
  });
}
