import type { Outcome } from "../outcome.ts";

/** One diagnostic code: what it means everywhere it is used. `moltbot explain CODE` prints the page. */
export interface CodeEntry {
  readonly outcome: Outcome;
  /** The same words for every use; no user data. */
  readonly summary: string;
  /** Markdown: what it means, why it is refused, what to do. One to three short paragraphs. */
  readonly page: string;
}
