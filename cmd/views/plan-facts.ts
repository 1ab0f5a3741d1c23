import {
  escapeText,
  isArray,
  isObject,
  shortDigest,
  shown,
  withShortRecipients,
  type Address,
  type Json,
  type JsonObject,
} from "../../core/index.ts";
import type { Violation, Atom, Change, GainedAtom, Plan, Reason, Summary } from "../../reconciler/plan/types.ts";
import type { BundleSigner } from "../../trust/signatures/index.ts";
import { counted } from "./layout.ts";

/** What the text and the Markdown view of a plan say in the same words. */

const WHY = {
  declared: "",
  "fields-changed": "",
  "immutable-changed": "cannot be changed in place: replaced",
  "not-declared": "removed from the files",
  destroy: "destroyed",
  "adopt-requested": "taken over",
  moved: "",
  "forget-requested": "no longer managed; left as it is",
  "drift-corrected": "",
  rollback: "rolled back",
  unchanged: "",
} as const satisfies Record<Reason, string>;

export function reasonText(change: Change, plan: Plan): string {
  if (change.reason === "not-declared" && plan.evidence.repository.commit !== null) return "removed from git";
  if (change.action === "move" && change.from !== undefined) return `moved from ${escapeText(change.from)}`;
  return WHY[change.reason];
}

/** `acme-bots`, and `/prod` where it is not the default environment. */
export function ownerText(plan: Plan): string {
  const { project, environment } = plan.body;
  return escapeText(environment === "default" ? project : `${project}/${environment}`);
}

const SHORT_COMMIT = 7;

/** `main@3f2a91c`, `work tree`, `generation 3` for a rollback, `main@3f2a91c with local changes`. */
export function revisionText(plan: Plan): string {
  const { restores } = plan.evidence;
  if (restores !== undefined) return `generation ${restores}`;
  const { commit, ref, dirty } = plan.evidence.repository;
  if (commit === null) return "work tree";
  const name = ref === null ? "" : `${ref.replace(/^refs\/(heads|tags|remotes)\//, "")}@`;
  return `${escapeText(name)}${commit.slice(0, SHORT_COMMIT)}${dirty ? " with local changes" : ""}`;
}

export function targetText(plan: Plan): string {
  const { type, generation } = plan.body.target;
  return `${escapeText(type)} (${generation === 0 ? "nothing applied yet" : `generation ${generation}`})`;
}

/** `agents/support.yaml:1`, where the change was declared. */
export function positionsOf(plan: Plan): ReadonlyMap<Address, string> {
  return new Map(plan.evidence.positions.map(({ address, file, line }) => [address, `${escapeText(file)}:${line}`]));
}

const ACTIONS = ["create", "update", "replace", "delete", "adopt", "move", "forget"] as const satisfies readonly (keyof Summary)[];

/** "1 create, 1 update, 212 unchanged"; where correcting drift is all there is to do, that. */
export function totalsText({ body }: Plan): string {
  const { summary } = body;
  const parts = ACTIONS.filter((action) => summary[action] > 0).map((action) => `${summary[action]} ${action}`);
  const corrected = body.drift.filter((drift) => drift.action === "correct").length;
  if (parts.length === 0 && corrected > 0) parts.push(`${corrected} corrected`);
  return [...parts, `${summary.noop} unchanged`].join(", ");
}

/** "14 decisions, 0 denied, 1 warning"; empty where no policy was asked. */
export function policyText({ body }: Plan): string {
  if (body.decisions.length === 0 && body.violations.length === 0) return "";
  return `${counted(body.decisions.length, "decision")}, ${body.summary.denied} denied, ${counted(body.summary.warned, "warning")}`;
}

/** Nothing to do: no change, and no drift that apply would correct. */
export function isEmpty({ body }: Plan): boolean {
  return body.changes.length === 0 && !body.drift.some((drift) => drift.action === "correct");
}

export function resourceCount({ body }: Plan): number {
  const { noop, create, update, replace, adopt, move } = body.summary;
  return noop + create + update + replace + adopt + move;
}

