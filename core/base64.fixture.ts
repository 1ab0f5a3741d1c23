const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Every text beside this one that lenient readers take for the same bytes, of either alphabet. */
export function otherSpellings(text: string): readonly string[] {
  const bare = text.replace(/=+$/, "");
  const swapped = text.replace(/[-_+/]/g, (each) => ({ "-": "+", _: "/", "+": "-", "/": "_" })[each] ?? each);
  const found = [`${text}\n`, ` ${text}`, `${text}=`, bare, swapped, ...strays(bare).map((each) => each + text.slice(bare.length))];
  return [...new Set(found)].filter((each) => each !== text);
}

/** The last letter of a text that does not fill its bytes has bits that stand for nothing. */
function strays(bare: string): readonly string[] {
  const unused = { 2: 4, 3: 2 }[bare.length % 4];
  if (unused === undefined) return [];
  const isUrl = /[-_]/.test(bare);
  const last = ALPHABET.indexOf(bare.at(-1)!.replace("-", "+").replace("_", "/"));
  const letter = (n: number): string => (isUrl ? ALPHABET[n]!.replace("+", "-").replace("/", "_") : ALPHABET[n]!);
  return Array.from({ length: (1 << unused) - 1 }, (_, i) => `${bare.slice(0, -1)}${letter(last + i + 1)}`);
}
