import { fail, jsonDepth, LIMITS, ok, problem, type DiagnosticCode, type Json, type Result } from "../../core/index.ts";

/**
 * Reads a value that a plugin wrote. Only plain data comes out: no key `__proto__`, no deeper than a
 * document may be, nothing of a length that was not judged before it was parsed.
 */
export function readPlain(text: string, code: DiagnosticCode): Result<Json> {
  if (text.length > LIMITS.pluginMessageChars) {
    return no("PLUGIN_LIMIT", `it has ${text.length} characters; ${LIMITS.pluginMessageChars} are allowed (limits.pluginMessageChars)`);
  }
  if (jsonDepth(text) > LIMITS.depth) return no("PLUGIN_LIMIT", `it is deeper than ${LIMITS.depth} (limits.depth)`);
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

function hasProto(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.hasOwn(value, "__proto__") || Object.values(value).some((each) => hasProto(each));
}
