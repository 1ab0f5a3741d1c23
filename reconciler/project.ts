import {
  fail,
  isArray,
  isObject,
  LIMITS,
  nearest,
  ok,
  parseAddress,
  problem,
  shown,
  UNMANAGED,
  type Address,
  type Json,
  type JsonObject,
  type Origin,
  type Resource,
  type Result,
} from "../core/index.ts";
import { recipientType, type RecipientType } from "../trust/secrets/index.ts";
import { DELETE_BUDGET } from "./apply/index.ts";
import type { Move } from "./diff/index.ts";
import type { WrittenResource } from "./manifest/types.ts";

/** The environment of a Project that declares none. */
export const DEFAULT_ENVIRONMENT = "default";

/** What the engine reads from moltbot.yaml for one environment. */
export interface ProjectFacts extends Guards {
  readonly name: string;
  readonly environment: string;
  /** The Project as it takes part in the plan: of its environments, only the chosen one. */
  readonly written: WrittenResource;
  readonly sources: readonly string[];
  readonly overlays: readonly string[];
  /** What only other environments lay over: no manifests here either. */
  readonly otherOverlays: readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly target: TargetFacts;
  readonly driftMode: "correct" | "report" | "ignore";
  readonly moves: readonly Move[];
  /** Address patterns of what is released, not deleted, when it is no longer declared. */
  readonly forget: readonly string[];
  readonly maxFiles: number;
}

/** What stands between a plan and taking things away. */
export interface Guards {
  /** Address patterns that no plan may delete or replace. */
  readonly protection: readonly string[];
  /** How much one plan may delete or replace before its number must be said. */
  readonly deletes: DeleteBudget;
}

/** A plan past both is refused: the share of the owner's resources, and the number that is always allowed. */
export interface DeleteBudget {
  readonly percent: number;
  readonly count: number;
}

export interface TargetFacts {
  readonly type: string;
  /** Where it answers; null where none is declared. */
  readonly url: string | null;
  /** The runtime's age recipient, which must be among those of every value; null where none is declared. */
  readonly recipient: string | null;
  /** Of which type everybody is that the Project names; null where it names nobody, or both types. */
  readonly recipientType: RecipientType | null;
  /** The folder of the record, relative to moltbot.yaml; null for the default. */
  readonly state: string | null;
  readonly applyTimeoutMs: number;
  /** The Project's own `policies`: what they say of TLS holds for the way to the target too. */
  readonly policies: JsonObject;
}

/**
 * The facts of the chosen environment.
 *
 * @returns `ENVIRONMENT_REQUIRED` when the Project declares environments and none was named,
 *   `ENVIRONMENT_UNKNOWN` for a name it does not declare.
 */
export function projectFacts(written: WrittenResource, environment: string | undefined): Result<ProjectFacts> {
  const spec = objectAt(written.value, "spec");
  const environments = objectAt(spec, "environments");
  const names = environmentNames(written);
  const chosen = environment ?? (names.length === 0 ? DEFAULT_ENVIRONMENT : undefined);
  if (chosen === undefined) return required(names);
  const isDeclared = Object.hasOwn(environments, chosen);
  if (!isDeclared && (names.length > 0 || chosen !== DEFAULT_ENVIRONMENT)) return unknown(chosen, names, written);
  const own = objectAt(environments, chosen);
  if (`${written.name}/${chosen}` === UNMANAGED) return reserved(written);
  return ok({
    name: written.name,
    environment: chosen,
    written: { ...written, value: { ...written.value, spec: withOnly(spec, chosen, isDeclared ? own : undefined) } },
    sources: texts(spec["sources"]),
    overlays: texts(own["overlays"]),
    otherOverlays: names.flatMap((name) => (name === chosen ? [] : texts(objectAt(environments, name)["overlays"]))),
    include: texts(own["include"]),
    exclude: texts(own["exclude"]),
    target: targetFacts(isObject(own["target"]) ? own["target"] : objectAt(spec, "target"), spec),
    driftMode: driftModeOf(objectAt(spec, "drift")["mode"]),
    moves: movesOf(spec["moved"]),
    forget: texts(spec["forget"]),
    maxFiles: numberOr(objectAt(spec, "limits")["files"], LIMITS.files),
    ...guardsOf(spec),
  });
}

/** What a Project's spec says about what a plan may take away. */
function guardsOf(spec: JsonObject): Guards {
  return { protection: texts(spec["protection"]), deletes: deleteBudget(objectAt(objectAt(spec, "limits"), "deletes")) };
}

/**
 * What may be taken away, judged by the declared Project and by the active one: the change that lifts a
 * protection or widens a budget does not profit from it yet.
 *
 * @param active - The Project as it is recorded; undefined before the first apply.
 */
