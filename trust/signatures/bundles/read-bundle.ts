import type { Bundle } from "@sigstore/bundle";
import { bundleFromJSON } from "@sigstore/bundle";
import { fail, LIMITS, ok, problem, strictObject, type Result } from "../../../core/index.ts";
import { base64, integer, list, object, oneOf, optional, required, text, type Shape } from "./shape.ts";

const V01 = "application/vnd.dev.sigstore.bundle+json;version=0.1";
const MEDIA_TYPES = [
  V01,
  "application/vnd.dev.sigstore.bundle+json;version=0.2",
  "application/vnd.dev.sigstore.bundle+json;version=0.3",
  "application/vnd.dev.sigstore.bundle.v0.3+json",
];

/** The one payload type whose content we can tell apart from a plain file. */
export const IN_TOTO = "application/vnd.in-toto+json";

const certificate = object({ rawBytes: required(base64()) });

const logEntry = object({
  logIndex: optional(integer),
  logId: required(object({ keyId: required(base64()) })),
  kindVersion: required(object({ kind: required(oneOf("hashedrekord", "dsse", "intoto")), version: required(text(16)) })),
  integratedTime: optional(integer),
  inclusionPromise: optional(object({ signedEntryTimestamp: required(base64()) })),
  inclusionProof: optional(
    object({
      logIndex: optional(integer),
      rootHash: required(base64()),
      treeSize: required(integer),
      hashes: optional(list(base64(), { max: LIMITS.proofHashes })),
      checkpoint: optional(object({ envelope: required(text(64 * 1024)) })),
    }),
  ),
  canonicalizedBody: required(base64()),
});

const timestamps = object({
  rfc3161Timestamps: optional(list(object({ signedTimestamp: required(base64()) }), { max: LIMITS.bundleEntries })),
});

const material = object(
  {
    certificate: optional(certificate),
    x509CertificateChain: optional(object({ certificates: required(list(certificate, { min: 1, max: LIMITS.bundleEntries })) })),
    publicKey: optional(object({ hint: optional(text(1024)) })),
    tlogEntries: optional(list(logEntry, { max: LIMITS.bundleEntries })),
    timestampVerificationData: optional(timestamps),
  },
  exactlyOne("certificate", "x509CertificateChain", "publicKey"),
);

const shape: Shape = object(
  {
    mediaType: required(oneOf(...MEDIA_TYPES)),
    verificationMaterial: required(material),
    messageSignature: optional(
      object({
        messageDigest: required(object({ algorithm: required(oneOf("SHA2_256", "SHA2_384", "SHA2_512")), digest: required(base64()) })),
        signature: required(base64()),
      }),
    ),
    dsseEnvelope: optional(
      object({
        payload: required(base64()),
        payloadType: required(oneOf(IN_TOTO)),
        signatures: required(list(object({ sig: required(base64()), keyid: optional(text(1024)) }), { min: 1, max: 1 })),
      }),
    ),
  },
  exactlyOne("messageSignature", "dsseEnvelope"),
);

function exactlyOne(...keys: readonly string[]) {
  return (value: Readonly<Record<string, unknown>>): string | undefined => {
    const there = keys.filter((key) => value[key] !== undefined && value[key] !== null);
    return there.length === 1 ? undefined : `has ${there.length === 0 ? "none" : "more than one"} of ${keys.join(", ")}`;
  };
}

/**
 * A sigstore bundle of version 0.1 to 0.3, its form checked by us field by field. Nothing in it is
 * believed yet.
 *
 * @returns `BUNDLE_INVALID`. Never throws.
 */
export function readBundle(bytes: Uint8Array): Result<Bundle> {
  if (bytes.byteLength > LIMITS.bundleBytes) return invalid(`it has more than ${LIMITS.bundleBytes} bytes`);
  const value = strictObject(bytes);
  const wrong = typeof value === "string" ? value : shape(value, "it");
  if (wrong !== undefined) return invalid(wrong);
  try {
    return ok(bundleFromJSON(value));
  } catch (error) {
    const fields = (error as { readonly fields?: readonly string[] } | undefined)?.fields;
    return invalid(fields ? `it lacks ${fields.join(", ")}, or has what its version does not allow` : "it cannot be decoded");
  }
}

export function invalid(what: string): Result<never> {
  return fail(
    problem("BUNDLE_INVALID", {
      detail: `This is no usable sigstore bundle: ${what}.`,
      remedy: "Ask its author for the bundle again, or sign anew:\n  moltbot plugin sign FILE",
    }),
  );
}
