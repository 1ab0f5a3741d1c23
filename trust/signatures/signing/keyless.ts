import tls from "node:tls";
import { FulcioSigner, RekorWitness, TSAWitness } from "@sigstore/sign";
import { LIMITS, problem, shown, type Diagnostic } from "../../../core/index.ts";
import type { BundleSigner } from "./sign.ts";

/** Whom keyless signing asks. */
export interface Services {
  /** The certificate authority: gives a certificate for the identity of the token. */
  readonly fulcioUrl: string;
  /** The transparency log. */
  readonly rekorUrl: string;
  /** The timestamp authority; without one, the log's own time counts. */
  readonly tsaUrl?: string;
}

const RETRIES = 2;

/** Signs with a key that exists for this one signature; a certificate says whose it was. */
export function keylessSigner({ fulcioUrl, rekorUrl, tsaUrl }: Services, token: string): BundleSigner {
  // Its library connects by itself and takes what Node takes by default, which is 1.2: raised for this process, which signs and ends.
  tls.DEFAULT_MIN_VERSION = "TLSv1.3";
  const asked = { timeout: LIMITS.signingTimeoutMs, retry: RETRIES };
  return {
    signer: new FulcioSigner({ ...asked, fulcioBaseURL: fulcioUrl, identityProvider: { getToken: () => Promise.resolve(token) } }),
    witnesses: [
      new RekorWitness({ ...asked, rekorBaseURL: rekorUrl }),
      ...(tsaUrl === undefined ? [] : [new TSAWitness({ ...asked, tsaBaseURL: tsaUrl })]),
    ],
  };
}

/** What is wrong with a token, as far as can be told without asking anybody; the token is never shown. */
export function tokenProblem(token: string, now: Date): Diagnostic | undefined {
  const claims = claimsOf(token);
  const wrong = typeof claims === "string" ? claims : claimProblem(claims, now);
  return wrong === undefined
    ? undefined
    : problem("IDENTITY_TOKEN_INVALID", {
        detail: `The identity token cannot be used: ${wrong}.`,
        remedy: "Get a new one from your identity provider, for the audience sigstore.",
      });
}

function claimsOf(token: string): Readonly<Record<string, unknown>> | string {
  const parts = token.split(".");
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? "", "base64url").toString("utf8"));
    return parts.length === 3 && typeof claims === "object" && claims !== null ? { ...claims } : "it is not a JWT";
  } catch {
    return "it is not a JWT";
  }
}

function claimProblem({ exp, sub, email, email_verified: isVerified }: Readonly<Record<string, unknown>>, now: Date): string | undefined {
  if (typeof exp === "number" && exp * 1000 <= now.getTime()) return "it has expired";
  if (typeof email === "string" && email !== "" && isVerified !== true && isVerified !== "true")
    return `its issuer has not verified the address ${shown(email)}`;
  return (typeof sub === "string" && sub !== "") || (typeof email === "string" && email !== "") ? undefined : "it names nobody";
}
