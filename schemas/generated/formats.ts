// Generated from schemas/*.schema.json by scripts/generate.ts. Change the schema, then run: npm run generate
import type { Json } from "../../core/index.ts";

/**
 * The whole resource after the change; null when it is removed or forgotten.
 */
export type PlanResourceAfter = {
  /**
   * The version of its schema.
   */
  readonly apiVersion: string;
  /**
   * Its kind.
   */
  readonly kind: string;
  /**
   * Name, labels and annotations.
   */
  readonly metadata: {
    /**
     * The name.
     */
    readonly name: string;
    /**
     * The labels.
     */
    readonly labels?: {
      /**
       * The value.
       */
      readonly [k: string]: string;
    };
    /**
     * The annotations.
     */
    readonly annotations?: {
      /**
       * The value.
       */
      readonly [k: string]: string;
    };
  };
  /**
   * The specification, with defaults filled in.
   */
  readonly spec: {
    /**
     * Any JSON value.
     */
    readonly [k: string]: Json;
  };
} | null;
/**
 * The rollback that holds; null: none.
 */
export type PlanPin = {
  /**
   * The generation that was restored.
   */
  readonly generation: number;
  /**
   * Why.
   */
  readonly because: string;
  /**
   * Who.
   */
  readonly actor: string;
  /**
   * When.
   */
  readonly at: string;
} | null;
/**
 * Where the ledger stood; null: there is none.
 */
export type PlanLedgerHead = {
  /**
   * The number of its last record.
   */
  readonly seq: number;
  /**
   * The hash of that record.
   */
  readonly hash: string;
} | null;
/**
 * What it brings beside tools.
 *
 * Items: A kind of extension.
 */
export type PluginProvides = readonly ("tools" | "channel" | "model-provider" | "memory")[];

/**
 * What `moltbot backup -o json` says of the file it wrote. The file itself is the store, one SQLite database with a format number of its own; it holds envelopes, and keys only sealed by age.
 */
export interface Backup {
  /**
   * The version of this format. Another major version is refused.
   */
  readonly formatVersion: string;
  /**
   * What this document is.
   */
  readonly kind: "Backup";
  /**
   * The file.
   */
  readonly file: string;
  /**
   * Which store it is of.
   */
  readonly lineage: string;
  readonly head: BackupHead;
  /**
   * The sha256 of the file.
   */
  readonly digest: string;
  /**
   * Its size.
   */
  readonly bytes: number;
  /**
   * Whether the keys are in it, sealed for the recipients of `--to`.
   */
  readonly hasKeys?: boolean;
}
/**
 * Where the ledger stood.
 */
export interface BackupHead {
  /**
   * The number of its last record.
   */
  readonly seq: number;
  /**
   * The hash of that record.
   */
  readonly hash: string;
}
/**
 * What commands print with `-o json` when they fail.
 */
export interface Diagnostics {
  /**
   * The version of this format. Another major version is refused.
   */
  readonly formatVersion: string;
  /**
   * What this document is.
   */
  readonly kind: "Diagnostics";
  /**
   * What decides the exit code; null: nothing failed.
   */
  outcome:
    | "INVALID"
    | "LIMIT"
    | "UNTRUSTED"
    | "NOT_ALLOWED"
    | "DENIED"
    | "STALE"
    | "LOCKED"
    | "CORRUPT"
    | "UNAVAILABLE"
    | "PARTIAL"
    | "REFUSED"
    | null;
  /**
   * The diagnostics, by file and line.
   */
  readonly diagnostics: readonly DiagnosticRecord[];
  /**
   * How many more there are.
   */
  readonly hidden: number;
}
/**
 * One error or warning.
 */
export interface DiagnosticRecord {
  /**
   * Warnings fail nothing.
   */
  readonly severity: "error" | "warning";
  /**
   * A stable code; `moltbot explain CODE` prints its page.
   */
  readonly code: string;
  /**
   * What the code means for the exit code.
   */
  outcome:
    "INVALID" | "LIMIT" | "UNTRUSTED" | "NOT_ALLOWED" | "DENIED" | "STALE" | "LOCKED" | "CORRUPT" | "UNAVAILABLE" | "PARTIAL" | "REFUSED";
  /**
   * The same words for every use of the code.
   */
  readonly summary: string;
  /**
   * What is wrong here, and why that matters.
   */
  readonly detail: string;
  /**
   * What to try next.
   */
  readonly remedy?: string;
  readonly at?: DiagnosticPlace;
  /**
   * Other places that matter.
   */
  readonly related?: readonly DiagnosticRelated[];
  /**
   * Facts for machines. No secrets.
   */
  readonly context: {
    /**
     * A fact.
     */
    readonly [k: string]: string | number;
  };
}
/**
 * A place. Line and column are absent where only the document is known.
 */
