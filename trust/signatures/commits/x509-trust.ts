import type { TrustMaterial } from "@sigstore/verify";

/** An identity and who vouches for it, both compared exactly. */
export interface CertificateIdentity {
  readonly identity: string;
  readonly issuer: string;
}

/** What certificates are judged by. */
export interface CertificateTrust {
  readonly material: TrustMaterial;
  readonly identities: readonly CertificateIdentity[];
}

/**
 * Reads a sigstore trust root. Every authority and log in it must say from when on it was valid.
 *
 * @returns a sentence's end on why it cannot be used.
 */
export async function readAuthorities(root: string | null, identities: readonly CertificateIdentity[]): Promise<CertificateTrust | string> {
  if (root === null) return "identities can be checked only with a sigstore trust root: spec.trust.root";
  const [{ TrustedRoot }, { toTrustMaterial }] = await Promise.all([import("@sigstore/protobuf-specs"), import("@sigstore/verify")]);
  try {
    const read = TrustedRoot.fromJSON(JSON.parse(root));
    const parts = [...read.certificateAuthorities, ...read.timestampAuthorities];
    const logs = [...read.tlogs, ...read.ctlogs].map((each) => each.publicKey);
    if (read.certificateAuthorities.length === 0) return "the sigstore trust root names no certificate authority";
    if (![...parts, ...logs].every((each) => each?.validFor?.start instanceof Date))
      return "the sigstore trust root has an authority or log without a start of validity";
    if (read.tlogs.length === 0 && read.timestampAuthorities.length === 0)
      return "the sigstore trust root names neither a log nor a timestamp authority, so no time can be trusted";
    return { material: toTrustMaterial(read), identities };
  } catch {
    return "the sigstore trust root cannot be read";
  }
}
