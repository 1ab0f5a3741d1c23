import type { CodeEntry } from "./entry.ts";

/** Attestations over plans: approvals and proofs. */
export const ATTESTATION_CODES = {
  ATTESTATION_INVALID: {
    outcome: "INVALID",
    summary: "Not a usable attestation",
    page: "The file is not a signed statement about a plan: not a DSSE envelope or sigstore bundle, cut, of another kind, or larger than its limit. `moltbot approve PLAN` and `moltbot plan --attest FILE` write such files.",
  },
  ATTESTATION_UNTRUSTED: {
    outcome: "UNTRUSTED",
    summary: "The attestation is not authentic",
    page: "Its signature does not hold: it was changed after it was signed, or the key is not the one it is said to be from. Ask for it again. One byte changed in a plan's effect makes another plan, so an approval is never adjusted; it is given anew.",
  },
  APPROVAL_MISSING: {
    outcome: "REFUSED",
    summary: "The plan needs the approval of people",
    page: "`approvals` of the Project in force asks that people approve such a plan before it is applied: always, when it widens what agents may do, when it deletes, or when it weakens what judges changes. The rules and the people are those of the active generation, so a change cannot approve itself. Somebody of the named teams reviews the plan and signs it: `moltbot approve plan.json`. The file is then given to `apply --approval FILE`, or committed below `.approvals/`. Whoever wrote the change does not count. An approval covers the plan's effect: it stays good when an unrelated change is merged, and is void when anything the plan does is different.",
  },
  APPROVER_NOT_ASKED: {
    outcome: "NOT_ALLOWED",
    summary: "This signature would not count",
    page: '`moltbot approve` was about to sign for somebody whose approval no rule would count: the key or account is that of nobody in the teams that the rules name, or of somebody who has a part in the change. Nothing was signed; a keyless signature is made first, because only its certificate says whose it is, and is then thrown away. The message names who would count. Have one of them approve, or sign with the key that `Team.people` of the generation in force lists for you; a key that was added in this same change counts from the next one on. Where nobody is left who could, see docs/approvals.md, "When nobody is left".',
  },
  APPROVALS_WAIVED: {
    outcome: "REFUSED",
    summary: "Applied without its approvals",
    page: "The rules in force ask people about this plan, they have not approved it, and an operator of this host waived that with `moltbot trust waive`: for this effect, over the generation that was active then, once. The ledger has who did it and why, as a record of the kind `waived`; the receipt, `status` and `prove verify` say it too. No commit can do this. This is a remark; it stops nothing.",
  },
  WAIVER_REFUSED: {
    outcome: "REFUSED",
    summary: "The approvals of this plan cannot be waived",
    page: "`moltbot trust waive PLAN` takes the place of people who are not there any more, for one plan. The plan must be of a commit, over the generation that is active in this record, for the same Project and environment, and some rule must still wait for people. Make the plan again and look at it.",
  },
  APPROVER_UNKNOWN: {
    outcome: "REFUSED",
    summary: "Nobody here can say whether the signature will count",
    page: "The plan file does not say whom its rules ask: no rule asked about it when it was made, or an older moltbot made it. Or the key that signs cannot be told from the file alone. The approval is signed all the same, and `apply` decides whether it counts. Make the plan file again (`moltbot plan --ref REV --out FILE`) to have it said before. This is a remark; it stops nothing.",
  },
  PROOF_UNAVAILABLE: {
    outcome: "REFUSED",
    summary: "The generation cannot be proved",
    page: "What a proof is made of was not kept: the generation was made by an older moltbot, brought about by another owner's change, or the one before it is among those that are forgotten (the last fifty are kept).",
  },
  PROOF_INVALID: {
    outcome: "INVALID",
    summary: "Not a proof",
    page: "The file is not what `moltbot prove` writes, was cut short, or is larger than its limit.",
  },
  PROOF_UNTRUSTED: {
    outcome: "UNTRUSTED",
    summary: "The proof does not hold",
    page: "The parts of the proof do not fit together: a digest, a signature or a link of the ledger is not what another part says it is. The message names the first part that does not hold. Do not believe the file; ask for it anew where the record is kept.",
  },
  APPROVAL_AUTHOR_UNKNOWN: {
    outcome: "REFUSED",
    summary: "Nobody can say who wrote the change",
    page: "People must approve this plan, and whoever wrote it does not count. Files that are in no commit have no author, and a commit that is not as git writes commits may hide its own, so nothing could keep the author from approving. Commit the files, or make that commit again, and plan the commit.",
  },
} as const satisfies Record<string, CodeEntry>;
