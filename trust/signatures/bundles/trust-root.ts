import { createPublicKey, hash, X509Certificate as NodeCertificate, type KeyObject } from "node:crypto";
import { TrustedRoot as TrustedRootMessage } from "@sigstore/protobuf-specs";
import { toTrustMaterial, type TrustMaterial } from "@sigstore/verify";
import { digestBytes, fail, LIMITS, ok, problem, strictObject, type Digest, type JsonObject, type Result } from "../../../core/index.ts";
import { base64, instant, list, object, oneOf, optional, required, text, type Shape } from "./shape.ts";

/** Whom we believe: authorities and logs, each with the time it is believed for. */
export interface TrustRoot {
  /** Of the file's bytes. */
  readonly digest: Digest;
  readonly certificateAuthorities: TrustMaterial["certificateAuthorities"];
  readonly timestampAuthorities: TrustMaterial["timestampAuthorities"];
  readonly tlogs: TrustMaterial["tlogs"];
  readonly ctlogs: TrustMaterial["ctlogs"];
}

const KEY_TYPES: Readonly<Record<string, string>> = {
  PKIX_ECDSA_P256_SHA_256: "ec",
  PKIX_ECDSA_P384_SHA_384: "ec",
  PKIX_ECDSA_P521_SHA_512: "ec",
  PKIX_ED25519: "ed25519",
  PKIX_RSA_PKCS1V15_2048_SHA256: "rsa",
  PKIX_RSA_PKCS1V15_3072_SHA256: "rsa",
  PKIX_RSA_PKCS1V15_4096_SHA256: "rsa",
};

const validFor = object({ start: optional(instant), end: optional(instant) });
const keyId = object({ keyId: required(base64(4)) });

const log = object({
  baseUrl: required(text(2048)),
  hashAlgorithm: required(oneOf("SHA2_256")),
  publicKey: required(
    object({ rawBytes: required(base64()), keyDetails: required(oneOf(...Object.keys(KEY_TYPES))), validFor: optional(validFor) }),
  ),
  logId: required(keyId),
  checkpointKeyId: optional(keyId),
  operator: optional(text(2048)),
});

const authority = object({
  subject: optional(object({ organization: optional(text(1024)), commonName: optional(text(1024)) })),
  uri: optional(text(2048)),
  certChain: required(
    object({ certificates: required(list(object({ rawBytes: required(base64()) }), { min: 1, max: LIMITS.bundleEntries })) }),
  ),
  validFor: optional(validFor),
  operator: optional(text(2048)),
});

const many = { max: LIMITS.trustRootEntries };

const shape: Shape = object({
  mediaType: required(
    oneOf(
      "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
      "application/vnd.dev.sigstore.trustedroot.v0.1+json",
      "application/vnd.dev.sigstore.trustedroot.v0.2+json",
    ),
  ),
  tlogs: optional(list(log, many)),
  certificateAuthorities: optional(list(authority, many)),
  ctlogs: optional(list(log, many)),
  timestampAuthorities: optional(list(authority, many)),
});

const LISTS = ["tlogs", "certificateAuthorities", "ctlogs", "timestampAuthorities"] as const;

/**
 * A trust root from the bytes of its file, its form and its sense checked by us: the libraries below take
 * a missing start of validity for the beginning of time.
 *
 * @returns `TRUST_ROOT_INVALID` for what is no trust root, `TRUST_ROOT_UNUSABLE` for one that cannot be
 *   believed. Never throws, never reads anything else.
 */
export function parseTrustRoot(bytes: Uint8Array): Result<TrustRoot> {
  if (bytes.byteLength > LIMITS.trustRootBytes) return malformed(`it has more than ${LIMITS.trustRootBytes} bytes`);
  const value = strictObject(bytes);
  const wrong = typeof value === "string" ? value : shape(value, "it");
  if (wrong !== undefined || typeof value === "string") return malformed(wrong ?? "");
  const unusable = senseless(value);
  if (unusable !== undefined) return untrusted(unusable);
  try {
    const { publicKey: _, ...material } = toTrustMaterial(TrustedRootMessage.fromJSON(value));
    for (const { certChain } of [...material.certificateAuthorities, ...material.timestampAuthorities]) certChain.forEach(encodeOnce);
    return ok({ digest: digestBytes(bytes), ...material });
  } catch {
    return untrusted("a key or certificate in it cannot be decoded");
  }
}

/** What the shape has made sure of. */
/**
 * The library writes a certificate out anew for each comparison and each signature, which is most of what verifying
 * costs. Those of a trust root never change, so they are written once.
 */
