import type { Bundle } from "@sigstore/bundle";
import { HashAlgorithm } from "@sigstore/protobuf-specs";
import { toSignedEntity, VerificationError, Verifier, type SignedEntity } from "@sigstore/verify";
import { digestBytes, fail, ok, problem, shown, shortDigest, type Digest, type Result } from "../../../core/index.ts";
import { claimsOf } from "./certificate.ts";
import { digestOf, messageContent, type Algorithm, type Artifact } from "./content.ts";
import { entryProblem } from "./log-entry.ts";
import { invalid, readBundle } from "./read-bundle.ts";
import { fits, signerText, type Signer } from "./signer.ts";
import { parseInToto, type InTotoStatement } from "./in-toto.ts";
import type { TrustRoot } from "./trust-root.ts";

/** What a bundle was found to prove. */
export interface Verified {
  /** The artifact it is about. */
  readonly artifact: Digest;
  /** Of the bundle's own bytes. */
  readonly bundle: Digest;
  readonly keyed: boolean;
  /** Who signed, as the certificate says; null for a key. */
  readonly identity: string | null;
  readonly issuer: string | null;
  /** The earliest time that somebody trusted says it was signed at; null where nobody says. */
  readonly signedAt: string | null;
  /** Where transparency logs that are trusted have it: index by index, as decimal numbers; empty where none was asked. */
  readonly logged: readonly string[];
  /** What was claimed, for a signed statement; null for a signature over the artifact itself. */
  readonly statement: InTotoStatement | null;
}

export interface VerifyRequest {
  readonly bundle: Uint8Array;
  readonly artifact: Artifact;
  /** Null where none is declared: then only a key can be verified with, and nothing that a log or clock says. */
  readonly root: TrustRoot | null;
  readonly signer: Signer;
}

/**
 * Does the bundle prove that `signer` signed the artifact? First that it is well-formed, then that it is
 * authentic, then that the signer is the demanded one. A pure function: no clock (what counts is the
 * trusted time inside), no files, no sockets, so the answer is the same offline and years later.
 *
 * @returns `BUNDLE_INVALID`, `BUNDLE_OTHER_ARTIFACT`, `BUNDLE_UNTRUSTED`, `TRUST_ROOT_MISSING` or
 *   `BUNDLE_NOT_ALLOWED`. Never throws.
 */
export function verifyBundle({ bundle: bytes, artifact, root, signer }: VerifyRequest): Result<Verified> {
  const read = readBundle(bytes);
  if (!read.ok) return read;
  const bundle = withoutEmptyProofs(read.value);
  const keyed = bundle.verificationMaterial.content.$case === "publicKey";
  const statement = statementOf(bundle);
  if (typeof statement === "string") return untrusted(`the signed statement is not one of in-toto: ${statement}`);
  const entity = entityOf(bundle, artifact, statement);
  if (!entity.ok) return entity;
  const missing = materialProblem(bundle, root, signer, keyed);
  if (missing) return missing;
  if (needsBytes(signer, statement) && !artifact.bytes)
    return untrusted("an Ed25519 signature covers the file itself, which its digest cannot stand for; give the file");
  const wrong = authenticityProblem(bundle, entity.value, root, signer);
  if (wrong !== undefined) return untrusted(wrong);
  const about = {
    artifact: `sha256:${artifact.sha256}`,
    bundle: digestBytes(bytes),
    statement,
    signedAt: signedAt(entity.value),
    logged: entity.value.tlogEntries.map(({ logIndex }) => logIndex),
  } as const;
  if (signer.kind === "key") return ok({ ...about, keyed: true, identity: null, issuer: null });
  const claims = claimsOf(leafOf(bundle) ?? Buffer.alloc(0));
  if (typeof claims === "string") return untrusted(claims);
  return fits(signer, claims.identity, claims.issuer) ? ok({ ...about, keyed: false, ...claims }) : notAllowed(claims, signer);
}

/** Version 0.1 allows a proof without a checkpoint beside a promise: it proves nothing and is left out. */
function withoutEmptyProofs(bundle: Bundle): Bundle {
  const { tlogEntries } = bundle.verificationMaterial;
  const kept = tlogEntries.map((entry) =>
    entry.inclusionProof && !entry.inclusionProof.checkpoint && entry.inclusionPromise ? { ...entry, inclusionProof: undefined } : entry,
  );
  return { ...bundle, verificationMaterial: { ...bundle.verificationMaterial, tlogEntries: kept } } as Bundle;
}

