import type { Address, Diagnostic, DiagnosticCode, Digest, JsonObject } from "../../core/index.ts";

/** What policies are asked about: a resource at plan, one capability at plan and on each call, one concrete call. */
export type Entry = "admission" | "grant" | "call";

export const ENTRIES: readonly Entry[] = ["admission", "call", "grant"];

/** How strictly a rule is enforced: denied, shown, recorded, silent. Applied outside Rego. */
export type Level = "enforce" | "warn" | "audit" | "off";

/** Levels that a Project sets, by `<policy>.<code>` or by `<policy>` for all of its rules. */
export type Levels = Readonly<Record<string, Level>>;

/** What a rule says when it speaks. */
export type Effect = "deny" | "warn" | "oblige";

/** One thing a policy said. */
export interface Finding {
  /** `<policy>.<code>`. */
  readonly rule: string;
  readonly message: string;
  /** JSON Pointer into the resource; null where the rule names no place. */
  readonly path: string | null;
}

/**
 * What every policy in force said, or that they could not all be asked. `broken` is never an opening:
 * with it, `deny` holds the rule {@link BROKEN_RULE}.
 */
export interface Answer {
  readonly deny: readonly Finding[];
  readonly warn: readonly Finding[];
  readonly oblige: readonly Finding[];
  readonly broken: Diagnostic | null;
}

/** The rule that speaks when the policies cannot. No level lowers it. */
export const BROKEN_RULE = "policy.broken";

export interface RuleFacts {
  readonly file: string;
  readonly line: number;
  readonly entry: Entry;
  readonly effect: Effect;
}

/** policies.lock.json: what was built from what, and so what may be loaded. */
export interface PolicyLock {
  readonly formatVersion: "1.0";
  readonly opa: { readonly version: string; readonly sha256: string };
  /** Over the name, text and data of every source: `policySourcesDigest`. */
  readonly sources: Digest;
  /** The digest of each source's text, by the policy's name. With `data` they make up `sources`. */
  readonly texts: Readonly<Record<string, Digest>>;
  /** What rules read as `data.moltbot.settings.<name>`, by the policy's name; a policy without data has an empty object. */
  readonly data: Readonly<Record<string, JsonObject>>;
  readonly wasm: Digest;
  readonly entrypoints: readonly string[];
  /** Built-in functions that rules call and that can fail, sorted: a failure stops the evaluation, which denies. */
  readonly builtins: readonly string[];
  /** The policies in force, sorted: each answer must say that it evaluated exactly these. */
  readonly policies: readonly string[];
  /** Paths of the input that rules read; the rest is not sent. */
  readonly reads: readonly string[];
  readonly rules: Readonly<Record<string, RuleFacts>>;
}

export interface Policy {
  /** Digest of the compiled bundle: an input of every plan. */
  readonly digest: Digest;
  /** Digest of the data that the rules read. */
  readonly data: Digest;
  readonly policies: readonly string[];
  readonly rules: PolicyLock["rules"];
  /** Policies that are compiled with them, and that the environment leaves out: they exist, and say nothing. */
  readonly leftOut?: readonly string[];
  /** Paths of the input that its rules read: the rest need not be found out. Absent: everything. */
  readonly reads?: readonly string[];
  /** Synchronous and total: whatever goes wrong is an answer that denies. */
  evaluate(entry: Entry, input: JsonObject): Answer;
  /** Ends what evaluates in the background, where there is such a thing. Asked afterwards, everything is denied. */
  close?(): void;
}

/** What policy said of one resource or one atom, as a plan holds it. */
export interface PlanDecision {
  readonly entry: Exclude<Entry, "call">;
  readonly address: Address;
  /** For `grant`: `tool action pattern`. */
  readonly atom?: string;
  readonly answer: "allowed" | "denied" | "conditional";
  readonly rules: readonly string[];
  /** The exceptions without which it would be denied. */
  readonly exceptions?: readonly Address[];
}

/** One reason for "no", or, below enforcement, for a warning; as a plan holds it. */
export interface PlanViolation {
  readonly rule: string;
  readonly message: string;
  readonly address: Address;
  readonly atom?: string;
  /** JSON Pointer into the resource. */
  readonly path?: string;
  /** A denial that an exception lifts has the level `audit`. */
  readonly level: "enforce" | "warn" | "audit";
  readonly exception?: Address;
  /** What is in force says so; what is declared would be silent. */
  readonly by?: "active";
}

/** A remark that belongs to the plan: here, that the Project lowered a rule which then spoke. */
export interface PlanRemark {
  readonly code: DiagnosticCode;
  readonly address: Address | null;
  readonly message: string;
}
