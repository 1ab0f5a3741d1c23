import { LIMITS } from "../../core/index.ts";
import { parseSignedRequest, type SignedRequest } from "./signed-request.ts";
import type { RequestFacts } from "./types.ts";

/** What a request brings along to prove who calls: exactly one thing, in the one place for it. */
export type Proof =
  | { readonly kind: "bearer"; readonly token: string }
  | { readonly kind: "signed"; readonly request: SignedRequest }
  | { readonly kind: "local" }
  | { readonly kind: "none"; readonly why: string };

const BEARER = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/;
/** Words of an address under which clients have put tokens: one there has been logged by whoever passed it on. */
const IN_ADDRESS = /[?&](?:access_token|token|auth|authorization|apikey|api_key|key|jwt|password)=/i;

export function proofOf({ headers, target, isLocal }: RequestFacts): Proof {
  if (IN_ADDRESS.test(target)) return none("a token in the address is not taken, and should be revoked");
  const header = headers["authorization"];
  if (header === undefined) return isLocal ? { kind: "local" } : none("no token was given");
  if (typeof header !== "string" || header.length > LIMITS.authTokenChars)
    return none("the Authorization header is not one that is understood");
  const [, token] = BEARER.exec(header) ?? [];
  if (token !== undefined) return { kind: "bearer", token };
  const request = parseSignedRequest(header);
  return request ? { kind: "signed", request } : none("the Authorization header is not one that is understood");
}

function none(why: string): Proof {
  return { kind: "none", why };
}