function statementOf({ content }: Bundle): InTotoStatement | string | null {
  return content.$case === "dsseEnvelope" ? parseInToto(content.dsseEnvelope.payload) : null;
}

const ALGORITHM: Readonly<Record<number, Algorithm>> = {
  [HashAlgorithm.SHA2_256]: "sha256",
  [HashAlgorithm.SHA2_384]: "sha384",
  [HashAlgorithm.SHA2_512]: "sha512",
};

/** What is signed, bound to the artifact: the library looks at the artifact of a statement not at all. */
function entityOf(bundle: Bundle, artifact: Artifact, statement: InTotoStatement | null): Result<SignedEntity> {
  let entity: SignedEntity;
  try {
    entity = toSignedEntity(bundle, Buffer.alloc(0));
    // Both are parsed late by the library; what cannot be parsed is malformed, not inauthentic.
    for (const each of entity.timestamps) {
      if (each.$case !== "timestamp-authority") continue;
      void each.timestamp.signingTime.toISOString();
      // Granted, or granted with modifications. Source: RFC 3161, 2.4.2.
      if (each.timestamp.status > 1n) return untrusted("a timestamp in it was not granted");
    }
  } catch {
    return invalid("a certificate or timestamp in it cannot be decoded");
  }
  if (bundle.content.$case === "dsseEnvelope") {
    return statement?.subjects.includes(artifact.sha256) ? ok(entity) : otherArtifact(artifact);
  }
  const { messageDigest, signature } = bundle.content.messageSignature;
  const algorithm = ALGORITHM[messageDigest.algorithm] ?? "sha256";
  const digest = digestOf(artifact, algorithm);
  if (!digest) return untrusted(`it signs a ${algorithm} digest, which a sha256 digest cannot be compared with; give the file itself`);
  if (!digest.equals(messageDigest.digest)) return otherArtifact(artifact);
  return ok({ ...entity, signature: messageContent(signature, digest, algorithm, artifact) });
}

/** What must be there before anything can be believed. */
function materialProblem(bundle: Bundle, root: TrustRoot | null, signer: Signer, keyed: boolean): Result<never> | undefined {
  if (signer.kind === "key" && !keyed) return untrusted("it is signed with a certificate, and a key is demanded");
  if (signer.kind === "identity" && keyed) return untrusted("it is signed with a bare key, which proves nobody's identity");
  const { tlogEntries, timestampVerificationData } = bundle.verificationMaterial;
  const saysMore = tlogEntries.length > 0 || (timestampVerificationData?.rfc3161Timestamps.length ?? 0) > 0;
  if (root !== null || (keyed && !saysMore)) return undefined;
  return fail(
    problem("TRUST_ROOT_MISSING", {
      detail: keyed
        ? "The bundle has log entries or timestamps, and no trust root is named to check them with."
        : "The bundle is signed with a certificate, and no trust root is named that says which authorities are believed.",
      remedy: "Name one in moltbot.yaml as spec.trust.root, or here:\n  --trusted-root FILE",
    }),
  );
}

const NO_ROOT = { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [] };

