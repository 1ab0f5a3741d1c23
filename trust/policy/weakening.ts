import { addressOf, byCodeUnit, isArray, isObject, jsonEqual, type Address, type Json, type JsonObject } from "../../core/index.ts";
import { hostsCover } from "../capability/index.ts";
import type { TrustPart } from "./in-force.ts";
import { levelOf } from "./judge.ts";
import { peopleWeakenings } from "./weakening-people.ts";
import { policyWeakenings } from "./weakening-policies.ts";
import { trust } from "./weakening-trust.ts";
import { objectAt, textOf, texts, type Weakening } from "./weakening-facts.ts";
import { exceptionWeakenings } from "./weakening-exceptions.ts";
import type { Level, Levels, Policy } from "./types.ts";

export type { Weakening } from "./weakening-facts.ts";

/** Two trust parts with the levels that are in force in each. */
export interface Compared {
  readonly part: TrustPart;
  readonly levels: Levels;
}

/**
 * Every loosening of the trust part, sorted. What cannot be told to be at least as strict counts as one:
 * a text that changed, a list whose order decides.
 */
export function weakenings(old: Compared, fresh: Compared): readonly Weakening[] {
  const address = addressOf(fresh.part.project.kind, fresh.part.project.metadata.name);
  const [before, after] = [old.part.project.spec, fresh.part.project.spec];
  const found = [
    ...CHECKS.flatMap((check) => check(before, after).map(([pointer, message]) => ({ address, pointer, message }))),
    ...levelWeakenings(old, fresh, address),
    ...policyWeakenings(old.part, fresh.part),
    ...exceptionWeakenings(old.part, fresh.part),
    ...peopleWeakenings(old.part, fresh.part),
  ];
  return found.sort((a, b) => byCodeUnit(a.address, b.address) || byCodeUnit(a.pointer, b.pointer) || byCodeUnit(a.message, b.message));
}

type Said = readonly (readonly [pointer: string, message: string])[];

const RANK: Readonly<Record<Level, number>> = { off: 0, audit: 1, warn: 2, enforce: 3 };

/** Rules that speak less loudly than before. A rule that only one side knows is the business of its policy. */
function levelWeakenings(old: Compared, fresh: Compared, address: Address): readonly Weakening[] {
  const rules = Object.keys(fresh.part.policy.rules).filter((rule) => Object.hasOwn(old.part.policy.rules, rule));
  return rules.flatMap((rule): Weakening[] => {
    const [then, now] = [levelIn(rule, old.part.policy, old.levels), levelIn(rule, fresh.part.policy, fresh.levels)];
    return RANK[now] < RANK[then]
      ? [{ address, pointer: "/spec/policies/rules", message: `${rule} is lowered from ${then} to ${now}` }]
      : [];
  });
}

function levelIn(rule: string, { rules }: Policy, levels: Levels): Level {
  return levelOf(rule, levels, rules[rule]?.effect === "warn" ? "warn" : "enforce");
}

const CHECKS: readonly ((old: JsonObject, fresh: JsonObject) => Said)[] = [
  ceiling,
  tlsExceptions,
  exceptions,
  verification,
  trust,
  approvals,
  secretRules,
  windows,
  limits,
  (old, fresh) => gone(old, fresh, "protection", "is not protected any more"),
  (old, fresh) => gone(fresh, old, "forget", "may be released instead of deleted"),
];

function ceiling(old: JsonObject, fresh: JsonObject): Said {
  const hosts = (spec: JsonObject): readonly string[] | null => {
    const list = objectAt(objectAt(spec, "policies"), "network")["ceiling"];
    return isArray(list) ? texts(list) : null;
  };
  const [then, now] = [hosts(old), hosts(fresh)];
  const wider = (now ?? LOCAL).filter((host) => !hostsCover(then ?? LOCAL, host));
  return wider.map((host) => ["/spec/policies/network/ceiling", `grants may now reach ${host}`] as const);
}

/** A host that is excepted in addition; another reason, which people were to read, counts as another exception. */
function tlsExceptions(old: JsonObject, fresh: JsonObject): Said {
  const entries = (spec: JsonObject): readonly JsonObject[] => {
    const list = objectAt(objectAt(spec, "policies"), "network")["tlsExceptions"];
    return isArray(list) ? list.filter(isObject) : [];
  };
  const then = entries(old);
  const added = entries(fresh).filter((each) => !then.some((other) => jsonEqual(other, each)));
  return added.map(({ host, minVersion }) => [
    "/spec/policies/network/tlsExceptions",
    `${textOf(host)} may be connected to with ${textOf(minVersion)}`,
  ]);
}

/** Without a ceiling: this machine. */
const LOCAL = ["localhost", "127.0.0.1", "[::1]"];

function exceptions(old: JsonObject, fresh: JsonObject): Said {
  const [then, now] = [objectAt(objectAt(old, "policies"), "exceptions"), objectAt(objectAt(fresh, "policies"), "exceptions")];
  const at = "/spec/policies/exceptions";
  const rules = (value: Json | undefined): readonly string[] | null => (value === true ? null : isArray(value) ? texts(value) : []);
  const [allowed, allows] = [rules(then["allow"]), rules(now["allow"])];
  const widened =
    allowed === null
      ? []
      : allows === null
        ? ["any rule"]
        : allows.filter((each) => !allowed.includes(each) && !allowed.includes(each.split(".")[0] ?? ""));
  const [days, daysNow] = [daysOf(then), daysOf(now)];
  const isLonger = allows?.length !== 0 && allowed?.length !== 0 && daysNow > days;
  return [
    ...widened.map((each) => [`${at}/allow`, `exceptions from ${each} are allowed`] as const),
    ...(isLonger ? [[`${at}/maxDays`, `exceptions may last ${daysNow === Infinity ? "without bound" : `${daysNow} days`}`] as const] : []),
  ];
}

