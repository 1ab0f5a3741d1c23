import { caution, fail, ok, problem, shown, type Diagnostic, type Result } from "../core/index.ts";
import { isBy, isHalfOf, loadBundles, sshPublicHalf, type Asked, type Signatory } from "../trust/signatures/index.ts";
import { readKey, signAttestation, type SignWith } from "./attesting.ts";
import type { Plan } from "./plan/index.ts";

/** Who is about to sign: told by what the key file says, or by the certificate of what was signed. */
type Approver =
  | { readonly kind: "known"; readonly name: string; readonly is: (person: Asked) => boolean }
  /** The key file does not show its public half, or a certificate is yet to be given. */
  | { readonly kind: "unknown"; readonly why: string };

/** What is asked of the signer before anything is signed. */
export function mayApprove(plan: Plan, by: SignWith): Result<void> {
  return by.kind === "keyless" ? ok(undefined) : wouldCount(plan, approverWith(by));
}

/**
 * Signs that a plan may be applied.
 *
 * @returns `APPROVER_NOT_ASKED` for a certificate that names somebody whose approval no rule would count.
 */
export async function signApproval(
  { digest, effect, body, ...rest }: Plan,
  { comment, at }: { readonly comment: string | null; readonly at: string },
  by: SignWith,
  signal: AbortSignal,
): Promise<Result<string>> {
  const owner = `${body.project}/${body.environment}`;
  const signed = await signAttestation({ kind: "approval", owner, effect, plan: digest, at, comment }, by, signal);
  if (!signed.ok || by.kind !== "keyless") return signed;
  const counts = wouldCount({ digest, effect, body, ...rest }, await approverIn(signed.value));
  return counts.ok ? ok(signed.value, counts.warnings) : counts;
}

/** An SSH key shows its public half even under a passphrase; in older forms, the `.pub` file beside it does. */
function approverWith(by: Exclude<SignWith, { readonly kind: "keyless" }>): Approver {
  const text = readKey(by.file);
  if (by.kind === "pem" && text.ok)
    return { kind: "known", name: "that key", is: ({ ssh }) => ssh.some((line) => isHalfOf(text.value, line)) };
  const beside = readKey(`${by.file}.pub`);
  const key = (text.ok ? sshPublicHalf(text.value) : undefined) ?? (beside.ok ? sshPublicHalf(beside.value) : undefined);
  if (key === undefined) return { kind: "unknown", why: "the key file does not show its public half" };
  return { kind: "known", name: "that key", is: (person) => isBy(person, { kind: "ssh", key }) };
}

/** Whom the certificate of a signed statement names. */
async function approverIn(bundle: string): Promise<Approver> {
  const { claimIn } = await loadBundles();
  const claim = claimIn(Buffer.from(bundle));
  if (!claim.ok || claim.value.identity === null || claim.value.issuer === null)
    return { kind: "unknown", why: "its certificate cannot be read" };
  const { identity: subject, issuer } = claim.value;
  const by: Signatory = { kind: "oidc", issuer, subject };
  return { kind: "known", name: `${shown(subject)} of ${shown(issuer)}`, is: (person) => isBy(person, by) };
}

/**
 * Whether a signature would count, as far as the plan itself says whom its rules ask. What the plan says is a claim: apply
 * looks again. It keeps people from signing what cannot help, and from believing that it did.
 */
function wouldCount({ evidence }: Plan, approver: Approver): Result<void> {
  const rules = evidence.approvals ?? [];
  if (rules.length === 0) return unsure("no rule asked people about this plan when it was made");
  const asked = rules.flatMap(({ people }) => people ?? []);
  if (rules.some(({ people }) => people === undefined))
    return unsure("the plan file does not say whom its rules ask; an older moltbot made it");
  const { repository } = evidence;
  if (repository.commit === null || repository.dirty) return fail(noAuthor());
  if (approver.kind === "unknown") return unsure(approver.why);
  const mine = asked.filter(approver.is);
  if (mine.some(({ isAuthor }) => !isAuthor)) return ok(undefined);
  const [self] = mine;
  const teams = [...new Set(rules.flatMap((each) => each.teams))].sort().join(", ");
  const why = self
    ? `${shown(self.name)} has a part in the change, as author, committer or signer of one of its commits, and does not count`
    : `${approver.name} is that of nobody in ${teams}, whom the rules ask`;
  const others = [...new Set(asked.filter(({ isAuthor }) => !isAuthor).map(({ name }) => name))].sort();
  return fail(
    problem("APPROVER_NOT_ASKED", {
      detail: `Nothing was approved: ${why}. ${others.length === 0 ? `Nobody in ${teams} is left whose approval would count.` : `The approval of these would count: ${others.join(", ")}.`}`,
      remedy:
        others.length === 0
          ? 'Have somebody else make the change, or see docs/approvals.md, "When nobody is left".'
          : "Have one of them approve, each with a key or account that the Team in force lists:\n  moltbot approve PLAN --ssh-key FILE",
      context: { counting: others.join(", ") },
    }),
  );
}

function unsure(why: string): Result<void> {
  return ok(undefined, [
    caution("APPROVER_UNKNOWN", {
      detail: `Whether this approval counts is seen when it is given to apply: ${why}.`,
      remedy: "To have it said before, make the plan file again:\n  moltbot plan --ref REV --out FILE",
    }),
  ]);
}

function noAuthor(): Diagnostic {
  return problem("APPROVAL_AUTHOR_UNKNOWN", {
    detail:
      "People must approve this plan, and its files are not those of a commit, so nobody can be told from whoever wrote them, and nobody's approval counts.",
    remedy: "Commit the change and plan the commit:\n  moltbot plan --ref HEAD --out FILE",
  });
}
