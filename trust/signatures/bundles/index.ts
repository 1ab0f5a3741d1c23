/**
 * trust/signatures/bundles: sigstore bundles, offline. Our own strict layer over `@sigstore/verify`: the
 * form of bundle and trust root, the binding to the artifact and to the logged key, and the signer's
 * identity are checked here; chains, timestamps and proofs by the library.
 */
export { claimIn, verifyBundle, type Claim, type Verified, type VerifyRequest } from "./verify.ts";
export { parseTrustRoot, type TrustRoot } from "./trust-root.ts";
export { fits, signerOf, signerText, type Signer, type SignerRule } from "./signer.ts";
export { parsePattern, type Pattern } from "./pattern.ts";
export { parseInToto, type InTotoStatement } from "./in-toto.ts";
export type { Artifact } from "./content.ts";
