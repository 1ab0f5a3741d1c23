import {
  digestBytes,
  digestJson,
  fail,
  isDigest,
  isObject,
  problem,
  type Diagnostic,
  type Digest,
  type JsonObject,
  type Resource,
  type Result,
} from "../../core/index.ts";
import { isolatedPolicy } from "./isolated.ts";
import { denyAll } from "./load.ts";
import { parseLock } from "./lock.ts";
import { onlyOf } from "./only.ts";
import { digestOf } from "./sources.ts";
import type { Policy, PolicyLock } from "./types.ts";

/** Where a Project's compiled policies stand, beside moltbot.yaml: what `moltbot policy build` writes. */
export const COMPILED_FILES = {
  bundle: "policies/bundle.wasm",
  lock: "policies/policies.lock.json",
  attestation: "policies/policies.attestation.json",
} as const;

/**
 * Compiled policies are recorded with the Project, by digest, so that what is active can judge what would
 * replace it, and each call. The field is ours: the schema does not have it, so no manifest can say it.
 */
export const COMPILED_FIELD = "compiled";

export interface CompiledDigests {
  readonly bundle: Digest;
  readonly lock: Digest;
  /** Only where somebody asked for it when they were applied. */
  readonly attestation?: Digest;
}

/** The digests that a recorded Project names. */
export function compiledDigests(project: Resource | undefined): CompiledDigests | null {
  const policies = project && isObject(project.spec["policies"]) ? project.spec["policies"] : {};
  const { bundle, lock, attestation } = isObject(policies[COMPILED_FIELD]) ? policies[COMPILED_FIELD] : {};
  if (!isDigest(bundle) || !isDigest(lock)) return null;
  return { bundle, lock, ...(isDigest(attestation) ? { attestation } : {}) };
}

/** Compiled policies as bytes, wherever they come from; null for what is not there. */
export interface Compiled {
  readonly bundle: Uint8Array | null;
  readonly lock: Uint8Array | null;
  /** Who says that the bundle was compiled from its sources: `moltbot policy build --attest`. */
  readonly attestation: Uint8Array | null;
}

export const NOTHING_COMPILED: Compiled = { bundle: null, lock: null, attestation: null };

/** Compiled policies that may be asked, and what may stand in them beside the policies in force. */
export interface Candidate extends Compiled {
  /** Policies that are declared, and that the environment leaves out: the bundle is one for all environments. */
  readonly leftOut: readonly Resource[];
  /** Does the environment leave out a policy of that name? One that it does not, and that is not in force, makes the bundle stale. */
  readonly isLeftOut: (name: string) => boolean;
  /** Why it must not be asked although it is there and is locked: nobody who is believed says who compiled it. */
  readonly refusals: readonly Diagnostic[];
}

/** The compiled policies of a Project, ready to be asked; or what denies everything instead of them. */
export interface OwnPolicies {
  readonly policy: Policy;
  /** The bytes that were loaded; null when none could be. */
  readonly compiled: (Compiled & { readonly bundle: Uint8Array; readonly lock: Uint8Array }) | null;
}

const BUILD = "Build them and commit both files:\n  moltbot policy build";

/**
 * The compiled form of exactly these Policies, from the first candidate that is it. What the bundle holds
 * besides, because another environment has it in force, says nothing.
 *
 * @param policies - The Policy resources in force; without any there is nothing to load, and null is the answer.
 * @param candidates - From the files, then from the record: a plan of a part of the files may keep recorded policies.
 * @param start - How a bundle is started: of plans the last few stay, a runtime keeps and closes its own.
 */
export function ownPolicies(
  policies: readonly Resource[],
  candidates: readonly Candidate[],
  start: StartPolicy = startedOnce,
): OwnPolicies | null {
  if (policies.length === 0) return null;
  const problems: Diagnostic[] = [];
  for (const candidate of candidates) {
    const { bundle, lock, attestation } = candidate;
    if (bundle === null || lock === null) continue;
    const parsed = lockFor(policies, lock, candidate);
    // What is there and must not be asked is told, whatever else could be asked instead. Nothing of it has run.
    if (parsed.ok && candidate.refusals.length > 0) {
      problems.push(...candidate.refusals);
      break;
    }
    const loaded = parsed.ok ? startedBy(start, bundle, lock, parsed.value) : parsed;
    if (loaded.ok) {
      const names = policies.map((each) => each.metadata.name);
      return { policy: onlyOf(loaded.value, names), compiled: { bundle, lock, attestation } };
    }
    problems.push(...loaded.diagnostics);
  }
  return { policy: denyAll(problems.length > 0 ? problems : [notBuilt(policies, candidates[0])]), compiled: null };
}

/** The Policy resources: what is to be compiled. */
export function policiesAmong(resources: readonly Resource[]): readonly Resource[] {
  return resources.filter(({ kind }) => isPolicy(kind));
}

export function isPolicy(kind: string): boolean {
  return kind === KIND;
}

const KIND = "Policy";

