import type { Digest } from "./digest.ts";
import type { Json, JsonObject } from "./json.ts";
import type { ManifestMigration } from "./migration.ts";

/** How a reference lets reach flow; drives order and the capability closure. */
export type Reach = "talks-to" | "calls" | "uses" | "holds" | "bounds";

/** What changing a field costs the running system, mildest first. */
export type Reload = "hot" | "restart" | "session";

/** Kinds of text that have one canonical spelling. */
export type TextForm = "duration" | "size" | "instant" | "url" | "host" | "pattern";

/**
 * One node of a kind's JSON Schema (2020-12), with `$ref` already replaced by what it names, and the
 * annotations that drive the engine. Schemas use a closed subset: no `oneOf/anyOf/allOf/if`, so that
 * every value has exactly one node that describes it and every error has one message.
 * A field that takes a scalar or an object says `type: [string, object]`.
 */
export interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly examples?: readonly Json[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | SchemaNode;
  readonly propertyNames?: SchemaNode;
  readonly items?: SchemaNode;
  /** The string here names a resource of that kind. */
  readonly "x-moltbot-ref"?: { readonly kind: string; readonly reach: Reach };
  /** Only a secret reference `{secret, key}` may stand here. */
  readonly "x-moltbot-secret"?: boolean;
  /** This list is a map keyed by that field of its items. */
  readonly "x-moltbot-key"?: string;
  /** Where an item leaves its key away, the field whose value is the key. */
  readonly "x-moltbot-key-default"?: string;
  /**
   * May be `{file: path}`: the bytes are embedded and digested. On a string of format `path` the string
   * itself is the path.
   */
  readonly "x-moltbot-file"?: boolean;
  /** Holds for everything below that says nothing else; `hot` where nobody says anything. */
  readonly "x-moltbot-reload"?: Reload;
  readonly "x-moltbot-immutable"?: boolean;
  readonly "x-moltbot-trust"?: boolean;
  /** The text has several spellings for one meaning; resolving keeps one of them. */
  readonly "x-moltbot-form"?: TextForm;
  /** The order of this list means nothing, and neither does saying an item twice. */
  readonly "x-moltbot-set"?: boolean;
  /**
   * What a list or map that says nothing means here: the same as leaving it away (`absent`: resolving leaves
   * it away), or something else (`distinct`). A map that says no more than its defaults says nothing.
   */
  readonly "x-moltbot-empty"?: "absent" | "distinct";
  /** The text here is bulk ciphertext: rows and plans hold its digest, the bytes travel beside them. */
  readonly "x-moltbot-envelope"?: boolean;
  /** The most bytes of the file that is named here, where that is not {@link LIMITS.embeddedFileBytes}. */
  readonly "x-moltbot-max-bytes"?: number;
}

/** One violation of a schema, in terms of the document. Wording is the manifest room's. */
export interface SchemaError {
  /** JSON Pointer to the value (for an unknown field: to the mapping that holds it). */
  readonly pointer: string;
  readonly keyword: string;
  readonly params: JsonObject;
}

/** Everything the engine knows of one kind; made from its schema alone. */
export interface KindModel {
  readonly kind: string;
  readonly apiVersion: string;
  /** The whole document's schema, references resolved. */
  readonly schema: SchemaNode;
  /** Every violation in the document; empty when it conforms. */
  readonly validate: (document: Json) => readonly SchemaError[];
}

/** The kinds in force. A test may add one; the engine takes this as a value. */
export interface Kinds {
  readonly byName: ReadonlyMap<string, KindModel>;
  /** Covers every schema: an input of every plan. */
  readonly digest: Digest;
  /** How manifests of older versions become those of these kinds. Absent: there are no older ones. */
  readonly migrations?: readonly ManifestMigration[];
}

/** The child node that describes a key or index of a value; undefined where anything may stand. */
export function childNode(node: SchemaNode | undefined, key: string | number): SchemaNode | undefined {
  if (!node) return undefined;
  if (typeof key === "number") return node.items;
  if (node.properties && Object.hasOwn(node.properties, key)) return node.properties[key];
  return typeof node.additionalProperties === "object" ? node.additionalProperties : undefined;
}

/** A resource after resolving: defaults filled in, references checked, files embedded. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: JsonObject;
}
