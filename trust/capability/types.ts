import type { Address, Diagnostic, Instant, Json } from "../../core/index.ts";
import type { Host } from "./host.ts";
import type { Segments } from "./segments.ts";

/** What kind of thing a tool acts on; decides how patterns and requests are read. */
export type ResourceType = "url" | "path" | "command" | "name";

/**
 * A set of resources, in the one canonical form it has: two patterns that mean the same set have the
 * same `text`. A pattern without wildcards is a single resource.
 */
export type Pattern = UrlPattern | SegmentPattern;

export interface UrlPattern {
  readonly type: "url";
  readonly text: string;
  readonly scheme: string;
  /** Null means any host and any port: `scheme://**`. */
  readonly authority: { readonly host: Host; readonly port: number } | null;
  readonly path: Segments;
}

export interface SegmentPattern {
  readonly type: "path" | "command" | "name";
  readonly text: string;
  readonly path: Segments;
}

/** One capability of one agent, or one passthrough leaf. */
export interface Atom {
  readonly subject: Address;
  /** The grant's key in the agent's list. */
  readonly grant: string;
  readonly tool: string;
  readonly action: string;
  readonly pattern: string;
  readonly constraints: Json;
  readonly expiry: "none" | "active" | "expired";
}

/** An atom and where it was declared. */
export interface DeclaredAtom {
  readonly atom: Atom;
  /** JSON Pointer into the subject: `/spec/capabilities/2/permissions/0`. */
  readonly pointer: string;
  /** When a grant that is in force ends; absent where it never does, and where it has. */
  readonly until?: Instant;
  /** The pattern as it was read; absent for a passthrough leaf and for tools that act on nothing. */
  readonly pattern?: Pattern;
  /** Of a passthrough leaf: what it is set to; null for a secret. */
  readonly value?: Json;
}

export interface Expansion {
  /** In the order they were declared. */
  readonly atoms: readonly DeclaredAtom[];
  /** `context.address` and `context.pointer` say where. */
  readonly diagnostics: readonly Diagnostic[];
  /** The earliest instant after `now` at which an expiry flips; null when none does. */
  readonly validUntil: Instant | null;
}
