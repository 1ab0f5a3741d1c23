import { isObject, isArray, LIMITS, type Json, type JsonObject } from "../../../core/index.ts";
import type { ModelChoice } from "../../load/index.ts";
import type { TlsExceptions } from "../../net/index.ts";
import type { Finish, Message, ShownTool, ToolCall, Usage } from "../types.ts";
import { Fault } from "./fault.ts";
import type { HttpAnswer, HttpBounds } from "./http.ts";

/** What a provider is asked. */
export interface Question {
  readonly system: string;
  /** Oldest first; the last one is the user's. */
  readonly messages: readonly Message[];
  readonly tools: readonly ShownTool[];
  readonly choice: ModelChoice;
}

/** What arrives of an answer. `end` is last, exactly once; an answer without it is a Fault. */
export type Piece =
  | { readonly kind: "text" | "thinking"; readonly text: string }
  | { readonly kind: "call"; readonly call: ToolCall }
  | { readonly kind: "carry"; readonly part: JsonObject }
  | { readonly kind: "usage"; readonly usage: Usage }
  | { readonly kind: "end"; readonly finish: Finish };

/** Where and how to send requests; the headers carry the credentials. */
export interface Line {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bounds: HttpBounds;
  readonly tls: TlsExceptions;
  readonly signal: AbortSignal;
  readonly wallClock: () => Date;
}

/** A path below the base address; a query of the base address stays. */
export function addressOf(endpoint: string, path: string): URL {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}${path}`;
  return url;
}

/** A path below version 1 of an API: the base address is the server's, or names the version already. */
export function belowVersion(endpoint: string, path: string): URL {
  const isVersioned = /\/v1\/*$/.test(new URL(endpoint).pathname);
  return addressOf(endpoint, isVersioned ? path : `/v1${path}`);
}

/** A success passes; anything else is a Fault with what the provider said. */
export async function refuseFailure(answer: HttpAnswer, wallClock: () => Date): Promise<void> {
  const { status } = answer;
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) {
    const detail = `redirected the request (HTTP ${status}); it was not followed, because the credentials would go along`;
    throw new Fault({ detail, ...(answer.location === null ? {} : { words: answer.location }) });
  }
  const words = errorWords(await answer.beginning(LIMITS.providerErrorBytes));
  const isPassing = status === 408 || status === 425 || status === 429 || status >= 500;
  const retryAfterMs = isPassing ? pauseAskedFor(answer.retryAfter, wallClock) : undefined;
  throw new Fault({
    code: status === 401 || status === 403 ? "PROVIDER_AUTH" : "PROVIDER_UNAVAILABLE",
    detail: `answered with HTTP ${status}`,
    isPassing,
    ...(words === undefined ? {} : { words }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** `Retry-After`: seconds, or a date. Source: RFC 9110, 10.2.3. */
function pauseAskedFor(header: string | null, wallClock: () => Date): number | undefined {
  if (header === null) return undefined;
  if (/^[0-9]{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - wallClock().getTime());
}

/** What an error body says, in the forms that providers use; undefined for HTML and other pages. */
export function errorWords(body: string): string | undefined {
  const json = parseJson(body);
  if (!isObject(json)) return undefined;
  const { error } = json;
  const told = isObject(error) ? error["message"] : (error ?? json["message"] ?? json["detail"]);
  return typeof told === "string" && told !== "" ? told : undefined;
}

/** A line or event that must be one JSON object. */
export function objectIn(text: string): JsonObject {
  const json = parseJson(text);
  if (isObject(json)) return json;
  throw notItsProtocol(text);
}

export function notItsProtocol(text: string): Fault {
  const what = /^\s*</.test(text) ? "a web page instead of its protocol" : "something that is not its protocol";
  const words = errorWords(text);
  return new Fault({ detail: `answered with ${what}`, ...(words === undefined ? {} : { words }) });
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export function textIn(json: Json | undefined, key: string): string {
  const value = isObject(json) ? json[key] : undefined;
  return typeof value === "string" ? value : "";
}

/** A count that can be one: a provider's word is not trusted to be a number at all. */
export function countIn(json: Json | undefined, key: string): number | null {
  const value = isObject(json) ? json[key] : undefined;
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

export function firstIn(json: Json | undefined): Json | undefined {
  return isArray(json) ? json[0] : undefined;
}
