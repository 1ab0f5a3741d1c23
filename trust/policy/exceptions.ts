import {
  addressOf,
  byCodeUnit,
  isArray,
  isObject,
  nearest,
  problem,
  shown,
  type Address,
  type Diagnostic,
  type Instant,
  type Json,
  type Resource,
} from "../../core/index.ts";
import { expiryAt } from "../capability/index.ts";
import { isRuleKnown, type ExceptionRules } from "./project.ts";
import { isAmong, type Subject } from "./subject.ts";
import { BROKEN_RULE, type Policy } from "./types.ts";

/** A PolicyException as it was declared. */
export interface Exception {
  readonly address: Address;
  readonly rule: string;
  readonly owner: string;
  readonly reason: string;
  readonly expiresAt: Instant;
  readonly resources: readonly string[];
  readonly tools: readonly string[] | null;
}

/** The exceptions of one state, sorted out at one instant. */
export interface Exceptions {
  /** Those that lift something, by rule. */
  readonly byRule: ReadonlyMap<string, readonly Exception[]>;
  readonly inForce: readonly Exception[];
  readonly expired: readonly Exception[];
  /** They make no sense. */
  readonly invalid: readonly Diagnostic[];
  /** The Project does not let them count. */
  readonly refused: readonly Diagnostic[];
  /** The earliest instant at which any of this changes. */
  readonly validUntil: Instant | null;
}

/** Rules that nothing lifts: who allows, until when, and whether anybody could answer at all. */
const NEVER_LIFTED: ReadonlySet<string> = new Set([BROKEN_RULE, "default-deny.ungranted", "expiry.expired"]);

const DAY_MS = 86_400_000;

/** What decides whether an exception counts. */
export interface Setting {
  readonly rules: ExceptionRules;
  readonly policy: Policy;
  /** Names of the declared policies. */
  readonly declared: readonly string[];
  readonly environment: string;
  readonly now: Instant;
}

/** Sorts out PolicyExceptions. Only those that are allowed, meant for this environment and not over lift anything. */
export function exceptionsOf(resources: readonly Resource[], setting: Setting): Exceptions {
  const sorted = resources.map((each) => sort(each, setting)).sort((a, b) => byCodeUnit(a.address, b.address));
  const inForce = sorted.flatMap((each) => (each.state === "in-force" ? [each.exception] : []));
  return {
    byRule: Map.groupBy(inForce, (each) => each.rule),
    inForce,
    expired: sorted.flatMap((each) => (each.state === "expired" ? [each.exception] : [])),
    invalid: sorted.flatMap((each) => (each.state === "invalid" ? [each.why] : [])),
    refused: sorted.flatMap((each) => (each.state === "refused" ? [each.why] : [])),
    validUntil: sorted.reduce<Instant | null>((first, { flipsAt }) => earlier(first, flipsAt), null),
  };
}

/** The exception that lifts a rule's denial of a subject: the first by address. */
export function exceptionFor({ byRule }: Exceptions, rule: string, subject: Subject): Exception | undefined {
  return byRule.get(rule)?.find(({ resources, tools }) => isAmong(resources, subject.address) && coversTool(tools, subject.tool));
}

/** Whether every tool is covered, or this one. A scope of tools covers no question about a whole resource. */
function coversTool(tools: readonly string[] | null, tool: string | null): boolean {
  if (tools === null) return true;
  return tool !== null && tools.some((each) => each === tool || (each.endsWith("/*") && tool.startsWith(each.slice(0, -1))));
}

export function earlier(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || (b !== null && b < a) ? b : a;
}

type Sorted = { readonly address: Address; readonly flipsAt: Instant | null } & (
  | { readonly state: "in-force" | "expired" | "elsewhere"; readonly exception: Exception }
  | { readonly state: "invalid" | "refused"; readonly why: Diagnostic }
);