function daysOf({ maxDays }: JsonObject): number {
  return typeof maxDays === "number" ? maxDays : Infinity;
}

const STRICTNESS: Readonly<Record<string, readonly string[]>> = {
  commits: ["off", "warn", "require"],
  policies: ["locked", "attested", "rebuild"],
};

function verification(old: JsonObject, fresh: JsonObject): Said {
  const [then, now] = [objectAt(old, "verification"), objectAt(fresh, "verification")];
  return Object.entries(STRICTNESS).flatMap(([field, order]) => {
    const rank = (value: JsonObject): number => Math.max(0, order.indexOf(textOf(value[field])));
    return rank(now) < rank(then)
      ? [
          [
            `/spec/verification/${field}`,
            `the verification of ${field} is lowered from ${order[rank(then)] ?? ""} to ${order[rank(now)] ?? ""}`,
          ] as const,
        ]
      : [];
  });
}

/** A rule of the old that no new one covers: at least as many people, of no other teams, on the same occasion. */
function approvals(old: JsonObject, fresh: JsonObject): Said {
  const rules = (spec: JsonObject): readonly JsonObject[] => (isArray(spec["approvals"]) ? spec["approvals"].filter(isObject) : []);
  const covers = (rule: JsonObject, lost: JsonObject): boolean =>
    (rule["when"] === lost["when"] || rule["when"] === "always") &&
    countOf(rule) >= countOf(lost) &&
    texts(rule["people"]).every((team) => texts(lost["people"]).includes(team));
  return rules(old)
    .filter((lost) => !rules(fresh).some((rule) => covers(rule, lost)))
    .map(
      (lost) =>
        [
          "/spec/approvals",
          `plans need less than the approval by ${countOf(lost)} of ${texts(lost["people"]).join(", ")} when: ${textOf(lost["when"])}`,
        ] as const,
    );
}

function countOf({ count }: JsonObject): number {
  return typeof count === "number" ? count : 1;
}

/** The first rule whose path matches decides: where anything but recipients went, nobody can tell at a glance. */
function secretRules(old: JsonObject, fresh: JsonObject): Said {
  const rules = (spec: JsonObject): readonly JsonObject[] => {
    const list = objectAt(spec, "secrets")["rules"];
    return isArray(list) ? list.filter(isObject) : [];
  };
  const [then, now] = [rules(old), rules(fresh)];
  const paths = (list: readonly JsonObject[]): string => list.map((each) => textOf(each["path"])).join("\n");
  if (then.length === 0) return [];
  if (paths(then) !== paths(now)) return [["/spec/secrets/rules", "the rules for who can open secrets are others"]];
  return now.flatMap((rule, i) => {
    const added = texts(rule["recipients"]).filter((each) => !texts(then[i]?.["recipients"]).includes(each));
    return added.map((each) => [`/spec/secrets/rules/${i}/recipients`, `${each} can open secrets ${textOf(rule["path"])}`] as const);
  });
}

/** Lost or changed `deny` windows, new or changed `allow` ones, and the last `allow` one, without which any time is allowed. */
function windows(old: JsonObject, fresh: JsonObject): Said {
  const list = (spec: JsonObject): readonly JsonObject[] => (isArray(spec["windows"]) ? spec["windows"].filter(isObject) : []);
  const [then, now] = [list(old), list(fresh)];
  const allows = (all: readonly JsonObject[]): readonly JsonObject[] => all.filter(({ mode }) => mode === "allow");
  const isIn = (all: readonly JsonObject[], window: JsonObject): boolean =>
    all.some((each) => jsonEqual({ ...each, name: null }, { ...window, name: null }));
  const lost = then.filter((each) => each["mode"] === "deny" && !isIn(now, each));
  const opened = allows(then).length === 0 ? [] : allows(now).filter((each) => !isIn(then, each));
  const isOpen = allows(then).length > 0 && allows(now).length === 0;
  return [
    ...lost.map(({ name }) => ["/spec/windows", `the window ${textOf(name)}, in which nothing is applied, is lifted`] as const),
    ...opened.map(({ name }) => ["/spec/windows", `applies are allowed in the window ${textOf(name)}`] as const),
    ...(isOpen ? [["/spec/windows", "applies are allowed at any time"] as const] : []),
  ];
}

function limits(old: JsonObject, fresh: JsonObject): Said {
  const paths = [["deletes", "percent"], ["deletes", "count"], ["files"]] as const;
  return paths.flatMap((path) => {
    const at = (spec: JsonObject): Json | undefined =>
      path.reduce<Json | undefined>((value, key) => (isObject(value) ? value[key] : undefined), objectAt(spec, "limits"));
    const [then, now] = [at(old), at(fresh)];
    const isRaised = typeof now === "number" && typeof then === "number" && now > then;
    return isRaised ? [[`/spec/limits/${path.join("/")}`, `limits.${path.join(".")} is raised from ${then} to ${now}`] as const] : [];
  });
}

function gone(from: JsonObject, to: JsonObject, field: string, what: string): Said {
  const kept = texts(to[field]);
  return texts(from[field])
    .filter((each) => !kept.includes(each))
    .map((each) => [`/spec/${field}`, `${each} ${what}`] as const);
}
