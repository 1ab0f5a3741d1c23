/**
 * trust/signatures/signing: making sigstore bundles, with a key or keyless with a short-lived certificate.
 * The only place in trust/ that asks anybody over the network, and only when somebody signs.
 */
export { keySigner, signingKey, type SigningKey } from "./key.ts";
export { keylessSigner, tokenProblem, type Services } from "./keyless.ts";
export { signArtifact, signStatement, type BundleSigner } from "./sign.ts";
