import type { Address, Digest, JsonObject, Origin, Reach, Resource } from "../../core/index.ts";
import type { WrittenResource } from "../manifest/types.ts";

/** A document that a resource was made from: the manifest first, then the overlays in order. */
export interface Layer {
  readonly file: string;
  readonly document: number;
  /** The line, from 1, at which the document's first node stands. */
  readonly line: number;
  readonly value: JsonObject;
}

/** A reference without its place: what the graph needs of it. */
export interface Link {
  readonly to: Address;
  readonly reach: Reach;
  /** For a secret reference: which of the Secret's values. */
  readonly key?: string;
}

/** A document with what it resolved to before, which holds for as long as nothing is laid over it. */
export interface WrittenOrFinished extends WrittenResource {
  readonly finished?: Pick<ResolvedResource, "resource" | "digest"> & { readonly links: readonly Link[] };
}

export interface ResolvedResource {
  readonly address: Address;
  readonly resource: Resource;
  /** Of the canonical JSON of the resource: two equal digests mean nothing to do. */
  readonly digest: Digest;
  readonly layers: readonly Layer[];
  /** Its references, where they are known without looking for them. */
  readonly links?: readonly Link[];
}

/** An edge of the reference graph. */
export interface Edge {
  readonly from: Address;
  readonly to: Address;
  readonly reach: Reach;
}

/** The whole desired state of one owner: defaults filled, overlays merged, files embedded, references checked. */
export interface ResolvedConfig {
  readonly project: string;
  readonly environment: string;
  /** Sorted by address; the Project is among them. */
  readonly resources: readonly ResolvedResource[];
  readonly byAddress: ReadonlyMap<Address, ResolvedResource>;
  readonly edges: readonly Edge[];
  /** Bytes that rows name only by digest: secret envelopes. */
  readonly values: ReadonlyMap<Digest, Uint8Array>;
  /** Over every (address, digest): what a plan's `inputs.resolved` is. */
  readonly digest: Digest;
}

/** A `{file: path}` that a document names, found by its annotation. */
export interface FileReference {
  readonly path: string;
  readonly origin: Origin;
  /** How large it may be; absent for the limit of embedded files. */
  readonly maxBytes?: number;
}
