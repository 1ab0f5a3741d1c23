import { ASN1Obj } from "@sigstore/core";
import { createHash } from "node:crypto";

/** What one signer of a CMS SignedData says, with the certificate it names. */
export interface CmsSigner {
  /** The signer's certificate, DER. */
  readonly certificate: Buffer;
  /** The bytes the signature is made over: the signed attributes as a SET. */
  readonly signedBytes: Buffer;
  readonly signature: Buffer;
  /** Values by the attribute's id; each attribute stands once and has one value. Nobody signs these. */
  readonly unsigned: ReadonlyMap<string, Buffer>;
}

const OID = {
  signedData: "1.2.840.113549.1.7.2",
  data: "1.2.840.113549.1.7.1",
  sha256: "2.16.840.1.101.3.4.2.1",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
} as const;

const SET = 0x31;

class CmsFault extends Error {}

/**
 * Reads a detached CMS signature (RFC 5652) with exactly one signer, SHA-256 and signed attributes, and
 * holds the attributes against the content. The signature itself is the caller's to check.
 *
 * @returns a sentence's end on why it is none.
 */
export function readDetached(der: Buffer, content: Uint8Array): CmsSigner | string {
  try {
    const root = ASN1Obj.parseBuffer(Buffer.from(der));
    // One reading only: what is not written as DER writes it could be read in two ways.
    if (!root.toDER().equals(der)) return "its CMS signature is not DER";
    return signerOf(root, content);
  } catch (error) {
    return error instanceof CmsFault ? error.message : "its CMS signature cannot be read";
  }
}

function signerOf(root: ASN1Obj, content: Uint8Array): CmsSigner {
  const [type, wrapped] = root.subs;
  need(type?.toOID() === OID.signedData, "its signed message is no CMS SignedData");
  const [, , encapsulated, ...rest] = wrapped?.subs[0]?.subs ?? [];
  need(encapsulated?.subs[0]?.toOID() === OID.data && encapsulated.subs.length === 1, "its CMS signature brings content of its own");
  const certificates = rest.find((each) => each.tag.isContextSpecific(0))?.subs ?? [];
  const infos = rest.at(-1)?.subs ?? [];
  const [info] = infos;
  need(
    info !== undefined && infos.length === 1 && rest.at(-1)?.tag.isContextSpecific(0) === false,
    "its CMS signature has not exactly one signer",
  );
  return oneSigner(info, certificates, content);
}

function oneSigner(info: ASN1Obj, certificates: readonly ASN1Obj[], content: Uint8Array): CmsSigner {
  const [, sid, digest, ...rest] = info.subs;
  need(digest?.subs[0]?.toOID() === OID.sha256, "its CMS signature does not use SHA-256");
  const attributes = rest.find((each) => each.tag.isContextSpecific(0));
  need(attributes !== undefined, "its CMS signature has no signed attributes");
  const signed = attributesOf(attributes);
  const [type, due] = [signed.get(OID.contentType), signed.get(OID.messageDigest)];
  need(type?.toOID() === OID.data, "its CMS signature is for another type of content");
  need(due?.value.equals(createHash("sha256").update(content).digest()) === true, "its signature does not fit its content");
  const extra = rest.find((each) => each.tag.isContextSpecific(1));
  const signature = rest.at(extra ? -2 : -1);
  need(signature?.tag.isOctetString() === true, "its CMS signature is cut");
  const signedBytes = Buffer.from(attributes.toDER());
  signedBytes[0] = SET;
  const unsigned = new Map([...(extra ? attributesOf(extra) : [])].map(([id, value]) => [id, value.value]));
  return { certificate: certificateOf(sid, certificates), signedBytes, signature: signature.value, unsigned };
}

/** An attribute that stands twice, or has several values, could be read in two ways. */
function attributesOf(set: ASN1Obj): ReadonlyMap<string, ASN1Obj> {
  const found = new Map<string, ASN1Obj>();
  for (const attribute of set.subs) {
    const [id, values] = attribute.subs;
    const [value] = values?.subs ?? [];
    need(
      id !== undefined && value !== undefined && values?.subs.length === 1,
      "its CMS signature has an attribute without exactly one value",
    );
    need(!found.has(id.toOID()), "its CMS signature has an attribute twice");
    found.set(id.toOID(), value);
  }
  return found;
}

/** The certificate whose issuer and serial number the signer names. */
function certificateOf(sid: ASN1Obj | undefined, certificates: readonly ASN1Obj[]): Buffer {
  const [issuer, serial] = sid?.subs ?? [];
  need(issuer !== undefined && serial !== undefined, "its CMS signer is not named by issuer and serial number");
  const fitting = certificates.filter((each) => {
    const [, itsSerial, , itsIssuer] = each.subs[0]?.subs ?? [];
    return itsSerial?.value.equals(serial.value) === true && itsIssuer?.toDER().equals(issuer.toDER()) === true;
  });
  const [certificate] = fitting;
  need(certificate !== undefined && fitting.length === 1, "its CMS signature does not bring its signer's certificate");
  return certificate.toDER();
}

function need(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new CmsFault(otherwise);
}