/** "No changes. 214 resources match generation 41." */
export function emptyText(plan: Plan): string {
  const { noop } = plan.body.summary;
  const { generation } = plan.body.target;
  if (generation === 0 && noop === 0) return "No changes. Nothing is applied, and nothing is to be.";
  return `No changes. ${counted(noop, "resource")} ${noop === 1 ? "matches" : "match"} generation ${generation}.`;
}

/** "http.fetch get https://api.stripe.com/**". */
export function atomText({ tool, action, pattern }: Atom): string {
  return escapeText(`${tool} ${action} ${pattern}`);
}

/** Who gains or loses it: its agent, or, where the grant is not what changed, the first of those who reach it. */
export function whoText({ subject, first = [] }: GainedAtom): string {
  const [other = subject] = first;
  return escapeText(first.length === 0 || first.includes(subject) ? subject : (first.find((each) => each.startsWith("Channel/")) ?? other));
}

/** What it is, and whose where it is not its own. */
export function whatText(atom: GainedAtom): string {
  return whoText(atom) === escapeText(atom.subject) ? atomText(atom) : `${atomText(atom)} of ${escapeText(atom.subject)}`;
}

const NAMED = 3;

/** "and 4 others, via Channel/web -> Agent/support -> Agent/ops"; empty where it concerns its agent alone. */
export function alsoText(atom: GainedAtom): string {
  const who = whoText(atom);
  const others = (atom.first ?? []).map(escapeText).filter((each) => each !== who);
  const rest = (atom.gainers ?? 1) - 1;
  if (rest < 1 && atom.subject === who) return "";
  const named = others.slice(0, NAMED).join(", ");
  const also = rest < 1 ? "" : rest <= NAMED ? `so ${rest === 1 ? "does" : "do"} ${named}` : `so do ${named} and ${rest - NAMED} more`;
  return [also, viaText(atom)].filter((each) => each !== "").join(", ");
}

/** "via Channel/web -> Agent/support -> Agent/ops"; a long way without its middle. */
export function viaText({ via = [], viaSkipped }: { readonly via?: readonly string[]; readonly viaSkipped?: number }): string {
  if (via.length < 2) return "";
  const steps = via.map((each) => escapeText(each));
  const half = steps.length / 2;
  const shownSteps = viaSkipped === undefined ? steps : [...steps.slice(0, half), `(${viaSkipped} more)`, ...steps.slice(half)];
  return `via ${shownSteps.join(" -> ")}`;
}

/**
 * What policy said of each atom, in words: `denied`, `allowed`, or `allowed, then per call by <rules>`, where
 * the rules stand, and the exceptions without which it would be denied. Indexed once.
 */
export function verdictsOf({ body, evidence }: Plan): (atom: Atom) => string {
  const place = (rule: string): string => {
    const at = evidence.rules?.[rule];
    return at ? `${rule} ${at.file}:${at.line}` : rule;
  };
  const grants = body.decisions.filter((decision) => decision.entry === "grant");
  const byAtom = new Map(grants.map((decision) => [`${decision.address} ${decision.atom ?? ""}`, decision]));
  return ({ subject, tool, action, pattern }) => {
    const decision = byAtom.get(`${subject} ${tool} ${action} ${pattern}`);
    if (!decision) return "";
    const rules = escapeText(decision.rules.map(place).join(", "));
    // An exception that is declared and not yet in force lifts nothing of what is denied.
    const lifted =
      decision.answer !== "denied" && decision.exceptions?.length ? `  lifted by ${escapeText(decision.exceptions.join(", "))}` : "";
    return `${decision.answer === "conditional" ? "allowed, then per call by" : `${decision.answer} `} ${rules}`.trimEnd() + lifted;
  };
}

const FINDING_PARTS = ["subject", "address", "atom", "message", "code"] as const;

