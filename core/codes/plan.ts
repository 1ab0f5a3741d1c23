import type { CodeEntry } from "./entry.ts";

/** Planning and applying. */
export const PLAN_CODES = {
  PLAN_FILE_INVALID: {
    outcome: "INVALID",
    summary: "Not a usable plan file",
    page: "The file is not a plan, was cut short, or its body does not hash to the digest it states. Make it again: `moltbot plan --out FILE`.",
  },
  PLAN_VERSION: {
    outcome: "INVALID",
    summary: "Plan format not supported",
    page: "The plan was written by a moltbot whose plan format has another major version. Plan again with this one.",
  },
  PLAN_STALE: {
    outcome: "STALE",
    summary: "The world moved since the plan was made",
    page: "Planning again from the named source gave another plan, so what was reviewed is not what would be done. The message lists the inputs that moved. Plan and review again.",
  },
  CONFIRMATION_NEEDED: {
    outcome: "REFUSED",
    summary: "Needs confirmation",
    page: "Without a terminal moltbot does not ask, it refuses. Give `--auto-approve` for an unattended apply, or apply a reviewed plan file.",
  },
  NOT_CONFIRMED: {
    outcome: "REFUSED",
    summary: "Not confirmed",
    page: "The answer was not `yes`. Nothing was changed.",
  },
  DELETE_BUDGET: {
    outcome: "REFUSED",
    summary: "Too many deletions in one change",
    page: "The plan deletes or replaces more than 30 % of the owner's resources and more than 3 of them. That is how a wrong branch or an empty folder looks. If it is meant, say how many: `--allow-deletes N`.",
  },
  PROTECTED: {
    outcome: "REFUSED",
    summary: "Resource is protected",
    page: 'The resource has `metadata.annotations["moltbot.dev/protect"]`, or the Project protects it, so it cannot be deleted or replaced. Remove the protection in one change, delete in the next.',
  },
  PINNED: {
    outcome: "REFUSED",
    summary: "Rolled back and pinned",
    page: "The target was rolled back, and this plan would bring the refused configuration back. Change the configuration, or end the pin: `moltbot resume`.",
  },
  ADDRESS_OWNED: {
    outcome: "REFUSED",
    summary: "Address belongs to another owner",
    page: "Another Project or environment owns this address on the target. Rename the resource, or take it over: `moltbot adopt ADDRESS --from OWNER`.",
  },
  PROJECT_RENAMED: {
    outcome: "REFUSED",
    summary: "The record belongs to another Project",
    page: "Nothing was applied under this Project's name here, but under another one: the Project was renamed, or moltbot.yaml now names another folder for its record, or delegates to another folder. A first apply is judged by nobody but the commit itself, so a commit that only changes a name could leave signers, approvals and policies behind. Take the name back; or, if it is meant, say which record to use with `--state DIR`, and take over what the old name has with `moltbot adopt ADDRESS --from OWNER`. Several Projects share a record where each names it with `--state`.",
  },
  FORGET_INCOMPLETE: {
    outcome: "REFUSED",
    summary: "Forgotten without what it names",
    page: "The plan releases a resource that names another one which is not released with it: `spec.forget` in moltbot.yaml does not cover it, or it is still declared. References never cross owners, so the resource stays on the target but goes without what it names: an agent without its model provider does not answer. Forget both, or adopt the resource again with `moltbot adopt ADDRESS --from unmanaged/unmanaged`. This is a remark; it stops nothing.",
  },
  FORGET_NOT_IN_FORCE: {
    outcome: "REFUSED",
    summary: "Released by a rule of the same change",
    page: "`spec.forget` in moltbot.yaml lets a resource go without deleting it: it stays on the target, and from then on nobody plans, judges or corrects it. That loosens what judges changes, and a loosening never helps the change that brings it, so a resource is released only by a rule that was active before. Apply the rule first, while the resource is still declared; remove the resource in the next change.",
  },
  SELECTED: {
    outcome: "REFUSED",
    summary: "Only a part is planned",
    page: "`--target` or `--exclude` was given, so the plan covers the named resources and what they need, and leaves the rest as it is recorded. The message lists what is planned. This is a remark; it stops nothing.",
  },
  DIRTY_REMOTE: {
    outcome: "REFUSED",
    summary: "Uncommitted files",
    page: "Only the embedded target takes a work tree that differs from its commit. Commit the change, or plan a commit with `--ref`.",
  },
  KIND_NOT_YET: {
    outcome: "REFUSED",
    summary: "Not supported by this version",
    page: "The manifest asks for something that must be enforced to mean anything, and this version cannot enforce it yet. It is refused rather than accepted without effect.",
  },
  APPLY_INCOMPLETE: {
    outcome: "PARTIAL",
    summary: "Apply stopped part-way",
    page: "Something failed after the apply had begun. What was done is recorded. Run `moltbot apply` again to converge.",
  },
  STEP_FAILED: {
    outcome: "PARTIAL",
    summary: "A step failed",
    page: "The target refused or failed one step. Steps that depend on it were not tried; independent ones were. What was done is recorded. Correct the cause and run `moltbot apply` again: it goes on from there.",
  },
  TARGET_UNAVAILABLE: {
    outcome: "UNAVAILABLE",
    summary: "The target does not answer usefully",
    page: "The target could not be reached, answered too slowly, too much or not in its protocol. Retries are bounded and jittered, with one deadline for all. A step that may have acted is observed before it is tried again.",
  },
  CORRECTIONS_UNDONE: {
    outcome: "PARTIAL",
    summary: "Something else undoes every correction",
    page: "The same resources drifted again right after each correction: another program or person manages them too. moltbot stops correcting them until the configuration changes, so that the two do not fight. Find the other writer, or set `drift.mode: report`.",
  },
  NOT_CONVERGED: {
    outcome: "PARTIAL",
    summary: "Target reports done, but nothing changed",
    page: "The target acknowledged a change, but observing it again shows the old state. It is reported as not converged, never as success.",
  },
} as const satisfies Record<string, CodeEntry>;
