import type { CodeEntry } from "./entry.ts";

/** The gateway's programming interface. */
export const API_CODES = {
  API_INVALID: {
    outcome: "INVALID",
    summary: "The request does not fit the API",
    page: "A parameter, a field or the body is not what the operation takes. The message says where and what was expected; `GET /v2/openapi.json` describes every operation. Fields that the operation does not know are refused, never ignored.",
  },
  API_UNKNOWN: {
    outcome: "INVALID",
    summary: "No such operation",
    page: "The gateway has no operation with this method at this address. `GET /v2/openapi.json` lists them.",
  },
  API_METHOD: {
    outcome: "INVALID",
    summary: "The address takes other methods",
    page: "There is an operation at this address, but not with this method. The header `Allow` of the answer lists those that there are.",
  },
  API_NOT_FOUND: {
    outcome: "INVALID",
    summary: "There is no such thing",
    page: "The address is an operation, but what it names is not there: another name, another owner, or it is gone. Lists show what there is.",
  },
  API_UNAUTHENTICATED: {
    outcome: "NOT_ALLOWED",
    summary: "Who calls was not proved",
    page: "The request carries no proof of who sends it, or one that is not valid here and now. Log in with `moltbot gateway login`, or sign the request with a device key. Nothing else is said about why, so that nobody learns from guessing.",
  },
  API_FORBIDDEN: {
    outcome: "NOT_ALLOWED",
    summary: "The caller may not do this",
    page: "It is known who calls, and the operation, or what it is done to, needs a higher role: a hold is lifted by nobody of a lower role than who made it. Roles come from `Team.people` in the repository; they are looked up at each request.",
  },
  API_ORIGIN_REFUSED: {
    outcome: "NOT_ALLOWED",
    summary: "The request comes from a page or names a host that is not allowed",
    page: "A web page of another site, or a name that was made to point here, must not be able to use the gateway through somebody's browser. Pages are allowed by `target.listen.allowedOrigins` of the Project.",
  },
  API_SECRET_IN_ADDRESS: {
    outcome: "INVALID",
    summary: "Something secret stands in the address",
    page: "Addresses end up in logs, histories and referrers. Tokens and keys go into the `Authorization` header and are never read from anywhere else. Treat what was in the address as seen by others: revoke it.",
  },
  API_RATE_LIMITED: {
    outcome: "LIMIT",
    summary: "Too many requests",
    page: "The caller sent more requests than are allowed in this time. `Retry-After` says when the next one will be taken.",
  },
  API_TOO_LARGE: {
    outcome: "LIMIT",
    summary: "The request is too large",
    page: "The body has more bytes than the operation takes. Nothing of it was read beyond the limit.",
  },
  API_PRECONDITION: {
    outcome: "STALE",
    summary: "It has changed since it was read",
    page: "`If-Match` names another version than there is now. Read it again, look whether the change is still meant, and send it with the new `ETag`.",
  },
  EDIT_WIDENS: {
    outcome: "REFUSED",
    summary: "A change outside the repository may not widen",
    page: "What is changed over the API may take away, or change what makes no difference to what is possible. What lets somebody do more belongs into the repository: there it is reviewed, judged by policy, and signed. Change the manifest and apply it.",
  },
  API_FAULT: {
    outcome: "UNAVAILABLE",
    summary: "The gateway made a mistake",
    page: "Something happened that must not happen. The answer carries an id; the log of the gateway has what happened under it. Please report it.",
  },
  API_IDEMPOTENCY: {
    outcome: "INVALID",
    summary: "The idempotency key was used for something else",
    page: "An `Idempotency-Key` stands for one request. The same key came with another one: use a new key for what is new.",
  },
} as const satisfies Record<string, CodeEntry>;
