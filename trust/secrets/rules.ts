import { byCodeUnit, isArray, isObject, valueAt, type Json, type JsonObject } from "../../core/index.ts";

/** Which value of which Secret. */
export interface ValueName {
  readonly name: string;
  readonly key: string;
}

/** What a Project says about who may open a value. */
export interface DueRecipients {
  /** Of the first rule that matches; null where none does. */
  readonly rule: readonly string[] | null;
  /** Of every target that the file with the value is for. */
  readonly targets: readonly string[];
  /** Whether each of those targets names its recipient: then the two lists above are everybody. */
  readonly isComplete: boolean;
}

/**
 * Who a Project says may open a value that stands in a file. A manifest is for the targets of every
 * environment, an overlay for those of the environments that lay it over.
 *
 * @param project - The Project's document.
 * @param path - The file, relative to moltbot.yaml.
 */
export function dueRecipients(project: Json, value: ValueName, path: string): DueRecipients {
  const targets = targetsFor(project, path).map((target) => target["recipient"]);
  const named = targets.filter((each) => typeof each === "string");
  return { rule: ruleFor(project, value), targets: sorted(named), isComplete: named.length === targets.length };
}

/** Everybody that the rules and the targets name, sorted. */
export function namedRecipients({ rule, targets }: DueRecipients): readonly string[] {
  return sorted([...(rule ?? []), ...targets]);
}

function ruleFor(project: Json, value: ValueName): readonly string[] | null {
  const rules = valueAt(project, ["spec", "secrets", "rules"]);
  const rule = isArray(rules) ? rules.filter(isObject).find((each) => matches(each["path"], value)) : undefined;
  if (!rule) return null;
  return isArray(rule["recipients"]) ? sorted(rule["recipients"].filter((each) => typeof each === "string")) : [];
}

function targetsFor(project: Json, path: string): readonly JsonObject[] {
  const own = objectAt(project, ["spec", "target"]);
  const environments = Object.values(objectAt(project, ["spec", "environments"])).filter(isObject);
  if (environments.length === 0) return [own];
  const layering = environments.filter((each) => isOverlay(each, path));
  return (layering.length > 0 ? layering : environments).map((each) => (isObject(each["target"]) ? each["target"] : own));
}

function isOverlay(environment: JsonObject, path: string): boolean {
  const overlays = environment["overlays"];
  return isArray(overlays) && overlays.some((each) => typeof each === "string" && (each === path || path.startsWith(`${each}/`)));
}

function objectAt(value: Json, path: readonly string[]): JsonObject {
  const found = valueAt(value, path);
  return isObject(found) ? found : {};
}

function sorted(recipients: readonly string[]): readonly string[] {
  return [...new Set(recipients)].sort(byCodeUnit);
}

/** `*` stands for any text; a rule without `#` is about every value of the Secret. */
function matches(rule: Json | undefined, { name, key }: ValueName): boolean {
  if (typeof rule !== "string") return false;
  const [names = "", keys = "*"] = rule.split("#", 2);
  return likes(names, name) && likes(keys, key);
}

function likes(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  const last = rest.pop() ?? "";
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
