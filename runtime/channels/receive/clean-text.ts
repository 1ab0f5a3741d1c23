/**
 * Line ends as `\n`; no other control characters, no direction overrides, and none of the invisible
 * characters (tags) in which instructions are hidden from the people who look at a message.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/(?![\n\t])[\p{Cc}\p{Bidi_Control}\u{E0000}-\u{E007F}]/gu, "")
    .normalize("NFC");
}
