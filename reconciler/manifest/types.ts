import type { Address, JsonObject, Json, Diagnostic } from "../../core/index.ts";

/** One document of a manifest file as values; its positions are found again by pointer when needed. */
export interface ParsedDocument {
  readonly file: string;
  /** From 0, counting the empty ones. */
  readonly document: number;
  /** The line, from 1, at which the document's first node stands. */
  readonly line: number;
  readonly value: Json;
  /**
   * Unquoted scalars that read as something else than they look, pointer to text: `1.10`, `1e10`,
   * `True`, `~`, and the words that older YAML takes for booleans (`no`, `on`). For messages, and to
   * refuse such words where free text is due. Absent when there are none.
   */
  readonly written?: ReadonlyMap<string, string>;
  /**
   * Present when the parser has already complained about this document: the pointers it complained
   * about, so that a later stage does not complain about them again. Such a document is validated as
   * far as it goes, but never becomes a resource.
   */
  readonly faults?: readonly string[];
}

/** A document whose envelope (apiVersion, kind, metadata.name) is known good and whose schema holds. */
export interface WrittenResource {
  readonly file: string;
  readonly document: number;
  /** The line, from 1, at which the document's first node stands. */
  readonly line: number;
  readonly kind: string;
  readonly name: string;
  /** The document as written: no defaults, no embedded files. */
  readonly value: JsonObject;
}

export interface ParsedFile {
  readonly documents: readonly ParsedDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Addresses that documents which could not be read at all seem to declare, by the look of their
   * lines: a reference to one of them should not be called missing as well.
   */
  readonly unread: readonly Address[];
}

export interface ValidateOptions {
  /**
   * The document is an overlay: it holds only what differs, so nothing but the envelope is required,
   * `null` removes a field, and `$remove: true` drops an entry of a keyed list.
   */
  readonly partial?: boolean;
}

export interface ValidatedDocument {
  /** Absent when anything is wrong. */
  readonly resource?: WrittenResource;
  /** What the envelope says it is, also when the rest is wrong. */
  readonly address?: Address;
  readonly diagnostics: readonly Diagnostic[];
}
