import type { Bundle } from "@sigstore/bundle";
import { ASN1Obj, X509Certificate } from "@sigstore/core";
import { HashAlgorithm } from "@sigstore/protobuf-specs";
import { createHash } from "node:crypto";
import { unarmored } from "./armor.ts";
import { readDetached, type CmsSigner } from "./cms.ts";
import { rekorEntryOf } from "./rekor-entry.ts";
import { notAllowed, untrusted, type Verdict } from "./verdict.ts";
import type { CertificateIdentity, CertificateTrust } from "./x509-trust.ts";

/** Where a certificate's extensions lie, and what Fulcio calls its own. */
const OID = {
  subjectAltName: "2.5.29.17",
  extendedKeyUsage: "2.5.29.37",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  issuerV1: "1.3.6.1.4.1.57264.1.1",
  issuerV2: "1.3.6.1.4.1.57264.1.8",
  timestampToken: "1.2.840.113549.1.9.16.2.14",
} as const;

/** Kinds of names that Fulcio writes: an address or an URI, by their context tag. */
const NAME_TAGS = [1, 6] as const;

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

type Evidence = Pick<Bundle["verificationMaterial"], "tlogEntries" | "timestampVerificationData">;

/** Who signed, or a sentence's end on why that cannot be said. Every library here throws what it finds wrong. */
async function verified(signer: CmsSigner, evidence: Evidence, { material }: CertificateTrust): Promise<CertificateIdentity | string> {
  const { Verifier, toSignedEntity } = await import("@sigstore/verify");
  const isLogged = material.tlogs.length > 0;
  try {
    const verifier = new Verifier(material, {
      // What the root has, the signature must have: leaving evidence out never makes it easier.
      tlogThreshold: isLogged ? 1 : 0,
      ctlogThreshold: material.ctlogs.length > 0 ? 1 : 0,
      timestampThreshold: 1,
    });
    verifier.verify(toSignedEntity(bundleOf(signer, evidence), signer.signedBytes));
    return identityOf(X509Certificate.parse(Buffer.from(signer.certificate)));
  } catch (error) {
    const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "MALFORMED";
    return `its certificate, log entry or signature does not verify against the trust root (${code})`;
  }
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
  const token = unsigned.get(OID.timestampToken);
  if (!token) return null;
  const inner = sequence(token);
  return sequence(Buffer.concat([Buffer.from([0x30, 0x03, 0x02, 0x01, 0x00]), inner]));
}

function sequence(content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([0x30, ...size]), content]);
}

/** The one name in a certificate for signing code, and who vouched for it. Compared by us, exactly. */
function identityOf(certificate: X509Certificate): CertificateIdentity | string {
  if (!purposesOf(certificate).includes(OID.codeSigning)) return "its certificate is not one for signing code";
  const names = parsed(valueOf(certificate, OID.subjectAltName)).subs;
  const [name] = names;
  if (!name || names.length !== 1 || !NAME_TAGS.some((tag) => name.tag.isContextSpecific(tag)))
    return "its certificate does not name exactly one identity";
  const second = valueOf(certificate, OID.issuerV2);
  const issuer = second ? parsed(second).value.toString("utf8") : valueOf(certificate, OID.issuerV1)?.toString("utf8");
  return issuer === undefined
    ? "its certificate does not say who vouches for its identity"
    : { identity: name.value.toString("utf8"), issuer };
}

function purposesOf(certificate: X509Certificate): readonly string[] {
  const value = valueOf(certificate, OID.extendedKeyUsage);
  return value ? parsed(value).subs.map((each) => each.toOID()) : [];
}

function parsed(bytes: Buffer = Buffer.alloc(0)): ASN1Obj {
  return ASN1Obj.parseBuffer(Buffer.from(bytes));
}

/** The bytes inside the octet string that ends an extension. */
function valueOf(certificate: X509Certificate, oid: string): Buffer | undefined {
  const fitting = certificate.extensions.filter((each) => each.subs[0]?.toOID() === oid);
  return fitting.length === 1 ? fitting[0]?.subs.at(-1)?.value : undefined;
}
