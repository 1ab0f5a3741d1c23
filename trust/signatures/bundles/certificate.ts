import { X509Certificate as NodeCertificate } from "node:crypto";
import { X509Certificate, type ASN1Obj } from "@sigstore/core";
import { firstUnsafe, LIMITS } from "../../../core/index.ts";

/** What a certificate says about who signed, read by us. */
export interface Claims {
  readonly identity: string;
  readonly issuer: string;
}

const SUBJECT_ALT_NAME = "2.5.29.17";
const ISSUER_V1 = "1.3.6.1.4.1.57264.1.1";
const ISSUER_V2 = "1.3.6.1.4.1.57264.1.8";
const USERNAME = "1.3.6.1.4.1.57264.1.7";
const CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

/**
 * Identity and issuer of a signing certificate. Exactly one name must stand there: with two, what one
 * reader allows another never sees.
 *
 * @returns the claims, or in words why there are none. Never throws.
 */
export function claimsOf(der: Buffer): Claims | string {
  try {
    const parsed = new NodeCertificate(der);
    if (parsed.ca) return "the certificate is that of an authority";
    if (!(parsed.keyUsage ?? []).includes(CODE_SIGNING)) return "the certificate is not for signing code";
    const certificate = X509Certificate.parse(Buffer.from(der));
    if (certificate.extKeyUsage && !certificate.extKeyUsage.digitalSignature) return "the certificate is not for signatures";
    const identity = identityOf(certificate);
    const issuer = issuerOf(certificate);
    if (identity === undefined) return "the certificate does not have exactly one name that can be read";
    if (issuer === undefined) return "the certificate does not say, in one way, who vouches for its name";
    return { identity, issuer };
  } catch {
    return "the certificate cannot be decoded";
  }
}

function identityOf(certificate: X509Certificate): string | undefined {
  const names = inner(certificate, SUBJECT_ALT_NAME)?.subs ?? [];
  const [name] = names;
  if (!name || names.length !== 1) return undefined;
  if (name.tag.isContextSpecific(1) || name.tag.isContextSpecific(6)) return readable(name.value);
  if (!name.tag.isContextSpecific(0) || name.subs[0]?.toOID() !== USERNAME) return undefined;
  return readable(name.subs[1]?.subs[0]?.value);
}

/** The issuer stands there in one of two forms, or in both: then they must say the same. */
function issuerOf(certificate: X509Certificate): string | undefined {
  const v1 = certificate.extension(ISSUER_V1);
  const v2 = certificate.extension(ISSUER_V2);
  const old = v1 && readable(v1.value);
  const now = v2 && readable(inner(certificate, ISSUER_V2)?.value);
  if ((v1 && old === undefined) || (v2 && now === undefined)) return undefined;
  return old !== undefined && now !== undefined && old !== now ? undefined : (now ?? old);
}

/** What an extension's octets hold. */
function inner(certificate: X509Certificate, oid: string): ASN1Obj | undefined {
  return certificate.extension(oid)?.valueObj.subs[0];
}

function readable(bytes: Buffer | undefined): string | undefined {
  if (!bytes || bytes.length === 0 || bytes.length > LIMITS.identityChars) return undefined;
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  return firstUnsafe(text) === undefined ? text : undefined;
}
