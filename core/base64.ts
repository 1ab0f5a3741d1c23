/**
 * The bytes of base64 in the one spelling that encoding gives back: no white space, no missing padding, no
 * other alphabet, no stray bits behind the last byte. Two spellings of the same bytes are how a signed
 * thing gets a second name, so whatever is read as evidence is read by this.
 *
 * @returns undefined for every other text. The empty text is the empty bytes.
 */
export function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

/** The same for base64url without padding, as keys are written in a JWK. */
export function fromBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : undefined;
}