function authenticityProblem(bundle: Bundle, entity: SignedEntity, root: TrustRoot | null, signer: Signer): string | undefined {
  const { certificateAuthorities, timestampAuthorities, tlogs, ctlogs } = root ?? NO_ROOT;
  const threshold = signer.kind === "key" ? 0 : 1;
  const verifier = new Verifier(
    {
      certificateAuthorities: [...certificateAuthorities],
      timestampAuthorities: [...timestampAuthorities],
      tlogs: [...tlogs],
      ctlogs: [...ctlogs],
      publicKey: () => keyFor(signer),
    },
    { tlogThreshold: threshold, ctlogThreshold: threshold, timestampThreshold: threshold },
  );
  try {
    verifier.verify(entity);
  } catch (error) {
    return inWords(error);
  }
  const der = signer.kind === "key" ? signer.key.export({ type: "spki", format: "der" }) : leafOf(bundle);
  if (!der) return "it has no certificate";
  for (const entry of entity.tlogEntries) {
    const wrong = entryProblem(entry, { der });
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function needsBytes(signer: Signer, statement: InTotoStatement | null): boolean {
  return statement === null && signer.kind === "key" && signer.key.asymmetricKeyType === "ed25519";
}

/** The key that is demanded, for whatever hint the bundle gives. */
function keyFor(signer: Signer) {
  if (signer.kind !== "key") throw new VerificationError({ code: "PUBLIC_KEY_ERROR", message: "no key is demanded" });
  return { publicKey: signer.key, validFor: () => true };
}

const WORDS: Readonly<Record<string, string>> = {
  SIGNATURE_ERROR: "the signature does not fit the artifact and the key",
  CERTIFICATE_ERROR:
    "the certificate does not come from a trusted authority at the trusted time, or no trusted log confirms that it was issued",
  TIMESTAMP_ERROR: "there is no trusted time of signing: timestamps are missing, repeated, or from nobody the trust root names",
  PUBLIC_KEY_ERROR: "the key is not the demanded one",
  TLOG_ERROR: "it has no entry in a transparency log, or one entry twice",
  TLOG_MISSING_INCLUSION_ERROR: "a log entry comes without proof or promise of its inclusion",
  TLOG_INCLUSION_PROOF_ERROR: "the proof that the log has the entry does not hold",
  TLOG_INCLUSION_PROMISE_ERROR: "the promise that the log has the entry is not from a trusted log",
  TLOG_BODY_ERROR: "the log entry is about another digest or signature",
};

/** Whatever was thrown, plain strings and TypeErrors included, is a no. */
function inWords(error: unknown): string {
  const code = error instanceof VerificationError ? error.code : undefined;
  return (code !== undefined && WORDS[code]) || "a part of it could not be checked";
}

function leafOf({ verificationMaterial: { content } }: Bundle): Buffer | undefined {
  if (content.$case === "certificate") return content.certificate.rawBytes;
  return content.$case === "x509CertificateChain" ? content.x509CertificateChain.certificates[0]?.rawBytes : undefined;
}

/** Called once everything in the entity is verified. */
function signedAt({ timestamps }: SignedEntity): string | null {
  const times = timestamps.flatMap((each) => {
    if (each.$case === "timestamp-authority") return [each.timestamp.signingTime.getTime()];
    return each.tlogEntry.inclusionPromise ? [Number(each.tlogEntry.integratedTime) * 1000] : [];
  });
  return times.length === 0 ? null : new Date(Math.min(...times)).toISOString();
}

function untrusted(what: string): Result<never> {
  return fail(
    problem("BUNDLE_UNTRUSTED", {
      detail: `The signature proves nothing: ${what}.`,
      remedy: "Do not use the file. Ask its author for a bundle made for it.",
    }),
  );
}

function otherArtifact({ sha256 }: Artifact): Result<never> {
  return fail(
    problem("BUNDLE_OTHER_ARTIFACT", {
      detail: `The bundle is not about ${shortDigest(`sha256:${sha256}`)}: it signs another file, or the file was changed since.`,
      remedy: "Do not use the file. Compare its digest with what its author published.",
      context: { digest: `sha256:${sha256}` },
    }),
  );
}

function notAllowed({ identity, issuer }: { readonly identity: string; readonly issuer: string }, signer: Signer): Result<never> {
  return fail(
    problem("BUNDLE_NOT_ALLOWED", {
      detail: `It is signed by ${shown(identity, 300)} vouched for by ${shown(issuer, 300)}; demanded is ${signerText(signer)}.`,
      remedy: "If this signer is right, name it in the manifest and in spec.trust.plugins of moltbot.yaml.",
      context: { identity, issuer },
    }),
  );
}

/** Who a bundle says has signed it. Nothing of it is verified. */
export interface Claim {
  readonly keyed: boolean;
  readonly identity: string | null;
  readonly issuer: string | null;
}

/** @returns `BUNDLE_INVALID` for what is none. */
export function claimIn(bytes: Uint8Array): Result<Claim> {
  const bundle = readBundle(bytes);
  if (!bundle.ok) return bundle;
  const leaf = leafOf(bundle.value);
  if (!leaf) return ok({ keyed: true, identity: null, issuer: null });
  const claims = claimsOf(leaf);
  return typeof claims === "string" ? invalid(claims) : ok({ keyed: false, ...claims });
}
