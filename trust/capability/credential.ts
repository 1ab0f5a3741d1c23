import { parsePattern } from "./pattern.ts";
import type { Pattern, UrlPattern } from "./types.ts";

/**
 * Headers that no credential is put into: those that say what a request is, those that belong to the connection, and
 * those that a tool lets its caller set. What a credential means there the other side would read as something else.
 */
const NO_CREDENTIAL: ReadonlySet<string> = new Set([
  "accept",
  "accept-charset",
  "accept-encoding",
  "accept-language",
  "cache-control",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "cookie",
  "date",
  "expect",
  "forwarded",
  "host",
  "idempotency-key",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "keep-alive",
  "max-forwards",
  "origin",
  "pragma",
  "prefer",
  "range",
  "referer",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "via",
]);
const TOKEN = /^[a-z][a-z0-9-]*$/;

/** The name of a header that a credential can go into, in lower case; undefined for any other. */
export function credentialHeader(name: string): string | undefined {
  const lower = name.toLowerCase();
  return TOKEN.test(lower) && !NO_CREDENTIAL.has(lower) && !lower.startsWith("proxy-") && !lower.startsWith("sec-") ? lower : undefined;
}

const HERE: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Where a credential may go, as a pattern; a text says why it may not. It names its host letter by letter, because
 * whoever gets a name under a wildcard would get the credential, and it is https, unless it stays on this machine.
 */
export function credentialPlace(text: string): Pattern | string {
  const pattern = parsePattern("url", text);
  if (!pattern.ok) return pattern.diagnostics[0]?.detail ?? "it is not a pattern";
  const { authority, scheme } = pattern.value as UrlPattern;
  if (authority === null || (authority.host.kind !== "name" && authority.host.kind !== "ip"))
    return "it does not name its host letter by letter";
  const isSafe = scheme === "https" || (scheme === "http" && HERE.has(authority.host.text));
  return isSafe ? pattern.value : "it is neither https nor http on this machine";
}
