import { fail, LIMITS, ok, problem, type DiagnosticCode, type Json, type Result } from "../../core/index.ts";

/**
 * Reads a value that a plugin wrote. Only plain data comes out: no key `__proto__`, no deeper than a
 * document may be, nothing of a length that was not judged before it was parsed.
 */
export function readPlain(text: string, code: DiagnosticCode): Result<Json> {
  if (text.length > LIMITS.pluginMessageChars) {
    return no("PLUGIN_LIMIT", `it has ${text.length} characters; ${LIMITS.pluginMessageChars} are allowed (limits.pluginMessageChars)`);
  }
  if (depthOf(text) > LIMITS.depth) return no("PLUGIN_LIMIT", `it is deeper than ${LIMITS.depth} (limits.depth)`);
  try {
    const value = JSON.parse(text) as Json;
    // An escape can spell the key in many ways; only then are the keys looked at one by one.
    const isSuspect = text.includes("__proto__") || text.includes("\\u");
    return isSuspect && hasProto(value) ? no(code, "it has a key `__proto__`") : ok(value);
  } catch {
    return no(code, "it is not JSON");
  }
}

/** The text of a value that goes to a plugin. */
export function writePlain(value: Json, code: DiagnosticCode): Result<string> {
  const text = JSON.stringify(value);
  const checked = readPlain(text, code);
  return checked.ok ? ok(text) : checked;
}

function no(code: DiagnosticCode, why: string): Result<never> {
  return fail(problem(code, { detail: `What crosses the border of the plugin is refused: ${why}.` }));
}

/** How deep lists and objects stand in each other, by brackets outside of texts; an upper bound for what is not JSON. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 0x22) {
      i = endOfText(text, i);
    } else if (char === 0x5b || char === 0x7b) {
      depth++;
      if (depth > most) most = depth;
    } else if (char === 0x5d || char === 0x7d) depth--;
  }
  return most;
}

function endOfText(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 0x5c) i++;
    else if (char === 0x22) return i;
  }
  return text.length;
}

function hasProto(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.hasOwn(value, "__proto__") || Object.values(value).some((each) => hasProto(each));
}
