import { createPublicKey, verify } from "node:crypto";
import { fromBase64, fromBase64url } from "../base64.ts";
import { canonicalJson } from "../canonical.ts";
import { problem } from "../diagnostic.ts";
import { isDigest } from "../digest.ts";
import { isObject, type JsonObject } from "../json.ts";
import { fail, ok, type Result } from "../result.ts";
import type { LedgerHead } from "./types.ts";

/** Says what is signed, so that the signature never passes for one over anything else. */
export const HEAD_CONTEXT = "moltbot-ledger-head\n";

/** The signed end of a ledger, as it can be shown to somebody who has nothing else of the store. */
export interface HeadProof {
  readonly lineage: string;
  /** The exact text that was signed: canonical JSON. */
  readonly signed: string;
  /** Ed25519 over {@link HEAD_CONTEXT} and the text, base64. */
  readonly signature: string;
  /** The public half of `ledger.key`, base64url: the `x` of a JWK. The chain's own `created` or `epoch` record names it too. */
  readonly key: string;
}

/**
 * Checks a head's signature with nothing but what it brings along. Who trusts the key is another question:
 * compare it with one that was seen before.
 *
 * @returns `LEDGER_BROKEN` for a signature that does not hold, or a head that is not in the form we write.
 */
export function verifyHeadProof({ lineage, signed, signature, key }: HeadProof): Result<LedgerHead> {
  const head = headOf(signed);
  if (!head || head["lineage"] !== lineage) return broken("its head is not one that moltbot writes");
  const { seq, hash } = head;
  if (typeof seq !== "number" || !Number.isSafeInteger(seq) || seq < 0 || !isDigest(hash)) return broken("its head names no record");
  return isSigned(signed, signature, key) ? ok({ seq, hash }) : broken("the signature of its head does not hold");
}

function headOf(signed: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(signed);
    return isObject(value) && value["formatVersion"] === "1.0" && canonicalJson(value) === signed ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSigned(signed: string, signature: string, key: string): boolean {
  try {
    const bytes = fromBase64(signature);
    if (!bytes || !fromBase64url(key)) return false;
    const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key }, format: "jwk" });
    return verify(null, Buffer.from(HEAD_CONTEXT + signed), publicKey, bytes);
  } catch {
    // A key or a signature that is no such thing.
    return false;
  }
}

function broken(why: string): Result<never> {
  return fail(
    problem("LEDGER_BROKEN", {
      detail: `The ledger cannot be believed: ${why}.`,
      remedy: "Export it again where it is kept:\n  moltbot audit export",
    }),
  );
}
