import { createPublicKey, type KeyObject } from "node:crypto";
import { fail, ok, problem, shown, type Result } from "../../../core/index.ts";
import { parsePattern, type Pattern } from "./pattern.ts";

/** Who must have signed: somebody an issuer vouches for, or whoever holds a key. */
export type Signer =
  | { readonly kind: "identity"; readonly identity: string | Pattern; readonly issuer: string }
  | {
      readonly kind: "key";
      readonly key: KeyObject;
      /** The public key in DER form, hexadecimal: two keys are the same when this is. */ readonly id: string;
    };

/** A signer as manifests and flags write it. */
export interface SignerRule {
  readonly identity?: string;
  readonly identityPattern?: string;
  readonly issuer?: string;
  /** A public key in PEM form. */
  readonly key?: string;
}

/** @returns `SIGNER_INVALID` for a rule that is none, or that would fit more than it says. */
export function signerOf({ identity, identityPattern, issuer, key }: SignerRule): Result<Signer> {
  if (key !== undefined) {
    if (identity !== undefined || identityPattern !== undefined || issuer !== undefined)
      return invalid("A key stands beside an identity or issuer; a signer is one or the other.");
    return keyed(key);
  }
  if (issuer === undefined || issuer === "")
    return invalid("The issuer is missing: an identity means something only together with who vouches for it.");
  if ((identity === undefined) === (identityPattern === undefined))
    return invalid("A signer has either an identity or a pattern for it, or a key.");
  if (identityPattern === undefined) return identity ? ok({ kind: "identity", identity, issuer }) : invalid("The identity is empty.");
  const pattern = parsePattern(identityPattern);
  if (typeof pattern === "string") return invalid(`The pattern ${shown(identityPattern)} cannot be used: ${pattern}.`);
  return ok({ kind: "identity", identity: pattern, issuer });
}

const CURVES = new Set(["prime256v1", "secp384r1", "secp521r1"]);
const MIN_RSA_BITS = 2048;

function keyed(pem: string): Result<Signer> {
  if (!/^-----BEGIN PUBLIC KEY-----\n[\s\S]+-----END PUBLIC KEY-----\s*$/.test(pem.replaceAll("\r\n", "\n").trimStart()))
    return invalid("The key is not a public key in PEM form (-----BEGIN PUBLIC KEY-----).");
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch {
    return invalid("The key cannot be decoded.");
  }
  const { namedCurve = "", modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  const type = key.asymmetricKeyType;
  const isUsable = type === "ed25519" || (type === "ec" && CURVES.has(namedCurve)) || (type === "rsa" && modulusLength >= MIN_RSA_BITS);
  if (!isUsable)
    return invalid("The key is of a kind that is not used: it must be ECDSA P-256, P-384 or P-521, Ed25519, or RSA of 2048 bits or more.");
  return ok({ kind: "key", key, id: key.export({ type: "spki", format: "der" }).toString("hex") });
}

function invalid(detail: string): Result<never> {
  return fail(
    problem("SIGNER_INVALID", {
      detail,
      remedy: "Name the signer by identity and issuer, by identityPattern and issuer, or by a public key.",
    }),
  );
}

/** Does the rule fit the identity and issuer of a certificate? Both whole, both exactly as they stand there. */
export function fits(signer: Extract<Signer, { kind: "identity" }>, identity: string, issuer: string): boolean {
  const isSame = typeof signer.identity === "string" ? signer.identity === identity : signer.identity.matches(identity);
  return isSame && signer.issuer === issuer;
}

/** The rule in words, for messages. */
export function signerText(signer: Signer): string {
  if (signer.kind === "key") return "the holder of the named key";
  const { identity, issuer } = signer;
  return `${shown(typeof identity === "string" ? identity : identity.source)} vouched for by ${shown(issuer)}`;
}