function encodeOnce({ root }: TrustMaterial["certificateAuthorities"][number]["certChain"][number]): void {
  for (const part of [root, ...root.subs.slice(0, 1)]) {
    const der = part.toDER();
    Object.defineProperty(part, "toDER", { value: () => der });
  }
}

interface Entry {
  readonly publicKey?: { readonly rawBytes: string; readonly keyDetails: string; readonly validFor?: Validity };
  readonly logId?: { readonly keyId: string };
  readonly certChain?: { readonly certificates: readonly { readonly rawBytes: string }[] };
  readonly validFor?: Validity;
}
interface Validity {
  readonly start?: string | null;
  readonly end?: string | null;
}

function senseless(root: JsonObject): string | undefined {
  const entries = LISTS.flatMap((name) => {
    const found = (root[name] ?? []) as unknown as readonly Entry[];
    return found.map((entry, i) => ({ name, where: `${name}[${i}]`, entry }));
  });
  if (entries.length === 0) return "it names no authority and no log";
  const seen = new Map<string, string>();
  for (const { name, where, entry } of entries) {
    const wrong = logProblem(entry, where) ?? authorityProblem(entry, where, name);
    if (wrong !== undefined) return wrong;
    // What makes two entries of a list the same: the key of a log, the whole chain of an authority.
    const identity = `${name} ${JSON.stringify(entry.logId ?? entry.certChain)}`;
    const first = seen.get(identity);
    if (first !== undefined) return `${where} is the same as ${first}`;
    seen.set(identity, where);
  }
  return undefined;
}

function validityProblem(validity: Validity | undefined, where: string): string | undefined {
  const { start, end } = validity ?? {};
  if (typeof start !== "string") return `${where}.validFor has no start`;
  return typeof end === "string" && Date.parse(end) <= Date.parse(start) ? `${where}.validFor ends before it starts` : undefined;
}

function logProblem({ publicKey, logId }: Entry, where: string): string | undefined {
  if (!publicKey || !logId) return undefined;
  const raw = Buffer.from(publicKey.rawBytes, "base64");
  const type = KEY_TYPES[publicKey.keyDetails];
  if (keyOf(raw)?.asymmetricKeyType !== type) return `${where}.publicKey is not a key of the kind ${publicKey.keyDetails}`;
  // Logs that are found by the name and key of a checkpoint (Ed25519) have ids of another making.
  const isOwn = type === "ed25519" || Buffer.from(logId.keyId, "base64").toString("hex") === hash("sha256", raw, "hex");
  return isOwn ? validityProblem(publicKey.validFor, `${where}.publicKey`) : `${where}.logId is not the id of its key`;
}

function keyOf(spki: Buffer): KeyObject | undefined {
  try {
    return createPublicKey({ key: spki, format: "der", type: "spki" });
  } catch {
    return undefined;
  }
}

/** A chain runs from the issuing certificate to its root; each is signed by the next, the last by itself. */
function authorityProblem({ certChain, validFor: validity }: Entry, where: string, name: string): string | undefined {
  if (!certChain) return undefined;
  const chain = certChain.certificates.map(({ rawBytes }) => certificateOf(rawBytes));
  for (const [i, certificate] of chain.entries()) {
    const at = `${where}.certChain.certificates[${i}]`;
    if (!certificate) return `${at} is not a certificate`;
    const issuer = chain[i + 1] ?? certificate;
    if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) return `${at} is not signed by the next one`;
    const isSigner = name === "timestampAuthorities" && i === 0;
    if (!isSigner && !certificate.ca) return `${at} may not sign certificates`;
    if (isSigner && !certificate.ca && !(certificate.keyUsage ?? []).includes(TIMESTAMPING)) return `${at} may not sign timestamps`;
  }
  return validityProblem(validity, where);
}

/** The extended key usage id-kp-timeStamping. Source: RFC 3161, 2.3. */
const TIMESTAMPING = "1.3.6.1.5.5.7.3.8";

function certificateOf(rawBytes: string): NodeCertificate | undefined {
  try {
    return new NodeCertificate(Buffer.from(rawBytes, "base64"));
  } catch {
    return undefined;
  }
}

function malformed(what: string): Result<never> {
  return fail(
    problem("TRUST_ROOT_INVALID", {
      detail: `This is no sigstore trust root: ${what}.`,
      remedy: "Take the file again from whoever runs the sigstore instance.",
    }),
  );
}

function untrusted(what: string): Result<never> {
  return fail(
    problem("TRUST_ROOT_UNUSABLE", {
      detail: `The trust root cannot be believed: ${what}.`,
      remedy: "Take the file again from whoever runs the sigstore instance, and review the difference.",
    }),
  );
}