export interface DiagnosticPlace {
  /**
   * The file.
   */
  readonly file: string;
  /**
   * From 1.
   */
  readonly line?: number;
  /**
   * From 1, in UTF-16 code units.
   */
  readonly column?: number;
  /**
   * How many columns are meant.
   */
  readonly length?: number;
  /**
   * A JSON Pointer into the document.
   */
  readonly pointer?: string;
}
/**
 * A place and what it has to do with it.
 */
export interface DiagnosticRelated {
  /**
   * What.
   */
  readonly message: string;
  readonly at?: DiagnosticPlace;
}
/**
 * What became of one foreign configuration, value by value: an entry of `reports` in what `moltbot import openclaw -o json` says.
 */
export interface ImportReport {
  /**
   * The version of this format. Another major version is refused.
   */
  readonly formatVersion: string;
  /**
   * What this document is.
   */
  readonly kind: "ImportReport";
  /**
   * The file that was imported.
   */
  readonly source: string;
  /**
   * The Project that it became.
   */
  readonly project: string;
  readonly summary: ImportSummary;
  /**
   * What a person should look at or do, in the order of the source.
   */
  readonly tasks: readonly ImportTask[];
  /**
   * Every value of the source exactly once, in its order.
   */
  readonly leaves: readonly ImportLeaf[];
  /**
   * Comments that have no line to stand on.
   */
  readonly comments: readonly ImportComment[];
  /**
   * Policy rules that the Project lowers so that its own content is allowed.
   */
  readonly rules: readonly ImportRule[];
}
/**
 * How many values there were and what became of them.
 */
export interface ImportSummary {
  /**
   * Values of the source.
   */
  readonly values: number;
  readonly fates: ImportFates;
  /**
   * Resources by kind.
   */
  readonly resources: {
    /**
     * How many.
     */
    readonly [k: string]: number;
  };
}
/**
 * Values by what became of them.
 */
export interface ImportFates {
  /**
   * Values that stand in a field of a resource.
   */
  readonly carried: number;
  /**
   * Values that became, or name, a value of a Secret.
   */
  readonly secret: number;
  /**
   * Settings that only the other program knows, kept as they are.
   */
  readonly passthrough: number;
  /**
   * Keys that no version of the other program knows, kept in a file that is no manifest.
   */
  readonly quarantined: number;
  /**
   * Values that were not written, with the reason.
   */
  readonly left: number;
}
/**
 * One thing for a person.
 */
export interface ImportTask {
  /**
   * What to do.
   */
  readonly text: string;
  /**
   * The resource, `Kind/name`.
   */
  readonly address?: string;
}
/**
 * One value of the source.
 */
export interface ImportLeaf {
  /**
   * JSON Pointer into the source.
   */
  readonly source: string;
  /**
   * Its line there.
   */
  readonly line: number;
  /**
   * What became of it.
   */
  readonly fate: "carried" | "secret" | "passthrough" | "quarantined" | "left";
  /**
   * Where it went.
   */
  readonly to: readonly ImportDestination[];
  /**
   * Why, or what to know about it. Always there for `left`.
   *
   * Items: A sentence.
   */
  readonly notes: readonly string[];
}
/**
 * A place in a resource.
 */
export interface ImportDestination {
  /**
   * The resource, `Kind/name`.
   */
  readonly address: string;
  /**
   * JSON Pointer into the manifest.
   */
  readonly pointer: string;
}
/**
 * A comment of the source.
 */
export interface ImportComment {
  /**
   * JSON Pointer to what it stood beside.
   */
  readonly source: string;
  /**
   * Its line.
   */
  readonly line: number;
  /**
   * Its words.
   */
  readonly text: string;
}
/**
 * A rule that would deny what was imported.
 */
export interface ImportRule {
  /**
   * `<policy>.<code>`.
   */
  readonly rule: string;
  /**
   * The level it has in the Project.
   */
  readonly level: "warn";
  /**
   * How many decisions it would deny.
   */
  readonly denials: number;
}
/**
 * One link of the ledger, as `moltbot audit tail -o jsonl` writes it: `hash` is the sha256 of the canonical JSON of all other fields.
 */
