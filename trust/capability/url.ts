import { shown } from "../../core/index.ts";
import { hostContains, hostText, intersectHosts, parseHost, type Host } from "./host.ts";
import { checkWildcards, parsed, refuse, type Parsed } from "./refusal.ts";
import { ANY_SEGMENTS, intersectSegments, segmentsContain, segmentsText, type Segments } from "./segments.ts";
import type { UrlPattern } from "./types.ts";

/** Schemes a resource may have, with the port that goes without saying. Others have no canonical form. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

const URL_PARTS = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(.*)$/s;
const AUTHORITY = /^(\[[^\]]*\]|[^:[\]]*)(?::([^:]*))?$/;
const PORT = /^[1-9][0-9]{0,4}$/;
/** What stands unescaped in a canonical path: RFC 3986 `pchar` without `*`, which is never literal. */
const PLAIN_SEGMENT = /^[A-Za-z0-9\-._~!$&'()+,;=:@]*$/;
const DOT_SEGMENT = /^\.{1,2}(?:;|$)/;

/**
 * Reads `scheme://host[:port]/path`. Of a request, query and fragment are left out: they are facts
 * about the arguments, not the resource. A pattern may not have them.
 */
export function parseUrl(text: string, wildcards: boolean): Parsed<UrlPattern> {
  const match = URL_PARTS.exec(text);
  if (!match) return refuse(`${shown(text)} is not a URL`, "Write `scheme://host[:port]/path`, such as `https://api.example.com/**`.");
  const [, rawScheme = "", rawAuthority = "", rawPath = "", rest = ""] = match;
  const scheme = rawScheme.toLowerCase();
  if (!Object.hasOwn(DEFAULT_PORTS, scheme)) return refuse(`the scheme ${shown(rawScheme)} is not one of http, https, ws, wss`);
  if (wildcards && rest !== "") return refuse("a pattern covers no query and no fragment", "End the pattern with the path.");
  if (wildcards && rawAuthority === "**" && rawPath === "") return parsed(urlPattern(scheme, null, ANY_SEGMENTS));
  const authority = parseAuthority(scheme, rawAuthority, wildcards);
  if ("refusal" in authority) return authority;
  const path = parseUrlPath(rawPath === "" ? "/" : rawPath, wildcards);
  return "refusal" in path ? path : parsed(urlPattern(scheme, authority.value, path.value));
}

export function urlContains(outer: UrlPattern, inner: UrlPattern): boolean {
  if (outer.scheme !== inner.scheme) return false;
  if (outer.authority === null) return true;
  if (inner.authority === null || outer.authority.port !== inner.authority.port) return false;
  return hostContains(outer.authority.host, inner.authority.host) && segmentsContain(outer.path, inner.path);
}

export function intersectUrls(a: UrlPattern, b: UrlPattern): UrlPattern | undefined {
  if (a.scheme !== b.scheme) return undefined;
  if (a.authority === null) return b;
  if (b.authority === null) return a;
  const host = intersectHosts(a.authority.host, b.authority.host);
  const path = intersectSegments(a.path, b.path);
  if (a.authority.port !== b.authority.port || !host || !path) return undefined;
  return urlPattern(a.scheme, { host, port: a.authority.port }, path);
}

function urlPattern(scheme: string, authority: UrlPattern["authority"], path: Segments): UrlPattern {
  if (authority === null) return { type: "url", text: `${scheme}://**`, scheme, authority, path };
  const port = authority.port === DEFAULT_PORTS[scheme] ? "" : `:${authority.port}`;
  return {
    type: "url",
    text: `${scheme}://${hostText(authority.host)}${port}/${segmentsText(path, encodeSegment)}`,
    scheme,
    authority,
    path,
  };
}

function parseAuthority(scheme: string, text: string, wildcards: boolean): Parsed<{ host: Host; port: number }> {
  if (text.includes("@"))
    return refuse("a URL here has no user name or password", "Credentials are secrets that the tool adds; leave them out.");
  const match = AUTHORITY.exec(text);
  if (!match) return refuse(`${shown(text)} is not a host with an optional port`);
  const host = parseHost(match[1] ?? "", wildcards);
  if ("refusal" in host) return host;
  const port = match[2] === undefined ? DEFAULT_PORTS[scheme] : PORT.test(match[2]) ? Number(match[2]) : undefined;
  if (port === undefined || port > 65_535)
    return refuse(`${shown(match[2])} is not a port`, "Ports are 1 to 65535, in decimal digits without leading zeros.");
  return parsed({ host: host.value, port });
}

function parseUrlPath(text: string, wildcards: boolean): Parsed<Segments> {
  const raw = text.slice(1).split("/");
  if (!wildcards && text.includes("*")) return refuse("the path holds `*`");
  const wrong = checkWildcards(raw);
  if (wrong) return { refusal: wrong };
  const tail = raw.at(-1) === "**";
  const items: (string | null)[] = [];
  for (const segment of tail ? raw.slice(0, -1) : raw) {
    const decoded = segment === "*" ? parsed(null) : decodeSegment(segment);
    if ("refusal" in decoded) return decoded;
    items.push(decoded.value);
  }
  return parsed({ items, tail });
}

/** Decodes percent-escapes once. What would still be structure after decoding is refused. */
function decodeSegment(segment: string): Parsed<string> {
  const decoded = PLAIN_SEGMENT.test(segment) ? segment : percentDecoded(segment);
  if (decoded === undefined) return refuse(`the path segment ${shown(segment)} has a broken percent-escape`);
  if (DOT_SEGMENT.test(decoded)) return refuse("the path has a dot segment", "Write the path it leads to.");
  const hidden = /[/\\*\p{Cc}]/u.exec(decoded);
  if (hidden)
    return refuse(
      `the path segment ${shown(segment)} hides ${shown(hidden[0])}`,
      "A slash, backslash, asterisk or control character cannot be part of a segment.",
    );
  return parsed(decoded);
}

function percentDecoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Broken escapes and bytes that are not UTF-8.
    return undefined;
  }
}

/** ASCII only, so that nothing invisible or look-alike reaches a plan; equal segments give equal text. */
function encodeSegment(segment: string): string {
  if (PLAIN_SEGMENT.test(segment)) return segment;
  return Array.from(segment, (c) => (PLAIN_SEGMENT.test(c) ? c : encodeURIComponent(c))).join("");
}
