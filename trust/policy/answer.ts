import { byCodeUnit, isArray, isObject, problem, type Json } from "../../core/index.ts";
import { BROKEN_RULE, type Answer, type Effect, type Entry, type Finding, type PolicyLock } from "./types.ts";

/** An answer that says nothing: what silence of every policy means. */
export const SILENT: Answer = { deny: [], warn: [], oblige: [], broken: null };

const EFFECTS: readonly Effect[] = ["deny", "warn", "oblige"];
const POINTER = /^(?:\/[^/]*)*$/;

/** Unsure means no. */
export function brokenAnswer(why: string, remedy = "Build the bundle again:\n  moltbot policy build"): Answer {
  const broken = problem("POLICY_BROKEN", {
    detail: `The policies gave no usable answer: ${why}. Everything they were asked is denied.`,
    remedy,
  });
  return { deny: [{ rule: BROKEN_RULE, message: "The policies gave no usable answer.", path: null }], warn: [], oblige: [], broken };
}

/**
 * Reads the aggregator's result set. Only exactly one result of exactly the agreed shape, which says
 * that it evaluated exactly the policies in force and speaks only in rules the lock knows, is an answer.
 */
export function readAnswer(text: string, entry: Entry, lock: PolicyLock): Answer {
  let results: Json;
  try {
    results = JSON.parse(text) as Json;
  } catch {
    return brokenAnswer("the result is not JSON");
  }
  const only = isArray(results) && results.length === 1 ? results[0] : undefined;
  if (!isArray(results) || results.length === 0) return brokenAnswer("the result is undefined");
  if (!hasExactly(only, ["result"])) return brokenAnswer("there is not exactly one result");
  const result = only["result"];
  if (!hasExactly(result, ["deny", "evaluated", "oblige", "warn"])) return brokenAnswer("the result has another shape than agreed");
  if (!isSameSet(result["evaluated"], lock.policies)) return brokenAnswer("not exactly the policies in force were evaluated");
  const read = EFFECTS.map((effect) => readFindings(result[effect], entry, effect, lock));
  const [deny, warn, oblige] = read;
  if (!deny || !warn || !oblige) return brokenAnswer("it holds something that no rule in force says");
  return deny.length + warn.length + oblige.length === 0 ? SILENT : { deny, warn, oblige, broken: null };
}

function readFindings(value: Json | undefined, entry: Entry, effect: Effect, lock: PolicyLock): readonly Finding[] | undefined {
  if (!isArray(value)) return undefined;
  const findings: Finding[] = [];
  for (const item of value) {
    const said = saidBy(item);
    if (!said) return undefined;
    for (const violation of said.violations) {
      const finding = readFinding(said.policy, violation, entry, effect, lock);
      if (!finding) return undefined;
      findings.push(finding);
    }
  }
  return findings.sort((a, b) => byCodeUnit(a.rule, b.rule) || byCodeUnit(a.path ?? "", b.path ?? ""));
}

/** A policy and what it says; or, as bundles of earlier builds have it that a record may hold, one thing that it says. */
function saidBy(item: Json): { readonly policy: Json | undefined; readonly violations: readonly Json[] } | undefined {
  if (hasExactly(item, ["policy", "violation"])) return { policy: item["policy"], violations: [item["violation"] ?? null] };
  if (!isArray(item) || item.length !== 2) return undefined;
  const [policy, violations] = item;
  return isArray(violations) ? { policy, violations } : undefined;
}

function readFinding(policy: Json | undefined, violation: Json, entry: Entry, effect: Effect, lock: PolicyLock): Finding | undefined {
  if (!hasExactly(violation, ["code", "message"]) && !hasExactly(violation, ["code", "message", "path"])) return undefined;
  const { code, message, path = null } = violation;
  if (typeof policy !== "string" || typeof code !== "string" || typeof message !== "string") return undefined;
  if (path !== null && !(typeof path === "string" && POINTER.test(path))) return undefined;
  const rule = `${policy}.${code}`;
  const facts = Object.hasOwn(lock.rules, rule) ? lock.rules[rule] : undefined;
  return facts?.entry === entry && facts.effect === effect ? { rule, message, path } : undefined;
}

function hasExactly(value: Json | undefined, keys: readonly string[]): value is { readonly [key: string]: Json } {
  return isObject(value) && Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key));
}

/** In any order: compiled Rego prints a set in no particular one. */
function isSameSet(value: Json | undefined, names: readonly string[]): boolean {
  if (!isArray(value) || value.length !== names.length) return false;
  const found = new Set(value);
  return names.every((name) => found.has(name));
}