export interface LedgerRecord {
  /**
   * The version of this format. Another major version is refused.
   */
  readonly formatVersion: string;
  /**
   * Its number, from 1.
   */
  readonly seq: number;
  /**
   * The hash of the record before it; null for the first.
   */
  readonly prev: string | null;
  /**
   * When.
   */
  readonly at: string;
  /**
   * What happened.
   */
  kind:
    | "created"
    | "intent"
    | "candidate"
    | "answer"
    | "receipt"
    | "rejected"
    | "abandoned"
    | "refused"
    | "waived"
    | "edit"
    | "hold"
    | "unhold"
    | "pin"
    | "unpin"
    | "migrated"
    | "restored"
    | "epoch"
    | "audit";
  /**
   * Whose resources; null: the store itself.
   */
  readonly owner: string | null;
  /**
   * Who.
   */
  readonly actor: string;
  /**
   * Facts, depending on the kind. No secrets.
   */
  readonly body: {
    /**
     * Any JSON value.
     */
    readonly [k: string]: Json;
  };
  /**
   * Its hash.
   */
  readonly hash: string;
}
/**
 * What `moltbot plan -o json` prints and `plan --out FILE` writes.
 */
export interface Plan {
  /**
   * The version of this format. Another major version is refused.
   */
  readonly formatVersion: string;
  /**
   * What this document is.
   */
  readonly kind: "Plan";
  /**
   * The sha256 of the canonical JSON of `body`: what a saved plan binds.
   */
  readonly digest: string;
  /**
   * The sha256 of what people approve.
   */
  readonly effect: string;
  readonly body: PlanBody;
  readonly evidence: PlanEvidence;
}
/**
 * What is hashed: a function of configuration, record, live state, policy, trust and version alone.
 */
export interface PlanBody {
  /**
   * The version of moltbot that planned.
   */
  readonly engine: string;
  /**
   * The Project.
   */
  readonly project: string;
  /**
   * The environment.
   */
  readonly environment: string;
  readonly inputs: PlanInputs;
  readonly target: PlanTarget;
  readonly summary: PlanSummary;
  /**
   * What changes, sorted by address.
   */
  readonly changes: readonly PlanChange[];
  /**
   * What was changed outside git.
   */
  readonly drift: readonly PlanDrift[];
  /**
   * What is held.
   */
  readonly holds: readonly PlanHold[];
  readonly capabilities: PlanCapabilities;
  /**
   * What policy said.
   */
  readonly decisions: readonly PlanDecision[];
  /**
   * Why it said no.
   */
  readonly violations: readonly PlanViolation[];
  /**
   * Remarks.
   */
  readonly warnings: readonly PlanWarning[];
  /**
   * The earliest declared instant at which an answer in this plan changes; null: none.
   */
  readonly validUntil: string | null;
}
/**
 * Digests of what the plan was made from.
 */
export interface PlanInputs {
  /**
   * The resolved resources with embedded files and envelopes.
   */
  readonly resolved: string;
  /**
   * The schemas.
   */
  readonly schema: string;
  /**
   * The policies.
   */
  readonly policy: string;
  /**
   * The trust part.
   */
  readonly trust: string;
  /**
   * The lock files.
   */
  readonly locks: string;
}
/**
 * Where it is applied.
 */
export interface PlanTarget {
  /**
   * The type of target.
   */
  readonly type: string;
  /**
   * Which store; null before the first apply.
   */
  readonly lineage: string | null;
  /**
   * The active generation; 0 before the first apply.
   */
  readonly generation: number;
  /**
   * What was observed there.
   */
  readonly observed: string;
}
/**
 * Counts.
 */
export interface PlanSummary {
  /**
   * Resources to create.
   */
  readonly create: number;
  /**
   * Resources to change.
   */
  readonly update: number;
  /**
   * Resources to replace.
   */
  readonly replace: number;
  /**
   * Resources to remove.
   */
  readonly delete: number;
  /**
   * Resources to take over.
   */
  readonly adopt: number;
  /**
   * Resources to rename.
   */
  readonly move: number;
  /**
   * Resources to leave alone from now on.
   */
  readonly forget: number;
  /**
   * Resources that stay as they are.
   */
  readonly noop: number;
  /**
   * Resources that were changed outside git.
   */
  readonly drift: number;
  /**
   * Holds in force.
   */
  readonly holds: number;
  /**
   * Capabilities that are gained.
   */
  readonly widened: number;
  /**
   * Denials.
   */
  readonly denied: number;
  /**
   * Warnings of policies.
   */
  readonly warned: number;
}
/**
 * What happens to one resource. What does not change is counted, not listed.
 */
