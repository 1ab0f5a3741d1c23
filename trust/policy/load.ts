import { digestBytes, digestJson, fail, LIMITS, ok, problem, type Diagnostic, type JsonObject, type Result } from "../../core/index.ts";
import { brokenAnswer, readAnswer } from "./answer.ts";
import { instantiate, type Evaluator } from "./evaluator.ts";
import { HOST_BUILTINS } from "./builtins/index.ts";
import { projectionOf, type Projection } from "./projection.ts";
import { dataDocument } from "./sources.ts";
import { ENTRIES, type Answer, type Entry, type Policy, type PolicyLock } from "./types.ts";
import { inspectModule } from "./wasm.ts";
import { compileModule } from "../wasm/index.ts";

/**
 * Checks compiled policies against their lock and makes them ready to be asked, in this thread and without
 * a deadline: for the policies that moltbot ships. Those of a Project are {@link isolatedPolicy}.
 *
 * @returns `POLICY_UNTRUSTED` for other bytes than the locked ones, `POLICY_MODULE` or `POLICY_LIMIT`
 *   for a module that asks for too much, `POLICY_BROKEN` for one that lacks the aggregator.
 */
export function loadPolicy(bytes: Uint8Array, lock: PolicyLock): Result<Policy> {
  const checked = checkBundle(bytes, lock);
  if (!checked.ok) return checked;
  const { memoryPages, data } = checked.value;
  try {
    const module = compileModule(bytes);
    const make = (): Evaluator => instantiate(module, memoryPages, { data, builtins: lock.builtins });
    let evaluator: Evaluator | null = make();
    const wrong = refusalOf({ entrypoints: [...evaluator.entrypoints.keys()], builtins: evaluator.builtins }, lock);
    if (wrong) return fail(wrong);
    const ask = (entry: Entry, text: string): string => {
      // A trap may leave the instance half-way: the next question gets a fresh one.
      const current = evaluator ?? make();
      evaluator = null;
      const answer = current.evaluate(current.entrypoints.get(`moltbot/${entry}`) ?? -1, text);
      evaluator = current;
      return answer;
    };
    return ok(policyOf(ask, lock));
  } catch (error) {
    // A module that does not compile or link, or whose first instructions trap.
    return fail(broken(`The bundle cannot be started: ${messageOf(error)}.`));
  }
}

/** What is looked at before anything of a bundle runs. */
export interface CheckedBundle {
  readonly memoryPages: number;
  /** The document that rules see as `data`, as JSON text. */
  readonly data: string;
}

/** The digest is compared and the module inspected, in that order. */
export function checkBundle(bytes: Uint8Array, lock: PolicyLock): Result<CheckedBundle> {
  const digest = digestBytes(bytes);
  if (digest !== lock.wasm) {
    return fail(
      problem("POLICY_UNTRUSTED", {
        detail: `The bundle hashes to ${digest}; the lock names ${lock.wasm}. It was not loaded.`,
        remedy: "Restore both files from the commit, or build them again:\n  moltbot policy build",
      }),
    );
  }
  const facts = inspectModule(bytes);
  if (!facts.ok) return facts;
  const data = JSON.stringify(dataDocument(lock.data));
  if (data.length <= LIMITS.policyDataChars) return ok({ memoryPages: facts.value.memoryPages, data });
  return fail(
    problem("POLICY_LIMIT", {
      detail: `The data of the policies has ${data.length} characters; ${LIMITS.policyDataChars} are allowed (limits.policyDataChars).`,
    }),
  );
}

/** The policy of last resort: the bundle could not be loaded, so whatever is asked is denied, saying why. */
export function denyAll(diagnostics: readonly Diagnostic[]): Policy {
  const [first] = diagnostics;
  const answer = brokenAnswer("the bundle is not loaded");
  const denial: Answer = { ...answer, broken: first ?? answer.broken };
  return { digest: digestBytes(""), data: digestBytes(""), policies: [], rules: {}, evaluate: () => denial };
}

