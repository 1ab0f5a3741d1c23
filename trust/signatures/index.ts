/**
 * trust/signatures: commits, plugin bundles, attestations. What this version cannot verify or enforce
 * is refused here, so that nothing is accepted without effect.
 */
export {
  approvalRules,
  approvalStates,
  isBy,
  peopleOf,
  type ApprovalFacts,
  type ApprovalRule,
  type ApprovalState,
  type Asked,
  type Person,
  type Signatory,
  type VerifiedApproval,
} from "./approvals.ts";
export {
  encodeEnvelope,
  parseAttestationJson,
  parseEnvelope,
  signedBytes,
  SSH_NAMESPACE,
  STATEMENT_TYPE,
  type Envelope,
  type EnvelopeSignature,
} from "./dsse.ts";
export { isHalfOf, sshPublicHalf } from "./public-half.ts";
export { claimedStatement, verifyAttestation, type Attested } from "./attestation.ts";
export {
  claimOf,
  encodeClaim,
  encodeStatement,
  parseStatement,
  PREDICATES,
  signableOf,
  statementOf,
  type Signable,
  type Statement,
  type StatementKind,
} from "./statement.ts";
export { archivesOf, isBundled, isBundledSkill, withoutBundledText } from "./archives-of.ts";
/** Bundles and trust roots (`verifyBundle`, `parseTrustRoot`, `signerOf`): loaded when first asked for, because the libraries take long. */
export const loadBundles = () => import("./bundles/index.ts");
/** Signing, which asks authorities over the network; loaded by what signs only. */
export const loadSigning = () => import("./signing/index.ts");
/** Plugins as they stand in a desired state; loaded where there is one. */
export const loadPlugins = () => import("./plugins/index.ts");
/** Who compiled the policies; loaded where somebody asks. */
export type { ListedPolicySigner } from "./policies/index.ts";
export const loadPolicyAttestations = () => import("./policies/index.ts");
export type { AttestedPolicies, PolicyClaim } from "./policies/index.ts";
/** Skills that come as archives; loaded where there is one. */
export const loadSkills = () => import("./skills/index.ts");
/** Reading and writing archives. */
export const loadArchives = () => import("./archive/index.ts");
export type { Archive, ArchiveFile } from "./archive/index.ts";
export type { BundleFacts, BundleSigner, PluginCheck, PluginManifest } from "./plugins/index.ts";
export type { Artifact, Claim, InTotoStatement, Pattern, Signer, SignerRule, TrustRoot, Verified, VerifyRequest } from "./bundles/index.ts";
export { isAttestationAsked, isJudging, namesPeople } from "./judges.ts";
export { unenforceable, type Unenforceable } from "./unenforceable.ts";
export {
  claimedKey,
  isEmptyTrust,
  judgeCommit,
  parseCommit,
  readCommitTrust,
  trustedSigners,
  verifyDetached,
  type CommitObject,
  type CommitTrust,
  type CommitSigner,
  type TrustedSigner,
  type TrustFault,
  type Verdict,
} from "./commits/index.ts";
