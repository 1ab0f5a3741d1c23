import { fail, ok, problem, shown, type Result } from "../../../core/index.ts";
import { canonicaliseRequest } from "../../../trust/capability/index.ts";

/** Where a request goes, taken apart from the canonical form: nothing else reads it in another way. */
export interface Target {
  /** The canonical resource, without query. */
  readonly resource: string;
  readonly protocol: "http:" | "https:";
  /** As in a URL: an IPv6 address with brackets. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** With `?`, or empty. */
  readonly query: string;
}

const CANONICAL = /^(https?):\/\/(\[[0-9a-f:.]+\]|[^/:[\]]+)(?::([0-9]+))?(\/.*)$/;
/** What may stand in a query as it is (RFC 3986); anything else is escaped. */
const IN_QUERY = /[A-Za-z0-9\-._~!$&'()*+,;=:@/?%[\]|]/;

/** @returns `REQUEST_INVALID` and the like of the canonicaliser; `CALL_INVALID` for other schemes. */
export function parseTarget(url: string): Result<Target> {
  const [before = "", ...after] = (url.split("#", 1)[0] ?? "").split("?");
  const resource = canonicaliseRequest("url", before);
  if (!resource.ok) return resource;
  const query = after.length === 0 ? "" : `?${escapedQuery(after.join("?"))}`;
  return targetOf(resource.value, query);
}

/** @param resource - Canonical. */
export function targetOf(resource: string, query: string): Result<Target> {
  const parts = CANONICAL.exec(resource);
  if (!parts) return fail(problem("CALL_INVALID", { detail: `${shown(resource)} is no http or https address.` }));
  const [, scheme, host = "", port, path = "/"] = parts;
  const isTls = scheme === "https";
  return ok({
    resource,
    protocol: isTls ? "https:" : "http:",
    host,
    port: port === undefined ? (isTls ? 443 : 80) : Number(port),
    path,
    query,
  });
}

function escapedQuery(query: string): string {
  return Array.from(query, (c) => (IN_QUERY.test(c) ? c : encodeURIComponent(c))).join("");
}

/** Where a `Location` leads from here. */
export function redirectTarget(from: Target, location: string): Result<Target> {
  let next: URL;
  try {
    next = new URL(location, `${from.resource}${from.query}`);
  } catch {
    return fail(refused(`to ${shown(location)}, which is no address`));
  }
  if (next.protocol !== "http:" && next.protocol !== "https:") return fail(refused(`to ${shown(location)}, which is no http address`));
  if (from.protocol === "https:" && next.protocol === "http:") return fail(refused("from https to http"));
  return parseTarget(next.href);
}

export function refused(where: string): ReturnType<typeof problem> {
  return problem("HTTP_REDIRECT", { detail: `The answer redirects ${where}. That is not followed.` });
}