export interface PlanChange {
  /**
   * The address of the resource.
   */
  readonly address: string;
  /**
   * What is done.
   */
  readonly action: "create" | "update" | "replace" | "delete" | "adopt" | "move" | "forget";
  /**
   * Why.
   */
  reason:
    | "declared"
    | "fields-changed"
    | "immutable-changed"
    | "not-declared"
    | "destroy"
    | "adopt-requested"
    | "moved"
    | "forget-requested"
    | "drift-corrected"
    | "rollback"
    | "unchanged";
  /**
   * What it costs the running system.
   */
  readonly reload: "hot" | "restart" | "session";
  /**
   * The fields that differ, sorted by path.
   */
  readonly fields: readonly PlanFieldChange[];
  readonly after: PlanResourceAfter;
  /**
   * For a move: where it was.
   */
  readonly from?: string;
  /**
   * What it lacks to run.
   *
   * Items: A lack, such as `secret value`.
   */
  readonly inert?: readonly string[];
}
/**
 * One field that differs.
 */
export interface PlanFieldChange {
  /**
   * Where, dotted, with keyed lists by key: `spec.capabilities[http.fetch].permissions`.
   */
  readonly path: string;
  /**
   * The value before; null where the field is absent.
   */
  readonly before: Json;
  /**
   * The value after; null where the field is absent.
   */
  readonly after: Json;
  /**
   * The values are digests of ciphertext, or were left out.
   */
  readonly sensitive: boolean;
}
/**
 * One resource that was changed outside git.
 */
export interface PlanDrift {
  /**
   * The address of the resource.
   */
  readonly address: string;
  /**
   * Whether the change lets agents do less, more, or neither.
   */
  readonly class: "neutral" | "narrowing" | "widening";
  /**
   * What the plan does about it.
   */
  readonly action: "correct" | "report" | "ignore";
  /**
   * The fields that differ.
   */
  readonly fields: readonly PlanFieldChange[];
}
/**
 * Something that was taken away until it is lifted.
 */
export interface PlanHold {
  /**
   * Its id.
   */
  readonly id: string;
  /**
   * An address, or `*` for every resource of the owner.
   */
  readonly selector: string;
  /**
   * `all`, or the tools that are denied.
   */
  readonly denied: string | readonly string[];
  /**
   * Why.
   */
  readonly reason: string;
  /**
   * When it ends by itself; null: when it is lifted.
   */
  readonly until: string | null;
}
/**
 * How what agents can do changes.
 */
export interface PlanCapabilities {
  /**
   * Gained.
   */
  readonly added: readonly PlanAtom[];
  /**
   * Lost.
   */
  readonly removed: readonly PlanAtom[];
  /**
   * What a reviewer should see.
   *
   * Items: A finding.
   */
  readonly findings: readonly Json[];
}
/**
 * One capability of one agent, or one passthrough leaf.
 */
export interface PlanAtom {
  /**
   * Who may.
   */
  readonly subject: string;
  /**
   * The grant's key in the agent's list.
   */
  readonly grant: string;
  /**
   * The tool.
   */
  readonly tool: string;
  /**
   * The action.
   */
  readonly action: string;
  /**
   * The resources.
   */
  readonly pattern: string;
  /**
   * The conditions.
   */
  readonly constraints: Json;
  /**
   * Whether the grant ends, and whether it has.
   */
  readonly expiry: "none" | "active" | "expired";
  /**
   * How many gain it, or lose it: its agent, and whoever can make that agent act.
   */
  readonly gainers?: number;
  /**
   * The first of them, by address.
   *
   * Items: The address of the resource.
   */
  readonly first?: readonly string[];
  /**
   * One way from a gainer, a channel where there is one, to the agent whose grant it is. Empty where it gains by itself.
   *
   * Items: The address of the resource.
   */
  readonly via?: readonly string[];
  /**
   * How many were left out in the middle of `via`.
   */
  readonly viaSkipped?: number;
}
/**
 * What policy said.
 */
export interface PlanDecision {
  /**
   * Of a resource, or of a capability.
   */
  readonly entry: "admission" | "grant";
  /**
   * The address of the resource.
   */
  readonly address: string;
  /**
   * For `grant`: tool, action and pattern.
   */
  readonly atom?: string;
  /**
   * The answer; `conditional`: allowed, then decided on each call.
   */
  readonly answer: "allowed" | "denied" | "conditional";
  /**
   * The PolicyExceptions without which it would be denied.
   *
   * Items: A PolicyException.
   */
  readonly exceptions?: readonly string[];
  /**
   * The rules that spoke.
   *
   * Items: `<policy>.<code>`.
   */
  readonly rules: readonly string[];
}
/**
 * One reason for "no", or for a warning.
 */
