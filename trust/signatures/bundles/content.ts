import { constants, hash, publicDecrypt, timingSafeEqual, verify, type KeyObject } from "node:crypto";
import { p256, p384, p521 } from "@noble/curves/nist.js";
import type { SignedEntity } from "@sigstore/verify";

type SignatureContent = SignedEntity["signature"];

/** What is verified: a file by its digest, with its bytes where they are at hand. */
export interface Artifact {
  /** sha256, hexadecimal. */
  readonly sha256: string;
  readonly bytes?: Uint8Array;
}

export const ALGORITHMS = ["sha256", "sha384", "sha512"] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** The digest of the artifact by an algorithm; undefined where only the bytes could tell. */
export function digestOf({ sha256, bytes }: Artifact, algorithm: Algorithm): Buffer | undefined {
  if (algorithm === "sha256") return Buffer.from(sha256, "hex");
  return bytes && hash(algorithm, bytes, "buffer");
}

/** A signature over a file, as the verifier wants it: with the file's bytes, or with its digest alone. */
export function messageContent(signature: Buffer, digest: Buffer, algorithm: Algorithm, { bytes }: Artifact): SignatureContent {
  return {
    signature,
    compareSignature: (other) => equal(signature, other),
    compareDigest: (other) => equal(digest, other),
    compareSignedDigest: (other) => equal(digest, other),
    verifySignature: (key) => (bytes ? overBytes(bytes, algorithm, key, signature) : overDigest(digest, algorithm, key, signature)),
  };
}

function overBytes(bytes: Uint8Array, algorithm: Algorithm, key: KeyObject, signature: Buffer): boolean {
  try {
    return verify(key.asymmetricKeyType === "ed25519" ? null : algorithm, bytes, key, signature);
  } catch {
    return false;
  }
}

/** The platform verifies messages only, not digests, so digests are verified here. */
function overDigest(digest: Buffer, algorithm: Algorithm, key: KeyObject, signature: Buffer): boolean {
  try {
    if (key.asymmetricKeyType === "rsa") return rsaOverDigest(digest, algorithm, key, signature);
    return key.asymmetricKeyType === "ec" && ecdsaOverDigest(digest, key, signature);
  } catch {
    return false;
  }
}

const CURVES = { prime256v1: p256, secp384r1: p384, secp521r1: p521 } as const;

function ecdsaOverDigest(digest: Buffer, key: KeyObject, signature: Buffer): boolean {
  const name = key.asymmetricKeyDetails?.namedCurve ?? "";
  if (!Object.hasOwn(CURVES, name)) return false;
  const { x = "", y = "" } = key.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  const curve = CURVES[name as keyof typeof CURVES];
  return curve.verify(signature, digest, point, { prehash: false, lowS: false, format: "der" });
}

/** The beginning of the DER DigestInfo of each algorithm. Source: RFC 8017, 9.2, note 1. */
const DIGEST_INFO: Readonly<Record<Algorithm, string>> = {
  sha256: "3031300d060960864801650304020105000420",
  sha384: "3041300d060960864801650304020205000430",
  sha512: "3051300d060960864801650304020305000440",
};

function rsaOverDigest(digest: Buffer, algorithm: Algorithm, key: KeyObject, signature: Buffer): boolean {
  const found = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
  return equal(found, Buffer.concat([Buffer.from(DIGEST_INFO[algorithm], "hex"), digest]));
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
