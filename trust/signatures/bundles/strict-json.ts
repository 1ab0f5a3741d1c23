import { isObject, type JsonObject } from "../../../core/index.ts";

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

/** Strings and brackets are all that matters for finding keys; the text was parsed before, so it is well-formed. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** The first key, in quotes, that one object has twice. Linear. */
function repeatedKey(text: string): string | undefined {
  const open: (Set<string> | null)[] = [];
  let isKeyNext = false;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    const keys = open.at(-1);
    if (isKeyNext && keys && token.startsWith('"')) {
      const key = JSON.parse(token) as string;
      if (keys.has(key)) return token;
      keys.add(key);
    }
    isKeyNext = token === "{" || (token === "," && keys !== null && keys !== undefined);
  }
  return undefined;
}
