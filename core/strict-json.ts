import { isObject, type JsonObject } from "./json.ts";

/**
 * A JSON object from bytes somebody else wrote: valid UTF-8, no byte order mark, no key twice. A key that
 * stands twice is read one way here and another way elsewhere, so it is refused.
 *
 * @returns the object, or in words what is wrong. Never throws.
 */
export function strictObject(bytes: Uint8Array): JsonObject | string {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (error) {
    return error instanceof SyntaxError ? "it is not JSON" : "it is not UTF-8 text";
  }
  if (!isObject(value)) return "it is not a JSON object";
  const twice = repeatedKey(text);
  return twice === undefined ? value : `the key ${twice.slice(0, 80)} stands there twice`;
}

/** The first key, in quotes, that one object has twice. The text was parsed before, so it is well-formed. Linear. */
function repeatedKey(text: string): string | undefined {
  const open: (Set<string> | null)[] = [];
  let isKeyNext = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    const start = at;
    if (char === "{") open.push(new Set());
    else if (char === "[") open.push(null);
    else if (char === "}" || char === "]") open.pop();
    else if (char === '"') at = endOfString(text, at);
    else if (char !== ",") continue;
    const keys = open.at(-1);
    if (isKeyNext && keys && char === '"') {
      const token = text.slice(start, at + 1);
      const key = JSON.parse(token) as string;
      if (keys.has(key)) return token;
      keys.add(key);
    }
    isKeyNext = char === "{" || (char === "," && keys !== null && keys !== undefined);
  }
  return undefined;
}

/** Where the quote is that closes the string. By hand: a pattern keeps a place for each escape, and some files are large. */
function endOfString(text: string, quote: number): number {
  for (let at = quote + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