export interface PlanViolation {
  /**
   * The rule, `<policy>.<code>`.
   */
  readonly rule: string;
  /**
   * What it says.
   */
  readonly message: string;
  /**
   * The address of the resource.
   */
  readonly address: string;
  /**
   * The capability it is about.
   */
  readonly atom?: string;
  /**
   * A JSON Pointer to the field it is about.
   */
  readonly path?: string;
  /**
   * The PolicyException that lifts it; absent where none does.
   */
  readonly exception?: string;
  /**
   * `active`: what is in force says so, and the change that would silence it does not judge itself. Absent: what is declared says so.
   */
  readonly by?: "active";
  /**
   * How strictly the rule holds.
   */
  readonly level: "enforce" | "warn" | "audit";
}
/**
 * A remark that stops nothing.
 */
export interface PlanWarning {
  /**
   * The diagnostic code; `moltbot explain CODE` prints its page.
   */
  readonly code: string;
  /**
   * What it is about; null: the plan.
   */
  readonly address: string | null;
  /**
   * What it says.
   */
  readonly message: string;
}
/**
 * What is not hashed, and made again by apply.
 */
export interface PlanEvidence {
  readonly repository: PlanRepository;
  /**
   * Who signed the commit.
   */
  readonly signer: string | null;
  /**
   * Where each change was declared.
   */
  readonly positions: readonly PlanPosition[];
  /**
   * Who changed what outside git.
   */
  readonly edits: readonly PlanEdit[];
  /**
   * Who holds what.
   */
  readonly holds: readonly PlanHoldEvidence[];
  /**
   * For a rollback: the generation that is brought back. Absent otherwise.
   */
  readonly restores?: number;
  readonly candidate?: PlanCandidate;
  readonly pin: PlanPin;
  /**
   * How many objects on the target belong to no Project; absent where there are none.
   */
  readonly unmanaged?: number;
  readonly ledgerHead: PlanLedgerHead;
  /**
   * Whose resources.
   */
  readonly owner: string;
  /**
   * The rules that ask people about this plan, and who has approved; absent where nobody is asked.
   */
  readonly approvals?: readonly PlanApproval[];
  readonly policies?: PlanPolicies;
  /**
   * Who signed each plugin and bundled skill that was verified.
   */
  readonly bundles?: readonly PlanBundle[];
  readonly rules?: PlanRules;
}
/**
 * Where the files came from.
 */
export interface PlanRepository {
  /**
   * The commit; null outside git.
   */
  readonly commit: string | null;
  /**
   * Its tree.
   */
  readonly tree: string | null;
  /**
   * The ref that was named or is checked out.
   */
  readonly ref: string | null;
  /**
   * The work tree differs from the commit.
   */
  readonly dirty: boolean;
}
/**
 * A place.
 */
export interface PlanPosition {
  /**
   * The address of the resource.
   */
  readonly address: string;
  /**
   * The file.
   */
  readonly file: string;
  /**
   * The line, from 1.
   */
  readonly line: number;
}
/**
 * One edit.
 */
export interface PlanEdit {
  /**
   * Its id.
   */
  readonly id: string;
  /**
   * The address of the resource.
   */
  readonly address: string;
  /**
   * Who.
   */
  readonly actor: string;
  /**
   * When.
   */
  readonly at: string;
}
/**
 * One hold.
 */
export interface PlanHoldEvidence {
  /**
   * Its id.
   */
  readonly id: string;
  /**
   * Who.
   */
  readonly actor: string;
  /**
   * When.
   */
  readonly at: string;
}
/**
 * A generation that the running runtime has not answered for yet; the next apply settles it first. Absent: none.
 */
export interface PlanCandidate {
  /**
   * Its number.
   */
  readonly generation: number;
  /**
   * Who applied it.
   */
  readonly actor: string;
  /**
   * When.
   */
  readonly at: string;
}
/**
 * One rule.
 */
export interface PlanApproval {
  /**
   * Which plans it asks about.
   */
  readonly when: "always" | "widening" | "delete" | "trust-weakened";
  /**
   * How many people.
   */
  readonly count: number;
  /**
   * Of which teams.
   *
   * Items: The name of a Team.
   */
  readonly teams: readonly string[];
  /**
   * Who has approved, and counts.
   *
   * Items: A person's name.
   */
  readonly approvedBy: readonly string[];
  /**
   * Everybody of these teams, as they are in force.
   */
  readonly people?: readonly PlanApprover[];
}
/**
 * Somebody who is asked.
 */
export interface PlanApprover {
  /**
   * A person's name.
   */
  readonly name: string;
  /**
   * They have a part in the change, or nobody can say that they have none, and do not count.
   */
  readonly isAuthor: boolean;
  /**
   * Their public keys.
   *
   * Items: Type and key, as SSH writes them.
   */
  readonly ssh: readonly string[];
  /**
   * Their accounts.
   */
  readonly oidc: readonly PlanAccount[];
}
/**
 * An account.
 */
