import type { TrustRoot } from "../bundles/index.ts";

/** An identity and who vouches for it, both compared exactly. */
export interface CertificateIdentity {
  readonly identity: string;
  readonly issuer: string;
}

/** What certificates are judged by. */
export interface CertificateTrust {
  readonly root: TrustRoot;
  readonly identities: readonly CertificateIdentity[];
}

/**
 * Reads the sigstore trust root that certificates of commits are verified with.
 *
 * @returns a sentence's end on why it cannot be used.
 */
export async function readAuthorities(root: string | null, identities: readonly CertificateIdentity[]): Promise<CertificateTrust | string> {
  if (root === null) return "identities can be checked only with a sigstore trust root: spec.trust.root";
  const { parseTrustRoot } = await import("../bundles/index.ts");
  const read = parseTrustRoot(Buffer.from(root));
  if (!read.ok) return `their sigstore trust root (spec.trust.root) is not usable: ${read.diagnostics[0]?.detail ?? ""}`.replace(/\.$/, "");
  const { certificateAuthorities, tlogs, timestampAuthorities } = read.value;
  if (certificateAuthorities.length === 0) return "their sigstore trust root names no certificate authority";
  if (tlogs.length === 0 && timestampAuthorities.length === 0)
    return "their sigstore trust root names neither a log nor a timestamp authority, so there is no time to trust";
  return { root: read.value, identities };
}