/** What rules are made from: the text, and the values they compare with. */
function textOf({ metadata, spec }: Resource): { readonly name: string; readonly rego: string; readonly data: JsonObject } {
  const { rego, data } = spec;
  return { name: metadata.name, rego: typeof rego === "string" ? rego : "", data: isObject(data) ? data : {} };
}

/** The lock, where it is about these policies. */
function lockFor(policies: readonly Resource[], lock: Uint8Array, candidate: Candidate): Result<PolicyLock> {
  const parsed = parseLock(new TextDecoder().decode(lock));
  if (!parsed.ok) return rebuilt(parsed.diagnostics);
  const declared = [...policies, ...candidate.leftOut.filter((each) => !policies.some((own) => own.metadata.name === each.metadata.name))];
  const isStale = sourcesWith(declared, parsed.value, candidate) !== parsed.value.sources;
  return isStale ? fail(stale(parsed.value, declared, candidate)) : parsed;
}

/** What the lock would say of its sources, had it been made from these policies, and from others that are left out. */
function sourcesWith(declared: readonly Resource[], lock: PolicyLock, { isLeftOut }: Candidate): Digest {
  const own = declared.map(textOf);
  const names = new Set(own.map(({ name }) => name));
  const others = lock.policies.filter((name) => !names.has(name) && isLeftOut(name));
  const texts = [
    ...own.map(({ name, rego }) => [name, digestBytes(rego)] as const),
    ...others.map((name) => [name, lock.texts[name]] as const),
  ];
  const data = [...own.map((each) => [each.name, each.data] as const), ...others.map((name) => [name, lock.data[name]] as const)];
  return digestOf(Object.fromEntries(texts) as PolicyLock["texts"], Object.fromEntries(data) as PolicyLock["data"]);
}

export type StartPolicy = (bundle: Uint8Array, lock: PolicyLock, lockBytes: Uint8Array) => Result<Policy>;

function startedBy(start: StartPolicy, bundle: Uint8Array, lock: Uint8Array, parsed: PolicyLock): Result<Policy> {
  const started = start(bundle, parsed, lock);
  return started.ok ? started : rebuilt(started.diagnostics);
}

/** A plan asks two at most; of more, the one that was used longest ago goes, and its thread with it. */
const MAX_LOADED = 4;
const LOADED = new Map<Digest, Policy>();

/** The two plans of an apply, and each plan of a watch, ask the same bundle: it is started once. */
function startedOnce(bundle: Uint8Array, parsed: PolicyLock, lock: Uint8Array): Result<Policy> {
  const key = digestJson([digestBytes(bundle), digestBytes(lock)]);
  const known = LOADED.get(key);
  if (known) {
    LOADED.delete(key);
    LOADED.set(key, known);
    return { ok: true, value: known, warnings: [] };
  }
  const loaded = isolatedPolicy(bundle, parsed);
  if (!loaded.ok) return loaded;
  const [oldest] = LOADED.keys();
  if (LOADED.size >= MAX_LOADED && oldest !== undefined) {
    // Its thread goes; a plan that still asked it would be denied.
    LOADED.get(oldest)?.close?.();
    LOADED.delete(oldest);
  }
  LOADED.set(key, loaded.value);
  return loaded;
}

function rebuilt(diagnostics: readonly Diagnostic[]): Result<never> {
  return fail(
    ...diagnostics.map((each) => ({
      ...each,
      remedy: `Restore ${COMPILED_FILES.bundle} and ${COMPILED_FILES.lock} from the commit, or build again:\n  moltbot policy build`,
    })),
  );
}

function notBuilt(policies: readonly Resource[], files: Compiled | undefined): Diagnostic {
  const missing = [COMPILED_FILES.bundle, COMPILED_FILES.lock].filter((_, i) => ((i === 0 ? files?.bundle : files?.lock) ?? null) === null);
  return problem("POLICY_NOT_BUILT", {
    detail: `${namesOf(policies)} ${policies.length === 1 ? "is" : "are"} declared, but ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not there. Everything is denied.`,
    remedy: BUILD,
  });
}

function stale({ policies: built }: PolicyLock, policies: readonly Resource[], { isLeftOut }: Candidate): Diagnostic {
  const declared = policies.map((each) => each.metadata.name);
  const added = declared.filter((name) => !built.includes(name));
  const gone = built.filter((name) => !declared.includes(name) && !isLeftOut(name));
  const parts = [
    ...(added.length > 0 ? [`declared and not built: ${added.join(", ")}`] : []),
    ...(gone.length > 0 ? [`built and not declared: ${gone.join(", ")}`] : []),
  ];
  const why = parts.length > 0 ? parts.join("; ") : "the rules or the data of a policy were edited since";
  return problem("POLICY_STALE", {
    detail: `${COMPILED_FILES.lock} was built from other policies than those declared (${why}). It is not asked, and everything is denied.`,
    remedy: BUILD,
  });
}

function namesOf(policies: readonly Resource[]): string {
  return policies.map((each) => `Policy/${each.metadata.name}`).join(", ");
}
