/**
 * Who signed a commit: the raw object taken apart, its signature checked by us in each of git's three
 * forms, and the signer looked up in a Project's trust. Nothing here asks git, gpg or ssh-keygen.
 */
export { parseCommit, type CommitObject, type ParsedCommit } from "./commit-object.ts";
export { judgeCommit } from "./judge-commit.ts";
export {
  isEmptyTrust,
  readCommitTrust,
  trustedSigners,
  type CommitTrust,
  type ReadTrust,
  type TrustedSigner,
  type TrustFault,
} from "./trust.ts";
export type { CommitSigner, Verdict } from "./verdict.ts";
export { claimedKey, verifyDetached } from "./ssh-signature.ts";
export { fingerprintOf, sshPublicKey } from "./ssh-key.ts";
