import { escapeText, LIMITS, type Secret } from "../../core/index.ts";
import { maskFor, type Mask } from "../vault/index.ts";

/** Shorter values are not searched for, not even whole: they would garble ordinary text. */
const SHORTEST = 4;
const MASKED_WHOLE = 8;

/** What makes a tool's text fit for a model: secrets masked, nothing that moves a cursor or hides, not too long. */
export interface ResultFilter {
  /** @returns whether a secret was quoted. */
  readonly clean: (text: string, maxChars: number) => { readonly text: string; readonly hadSecret: boolean };
}

/** @param values - Of secrets that were opened so far. */
export function resultFilter(values: readonly Secret<Uint8Array>[]): ResultFilter {
  const texts = [...new Set(values.map((each) => Buffer.from(each.open()).toString("utf8").trim()))].filter(
    (each) => each.length >= SHORTEST,
  );
  const mask: Mask = maskFor(texts.filter((each) => each.length >= MASKED_WHOLE));
  const short = texts.filter((each) => each.length < MASKED_WHOLE);
  return {
    clean: (text, maxChars) => {
      const kept = text.slice(0, Math.min(maxChars, LIMITS.toolResultChars));
      const masked = short.reduce((each, value) => each.replaceAll(value, "***"), mask.words(kept) ?? "");
      const cut = kept.length < text.length ? `\n[cut off: ${text.length - kept.length} more characters]` : "";
      return { text: visible(masked) + cut, hadSecret: masked !== kept };
    },
  };
}

/** Line breaks and tabs stay; every other control, direction or invisible character is shown as `\u....`. */
function visible(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(/[^\n\t]+/g, escapeText);
}
