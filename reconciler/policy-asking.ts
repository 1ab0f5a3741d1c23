import { addressOf, digestJson, fail, ok, problem, shown, type Digest, type JsonObject, type Result } from "../core/index.ts";
import { isSameOrEveryTool, parseTool, type DeclaredAtom } from "../trust/capability/index.ts";
import {
  grantInput,
  inForce,
  judge,
  trustPartOf,
  type Answer,
  type Entry,
  type InputContext,
  type RuleFacts,
  type Verdict,
} from "../trust/policy/index.ts";
import { judgedFiles, namedResource, type JudgedFiles } from "./judged-tree.ts";
import type { Query, World } from "./types.ts";

/** One question to the policies in force, and everything that was said. */
export interface PolicyExplained {
  readonly entry: Entry;
  /** The grant that was asked about; null for a question from a file. */
  readonly grant: string | null;
  readonly input: JsonObject;
  readonly answer: Verdict["answer"];
  readonly findings: readonly ExplainedFinding[];
  /** Why the policies could not be asked; then the answer is denied. */
  readonly broken: string | null;
  /** What was asked, what answered, and what the rules read. */
  readonly digests: { readonly policy: Digest; readonly data: Digest; readonly input: Digest };
}

export interface ExplainedFinding {
  readonly rule: string;
  readonly effect: "deny" | "warn" | "oblige";
  readonly message: string;
  readonly path: string | null;
  readonly at: Pick<RuleFacts, "file" | "line"> | null;
}

export interface PolicyQuestion {
  readonly entry: Entry;
  readonly input: JsonObject;
}

/** What the policies in force say to a question as it stands. Scopes and exceptions, which need a resource, take no part. */
export async function askPolicies(question: PolicyQuestion, query: Query, world: World): Promise<Result<readonly PolicyExplained[]>> {
  const judged = await judgedFiles(query, world);
  return judged.ok ? ok([explained(question, null, judged.value, world)], judged.warnings) : judged;
}

/** The questions that a plan asks about the grants of an agent for a tool; the one without a grant where it has none. */
export async function explainGrant(
  { agent, tool, action }: { readonly agent: string; readonly tool: string; readonly action?: string },
  query: Query,
  world: World,
): Promise<Result<readonly PolicyExplained[]>> {
  const judged = await judgedFiles(query, world);
  if (!judged.ok) return judged;
  const tree = judged.value;
  const address = namedResource(agent, ["Agent"], tree.resources);
  if (!address.ok) return address;
  const facts = parseTool(tool);
  if (!facts.ok) return facts;
  if (action !== undefined && facts.value.family === "built-in" && !facts.value.actions.includes(action)) {
    return fail(
      problem("CAPABILITY_ACTION", {
        detail: `${tool} has no action ${shown(action)}.`,
        remedy: `Its actions: ${facts.value.actions.join(", ")}.`,
      }),
    );
  }
  const subject = tree.resources.find((each) => addressOf(each.kind, each.metadata.name) === address.value);
  if (!subject) return ok([]);
  const found = tree.atoms.filter(
    ({ atom }) => atom.subject === address.value && isSameOrEveryTool(atom.tool, tool) && (action === undefined || atom.action === action),
  );
  const context = contextOf(tree, world);
  const asked: readonly (DeclaredAtom | null)[] = found.length > 0 ? found : [null];
  return ok(
    asked.map((declared) => {
      const input = grantInput(subject, declared, tree.reach.agent(address.value), context);
      const name = declared ? `${declared.atom.tool} ${declared.atom.action} ${declared.atom.pattern}` : null;
      return explained({ entry: "grant", input }, name, tree, world);
    }),
    judged.warnings,
  );
}

function contextOf(tree: JudgedFiles, world: World): InputContext {
  const { environment, name } = tree.desired.project;
  return { project: name, environment, ceiling: forceOf(tree, world).ceiling, commit: null, signer: null };
}

function forceOf({ judges, resources, desired }: JudgedFiles, world: World): ReturnType<typeof inForce> {
  return inForce(trustPartOf(judges.policy, judges.project, resources), desired.project.environment, world.clock.now().toISOString());
}

function explained({ entry, input }: PolicyQuestion, grant: string | null, tree: JudgedFiles, world: World): PolicyExplained {
  const { policy } = tree.judges;
  const answer = policy.evaluate(entry, input);
  return {
    entry,
    grant,
    input,
    answer: judge(answer, forceOf(tree, world).levels).answer,
    findings: findingsOf(answer, policy.rules),
    broken: answer.broken?.detail ?? null,
    digests: { policy: policy.digest, data: policy.data, input: digestJson(input) },
  };
}

function findingsOf(answer: Answer, rules: Readonly<Record<string, RuleFacts>>): readonly ExplainedFinding[] {
  return (["deny", "oblige", "warn"] as const).flatMap((effect) =>
    answer[effect].map(({ rule, message, path }) => {
      const facts = Object.hasOwn(rules, rule) ? rules[rule] : undefined;
      return { rule, effect, message, path, at: facts ? { file: facts.file, line: facts.line } : null };
    }),
  );
}
