import { fail, failAll, ok, problem, type Diagnostic, type Result } from "../../core/index.ts";
import { KNOWN_SETS, regoName, type AggregatedPolicy, type Effect, type Entry, type RuleFacts } from "../policy/index.ts";
import { canFail } from "./functions.ts";
import { dotted, fieldsOf, nameOf, readsOf, refsIn, word, type Module, type Rule } from "./rego.ts";
import { packageOf, placeOf, settingsOf, type BuildSource } from "./source.ts";

/** A rule that speaks: adds to one of the known sets. */
export interface SpeakingRule extends RuleFacts {
  /** `<policy>.<code>`. */
  readonly rule: string;
  /** `grant_deny`. */
  readonly set: string;
  /** The message where it is a literal. */
  readonly message: string | null;
}

export interface ParsedPolicy {
  readonly source: BuildSource;
  readonly module: Module;
  readonly aggregated: AggregatedPolicy;
  readonly rules: readonly SpeakingRule[];
  /** Paths of the input it reads. */
  readonly reads: readonly string[];
  /** Built-in functions it calls that can fail. */
  readonly functions: readonly string[];
}

const CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const FIELDS = ["code", "message", "path"];

/** Checks the form that every policy has. @returns `POLICY_RULE_SHAPE` for each thing that has another. */
export function parsePolicy(source: BuildSource, module: Module): Result<ParsedPolicy> {
  const { name } = source;
  const found = module.package.path.map(word).join(".");
  if (found !== packageOf(name))
    return fail(shape(source, 1, `The package is ${found.slice("data.".length)}, and must be ${packageOf(name).slice("data.".length)}.`));
  const read = (module.rules ?? []).map((rule) => speaking(source, rule));
  const rules = read.flatMap((each) => (each.ok && each.value ? [each.value] : []));
  const wrong = [...read.flatMap((each) => (each.ok ? [] : each.diagnostics)), ...twice(source, rules), ...foreignData(source, module)];
  if (wrong.length === 0 && rules.length === 0)
    wrong.push(shape(source, 1, `No rule adds to one of the sets ${[...KNOWN_SETS].join(", ")}, so the policy would never speak.`));
  if (wrong.length > 0) return failAll(wrong);
  const parts = [module.imports ?? [], module.rules ?? []];
  return ok({
    source,
    module,
    rules,
    aggregated: { name, package: regoName(name), sets: new Set(rules.map((each) => each.set)) },
    reads: readsOf(parts),
    functions: [...new Set([...refsIn(parts)].flatMap((ref) => dotted(ref) ?? []))].filter(canFail).sort(),
  });
}

/** Null for a rule that only helps others. */
function speaking(source: BuildSource, rule: Rule): Result<SpeakingRule | null> {
  const row = rule.location?.row ?? 1;
  const set = nameOf(rule);
  if (!KNOWN_SETS.has(set)) {
    const isMisspelt = /_(?:deny|warn|oblige)$/.test(set);
    return isMisspelt ? fail(shape(source, row, `There is no set ${set}; there are ${[...KNOWN_SETS].join(", ")}.`)) : ok(null);
  }
  const fields = (rule.head.ref?.length ?? 1) === 1 ? fieldsOf(rule.head.key) : undefined;
  const wrong = wrongIn(fields);
  if (!fields || wrong !== undefined) return fail(shape(source, row, wrong ?? ""));
  const [entry, effect] = set.split("_");
  const message = fields.get("message");
  return ok({
    rule: `${source.name}.${word(fields.get("code"))}`,
    file: source.file,
    line: placeOf(source, row, 1).line,
    entry: entry as Entry,
    effect: effect as Effect,
    set,
    message: message?.type === "string" ? word(message) : null,
  });
}

/** What is wrong with the object that a rule adds. */
function wrongIn(fields: ReturnType<typeof fieldsOf>): string | undefined {
  const code = fields?.get("code");
  if (!fields || code?.type !== "string" || !CODE.test(word(code)))
    return 'The rule adds no object with a literal "code" of lower-case words joined by hyphens.';
  const message = fields.get("message");
  if (!message || (message.type === "string" && word(message).trim() === "")) return "The rule has no message.";
  const unknown = [...fields.keys()].find((field) => !FIELDS.includes(field));
  return unknown === undefined ? undefined : `The rule adds an object with the field "${unknown}"; there are ${FIELDS.join(", ")}.`;
}

function twice({ file }: BuildSource, rules: readonly SpeakingRule[]): readonly Diagnostic[] {
  return rules.flatMap(({ rule, line }, i) => {
    const first = rules.findIndex((other) => other.rule === rule);
    return first === i
      ? []
      : [
          problem("POLICY_RULE_SHAPE", {
            detail: `The code of ${rule} is used twice: nobody could tell which of the two spoke.`,
            remedy: "Give each rule a code of its own.",
            at: { file, line, column: 1 },
            related: [{ message: "The first one is here.", at: { file, line: rules[first]?.line ?? 1, column: 1 } }],
          }),
        ];
  });
}

/** What a policy reads from others would change when they do, or silently be undefined. */
function foreignData(source: BuildSource, module: Module): readonly Diagnostic[] {
  const own = [packageOf(source.name), settingsOf(source.name)];
  const wrong: Diagnostic[] = [];
  for (const ref of refsIn([module.imports ?? [], module.rules ?? []])) {
    if (ref[0]?.type !== "var" || ref[0].value !== "data") continue;
    const fixed = ref.findIndex((term, i) => i > 0 && term.type !== "string");
    const path = ref
      .slice(0, fixed < 0 ? ref.length : fixed)
      .map(word)
      .join(".");
    if (own.some((each) => path === each || path.startsWith(`${each}.`))) continue;
    const { row = 1, col = 1 } = ref[0].location ?? {};
    wrong.push(shape(source, row, `The rules read ${path}. They may read their own package and ${settingsOf(source.name)}.`, col));
  }
  return wrong;
}

function shape(source: BuildSource, row: number, detail: string, column = 1): Diagnostic {
  return problem("POLICY_RULE_SHAPE", {
    detail: detail,
    remedy: "docs/policy-authoring.md shows the form of a policy.",
    at: placeOf(source, row, column),
    context: { policy: source.name },
  });
}