export interface PlanAccount {
  /**
   * Who vouches for it.
   */
  readonly issuer: string;
  /**
   * Whom the certificate names.
   */
  readonly subject: string;
}
/**
 * Of the policies that the Project declares; absent without any.
 */
export interface PlanPolicies {
  readonly attested?: PlanPoliciesAttested;
  /**
   * What building them again gave: the committed bytes, others, or nothing to compare with (the compiler that the lock names is not here).
   */
  readonly rebuilt?: "same" | "different" | "unchecked";
}
/**
 * Who says that they were compiled from their sources, where `verification.policies` asks.
 */
export interface PlanPoliciesAttested {
  /**
   * The entry of `spec.trust.policies`.
   */
  readonly signer: string;
  /**
   * Who signed, as the certificate says; null for a key.
   */
  readonly identity: string | null;
  /**
   * Who vouches for the identity; null for a key.
   */
  readonly issuer: string | null;
  /**
   * The compiler that the builder names.
   */
  readonly opa: string;
  /**
   * When, as the builder says.
   */
  readonly at: string;
}
/**
 * An archive and its signer.
 */
export interface PlanBundle {
  /**
   * The plugin or skill.
   */
  readonly address: string;
  /**
   * Whom the certificate names; null for a key.
   */
  readonly identity: string | null;
  /**
   * Who vouches for the identity; null for a key.
   */
  readonly issuer: string | null;
  /**
   * The sha256 of the public key in DER form; null for a certificate.
   */
  readonly key: string | null;
  /**
   * The archive that was verified.
   */
  readonly digest?: string;
  /**
   * The earliest time of signing that a trusted log or timestamp authority says; null where none does.
   */
  readonly signedAt?: string | null;
  /**
   * Its places in trusted transparency logs; empty where it is in none.
   *
   * Items: One place: the log and its index.
   */
  readonly logged?: readonly string[];
}
/**
 * Where the rules stand that decisions name.
 */
export interface PlanRules {
  readonly [k: string]: PlanRulePlace;
}
/**
 * A place.
 */
export interface PlanRulePlace {
  /**
   * The file.
   */
  readonly file: string;
  /**
   * The line, from 1.
   */
  readonly line: number;
}
/**
 * plugin.yaml, at the top of a plugin's archive: what the plugin is, brings and needs. Its author writes it; the Plugin resource must agree with it.
 */
export interface PluginManifest {
  /**
   * The version of this format. Another major version is refused.
   */
  readonly formatVersion: string;
  /**
   * What this document is.
   */
  readonly kind: "PluginManifest";
  /**
   * The plugin's name: the same as that of the Plugin resource.
   */
  readonly name: string;
  /**
   * Its version, as semver: what older and newer is decided by.
   */
  readonly version: string;
  /**
   * What it is for, in a sentence or two.
   */
  readonly description?: string;
  /**
   * Its licence, as an SPDX expression.
   */
  readonly license?: string;
  /**
   * Where it comes from.
   */
  readonly homepage?: string;
  /**
   * What its entry is: JavaScript (one ES module file) or WebAssembly.
   */
  readonly runtime: "js" | "wasm";
  /**
   * The file that is run, inside the archive.
   */
  readonly entry: string;
  readonly provides?: PluginProvides;
  /**
   * The tools it brings. A list keyed by `name`.
   */
  readonly tools?: readonly PluginTool[];
  /**
   * What it needs for its own work. The Plugin resource must declare all of it.
   */
  readonly capabilities?: readonly PluginNeed[];
  /**
   * Credentials that its requests must carry and that it is not handed. The Plugin resource must declare each with a value, the same header and prefix, and at least these resources. A list keyed by `name`.
   */
  readonly credentials?: readonly PluginCredentialNeed[];
}
/**
 * A tool the plugin brings; agents name it `plugin:<plugin>/<tool>`.
 */
export interface PluginTool {
  /**
   * The name.
   */
  readonly name: string;
  /**
   * What it does; the model reads this.
   */
  readonly description?: string;
  /**
   * The actions that grants can name.
   *
   * Items: An action.
   */
  readonly actions?: readonly string[];
  /**
   * What the resource of a grant is. Absent: it has none.
   */
  readonly resource?: "url" | "path" | "command" | "name";
  /**
   * The JSON Schema of its arguments.
   */
  readonly input?: {
    /**
     * A part of the JSON Schema.
     */
    readonly [k: string]: Json;
  };
}
/**
 * A capability the plugin needs for its own work.
 */
