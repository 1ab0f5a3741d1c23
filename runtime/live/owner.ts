import path from "node:path";
import { addressOf, type Address, type Diagnostic, type Instant, type Owner, type Resource } from "../../core/index.ts";
import { edgesAmong, expandGrants, type DeclaredAtom } from "../../trust/capability/index.ts";
import {
  callInput,
  factsOf,
  grantInput,
  inForce,
  isMetered,
  judgeOf,
  reachOf,
  subjectOf,
  trustPartOf,
  type Policy,
} from "../../trust/policy/index.ts";
import type { Active } from "../load/index.ts";
import { liveAgent, type GrantJudge } from "./agent.ts";
import { isRead, rememberedVerdicts } from "./judge-call.ts";
import { once } from "./once.ts";
import type { LiveOwner, LiveWorld } from "./types.ts";

export interface OwnerRequest {
  readonly owner: Owner;
  readonly active: Active;
  readonly policy: Policy;
  readonly remarks: readonly Diagnostic[];
  /** Why its agents have no tools; null when they may use what they were granted. */
  readonly refused: Diagnostic | null;
  readonly now: Instant;
}

/** Everything that runs for one owner, put together; what policies would be asked is asked when it is needed. */
export function liveOwner(request: OwnerRequest, { kinds, workspaces }: Pick<LiveWorld, "kinds" | "workspaces">): LiveOwner {
  const { owner, active, policy, now, refused } = request;
  const { resources, holds } = active;
  const [project = "", environment = ""] = owner.split("/");
  const declared = resources.find((each) => each.kind === "Project") ?? noProject(project);
  const part = inForce(trustPartOf(policy, declared, resources), environment, now, true);
  const judged = judgeOf(part);
  const expanded = resources.map((each) => expandGrants(each, now));
  const around = once(() => {
    const edges = edgesAmong(resources, kinds);
    const reach = reachOf(
      resources,
      edges,
      expanded.flatMap((each) => each.atoms),
    );
    return { reach, facts: factsOf({ resources, edges, closure: reach.closure, weakened: new Map() }) };
  });
  const context = { project: declared.metadata.name, environment, ceiling: part.ceiling, commit: null, signer: null };
  const judge: GrantJudge = {
    reach: (atom: DeclaredAtom) => around().reach.grant(atom),
    input: (agent, atom) => {
      const { reach, facts } = around();
      return grantInput(agent, atom, reach.grant(atom), context, facts);
    },
    verdict: (agent, atom, input) => judged(policy.evaluate("grant", input), subjectOf(agent, atom.atom.tool)),
  };
  const questionOf: LiveOwner["questionOf"] = (agent, grant, facts) =>
    callInput(agent.resource, grant.declared.atom, grant.reach(), { project: declared.metadata.name, environment }, facts);
  const place = { owner, now, workspaces: path.join(workspaces, project, environment), refused, judge };
  const agents = resources.filter((each) => each.kind === "Agent").map((each) => liveAgent(each, place));
  return {
    owner,
    project: declared.metadata.name,
    environment,
    active,
    resources: new Map(resources.map((each): [Address, Resource] => [addressOf(each.kind, each.metadata.name), each])),
    holds,
    agents: new Map(agents.map((each) => [each.name, each])),
    policy,
    judgeCall: rememberedVerdicts(policy, (agent, grant, facts) =>
      judged(policy.evaluate("call", questionOf(agent, grant, facts)), subjectOf(agent.resource, facts.tool)),
    ),
    questionOf,
    countsCalls: isRead(policy, "session"),
    isMetered: (provider, model) => {
      const target = resources.find((each) => each.kind === "ModelProvider" && each.metadata.name === provider);
      return target === undefined || isMetered(target, model);
    },
    remarks: [...request.remarks, ...part.invalid],
    validUntil: [part.validUntil, ...expanded.map((each) => each.validUntil)].reduce(earlier, null),
  };
}

/** What nobody's Project says anything about is judged as a Project judges that says nothing: strictly. */
export function noProject(name: string): Resource {
  return { apiVersion: "moltbot.dev/v1alpha1", kind: "Project", metadata: { name }, spec: {} };
}

function earlier(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || (b !== null && b < a) ? b : a;
}
