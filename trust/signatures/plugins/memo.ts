import { digestJson, LIMITS, type Result } from "../../../core/index.ts";
import { verifyBundle, type Signer, type Verified, type VerifyRequest } from "../bundles/index.ts";

/**
 * What was verified by this process: verifying is a pure function of bundle, artifact, signer and trust
 * root, so the second plan of an apply need not do it again, and a thousand plugins with one provenance
 * share it. Only digests are kept as names.
 */
const KNOWN = new Map<string, Result<Verified>>();
let count = 0;

export function verifyOnce(request: VerifyRequest & { readonly bundleDigest: string }): Result<Verified> {
  const { bundleDigest, artifact, root, signer } = request;
  const name = digestJson([bundleDigest, artifact.sha256, artifact.bytes !== undefined, root?.digest ?? null, signerName(signer)]);
  const known = KNOWN.get(name);
  if (known) return known;
  if (KNOWN.size >= LIMITS.verifiedBundles) KNOWN.clear();
  count++;
  const result = verifyBundle(request);
  KNOWN.set(name, result);
  return result;
}

/** How many bundles were really verified since the process began. */
export function verifications(): number {
  return count;
}

function signerName(signer: Signer): string {
  if (signer.kind === "key") return `key ${signer.id}`;
  const { identity, issuer } = signer;
  return JSON.stringify(typeof identity === "string" ? ["exact", identity, issuer] : ["pattern", identity.source, issuer]);
}
