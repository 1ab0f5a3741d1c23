import type { DiagnosticCode } from "../../../core/index.ts";

export interface FaultParts {
  readonly code?: DiagnosticCode;
  /** Our own words: a full sentence without its end, about "the provider". */
  readonly detail: string;
  /** What the provider said of it, unjudged: masked and escaped before anybody sees it. */
  readonly words?: string;
  /** What to do about it; absent: what is usual for the code. */
  readonly remedy?: string | undefined;
  /** Trying the same again may help. */
  readonly isPassing?: boolean;
  /** The provider asked to be left alone so long. */
  readonly retryAfterMs?: number;
}

/**
 * A provider that did not answer usefully. Thrown inside this folder only, through streams where no
 * Result can pass; `ask` turns it into a diagnostic.
 */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly parts: FaultParts;

  constructor(parts: FaultParts) {
    super(parts.detail);
    this.parts = parts;
  }
}
