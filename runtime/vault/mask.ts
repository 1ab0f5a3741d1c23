/** Shorter values are not searched for: they would garble ordinary text (a secret may be `a`). */
const MIN_CHARS = 8;
const MASK = "***";

/** Hides values that a provider was sent, wherever its words quote them back. */
export interface Mask {
  /**
   * The text with every quotation of a value, whole or in part (any 8 characters in a row), in any usual
   * encoding, also split by white space, replaced by `***`. Undefined when a value is too short to be
   * searched for: then the words cannot be judged and must not be shown.
   */
  readonly words: (text: string) => string | undefined;
  /** For an answer that arrives in pieces: holds back what may be the beginning of a value. */
  readonly stream: () => { readonly push: (piece: string) => string; readonly end: () => string };
}

export function maskFor(values: readonly string[]): Mask {
  const isTooShort = values.some((value) => value.length < MIN_CHARS);
  const forms = [...new Set(values.filter((value) => value.length >= MIN_CHARS).flatMap(formsOf))].sort((a, b) => b.length - a.length);
  return {
    words: (text) => (isTooShort ? undefined : maskParts(text, forms)),
    stream: () => maskStream(forms),
  };
}

/** A value as it may be quoted: itself, JSON, URL, hexadecimal, base64 at each of its three alignments. */
function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value, "utf8");
  const hex = bytes.toString("hex");
  const aligned = [0, 1, 2].map((shift) => inBase64(bytes, shift));
  const urlSafe = aligned.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"));
  return [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), hex, hex.toUpperCase(), ...aligned, ...urlSafe].filter(
    (form) => form.length >= MIN_CHARS,
  );
}

/** The characters that depend on the value alone when `shift` other bytes stand before it. */
function inBase64(bytes: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  const isWhole = (shift + bytes.length) % 3 === 0;
  return text.slice(shift === 0 ? 0 : shift + 1, isWhole ? undefined : -1);
}

function maskParts(text: string, forms: readonly string[]): string {
  if (forms.length === 0) return text;
  const grams = new Set<string>();
  for (const form of forms) {
    const bare = form.replace(/\s+/g, "");
    for (let i = 0; i + MIN_CHARS <= bare.length; i++) grams.add(bare.slice(i, i + MIN_CHARS));
  }
  const places = [...text.matchAll(/\S/g)].map((match) => match.index);
  const bare = places.map((at) => text[at]).join("");
  const isHidden = new Uint8Array(bare.length);
  for (let i = 0; i + MIN_CHARS <= bare.length; i++) if (grams.has(bare.slice(i, i + MIN_CHARS))) isHidden.fill(1, i, i + MIN_CHARS);
  return cutOut(text, places, isHidden);
}

function cutOut(text: string, places: readonly number[], isHidden: Uint8Array): string {
  let out = "";
  let copied = 0;
  for (let i = 0; i < isHidden.length; i++) {
    if (isHidden[i] === 0) continue;
    const start = places[i] ?? 0;
    while (isHidden[i + 1] === 1) i++;
    out += `${text.slice(copied, start)}${MASK}`;
    copied = (places[i] ?? 0) + 1;
  }
  return out + text.slice(copied);
}

function maskStream(forms: readonly string[]): ReturnType<Mask["stream"]> {
  let held = "";
  return {
    push: (piece) => {
      const text = forms.reduce((at, form) => at.replaceAll(form, MASK), held + piece);
      const keep = beginningLength(text, forms);
      held = text.slice(text.length - keep);
      return text.slice(0, text.length - keep);
    },
    end: () => {
      const rest = held;
      held = "";
      return rest;
    },
  };
}

/** How many characters at the end of the text could be the beginning of a form. */
function beginningLength(text: string, forms: readonly string[]): number {
  const longest = Math.min(text.length, (forms[0]?.length ?? 1) - 1);
  for (let length = longest; length > 0; length--) {
    const end = text.slice(text.length - length);
    if (forms.some((form) => form.startsWith(end))) return length;
  }
  return 0;
}
