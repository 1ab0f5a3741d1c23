import { addressOf, isArray, isObject, type Json, type Resource } from "../../core/index.ts";
import type { TrustPart } from "./in-force.ts";
import { paired, textOf, texts, type Weakening } from "./weakening-facts.ts";

/** Exceptions that are new, that hold longer or for more, or for another rule. */
export function exceptionWeakenings(old: TrustPart, fresh: TrustPart): readonly Weakening[] {
  return paired(old.exceptions, fresh.exceptions).flatMap(([before, after]): readonly Weakening[] => {
    if (!after) return [];
    const { kind, metadata, spec } = after;
    const address = addressOf(kind, metadata.name);
    const rule = textOf(spec["rule"]);
    if (!before || textOf(before.spec["rule"]) !== rule)
      return [{ address, pointer: "/spec/rule", message: `an exception from ${rule} until ${textOf(spec["expiresAt"])}` }];
    return [
      ...(Date.parse(textOf(spec["expiresAt"])) > Date.parse(textOf(before.spec["expiresAt"]))
        ? [{ address, pointer: "/spec/expiresAt", message: `the exception from ${rule} holds longer, until ${textOf(spec["expiresAt"])}` }]
        : []),
      ...(isWider(before, after) ? [{ address, pointer: "/spec/scope", message: `the exception from ${rule} holds for more` }] : []),
    ];
  });
}

/** Absent is everything; a list that gained an entry is more. */
function isWider(before: Resource, after: Resource): boolean {
  return ["resources", "tools", "environments"].some((field) => {
    const [then, now] = [listIn(before, field), listIn(after, field)];
    return then !== null && (now === null || now.some((each) => !then.includes(each)));
  });
}

function listIn({ spec }: Resource, field: string): readonly string[] | null {
  const value: Json | undefined = isObject(spec["scope"]) ? spec["scope"][field] : undefined;
  return isArray(value) ? texts(value) : null;
}
