import {
  fail,
  failAll,
  ok,
  problem,
  type Address,
  type Diagnostic,
  type Kinds,
  type Made,
  type Resource,
  type Result,
} from "../../core/index.ts";
import { edgesAmong } from "../../trust/capability/index.ts";
import {
  admissionInput,
  judgeOf,
  judgePlan,
  subjectOf,
  type AdmissionFacts,
  type InForce,
  type InputContext,
} from "../../trust/policy/index.ts";
import { withAgent } from "../load/index.ts";
import { standingOf } from "../unmanaged/index.ts";
import { noProject } from "./no-project.ts";
import type { Surroundings } from "./surroundings.ts";
import type { LiveOwner } from "./types.ts";

export interface MadeCourt {
  readonly kinds: Kinds;
  readonly now: Date;
  /** When the gateway started. */
  readonly startedAt: Date;
}

/**
 * Everything that an agent is asked before it is made by the API: whether it may be made at all, whether it does no
 * more than the agent it is like, and then what a plan with it would be asked: admission, its grants, the ceilings.
 * What policies say of what is declared besides is not held against it.
 */
export function judgeMade(made: Made, owner: LiveOwner, { kinds, now, startedAt }: MadeCourt): Result<void> {
  const declared = owner.declared.resources;
  const wrong = standingOf(made, { declared, kinds, now, startedAt });
  if (wrong) return fail(wrong);
  const { resource } = made;
  const address: Address = `Agent/${resource.metadata.name}`;
  const resources = [...declared, resource];
  const judged = judgePlan({
    policy: owner.policy,
    project: declared.find((each) => each.kind === "Project") ?? noProject(owner.project),
    environment: owner.environment,
    resources,
    before: new Map([[address, null]]),
    edges: edgesAmong(resources, kinds),
    now: now.toISOString(),
  });
  const against = [...judged.invalid, ...judged.denied].filter(({ context }) => isAbout(context, address));
  if (against.length > 0) return failAll(against.map(withoutPlace));
  const denied = judged.decisions.filter((each) => each.address === address && each.answer === "denied");
  if (denied.length > 0)
    return fail(
      deniedBy(
        address,
        denied.flatMap(({ rules }) => rules),
      ),
    );
  const built = withAgent(owner.declared.loaded, resource, declared);
  return built.ok ? ok(undefined) : failAll(built.diagnostics);
}

/** What is wrong with the bundle itself, or with this agent. */
function isAbout(context: Diagnostic["context"], address: Address): boolean {
  const about = context["address"] ?? context["subject"];
  return about === undefined || about === address;
}

/** It stands in no file. */
function withoutPlace(diagnostic: Diagnostic): Diagnostic {
  const { origin, at, ...rest } = diagnostic;
  return origin || at ? rest : diagnostic;
}

function deniedBy(address: Address, rules: readonly string[]): Diagnostic {
  return problem("POLICY_DENIED", {
    detail: `${address} is denied by ${[...new Set(rules)].sort().join(", ")}.`,
    context: { address },
  });
}

export interface AdmissionCourt {
  readonly part: InForce;
  readonly context: InputContext;
  /** Of everything that is declared, and of those that were made beside it. */
  readonly around: () => Surroundings;
}

/** What admission rules say now of an agent that was made before; null where nothing denies it. */
export function admission(agent: Resource, { part, context, around }: AdmissionCourt): Diagnostic | null {
  const address: Address = `Agent/${agent.metadata.name}`;
  const { reach, facts: more, atoms } = around();
  const facts: AdmissionFacts = {
    toolsOf: (name) => new Set(atoms.filter(({ atom }) => atom.subject === `Agent/${name}`).map(({ atom }) => atom.tool)),
    address,
    more,
    channel: () => reach.channel(address),
    agent: () => reach.agent(address),
  };
  const answer = part.policy.evaluate("admission", admissionInput(agent, agent, facts, context));
  const verdict = judgeOf(part)(answer, subjectOf(agent, null));
  if (verdict.answer !== "denied") return null;
  return (
    answer.broken ??
    deniedBy(
      address,
      verdict.violations.map(({ rule }) => rule),
    )
  );
}
