import { digestBytes, fail, LIMITS, ok, problem, shown, type JsonObject, type Result } from "../../../core/index.ts";
import type { CanonicalCall, Credential, Tool, ToolOutput, ToolScope } from "../../gate/index.ts";
import type { LiveGrant } from "../../live/index.ts";
import { resolvePinned } from "../../net/index.ts";
import type { Run } from "../../run/index.ts";
import { defineTool, invalid, textIn, textSchema, type Wish } from "../define.ts";
import { isText } from "../files/text.ts";
import { coveringGrants, textFields } from "../place.ts";
import type { ToolsWorld } from "../types.ts";
import { credentialsOf, goingAlong, saidOf, takenHeader } from "./credentials.ts";
import { ALLOWED_HEADERS, requestHeaders, shownHeaders } from "./headers.ts";
import { readableText } from "./html.ts";
import { send, type Answer } from "./send.ts";
import { parseTarget, redirectTarget, refused, targetOf, type Target } from "./target.ts";

type HttpWorld = Pick<ToolsWorld, "live" | "lookup" | "ca">;

const METHODS = ["get", "head", "post", "put", "patch", "delete"];

/** `http.fetch`: one request to a host that a grant names. */
export function fetchTool(world: HttpWorld): Tool {
  return defineTool({
    name: "http.fetch",
    description:
      "Sends one HTTP request and gives status, some headers and the body as text. Redirects are followed as far as they are granted.",
    properties: {
      url: textSchema("http or https address, with its query.", LIMITS.requestChars),
      method: { type: "string", enum: METHODS, description: "Default: get." },
      headers: {
        type: "object",
        maxProperties: ALLOWED_HEADERS.length,
        additionalProperties: { type: "string" },
        description: `Of these: ${ALLOWED_HEADERS.join(", ")}.`,
      },
      body: textSchema("What to send."),
      as: { type: "string", enum: ["text", "raw"], description: "`text` (default): what a reader sees of an HTML page; `raw`: as it is." },
    },
    required: ["url"],
    wish,
    run: (call, scope, signal) => follow(world, call, scope, signal),
  });
}

function wish(args: JsonObject, _run: Run, offered: readonly Credential[]): Result<Wish> {
  const method = textIn(args, "method", "get");
  const body = textIn(args, "body", null);
  const target = parseTarget(textIn(args, "url", ""));
  if (!target.ok) return target;
  const taken = takenHeader(args["headers"], offered);
  if (taken) return invalid("http.fetch", `the header ${taken.header} is set by the host, for the credential ${taken.name}`);
  const headers = requestHeaders(args["headers"]);
  if (typeof headers === "string") return invalid("http.fetch", headers);
  if (body !== null && (method === "get" || method === "head")) return invalid("http.fetch", `${method} sends no body`);
  const { query, resource } = target.value;
  const bodyBytes = body === null ? 0 : Buffer.byteLength(body);
  const hop: Hop = { method, target: target.value, headers, body: body === null ? null : Buffer.from(body) };
  const along = goingAlong(offered, target.value);
  const { facts, effect } = partsOf(hop, textIn(args, "as", "text"), along);
  const names = along.map(({ name }) => name);
  return ok({
    action: method,
    resource,
    facts,
    effect: (url) => ({ ...effect, url }),
    summary: (url) =>
      `${method} ${shown(url + query)}${bodyBytes > 0 ? ` with ${bodyBytes} bytes` : ""}${names.length > 0 ? `, as ${names.join(", ")}` : ""}`,
  });
}

