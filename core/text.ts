/**
 * Making foreign text safe to show: control characters, direction marks and invisible characters
 * become `\u....`, so that a name cannot move the cursor, hide itself or speak to a CI system.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** @returns the text with every unsafe character escaped; an astral one as its surrogate pair. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, (c) =>
    [...Array(c.length).keys()].map((i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, "0")}`).join(""),
  );
}

/** The first unsafe character in an identifier, escaped; undefined when there is none. */
export function firstUnsafe(text: string): string | undefined {
  UNSAFE.lastIndex = 0;
  const found = UNSAFE.exec(text);
  UNSAFE.lastIndex = 0;
  return found ? escapeText(found[0]) : undefined;
}

export const MAX_SHOWN_CHARS = 80;

/** What was found, fit for a message: escaped, quoted, shortened to {@link MAX_SHOWN_CHARS}. */
export function shown(value: unknown, max: number = MAX_SHOWN_CHARS): string {
  const text = typeof value === "string" ? `"${escapeText(value)}"` : escapeText(JSON.stringify(value) ?? "nothing");
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}

/**
 * The candidate nearest to a misspelt word, for "did you mean". Edit distance with adjacent swaps
 * (optimal string alignment); at most a third of the word may differ, and at most 3 edits.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > MAX_SHOWN_CHARS) return undefined;
  const limit = Math.min(3, Math.max(1, Math.floor(word.length / 3)));
  let best: { readonly text: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= limit && (!best || distance < best.distance)) best = { text: candidate, distance };
  }
  return best?.text;
}

function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) value = Math.min(value, (beforeLast[j - 2] ?? 0) + 1);
      row.push(value);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

const RECIPIENT_CHARS = 64;

/** A public key in a sentence: post-quantum ones have two thousand characters. */
export function shownRecipient(recipient: string): string {
  return recipient.length <= RECIPIENT_CHARS
    ? escapeText(recipient)
    : `${escapeText(recipient.slice(0, 48))}...${escapeText(recipient.slice(-8))}`;
}

/** A text in which every long public key is cut as {@link shownRecipient} cuts it. */
export function withShortRecipients(text: string): string {
  return text.replaceAll(/age1pq1[02-9ac-hj-np-z]{100,}/g, shownRecipient);
}