export function guardsInForce(declared: Guards, active: Resource | undefined): Guards {
  if (!active) return declared;
  const now = guardsOf(active.spec);
  return {
    protection: [...new Set([...now.protection, ...declared.protection])],
    deletes: {
      percent: Math.min(now.deletes.percent, declared.deletes.percent),
      count: Math.min(now.deletes.count, declared.deletes.count),
    },
  };
}

function deleteBudget(deletes: JsonObject): DeleteBudget {
  return { percent: numberOr(deletes["percent"], DELETE_BUDGET.percent), count: numberOr(deletes["count"], DELETE_BUDGET.count) };
}

/** The environments a Project declares, sorted; empty where there is only the default. */
export function environmentNames(written: WrittenResource): readonly string[] {
  return Object.keys(objectAt(objectAt(written.value, "spec"), "environments")).sort();
}

const DEFAULT_APPLY_TIMEOUT_MS = 30_000;

/** An environment's target replaces the Project's as a whole. */
function targetFacts(target: JsonObject, spec: JsonObject): TargetFacts {
  const recipient = textOr(target["recipient"], null);
  return {
    type: textOr(target["type"], "embedded"),
    url: textOr(target["url"], null),
    recipient,
    recipientType: commonType([...(recipient === null ? [] : [recipient]), ...ruledRecipients(spec)]),
    state: textOr(target["state"], null),
    applyTimeoutMs: durationMs(target["applyTimeout"], DEFAULT_APPLY_TIMEOUT_MS),
    policies: objectAt(spec, "policies"),
  };
}

/** Everybody of every rule: one value has recipients of one type, and the runtime is among them. */
function ruledRecipients(spec: JsonObject): readonly string[] {
  const rules = objectAt(spec, "secrets")["rules"];
  return isArray(rules) ? rules.filter(isObject).flatMap((rule) => texts(rule["recipients"])) : [];
}

function commonType(recipients: readonly string[]): RecipientType | null {
  const [first, ...more] = new Set(recipients.map(recipientType));
  return first !== undefined && more.length === 0 ? first : null;
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as `30s` or `1h30m` in milliseconds. The schema has checked its form. */
function durationMs(value: Json | undefined, fallback: number): number {
  if (typeof value !== "string") return fallback;
  const parts = [...value.matchAll(/(\d+)(ms|s|m|h|d)/g)];
  return parts.length === 0 ? fallback : parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT_MS[unit ?? ""] ?? 0), 0);
}

/** The other environments are no part of this one: changing them must not change its plan. */
function withOnly(spec: JsonObject, name: string, own: JsonObject | undefined): JsonObject {
  const { environments: _, ...rest } = spec;
  return own ? { ...rest, environments: { [name]: own } } : rest;
}

function required(names: readonly string[]): Result<never> {
  return fail(
    problem("ENVIRONMENT_REQUIRED", {
      detail: `This Project declares environments: ${names.join(", ")}.`,
      remedy: `Name one:\n  -e ${names[0] ?? DEFAULT_ENVIRONMENT}\nOr check all of them:\n  moltbot validate --all-environments`,
      context: { environments: names.join(",") },
    }),
  );
}

function reserved(written: WrittenResource): Result<never> {
  return fail(
    problem("OWNER_RESERVED", {
      detail: `${UNMANAGED} is the owner of what no Project manages.`,
      remedy: "Give the Project or the environment another name.",
      origin: { file: written.file, document: written.document, pointer: "/metadata/name", part: "value" },
    }),
  );
}

function unknown(chosen: string, names: readonly string[], written: WrittenResource): Result<never> {
  const near = nearest(chosen, names);
  const origin: Origin = { file: written.file, document: written.document, pointer: "/spec/environments", part: "key" };
  return fail(
    problem("ENVIRONMENT_UNKNOWN", {
      detail: `The Project declares no environment ${shown(chosen)}${names.length > 0 ? `; it declares: ${names.join(", ")}` : " and none at all"}.`,
      remedy: near ? `Did you mean "${near}"?` : "Declare it under spec.environments in moltbot.yaml, or leave -e out.",
      ...(names.length > 0 ? { origin } : {}),
    }),
  );
}

function movesOf(value: Json | undefined): Move[] {
  if (!isArray(value)) return [];
  return value.flatMap((each) => {
    const from = isObject(each) ? addressIn(each["from"]) : undefined;
    const to = isObject(each) ? addressIn(each["to"]) : undefined;
    return from && to ? [{ from, to }] : [];
  });
}

function addressIn(value: Json | undefined): Address | undefined {
  return typeof value === "string" ? parseAddress(value)?.address : undefined;
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const at = value[key];
  return isObject(at) ? at : {};
}

function texts(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function textOr<T extends string | null>(value: Json | undefined, fallback: T): string | T {
  return typeof value === "string" ? value : fallback;
}

function numberOr(value: Json | undefined, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}

function driftModeOf(value: Json | undefined): "correct" | "report" | "ignore" {
  return value === "report" || value === "ignore" ? value : "correct";
}
