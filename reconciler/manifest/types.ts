import type { JsonObject, Json, Diagnostic } from "../../core/index.ts";

/** One document of a manifest file as values; its positions are found again by pointer when needed. */
export interface ParsedDocument {
  readonly file: string;
  /** From 0, counting the empty ones. */
  readonly document: number;
  readonly value: Json;
}

/** A document whose envelope (apiVersion, kind, metadata.name) is known good and whose schema holds. */
export interface WrittenResource {
  readonly file: string;
  readonly document: number;
  readonly kind: string;
  readonly name: string;
  /** The document as written: no defaults, no embedded files. */
  readonly value: JsonObject;
}

export interface ParsedFile {
  readonly documents: readonly ParsedDocument[];
  readonly diagnostics: readonly Diagnostic[];
}
