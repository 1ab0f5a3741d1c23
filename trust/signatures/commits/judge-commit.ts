import type { CommitObject } from "./commit-object.ts";
import { verifyOpenPgpSignature } from "./openpgp-signature.ts";
import { verifySshSignature } from "./ssh-signature.ts";
import type { CommitTrust } from "./trust.ts";
import { isWithin, notAllowed, outside, untrusted, type Verdict } from "./verdict.ts";

/**
 * What the signature of one commit is worth under a trust. Names, dates and the author of a commit are
 * claims: whoever holds no listed key is nobody, whatever they say.
 *
 * @param now - Seconds: the key must be good then, too. Null for commits that a newer one builds on.
 * @returns undefined for a commit without a signature.
 */
export async function judgeCommit(commit: CommitObject, trust: CommitTrust, now: number | null): Promise<Verdict | undefined> {
  if (commit.signature === null) return undefined;
  const verdict = await verifyForm(commit, commit.signature, trust, now);
  // A certificate of minutes is over long before anybody looks at it: what counts is when it was used.
  if (verdict.status !== "good" || now === null || verdict.signer.form === "x509" || isWithin(verdict.validity, now)) return verdict;
  return notAllowed(`the key ${verdict.signer.key ?? ""} ${outside(verdict.validity, now)} by now`, verdict.signer.key);
}

async function verifyForm(
  { payload, claimedAt }: CommitObject,
  { form, armored }: NonNullable<CommitObject["signature"]>,
  trust: CommitTrust,
  now: number | null,
): Promise<Verdict> {
  const { signers, keyring, certificates } = trust;
  if (form === "ssh") return verifySshSignature(payload, armored, signers, claimedAt);
  if (form === "openpgp") {
    return keyring
      ? await verifyOpenPgpSignature(payload, armored, keyring, now)
      : untrusted("it is signed with OpenPGP, and the trust names no OpenPGP key");
  }
  if (!certificates) return untrusted("it is signed with a certificate, and the trust names no identity for that");
  // Certificates and logs are much code, for those alone who use them.
  const { verifyX509Signature } = await import("./x509-signature.ts");
  return await verifyX509Signature(payload, armored, certificates);
}
