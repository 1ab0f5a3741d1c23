import path from "node:path";
import { addressOf, type Address, type Diagnostic, type Instant, type Kinds, type Owner, type Resource } from "../../core/index.ts";
import { expandGrants, type DeclaredAtom } from "../../trust/capability/index.ts";
import { callInput, grantInput, inForce, isMetered, judgeOf, subjectOf, trustPartOf, type Policy } from "../../trust/policy/index.ts";
import { withAgent, type Active } from "../load/index.ts";
import { standingOf } from "../unmanaged/index.ts";
import { liveAgent, type GrantJudge } from "./agent.ts";
import { isRead, rememberedVerdicts } from "./judge-call.ts";
import { admission, type AdmissionCourt } from "./judge-made.ts";
import { holdsWith, type MadeRow } from "./made.ts";
import { noProject } from "./no-project.ts";
import { once } from "./once.ts";
import { surroundings, type Surroundings } from "./surroundings.ts";
import type { LiveMade, LiveOwner, LiveWorld } from "./types.ts";

export interface OwnerRequest {
  readonly owner: Owner;
  /** What is declared. */
  readonly active: Active;
  /** Agents that were made by the API beside it. */
  readonly made: readonly MadeRow[];
  readonly policy: Policy;
  readonly remarks: readonly Diagnostic[];
  /** Why its agents have no tools; null when they may use what they were granted. */
  readonly refused: Diagnostic | null;
  readonly now: Instant;
  readonly startedAt: Date;
}

/** Everything that runs for one owner, put together; what policies would be asked is asked when it is needed. */
export function liveOwner(request: OwnerRequest, world: Pick<LiveWorld, "kinds" | "workspaces">): LiveOwner {
  const { owner, active: declared, policy, now, refused } = request;
  const [project = "", environment = ""] = owner.split("/");
  const ruling = declared.resources.find((each) => each.kind === "Project") ?? noProject(project);
  const part = inForce(trustPartOf(policy, ruling, declared.resources), environment, now, true);
  const context = { project: ruling.metadata.name, environment, ceiling: part.ceiling, commit: null, signer: null };
  const everyone = once(() => surroundings([...declared.resources, ...request.made.map((each) => each.resource)], world.kinds, now));
  const { active, made } = admitted(request, world.kinds, { part, context, around: everyone });
  const judged = judgeOf(part);
  const expanded = active.resources.map((each) => expandGrants(each, now));
  // What is declared is judged by what is declared: what anybody makes beside it changes nothing of that.
  const aroundDeclared = once(() => surroundings(declared.resources, world.kinds, now));
  const place = { owner, now, workspaces: path.join(world.workspaces, project, environment), refused };
  const judge = (around: () => Surroundings): GrantJudge => ({
    reach: (atom: DeclaredAtom) => around().reach.grant(atom),
    input: (agent, atom) => {
      const { reach, facts } = around();
      return grantInput(agent, atom, reach.grant(atom), context, facts);
    },
    verdict: (agent, atom, input) => judged(policy.evaluate("grant", input), subjectOf(agent, atom.atom.tool)),
  });
  const questionOf: LiveOwner["questionOf"] = (agent, grant, facts) =>
    callInput(agent.judgedAs, grant.declared.atom, grant.reach(), { project: ruling.metadata.name, environment }, facts);
  const own = { ...place, judge: judge(aroundDeclared), judgedAs: (agent: Resource) => agent, stampOf: () => declared.loaded };
  const beside = {
    ...place,
    judge: judge(everyone),
    judgedAs: (agent: Resource) => asLike(agent, made, declared),
    // Built anew with every change of what is declared, and of this agent.
    stampOf: (agent: Resource): object => active.loaded.agents.get(agent.metadata.name) ?? declared.loaded,
  };
  const agents = active.resources
    .filter((each) => each.kind === "Agent")
    .map((each) => liveAgent(each, declared.loaded.agents.has(each.metadata.name) ? own : beside));
  return {
    owner,
    project: ruling.metadata.name,
    environment,
    active,
    declared,
    made: new Map(made.map((each) => [each.name, each])),
    resources: new Map(active.resources.map((each): [Address, Resource] => [addressOf(each.kind, each.metadata.name), each])),
    holds: holdsWith(declared.holds, request.made),
    agents: new Map(agents.map((each) => [each.name, each])),
    policy,
    judgeCall: rememberedVerdicts(policy, (agent, grant, facts) =>
      judged(policy.evaluate("call", questionOf(agent, grant, facts)), subjectOf(agent.judgedAs, facts.tool)),
    ),
    questionOf,
    countsCalls: isRead(policy, "session"),
    isMetered: (provider, model) => {
      const target = active.resources.find((each) => each.kind === "ModelProvider" && each.metadata.name === provider);
      return target === undefined || isMetered(target, model);
    },
    remarks: [...request.remarks, ...part.invalid],
    validUntil: [part.validUntil, ...expanded.map((each) => each.validUntil)].reduce(earlier, null),
  };
}

/** What is declared, with those agents beside it that may run as things are. One that may not stops only itself. */
function admitted(
  { active: declared, made: rows, startedAt, now }: OwnerRequest,
  kinds: Kinds,
  court: AdmissionCourt,
): { readonly active: Active; readonly made: readonly LiveMade[] } {
  if (rows.length === 0) return { active: declared, made: [] };
  let { loaded } = declared;
  const made: LiveMade[] = [];
  const resources = [...declared.resources];
  for (const row of rows) {
    const wrong = standingOf(row, { declared: declared.resources, kinds, now: new Date(now), startedAt }) ?? admission(row.resource, court);
    const built = wrong ? undefined : withAgent(loaded, row.resource, declared.resources);
    if (built?.ok) {
      ({ value: loaded } = built);
      resources.push(row.resource);
    }
    made.push({ ...row, problem: wrong ?? (built?.ok === false ? (built.diagnostics[0] ?? null) : null) });
  }
  return { active: { ...declared, resources, loaded }, made };
}

/** Policies know an agent that was made by the API as the declared one it is like: no rule is left behind by another name. */
function asLike(agent: Resource, made: readonly LiveMade[], { resources }: Active): Resource {
  const like = made.find((each) => each.name === agent.metadata.name)?.like;
  const pattern = resources.find((each) => each.kind === "Agent" && each.metadata.name === like);
  return pattern ? { ...agent, metadata: pattern.metadata } : agent;
}

function earlier(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || (b !== null && b < a) ? b : a;
}
