import type { Bundle, TransparencyLogEntry } from "@sigstore/bundle";
import { HashAlgorithm } from "@sigstore/protobuf-specs";
import { createHash } from "node:crypto";
import { claimsOf } from "../bundles/certificate.ts";
import { entryProblem } from "../bundles/log-entry.ts";
import { unarmored } from "./armor.ts";
import { readDetached, type CmsSigner } from "./cms.ts";
import { rekorEntryOf } from "./rekor-entry.ts";
import { notAllowed, untrusted, type Verdict } from "./verdict.ts";
import type { CertificateIdentity, CertificateTrust } from "./x509-trust.ts";

/** A timestamp over the signature, as RFC 3161 and RFC 5126 put it beside a CMS signature. */
const TIMESTAMP_TOKEN = "1.2.840.113549.1.9.16.2.14";

/**
 * Checks a signature as gitsign makes it: CMS, detached, with a certificate of minutes. It is verified
 * offline against the trust root, as the sigstore bundle that it is in other words: the chain at the
 * trusted time, the log's promise and proof, the certificate's own log where the root names one, and the
 * signature. The trusted time comes from the log's entry or from a timestamp that the signature brings;
 * without either it is untrusted, because nothing says that the certificate was valid when it was used.
 */
export async function verifyX509Signature(payload: Uint8Array, armored: string, trust: CertificateTrust): Promise<Verdict> {
  const der = unarmored(armored);
  const signer = der ? readDetached(der, payload) : "its signed message is not base64";
  if (typeof signer === "string") return untrusted(signer);
  const entry = rekorEntryOf(signer);
  if (entry === undefined) return untrusted("the log entry that its signature brings cannot be read");
  const token = timestampOf(signer);
  if (entry === null && token === null)
    return untrusted("its signature brings no trusted time: gitsign writes the log's entry into it with gitsign.rekorMode=offline");
  const found = await verified(
    signer,
    { tlogEntries: entry ? [entry] : [], timestampVerificationData: { rfc3161Timestamps: token ? [{ signedTimestamp: token }] : [] } },
    trust,
  );
  if (typeof found === "string") return untrusted(found);
  const { identity, issuer } = found;
  const isAllowed = trust.identities.some((each) => each.identity === identity && each.issuer === issuer);
  if (!isAllowed) return notAllowed(`"${identity}" of ${issuer} is not among the allowed identities`, null);
  return { status: "good", signer: { identity, form: "x509", key: null, issuer }, validity: { from: null, to: null } };
}

interface Evidence {
  readonly tlogEntries: TransparencyLogEntry[];
  readonly timestampVerificationData: Bundle["verificationMaterial"]["timestampVerificationData"];
}

/** Who signed, or a sentence's end on why that cannot be said. Every library here throws what it finds wrong. */
async function verified(signer: CmsSigner, evidence: Evidence, { root }: CertificateTrust): Promise<CertificateIdentity | string> {
  const { Verifier, toSignedEntity } = await import("@sigstore/verify");
  const { certificateAuthorities, timestampAuthorities, tlogs, ctlogs } = root;
  const lists = {
    certificateAuthorities: [...certificateAuthorities],
    timestampAuthorities: [...timestampAuthorities],
    tlogs: [...tlogs],
    ctlogs: [...ctlogs],
  };
  try {
    const verifier = new Verifier(
      { ...lists, publicKey: noKey },
      {
        // What the root has, the signature must have: leaving evidence out never makes it easier.
        tlogThreshold: tlogs.length > 0 ? 1 : 0,
        ctlogThreshold: ctlogs.length > 0 ? 1 : 0,
        timestampThreshold: 1,
      },
    );
    verifier.verify(toSignedEntity(bundleOf(signer, evidence), signer.signedBytes));
    const wrong = evidence.tlogEntries.map((entry) => entryProblem(entry, { der: signer.certificate })).find((each) => each !== undefined);
    return wrong ?? claimsOf(Buffer.from(signer.certificate));
  } catch (error) {
    const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "MALFORMED";
    return `its certificate, log entry or signature does not verify against the trust root (${code})`;
  }
}

/** A bare key proves nobody's identity. */
function noKey(): never {
  throw new Error("no key is allowed");
}

function bundleOf({ certificate, signature, signedBytes }: CmsSigner, evidence: Evidence): Bundle {
  const digest = createHash("sha256").update(signedBytes).digest();
  return {
    mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
    content: { $case: "messageSignature", messageSignature: { messageDigest: { algorithm: HashAlgorithm.SHA2_256, digest }, signature } },
    verificationMaterial: { content: { $case: "certificate", certificate: { rawBytes: certificate } }, ...evidence },
  };
}

/** A timestamp token as the whole answer of an authority, which is the form that is verified. */
function timestampOf({ unsigned }: CmsSigner): Buffer | null {
  const token = unsigned.get(TIMESTAMP_TOKEN);
  if (!token) return null;
  const inner = sequence(token);
  return sequence(Buffer.concat([Buffer.from([0x30, 0x03, 0x02, 0x01, 0x00]), inner]));
}

function sequence(content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([0x30, ...size]), content]);
}
