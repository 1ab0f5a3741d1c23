import { fail, firstUnsafe, LIMITS, ok, problem, shown, unreachable, type Result } from "../../core/index.ts";
import { parseCommand, parseName, parsePath, segmentPattern } from "./names.ts";
import { refuse, type Parsed, type Refusal } from "./refusal.ts";
import { intersectSegments, segmentsContain } from "./segments.ts";
import type { Pattern, ResourceType } from "./types.ts";
import { intersectUrls, parseUrl, urlContains } from "./url.ts";

/** Reads the resource of a grant. @returns `CAPABILITY_RESOURCE` or `PATTERN_TOO_LONG` for what has no canonical form. */
export function parsePattern(type: ResourceType, text: string): Result<Pattern> {
  if (text.length > LIMITS.patternChars) {
    return fail(
      problem("PATTERN_TOO_LONG", {
        detail: `The pattern has ${text.length} characters; ${LIMITS.patternChars} are allowed (limits.patternChars).`,
      }),
    );
  }
  const result = parseKnown(type, text);
  if ("value" in result) return ok(result.value);
  return fail(
    problem("CAPABILITY_RESOURCE", {
      detail: `The ${type} pattern ${shown(text)} is refused: ${result.refusal.why}.`,
      ...remedyOf(result.refusal),
    }),
  );
}

/**
 * The canonical form of the resource a call names: what it is compared as, and recorded as. Applying
 * it twice changes nothing.
 * @returns `REQUEST_INVALID` for what has none, and for anything that holds a wildcard.
 */
export function canonicaliseRequest(type: ResourceType, text: string): Result<string> {
  if (text.length > LIMITS.requestChars) {
    return fail(
      problem("PATTERN_TOO_LONG", {
        detail: `The request has ${text.length} characters; ${LIMITS.requestChars} are allowed (limits.requestChars).`,
      }),
    );
  }
  const result = parseText(type, text, false);
  if ("value" in result) return ok(result.value.text);
  return fail(
    problem("REQUEST_INVALID", { detail: `The ${type} ${shown(text)} is refused: ${result.refusal.why}.`, ...remedyOf(result.refusal) }),
  );
}

/**
 * The one spelling of a grant's resource, where the text alone tells its type: a web address, else text in
 * NFC. What no tool could mean stays as it is, for its own diagnostic.
 */
export function canonicalResource(text: string): string {
  if (text.length > LIMITS.patternChars) return text;
  if (!text.includes("://")) return text.normalize("NFC");
  const url = parseKnown("url", text);
  return "value" in url ? url.value.text : text;
}

/** Patterns as they were read before: grants repeat them, and each is read when it is resolved and when it is expanded. */
const KNOWN = new Map<string, Parsed<Pattern>>();

function parseKnown(type: ResourceType, text: string): Parsed<Pattern> {
  const key = `${type} ${text}`;
  const known = KNOWN.get(key);
  if (known) return known;
  const parsed = parseText(type, text, true);
  // Bounded by starting over, as the memory of a policy is.
  if (KNOWN.size >= LIMITS.patternMemo) KNOWN.clear();
  KNOWN.set(key, parsed);
  return parsed;
}

/**
 * A request as a pattern of exactly itself, to be compared with many patterns by {@link contains}; undefined for
 * a text that is not its own canonical form, which nothing covers.
 */
export function requestPattern(type: ResourceType, request: string): Pattern | undefined {
  if (request.length > LIMITS.requestChars) return undefined;
  const result = parseText(type, request, false);
  return "value" in result && result.value.text === request ? result.value : undefined;
}

/** Whether the pattern covers a request. A text that is not its own canonical form is covered by nothing. */
export function matches(pattern: Pattern, request: string): boolean {
  const asked = requestPattern(pattern.type, request);
  return asked !== undefined && contains(pattern, asked);
}

/** Whether everything `inner` covers is covered by `outer`. Exact; linear in the length of the texts. */
export function contains(outer: Pattern, inner: Pattern): boolean {
  if (outer.type === "url") return inner.type === "url" && urlContains(outer, inner);
  return outer.type === inner.type && segmentsContain(outer.path, inner.path);
}

/** Exactly what both cover; undefined when they share nothing. */
export function intersect(a: Pattern, b: Pattern): Pattern | undefined {
  if (a.type === "url") return b.type === "url" ? intersectUrls(a, b) : undefined;
  if (b.type === "url" || a.type !== b.type) return undefined;
  const path = intersectSegments(a.path, b.path);
  return path && segmentPattern(a.type, path);
}

/** Without wildcards the same grammar reads requests, so nothing can be one thing as a grant and another as a call. */
function parseText(type: ResourceType, text: string, wildcards: boolean): Parsed<Pattern> {
  const unsafe = firstUnsafe(text);
  if (unsafe !== undefined) return refuse(`it holds the character ${unsafe}`);
  switch (type) {
    case "url":
      return parseUrl(text, wildcards);
    case "path":
      return parsePath(text, wildcards);
    case "command":
      return parseCommand(text, wildcards);
    case "name":
      return parseName(text, wildcards);
    default:
      return unreachable(type);
  }
}

function remedyOf(refusal: Refusal): { readonly remedy?: string } {
  return refusal.remedy === undefined ? {} : { remedy: refusal.remedy };
}