export interface PluginNeed {
  /**
   * The tool.
   */
  readonly tool: string;
  /**
   * Which actions on which resources.
   */
  readonly permissions: readonly Permission[];
  readonly constraints?: Constraints;
}
/**
 * One action on the resources a pattern names.
 */
export interface Permission {
  /**
   * The action, such as `get`, `read`, `write`, `run`, `send` or `call`.
   */
  readonly action: string;
  /**
   * A pattern of whole segments: `*` is one, a final `**` any number. A web address, a path in the workspace, a program or a name, as the tool asks. Tools without resources (`time`, `json`) take none.
   */
  readonly resource?: string;
}
/**
 * Conditions on every use of the grant.
 */
export interface Constraints {
  /**
   * Whether a person is asked: before each call, once in a session, or never. `never` is shown under Widening.
   */
  readonly approval?: "always" | "once" | "never";
  /**
   * How often the tool may be called, at most.
   */
  readonly rate?: string;
  /**
   * How often it may be called in one session, at most.
   */
  readonly maxCalls?: number;
  /**
   * How long one call may take.
   */
  readonly timeout?: string;
  /**
   * The most bytes one call may send.
   */
  readonly maxRequestBytes?: string;
  /**
   * The most bytes one call may receive.
   */
  readonly maxResponseBytes?: string;
}
/**
 * A credential that the plugin's requests must carry. Its value comes from the Plugin resource.
 */
export interface PluginCredentialNeed {
  /**
   * The name, by which policies, approvals and the audit speak of it: `<plugin>/<name>`.
   */
  readonly name: string;
  /**
   * The header that carries it. None that says what the request is or that the plugin may set itself, such as `Host` or `Content-Type`; the plugin cannot set this one.
   */
  readonly header: string;
  /**
   * What stands before the value, such as `Bearer ` with its blank.
   */
  readonly prefix?: string;
  /**
   * The requests it goes along with, as URL patterns. The host stands there letter by letter, the scheme is https (http only on this machine), and a need of the plugin for `http.fetch` covers it.
   *
   * Items: A URL pattern.
   */
  readonly resources: readonly string[];
}
/**
 * tests.yaml, beside a plugin's plugin.yaml: calls of its tools with what must come of them. `moltbot plugin test` makes them in the sandbox.
 */
export interface PluginTests {
  /**
   * The version of this format. Another major version is refused.
   */
  readonly formatVersion: string;
  /**
   * What this document is.
   */
  readonly kind: "PluginTests";
  /**
   * What stands for `Plugin.config` in these tests.
   */
  readonly settings?: {
    /**
     * Any JSON value.
     */
    readonly [k: string]: Json;
  };
  /**
   * What stands for `Plugin.secrets`: made-up values, by name.
   */
  readonly secrets?: {
    /**
     * A made-up value.
     */
    readonly [k: string]: string;
  };
  /**
   * What the host answers to requests of the plugin. The first entry that fits counts; a request that none fits is refused.
   */
  readonly host?: readonly HostAnswer[];
  /**
   * The calls, in order. Each starts with nothing kept.
   */
  readonly tests: readonly PluginTest[];
}
/**
 * One answer of the host.
 */
export interface HostAnswer {
  /**
   * The tool that is asked for.
   */
  readonly tool: string;
  /**
   * The arguments that must stand in the request, each exactly so. Absent: any.
   */
  readonly args?: {
    /**
     * Any JSON value.
     */
    readonly [k: string]: Json;
  };
  /**
   * The names of the credentials that the host must send along with the request, exactly these. Absent: any.
   *
   * Items: The name in `plugin.yaml`.
   */
  readonly credentials?: readonly string[];
  /**
   * What the host says.
   */
  readonly answer?: string;
  /**
   * The code that the host refuses with, instead of an answer.
   */
  readonly refuse?: string;
}
/**
 * One call, and what must come of it: `expect` or `fails`.
 */
export interface PluginTest {
  /**
   * What it shows, in a few words.
   */
  readonly name: string;
  /**
   * The tool that is called.
   */
  readonly tool: string;
  /**
   * Its arguments.
   */
  readonly args?: {
    /**
     * Any JSON value.
     */
    readonly [k: string]: Json;
  };
  /**
   * What the tool returns, exactly. Absent: anything but a failure.
   */
  readonly expect?: Json;
  /**
   * The code that the call fails with.
   */
  readonly fails?: string;
}
/**
 * Why a generation exists, for somebody who has nothing else: what `moltbot prove` writes and `moltbot prove verify` checks.
 */