/** Who else, and through whom, as findings say it. */
function findingTail(finding: JsonObject): string {
  const { gainers, first, via } = finding;
  const names = isArray(first) ? first.filter((each) => typeof each === "string" && each !== finding["subject"]).map(String) : [];
  const rest = typeof gainers === "number" && isArray(first) ? gainers - first.length : 0;
  const more = names.length - NAMED + rest;
  const who = names.length === 0 ? "" : `${escapeText(names.slice(0, NAMED).join(", "))}${more > 0 ? ` and ${more} more` : ""}`;
  const way = viaText({
    via: isArray(via) ? via.map(String) : [],
    ...(typeof finding["viaSkipped"] === "number" ? { viaSkipped: finding["viaSkipped"] } : {}),
  });
  return [who, way].filter((each) => each !== "").join(", ");
}

/** A finding as one line: who, with which grant, what it is, by which rule. */
export function findingText(finding: Json): string {
  if (!isObject(finding)) return shown(finding);
  const text = FINDING_PARTS.flatMap((key) => (typeof finding[key] === "string" ? [escapeText(withShortRecipients(finding[key]))] : []));
  const tail = findingTail(finding);
  return text.length > 0 ? [...text, ...(tail === "" ? [] : [tail])].join("  ") : shown(finding);
}

const DAY_S = 86_400;

/** "2h ago". The record's clock may be ahead of ours: that is "just now", never a negative age. */
export function ageText(at: string, now: Date): string {
  const seconds = Math.floor((now.getTime() - Date.parse(at)) / 1000);
  if (!Number.isFinite(seconds)) return "at an unknown time";
  if (seconds < 60) return "just now";
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}min ago`;
  if (seconds < 2 * DAY_S) return `${Math.floor(seconds / 3_600)}h ago`;
  return `${Math.floor(seconds / DAY_S)}d ago`;
}

/** How a rule's word counts: `denied`, `denied (in force)`, `excepted`, `warn`, `audit`. */
export function levelText({ level, exception, by }: Violation): string {
  if (exception !== undefined) return "excepted";
  if (level !== "enforce") return level;
  return by === "active" ? "denied (in force)" : "denied";
}

/** The rule, where it stands, and the exception that lifts it. */
export function ruleText({ rule, exception }: Violation, { evidence }: Plan): string {
  const place = evidence.rules?.[rule];
  return [rule, ...(place ? [`${place.file}:${place.line}`] : []), ...(exception === undefined ? [] : [`lifted by ${exception}`])].join(
    " ",
  );
}

/** What is on the target beside it all, and no plan touches. */
export function unmanagedLines({ evidence: { unmanaged = 0 } }: Plan): readonly string[] {
  if (unmanaged === 0) return [];
  return [`Unmanaged  ${counted(unmanaged, "object")} on the target ${unmanaged === 1 ? "belongs" : "belong"} to no Project`];
}

/** One line for each rule that asks people: `Approvals  widening: 1 of 2 of leads (ada)`. */
export function approvalLines({ evidence }: Plan): readonly string[] {
  return (evidence.approvals ?? []).map(({ when, count, teams, approvedBy }) => {
    const by = approvedBy.length === 0 ? "" : ` (${approvedBy.join(", ")})`;
    return `Approvals  ${when}: ${approvedBy.length} of ${count} of ${teams.join(", ")}${by}`;
  });
}

/** The archives whose signature was verified and about which something changes. */
export function changedBundles({ body, evidence }: Plan): NonNullable<Plan["evidence"]["bundles"]> {
  const changed = new Set(body.changes.map((change) => change.address));
  return (evidence.bundles ?? []).filter(({ address }) => changed.has(address));
}

/** What vouches for the time of a signature: "in the log as 17, signed 2026-01-01T12:00:00.000Z"; empty where nobody does. */
export function witnessText({ signedAt, logged }: Partial<BundleSigner>): string {
  const log = logged?.length ? [`in the log as ${logged.map((each) => escapeText(each)).join(", ")}`] : [];
  return [...log, ...(signedAt ? [`signed ${escapeText(signedAt)}`] : [])].join(", ");
}

/** Who signed an archive: the identity with who vouches for it, or the key. */
export function bundleSignerText({ identity, issuer, key }: Pick<BundleSigner, "identity" | "issuer" | "key">): string {
  if (identity !== null) return `${escapeText(identity)} (${escapeText(issuer ?? "nobody")})`;
  return key === null ? "a bare key" : `key ${shortDigest(key)}`;
}
