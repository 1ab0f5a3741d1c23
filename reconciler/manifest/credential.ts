import { shown } from "../../core/index.ts";

/**
 * Telling text that may be a credential, so that no message or excerpt repeats it. Guesses err
 * towards hiding: a hidden harmless value costs a look into the file, a shown secret costs a rotation.
 */
const PREFIXED =
  /(?:sk|pk|rk)[-_][A-Za-z0-9_-]{8,}|xox[a-z]-[A-Za-z0-9-]{6,}|gh[oprsu]_[A-Za-z0-9]{8,}|github_pat_\w{8,}|glpat-[\w-]{8,}|A(?:KIA|SIA)[A-Z0-9]{8,}|AIza[\w-]{8,}|AGE-SECRET-KEY-[A-Z0-9-]+|-----BEGIN[^\n]*|eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?|\b\d{6,12}:[\w-]{30,}|:\/\/[^\s/:@]+:[^\s/@]+@/g;

/** Runs of token characters long enough to be a key. */
const TOKEN = /[A-Za-z0-9+/_=-]{24,}/g;
/** Bits per character above which a long token looks random; words and paths stay below. */
const RANDOM_BITS = 3.6;

const SECRET_KEY =
  /pass(?:word|wd|phrase)?$|secret|token$|api[-_]?key|private[-_]?key|access[-_]?key|credential|authorization|auth$|bearer|cookie|^key$/i;

export function looksLikeCredential(text: string): boolean {
  return maskCredentials(text) !== text;
}

/** The text with everything that looks like a credential starred out, character for character. */
export function maskCredentials(text: string): string {
  return text.replace(PREFIXED, stars).replace(TOKEN, (token, offset: number, whole: string) => {
    return isPublic(token, whole.slice(0, offset)) || !isRandom(token) ? token : stars(token);
  });
}

/** Digests and age recipients look random and are meant to be read. */
function isPublic(token: string, before: string): boolean {
  return /^age1[0-9a-z]+$/.test(token) || (/^[0-9a-f]+$/.test(token) && /sha(?:1|256|512):$/.test(before)) || /^[0-9a-f]{40}$/.test(token);
}

/** A field that holds credentials by the sound of its name, whatever its schema says. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key);
}

function stars(text: string): string {
  return "*".repeat(text.length);
}

function isRandom(token: string): boolean {
  if (!/\d/.test(token) || !/[A-Za-z]/.test(token)) return false;
  const counts = new Map<string, number>();
  for (const c of token) counts.set(c, (counts.get(c) ?? 0) + 1);
  let bits = 0;
  for (const n of counts.values()) bits -= (n / token.length) * Math.log2(n / token.length);
  return bits >= RANDOM_BITS;
}

/** What was found, for a message: escaped, shortened, a credential as `***`, containers by type only. */
export function found(value: unknown): string {
  if (typeof value === "string") return looksLikeCredential(value) ? "the text ***" : `the text ${shown(value)}`;
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return `the boolean ${value}`;
  if (value === null || value === undefined) return "nothing (an empty value)";
  return Array.isArray(value) ? "a list" : "a mapping";
}