export interface Proof {
  /**
   * The version of this format. Another major version is refused.
   */
  readonly formatVersion: string;
  /**
   * What this document is.
   */
  readonly kind: "Proof";
  /**
   * Whose generation, `<project>/<environment>`.
   */
  readonly owner: string;
  readonly generation: ProofGeneration;
  /**
   * The list that the receipt names by its digest, base64: the plan's digest and those of the approvals.
   */
  readonly evidence: string;
  readonly plan: PlanBody;
  /**
   * The files of the approvals that counted, base64.
   *
   * Items: One file.
   */
  readonly approvals: readonly string[];
  readonly judges: ProofJudges;
  readonly policies?: ProofPolicies;
  /**
   * The applied commit and what lies between it and the one applied before, as raw objects; null outside git, or where they are gone.
   */
  readonly commits: readonly ProofCommit[] | null;
  readonly ledger: ProofLedger;
}
/**
 * The generation, as far as its receipt vouches for it.
 */
export interface ProofGeneration {
  /**
   * Its number, from 1.
   */
  readonly number: number;
  /**
   * Why it was made.
   */
  readonly reason: "apply" | "rollback" | "destroy" | "restore" | "adopt" | "forget" | "api";
  /**
   * What somebody said about it.
   */
  readonly because: string | null;
  /**
   * Over the sorted addresses and digests of its rows.
   */
  readonly digest: string;
  /**
   * Of the plan that made it.
   */
  readonly plan: string;
  /**
   * Of the configuration it came from.
   */
  readonly resolved: string;
  /**
   * The commit that was applied.
   */
  readonly commit: string | null;
  /**
   * Files differed from the commit.
   */
  readonly dirty: boolean;
  /**
   * Who applied it.
   */
  readonly actor: string;
  /**
   * When.
   */
  readonly createdAt: string;
  /**
   * How many resources it has.
   */
  readonly resources: number;
  /**
   * Of the list of evidence.
   */
  readonly evidence: string;
}
/**
 * What judged it: what was active before, or itself where it is the first.
 */
export interface ProofJudges {
  /**
   * Of which generation these are.
   */
  readonly generation: number;
  /**
   * Every address of that generation with the digest of its resource, sorted.
   */
  readonly rows: readonly string[][];
  /**
   * The resources among them that judge changes, and the Teams, in full.
   *
   * Items: A resource.
   */
  readonly resources: {
    /**
     * Its version.
     */
    readonly apiVersion: string;
    /**
     * Its kind.
     */
    readonly kind: string;
    /**
     * Its name and labels.
     */
    readonly metadata: {
      /**
       * Its name.
       */
      readonly name: string;
    };
    /**
     * What it says.
     */
    readonly spec: {
      /**
       * Any JSON value.
       */
      readonly [k: string]: Json;
    };
  }[];
}
/**
 * Who compiled the policies that judged it, where `verification.policies: attested` of what judged it asks: the lock and the attestation that are recorded with them. The bundle itself is named by its digest.
 */
export interface ProofPolicies {
  /**
   * policies.lock.json, base64.
   */
  readonly lock: string;
  /**
   * policies.attestation.json, base64.
   */
  readonly attestation: string;
}
/**
 * One commit.
 */
export interface ProofCommit {
  /**
   * Its id: sha1 or sha256, hexadecimal.
   */
  readonly id: string;
  /**
   * The raw object, base64.
   */
  readonly object: string;
}
/**
 * The ledger from the receipt of the generation before to its signed head.
 */
export interface ProofLedger {
  /**
   * The records, in order.
   */
  readonly records: readonly ProofRecord[];
  readonly head: ProofHead;
}
/**
 * One record, as ledger-record.schema.json describes it; its hash says whether it is one.
 */
export interface ProofRecord {
  /**
   * The version of the record.
   */
  readonly formatVersion: "1.0";
  /**
   * Its number.
   */
  readonly seq: number;
  /**
   * The hash of the record before it.
   */
  readonly prev: string | null;
  /**
   * When.
   */
  readonly at: string;
  /**
   * What happened.
   */
  readonly kind: string;
  /**
   * Whose resources.
   */
  readonly owner: string | null;
  /**
   * Who.
   */
  readonly actor: string;
  /**
   * Facts.
   */
  readonly body: {
    /**
     * Any JSON value.
     */
    readonly [k: string]: Json;
  };
  /**
   * Over all other fields.
   */
  readonly hash: string;
}
/**
 * The signed head.
 */
export interface ProofHead {
  /**
   * Which store.
   */
  readonly lineage: string;
  /**
   * The text that is signed.
   */
  readonly signed: string;
  /**
   * Ed25519 over it, base64.
   */
  readonly signature: string;
  /**
   * The public ledger key, base64url.
   */
  readonly key: string;
}
