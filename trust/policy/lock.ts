import { fail, isArray, isDigest, isObject, ok, problem, type Json, type JsonObject, type Result } from "../../core/index.ts";
import { digestOf } from "./sources.ts";
import { ENTRIES, type Effect, type Entry, type PolicyLock, type RuleFacts } from "./types.ts";

const SHA256 = /^[0-9a-f]{64}$/;

/** Reads policies.lock.json. @returns `POLICY_LOCK` for anything but a complete lock of this version. */
export function parseLock(text: string): Result<PolicyLock> {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return unusable("it is not JSON");
  }
  if (!isObject(value)) return unusable("it is not an object");
  if (value["formatVersion"] !== "1.0") return unusable("its format version is not 1.0");
  const { sources, wasm } = value;
  const opa = compilerOf(value["opa"]);
  if (!opa) return unusable("it names no compiler");
  if (!isDigest(sources) || !isDigest(wasm)) return unusable("a digest is missing");
  const [entrypoints, builtins, policies, reads] = ["entrypoints", "builtins", "policies", "reads"].map((key) => textsOf(value[key]));
  if (!entrypoints || !builtins || !policies || !reads || policies.length === 0) return unusable("a list is missing");
  const rules = rulesOf(value["rules"]);
  if (!rules) return unusable("its table of rules is not usable");
  const made = madeFrom(value, policies);
  if (!made || digestOf(made.texts, made.data) !== sources)
    return unusable("its sources and data do not hash to the digest it names for them");
  return ok({ formatVersion: "1.0", opa, sources, ...made, wasm, entrypoints, builtins, policies, reads, rules });
}

/** Text and data of exactly the policies in force. */
function madeFrom(value: JsonObject, policies: readonly string[]): Pick<PolicyLock, "texts" | "data"> | undefined {
  const { texts, data } = value;
  if (!isObject(texts) || !isObject(data)) return undefined;
  const isWhole = (table: JsonObject, is: (item: Json | undefined) => boolean): boolean =>
    Object.keys(table).length === policies.length && policies.every((name) => Object.hasOwn(table, name) && is(table[name]));
  if (!isWhole(texts, isDigest) || !isWhole(data, isObject)) return undefined;
  return { texts: texts as PolicyLock["texts"], data: data as PolicyLock["data"] };
}

function rulesOf(value: Json | undefined): Readonly<Record<string, RuleFacts>> | undefined {
  if (!isObject(value)) return undefined;
  const rules: [string, RuleFacts][] = [];
  for (const [rule, facts] of Object.entries(value)) {
    const read = isObject(facts) ? ruleOf(facts) : undefined;
    if (!read) return undefined;
    rules.push([rule, read]);
  }
  return Object.fromEntries(rules);
}

function ruleOf({ file, line, entry, effect }: JsonObject): RuleFacts | undefined {
  if (typeof file !== "string" || typeof line !== "number") return undefined;
  if (!ENTRIES.includes(entry as Entry) || !["deny", "warn", "oblige"].includes(effect as Effect)) return undefined;
  return { file, line, entry: entry as Entry, effect: effect as Effect };
}

function textsOf(value: Json | undefined): readonly string[] | undefined {
  return isArray(value) && value.every((each) => typeof each === "string") ? value : undefined;
}

function compilerOf(value: Json | undefined): PolicyLock["opa"] | undefined {
  const { version, sha256 } = isObject(value) ? value : {};
  return typeof version === "string" && typeof sha256 === "string" && SHA256.test(sha256) ? { version, sha256 } : undefined;
}

function unusable(why: string): Result<never> {
  return fail(
    problem("POLICY_LOCK", {
      detail: `policies.lock.json cannot be used: ${why}.`,
      remedy: "Restore it from the commit, or build it again:\n  moltbot policy build",
    }),
  );
}
