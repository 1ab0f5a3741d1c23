import { asciiOnly, type Look } from "./look.ts";
import { withoutCommands } from "./safe.ts";

/**
 * What a model says, made safe to show: control characters and direction marks are escaped, line ends
 * and tabs stay. Joiners and variation selectors stay too, because emoji and many scripts need them;
 * prose is not an identifier.
 */
const UNSAFE = /(?![\n\t])\p{Cc}|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/gu;

export function safeProse(text: string, look: Pick<Look, "unicode">): string {
  const safe = text.replace(UNSAFE, (c) =>
    Array.from({ length: c.length }, (_, i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, "0")}`).join(""),
  );
  return look.unicode ? safe : asciiOnly(safe);
}

/** Makes safe what arrives in pieces. */
export interface ProseStream {
  /** What can be shown now; the rest is held back until it is known what it is. */
  readonly push: (piece: string) => string;
  readonly end: () => string;
}

/**
 * @param isLive - A person is watching: every character is shown as it comes. Otherwise whole lines, in
 *   which words that a CI system would take as a command can be told.
 */
export function proseStream(look: Pick<Look, "unicode">, isLive: boolean): ProseStream {
  let held = "";
  const show = (text: string): string => withoutCommands(safeProse(text.replaceAll("\r\n", "\n"), look));
  return {
    push: (piece) => {
      held += piece;
      const end = isLive ? held.length - splitLength(held) : held.lastIndexOf("\n") + 1;
      const ready = held.slice(0, end);
      held = held.slice(end);
      return show(ready);
    },
    end: () => {
      const rest = held;
      held = "";
      return show(rest);
    },
  };
}

/** Half of a surrogate pair, or of a line end, at the end of a piece: its other half may follow. */
function splitLength(text: string): number {
  return /[\ud800-\udbff\r]$/.test(text) ? 1 : 0;
}
