import { createPrivateKey, createPublicKey, hash, sign, type KeyObject } from "node:crypto";
import { fail, ok, problem, type Result } from "../../../core/index.ts";
import type { BundleSigner } from "./sign.ts";

export interface SigningKey {
  readonly privateKey: KeyObject;
  /** What is given to those who verify: PEM. */
  readonly publicKey: string;
}

const CURVES = new Set(["prime256v1", "secp384r1", "secp521r1"]);

/** A private key from PEM. The text never leaves here. */
export function signingKey(pem: string): Result<SigningKey> {
  try {
    const privateKey = createPrivateKey(pem);
    const { namedCurve = "" } = privateKey.asymmetricKeyDetails ?? {};
    const isUsable = privateKey.asymmetricKeyType === "ed25519" || (privateKey.asymmetricKeyType === "ec" && CURVES.has(namedCurve));
    if (!isUsable) return unusable("It is of a kind that is not used for signing here.");
    return ok({ privateKey, publicKey: createPublicKey(privateKey).export({ type: "spki", format: "pem" }) });
  } catch {
    return unusable("It is not a private key in PEM form, or it has a passphrase.");
  }
}

/** Signs with the key alone: no certificate, no log, no clock. What an air gap leaves. */
export function keySigner({ privateKey, publicKey }: SigningKey): BundleSigner {
  const der = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  return {
    signer: {
      sign: (data) =>
        Promise.resolve({
          signature: sign(privateKey.asymmetricKeyType === "ed25519" ? null : "sha256", data, privateKey),
          key: { $case: "publicKey", hint: hash("sha256", der, "base64"), publicKey },
        }),
    },
    witnesses: [],
  };
}

function unusable(detail: string): Result<never> {
  return fail(
    problem("SIGNING_KEY_INVALID", {
      detail: `The signing key cannot be used. ${detail}`,
      remedy: "Make one outside the repository:\n  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out plugin.key",
    }),
  );
}
