import { addressOf, selects, type Address, type Resource } from "../../core/index.ts";

/** What a question is about, as levels, scopes and exceptions look at it. They stand outside Rego. */
export interface Subject {
  readonly address: Address;
  readonly labels: Readonly<Record<string, string>>;
  /** The tool of a grant; null for a question about a resource. */
  readonly tool: string | null;
}

export function subjectOf({ kind, metadata }: Resource, tool: string | null): Subject {
  return { address: addressOf(kind, metadata.name), labels: metadata.labels ?? {}, tool };
}

export function isAmong(patterns: readonly string[], address: Address): boolean {
  return patterns.some((pattern) => selects(pattern, address));
}