/** What a started module says of itself. */
export interface ModuleTables {
  readonly entrypoints: readonly string[];
  readonly builtins: readonly string[];
}

/** Why a started module is not what the lock describes; undefined when it is. */
export function refusalOf(tables: ModuleTables, lock: PolicyLock): Diagnostic | undefined {
  const builtin = tables.builtins.find((name) => !Object.hasOwn(HOST_BUILTINS, name) || !lock.builtins.includes(name));
  if (builtin !== undefined) {
    return problem("POLICY_MODULE", {
      detail: `The bundle calls the built-in function ${builtin}, which policies do not get.`,
      context: { builtin },
    });
  }
  const found = tables.entrypoints.toSorted().join(", ");
  const wanted = ENTRIES.map((entry) => `moltbot/${entry}`).join(", ");
  if (found !== wanted || lock.entrypoints.toSorted().join(", ") !== wanted) {
    return broken(`The bundle answers to ${found || "nothing"}; the entry points are ${wanted}.`);
  }
  return undefined;
}

/**
 * A policy over something that answers questions as text. Each question is cut down to what rules read,
 * and equal ones are asked once.
 *
 * @param ask - May throw anything; whatever it throws is an answer that denies.
 */
export function policyOf(ask: (entry: Entry, text: string) => string, lock: PolicyLock): Policy {
  const project = projectionOf(lock.reads);
  // One for each entry: putting its name before every text would cost more than looking it up.
  const memos = { admission: new Map<string, Answer>(), grant: new Map<string, Answer>(), call: new Map<string, Answer>() };
  const read = answerReader(lock);
  const evaluate = (entry: Entry, input: JsonObject): Answer => {
    const text = textOf(project, input);
    if (text === undefined) return brokenAnswer("the question is not JSON, or is too long (limits.policyInputChars)");
    const memo = memos[entry];
    const known = memo.get(text);
    if (known) return known;
    const answer = answerTo(ask, entry, text, read);
    // Bounded by starting over: keeping order of use would cost more than asking again.
    if (memo.size >= LIMITS.policyMemo) memo.clear();
    if (!answer.broken) memo.set(text, answer);
    return answer;
  };
  return { digest: lock.wasm, data: digestJson(lock.data), policies: lock.policies, rules: lock.rules, reads: lock.reads, evaluate };
}

/** Different questions mostly have one of few answers: each text is read once, and equal answers are one object. */
function answerReader(lock: PolicyLock): (result: string, entry: Entry) => Answer {
  const memos = { admission: new Map<string, Answer>(), grant: new Map<string, Answer>(), call: new Map<string, Answer>() };
  return (result, entry) => {
    const known = memos[entry];
    const found = known.get(result);
    if (found) return found;
    const answer = readAnswer(result, entry, lock);
    if (known.size >= LIMITS.policyMemo) known.clear();
    if (!answer.broken) known.set(result, answer);
    return answer;
  };
}

function answerTo(
  ask: (entry: Entry, text: string) => string,
  entry: Entry,
  text: string,
  read: (result: string, entry: Entry) => Answer,
): Answer {
  try {
    return read(ask(entry, text), entry);
  } catch (error) {
    return brokenAnswer(messageOf(error));
  }
}

function textOf(project: Projection, input: JsonObject): string | undefined {
  try {
    const text = project(input);
    return text.length <= LIMITS.policyInputChars ? text : undefined;
  } catch {
    // Circular values and the like, which no builder of ours makes.
    return undefined;
  }
}

/** Foreign code throws strings and objects as well as errors. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return typeof error === "string" ? error.slice(0, 200) : "it threw something that is no error";
}

export function broken(detail: string): Diagnostic {
  return problem("POLICY_BROKEN", { detail, remedy: "Build the bundle again:\n  moltbot policy build" });
}
