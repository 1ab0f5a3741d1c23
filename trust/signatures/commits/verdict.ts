import type { SignatureForm } from "./armor.ts";

/** Who signed a commit. */
export interface CommitSigner {
  /** What the trust calls them: principals, a user id, or the identity in a certificate. */
  readonly identity: string;
  readonly form: SignatureForm;
  /** A fingerprint; of a certified key that of the key, of an ephemeral one null. */
  readonly key: string | null;
  /** Who vouches for the identity: an OIDC issuer, or the fingerprint of an SSH authority. */
  readonly issuer: string | null;
}

/** Seconds between which a key is good; null where there is no such end. */
export interface Validity {
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * What a signature is worth. `untrusted`: it is not authentic, or that cannot be established;
 * `not-allowed`: it is authentic, but by somebody who may not. `why` ends a sentence.
 */
export type Verdict =
  | { readonly status: "good"; readonly signer: CommitSigner; readonly validity: Validity }
  | { readonly status: "untrusted"; readonly why: string }
  | { readonly status: "not-allowed"; readonly why: string; readonly key: string | null };

export function untrusted(why: string): Verdict {
  return { status: "untrusted", why };
}

export function notAllowed(why: string, key: string | null): Verdict {
  return { status: "not-allowed", why, key };
}

/** Both ends belong to the interval. */
export function isWithin({ from, to }: Validity, seconds: number): boolean {
  return (from === null || seconds >= from) && (to === null || seconds <= to);
}

/** Why an instant is outside, to end a sentence. */
export function outside({ from }: Validity, seconds: number): string {
  return from !== null && seconds < from ? `is not valid before ${instant(from)}` : "has expired";
}

export function validityText({ from, to }: Validity): string {
  if (from === null && to === null) return "always";
  return [from === null ? "" : `from ${instant(from)}`, to === null ? "" : `to ${instant(to)}`].filter((part) => part !== "").join(" ");
}

function instant(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? "the end of time" : date.toISOString().replace(".000Z", "Z");
}