interface Hop {
  readonly method: string;
  readonly target: Target;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

/** What policies see of one request, and exactly what it is. */
function partsOf(
  { method, target, headers, body }: Hop,
  as: string,
  along: readonly Credential[],
): Pick<CanonicalCall, "facts" | "effect"> {
  const { host, query, resource } = target;
  const credentials = along.map(({ name }) => name);
  const text = body === null ? null : Buffer.from(body).toString("utf8");
  return {
    facts: { host, query: query === "" ? null : query.slice(1), headers: Object.keys(headers), bodyBytes: body?.length ?? 0, credentials },
    effect: { method, url: resource, query, headers, body: text, as, ...(along.length > 0 ? { credentials: saidOf(along) } : {}) },
  };
}

/** The request, and those that its answers lead to: each judged by the gate and pinned anew before it is sent. */
async function follow(world: HttpWorld, call: CanonicalCall, scope: ToolScope, signal: AbortSignal): Promise<Result<ToolOutput>> {
  const first = firstHop(call);
  if (!first.ok) return first;
  const sent = first.value.body?.length ?? 0;
  if (sent > scope.limits.maxRequestBytes)
    return fail(problem("CALL_TOO_LARGE", { detail: `The body has ${sent} bytes; ${scope.limits.maxRequestBytes} are allowed.` }));
  const credentials = credentialsOf(call, scope.credentials, first.value.target);
  const as = textIn(call.effect, "as", "text");
  let hop = first.value;
  let going = credentials.to(hop.target);
  for (let redirects = 0; ; redirects++) {
    const along = await credentials.headersOf(going);
    if (!along.ok) return along;
    const answer = await sendHop(world, call, { ...hop, headers: { ...hop.headers, ...along.value } }, scope, signal);
    if (!answer.ok) return answer;
    const location = isRedirect(answer.value.status) ? answer.value.headers.location : undefined;
    if (location === undefined) return ok(outputOf(answer.value, hop, as, redirects, credentials.sent()));
    // What is judged and recorded must not hold what was sent.
    if (credentials.isQuotedIn(location)) return fail(refused("to an address that quotes a credential"));
    if (redirects >= LIMITS.httpRedirects) return fail(refused(`more than ${LIMITS.httpRedirects} times (limits.httpRedirects)`));
    const next = nextHop(hop, answer.value.status, location);
    if (!next.ok) return next;
    going = credentials.to(next.value.target);
    const granted = scope.also(next.value.method, next.value.target.resource, partsOf(next.value, as, going));
    if (!granted.ok) return granted;
    hop = next.value;
  }
}

function firstHop({ effect }: CanonicalCall): Result<Hop> {
  const target = targetOf(textIn(effect, "url", ""), textIn(effect, "query", ""));
  if (!target.ok) return target;
  const body = textIn(effect, "body", null);
  const headers = textFields(effect["headers"]);
  return ok({ method: textIn(effect, "method", "get"), target: target.value, headers, body: body === null ? null : Buffer.from(body) });
}

async function sendHop(world: HttpWorld, call: CanonicalCall, hop: Hop, scope: ToolScope, signal: AbortSignal): Promise<Result<Answer>> {
  const { target, method } = hop;
  const grants = coveringGrants(world.live(), scope.run, { ...call, action: method }, target.resource);
  const pinned = await resolvePinned(target.host, { named: grants.flatMap(namedHost), networks: [] }, signal, world.lookup);
  if (!pinned.ok) return pinned;
  const more = world.ca === undefined ? {} : { ca: world.ca };
  const state = world.live().state();
  const tls = (state.ok ? state.value.owners.get(scope.run.owner)?.active.loaded.tls : undefined) ?? [];
  return await send({ ...hop, ...more, tls, maxBytes: scope.limits.maxResponseBytes }, pinned.value, signal);
}

/** The host that a grant names letter by letter; a wildcard names nobody. */
function namedHost({ pattern }: LiveGrant): readonly string[] {
  const host = pattern?.type === "url" ? pattern.authority?.host : undefined;
  return host?.kind === "name" || host?.kind === "ip" ? [host.text] : [];
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function nextHop({ method, target, headers, body }: Hop, status: number, location: string): Result<Hop> {
  const next = redirectTarget(target, location);
  if (!next.ok) return next;
  const keeps = status === 307 || status === 308 || method === "get" || method === "head";
  const isSameHost = next.value.host === target.host && next.value.port === target.port && next.value.protocol === target.protocol;
  // Another host gets only what says how to answer.
  const kept = Object.entries(headers).filter(([name]) => (isSameHost || name.startsWith("accept")) && (keeps || name !== "content-type"));
  const type = keeps && body !== null && headers["content-type"] !== undefined ? { "content-type": headers["content-type"] } : {};
  return ok({
    method: keeps ? method : "get",
    target: next.value,
    headers: { ...Object.fromEntries(kept), ...type },
    body: keeps ? body : null,
  });
}

function outputOf({ status, headers, body }: Answer, { target }: Hop, as: string, redirects: number, sent: readonly string[]): ToolOutput {
  const facts = {
    status,
    bytes: body.length,
    digest: digestBytes(body),
    redirects,
    host: target.host,
    ...(sent.length > 0 ? { credentials: sent } : {}),
  };
  const type = headers["content-type"] ?? "";
  const shownBody = !isText(body)
    ? `[binary: ${body.length} bytes, ${facts.digest}]`
    : as === "text" && type.startsWith("text/html")
      ? readableText(body.toString("utf8"))
      : body.toString("utf8");
  const from = redirects > 0 ? `\nfrom: ${target.resource}${target.query}` : "";
  return {
    text: `HTTP ${status}${from}\n${shownHeaders(headers)}\n\n${shownBody}`,
    labels: { classes: [], private: false, untrusted: true },
    facts,
  };
}
