import type { Json, JsonObject, Result } from "../../core/index.ts";
import type { Principal, Role } from "../run/index.ts";

/** Who calls, as it was proved. */
export interface Caller extends Principal {
  /** What it may do in the whole API; null: only what needs no role. */
  readonly role: Role | null;
  /** What revoking ends; null for the owner of the socket on this machine. */
  readonly token: string | null;
  /** Proved by a token that whoever has a copy of can show, not by a signature: it makes no further tokens. */
  readonly isBearer?: true;
  /** How long the token is good from now on; what is open ends with it. */
  readonly leftMs?: number;
}

/** What authentication may look at. Nothing of the address counts as proof. */
export interface CallFacts {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** sha256 of the body's bytes, hexadecimal. */
  readonly bodySha256: string;
  /** Came in over the socket in the state folder: the same user of this machine. */
  readonly isLocal: boolean;
  /** The other side's address; null on the socket. */
  readonly address: string | null;
}

export interface Authenticator {
  readonly authenticate: (facts: CallFacts) => Promise<Result<Caller>>;
  /** Called with what was revoked or narrowed: open connections of it end at once. */
  readonly onRevoked: (listener: (token: string) => void) => () => void;
}

/** One call, checked: caller, and arguments that fit the route's schemas. */
export interface Call {
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly query: JsonObject;
  readonly body: Json;
  /** Correlation id, 32 hexadecimal digits: also in the answer's `X-Request-Id`. */
  readonly id: string;
  readonly ifMatch: string | null;
  readonly isLocal: boolean;
  readonly signal: AbortSignal;
}

export interface Reply {
  readonly status: 200 | 201 | 202 | 204 | 304;
  readonly body?: Json;
  /** In place of a body: text of another type than JSON. */
  readonly text?: { readonly type: string; readonly content: string };
  /** Strong, without quotes. */
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of `body`: events as they happen (`text/event-stream`). Never throws. */
  readonly events?: (out: EventStream) => Promise<void>;
}

/** Server-sent events to one client. */
export interface EventStream {
  /** @returns false when nobody reads any more: gone, or too slow and dropped. */
  readonly send: (data: Json | string, event?: string) => boolean;
  /** Raised when nobody reads any more. */
  readonly signal: AbortSignal;
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One operation: the server, the checks and the OpenAPI document are made from this. */
export interface Route {
  readonly method: Method;
  /** `/v2/agents/{name}`. */
  readonly path: string;
  /** `operationId`. */
  readonly id: string;
  readonly summary: string;
  readonly tag: string;
  /** Null: needs no proof of who calls (health). */
  readonly role: Role | null;
  /** JSON Schemas; absent: nothing is accepted there. */
  readonly params?: JsonObject;
  readonly query?: JsonObject;
  readonly body?: JsonObject;
  readonly answer: JsonObject;
  readonly status: Reply["status"];
  /** It changes nothing, though it is no GET: what it asks is too long for an address. */
  readonly isReading?: boolean;
  /** The answer is not JSON, or not always: its media types beside it. */
  readonly produces?: readonly string[];
  /** Answered however often it is asked: it costs next to nothing, and whoever watches must not be kept out by a flood. */
  readonly isFree?: boolean;
  /** The largest body it takes; {@link LIMITS.apiBodyBytes} where it is not said. */
  readonly bodyBytes?: number;
  /** Called again with the same `Idempotency-Key`, it answers the same and does nothing. */
  readonly isIdempotent?: boolean;
  /** Last day and successor, for `Deprecation`, `Sunset` and `Link`. */
  readonly deprecated?: { readonly since: string; readonly sunset: string; readonly successor: string };
  readonly handle: (call: Call) => Promise<Result<Reply>>;
}