function sort(resource: Resource, setting: Setting): Sorted {
  const { rules, environment, now } = setting;
  const exception = read(resource);
  const { address, expiresAt, rule } = exception;
  const wrong = wrongRule(exception, resource, setting);
  if (wrong) return { address, flipsAt: null, state: "invalid", why: wrong };
  const scope = isObject(resource.spec["scope"]) ? resource.spec["scope"] : {};
  if (isArray(scope["environments"]) && !scope["environments"].includes(environment))
    return { address, flipsAt: null, state: "elsewhere", exception };
  const expiry = expiryAt(expiresAt, now);
  // What is no instant was refused by the schema; here it is over.
  if (!expiry.ok || expiry.value.state !== "active") return { address, flipsAt: null, state: "expired", exception };
  const { flipsAt } = expiry.value;
  if (!isAllowed(rule, rules.allow)) return { address, flipsAt, state: "refused", why: notAllowed(exception) };
  const countsFrom = rules.maxDays === null ? null : Date.parse(expiresAt) - rules.maxDays * DAY_MS;
  if (countsFrom !== null && !(countsFrom <= Date.parse(now)))
    return { address, flipsAt: new Date(countsFrom).toISOString(), state: "refused", why: tooLong(exception, rules.maxDays ?? 0) };
  return { address, flipsAt, state: "in-force", exception };
}

function read({ kind, metadata, spec }: Resource): Exception {
  const scope = isObject(spec["scope"]) ? spec["scope"] : {};
  return {
    address: addressOf(kind, metadata.name),
    rule: text(spec["rule"]),
    owner: text(spec["owner"]),
    reason: text(spec["reason"]),
    expiresAt: text(spec["expiresAt"]),
    resources: texts(scope["resources"]),
    tools: isArray(scope["tools"]) ? texts(scope["tools"]) : null,
  };
}

export function isAllowed(rule: string, allow: ExceptionRules["allow"]): boolean {
  return typeof allow === "boolean" ? allow : allow.has(rule) || allow.has(rule.slice(0, rule.indexOf(".")));
}

function wrongRule({ address, rule }: Exception, { spec }: Resource, { policy, declared }: Setting): Diagnostic | undefined {
  const context = { address, pointer: "/spec/rule" };
  const never = (why: string): Diagnostic =>
    problem("POLICY_EXCEPTION_RULE", { detail: `${address} is for ${shown(rule)}: ${why}.`, context });
  if (NEVER_LIFTED.has(rule)) return never("nothing lifts that rule");
  const named = spec["policy"];
  if (typeof named === "string" && !rule.startsWith(`${named}.`)) return never(`it is no rule of the policy "${named}" that it names`);
  if (isRuleKnown(rule, policy, declared) && !Object.hasOwn(policy.rules, rule)) return undefined;
  const facts = Object.hasOwn(policy.rules, rule) ? policy.rules[rule] : undefined;
  if (facts) return facts.effect === "deny" ? undefined : never("the rule denies nothing, so there is nothing to lift");
  const near = nearest(rule, Object.keys(policy.rules));
  return problem("POLICY_RULE_UNKNOWN", {
    detail: `No policy in force has a rule ${shown(rule)}, so the exception would lift nothing.`,
    remedy: near === undefined ? "docs/policies/ lists the built-in rules." : `Did you mean "${near}"?`,
    context,
  });
}

function notAllowed({ address, rule }: Exception): Diagnostic {
  return problem("POLICY_EXCEPTION_OFF", {
    detail: `${address} asks for an exception from ${rule}, and policies.exceptions of the Project does not allow one. It lifts nothing.`,
    remedy: `Allow it in moltbot.yaml, in a change of its own, or remove ${address}:\n  policies: {exceptions: {allow: [${rule}]}}`,
    context: { address, pointer: "/spec/rule", rule },
  });
}

function tooLong({ address, rule, expiresAt }: Exception, maxDays: number): Diagnostic {
  return problem("POLICY_EXCEPTION_LONG", {
    detail: `${address} ends at ${expiresAt}, more than ${maxDays} days from now (policies.exceptions.maxDays). It lifts nothing.`,
    remedy: "Give it an earlier end.",
    context: { address, pointer: "/spec/expiresAt", rule },
  });
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function texts(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
