import type { Address, JsonObject, Secret } from "../../core/index.ts";

/** A file as it was read. */
export interface ImportFile {
  /** As the report names it: relative to what was asked to be imported. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ImportOptions {
  /** The name of the Project. */
  readonly project: string;
  /** To whom secrets are encrypted from now on (`spec.secrets.rules`); none for nobody yet. */
  readonly recipients?: readonly string[];
  /** Policy rules that the Project lowers (`spec.policies.rules`); none unless somebody found out which are needed. */
  readonly rules?: readonly LoweredRule[];
}

/** A rule that would deny what was imported. */
export interface LoweredRule {
  /** `<policy>.<code>`. */
  readonly rule: string;
  readonly level: "warn";
  /** How many decisions it would deny. */
  readonly denials: number;
}

/** Where a value went: a place in a resource. */
export interface Destination {
  readonly address: Address;
  /** JSON Pointer into the written manifest. */
  readonly pointer: string;
}

/**
 * What became of one value of the source.
 *
 * - `carried`: it stands in a field of a resource.
 * - `secret`: it became, or names, a value of a Secret.
 * - `passthrough`: a setting that only the other program knows, kept as it is.
 * - `quarantined`: no version of the other program knows the key; kept in a file that is not a manifest.
 * - `left`: nothing was written, for the reason given.
 */
export type Fate = "carried" | "secret" | "passthrough" | "quarantined" | "left";

export interface ReportLeaf {
  /** JSON Pointer into the source. */
  readonly source: string;
  readonly line: number;
  readonly fate: Fate;
  readonly to: readonly Destination[];
  /** Why, or what to know about it. Always there for `left`. */
  readonly notes: readonly string[];
}

/** What a person should look at or do. */
export interface Task {
  readonly text: string;
  readonly address?: Address;
}

export interface ImportReport {
  readonly formatVersion: "1.0";
  readonly kind: "ImportReport";
  /** The file that was imported. */
  readonly source: string;
  readonly project: string;
  readonly summary: {
    readonly values: number;
    readonly fates: Readonly<Record<Fate, number>>;
    /** Resources by kind. */
    readonly resources: Readonly<Record<string, number>>;
  };
  readonly tasks: readonly Task[];
  /** Every value of the source exactly once, in its order. */
  readonly leaves: readonly ReportLeaf[];
  /** Comments that have no line to stand on. */
  readonly comments: readonly { readonly source: string; readonly line: number; readonly text: string }[];
  /** Rules that the Project lowers so that its own content is allowed. */
  readonly rules: readonly LoweredRule[];
}

export interface ImportedManifest {
  /** Relative to the new repository. */
  readonly path: string;
  readonly value: JsonObject;
  /** Goes on top of the file. */
  readonly heading: string;
  /** Comments of fields, by JSON Pointer into the value. */
  readonly comments: ReadonlyMap<string, string>;
}

/** A value that was found in plain text. Its place in the manifests says `pending` until somebody encrypts it. */
export interface FoundSecret {
  /** The name of the Secret. */
  readonly secret: string;
  readonly key: string;
  readonly value: Secret<string>;
}

export interface ImportedTree {
  /** Sorted by path. */
  readonly manifests: readonly ImportedManifest[];
  /** Files that are no manifests, sorted by path. */
  readonly texts: readonly { readonly path: string; readonly text: string }[];
  readonly secrets: readonly FoundSecret[];
  readonly report: ImportReport;
}
