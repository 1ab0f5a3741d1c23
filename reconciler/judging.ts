import { edgesAmong, type Renames } from "../trust/capability/index.ts";
import {
  addressOf,
  byCodeUnit,
  digestJson,
  fail,
  failAll,
  ok,
  problem,
  segmentsOf,
  type Address,
  type Digest,
  type Instant,
  type Json,
  type Kinds,
  type Resource,
  type Result,
} from "../core/index.ts";
import {
  activeCandidate,
  approvingTeams,
  denyAll,
  judgeAgain,
  loadBuiltinPolicy,
  ownPolicies,
  policiesAmong,
  together,
  type ActiveState,
  type Candidate,
  type JudgeRequest,
  type OwnPolicies,
  type PlanJudgement,
  type Policy,
} from "../trust/policy/index.ts";
import { isJudging, type AttestedPolicies } from "../trust/signatures/index.ts";
import { attestationAskers, compiledBy, fileCandidate, recordedCandidate } from "./candidates.ts";
import { recordedCompiled, withCompiled } from "./compiled.ts";
import type { Context } from "./desired.ts";
import type { Differences, LiveState, Recorded } from "./diff/index.ts";
import { locate } from "./manifest/index.ts";
import { canonicalForm, originIn, referencesFrom, trustPart, type ResolvedConfig } from "./resolve/index.ts";
import { flipFindings } from "./policy-flips.ts";
import type { Observation, Target } from "./targets/index.ts";
import type { World } from "./types.ts";

/** What judges a plan, as its inputs name it. */
export interface Judges {
  /** All bundles together. */
  readonly policy: Policy;
  readonly project: Resource;
  readonly inputs: { readonly policy: Digest; readonly trust: Digest };
  /** What is active, where its trust part is another. */
  readonly active: ActiveState | null;
  /** When it is judged: never before the generation that is active, so that a clock set back revives nothing. */
  readonly now: Instant;
}

/** Judges, and the desired state with the compiled policies it is judged by. */
export interface Court {
  readonly judges: Judges;
  readonly config: ResolvedConfig;
  /** Who compiled the policies of the Project, for those who ask. */
  readonly compiled: CompiledBy;
}

export interface CompiledBy {
  /** `verification.policies: attested`, of the declared or the active Project. */
  readonly isAsked: boolean;
  readonly by: AttestedPolicies | null;
}

let builtin: Policy | undefined;

/**
 * The policies in force. A bundle that is missing, is not the locked one, or is not attested where that is
 * asked denies everything, and the plan says so first.
 */
export async function courtOf(
  context: Context,
  declared: ResolvedConfig,
  target: Target,
  observation: Observation,
  world: World,
): Promise<Result<Court>> {
  const { live } = observation;
  const now = later(world.clock.now().toISOString(), live.generation?.createdAt);
  const shipped = world.policy ?? (builtin ??= loadOrDeny());
  const taken = nameTaken(declared, shipped, context, world.kinds);
  if (!taken.ok) return taken;
  const address = addressOf(context.project.written.kind, context.project.name);
  const record = await readTrust(observation, address);
  if (!record.ok) return record;
  const old = record.value.get(address);
  const recorded = await recordedCompiled(old, target);
  const projects = { declared: declared.byAddress.get(address)?.resource ?? projectOf(context, world.kinds), active: old };
  const candidates = [
    await fileCandidate(context, projects, declared, world),
    await recordedCandidate(recorded, projects, context.project.environment),
  ];
  const own = ownPolicies(policiesAmong(resourcesOf(declared)), candidates);
  const config = withCompiled(declared, address, own);
  const project = config.byAddress.get(address)?.resource ?? projectOf(context, world.kinds);
  const policy = withOwn(shipped, own, context);
  const inputs = { policy: policy.digest, trust: digestJson(trustOf(project, judging(config, project, old), world.kinds)) };
  const compiled = { isAsked: own !== null && attestationAskers(projects).length > 0, by: compiledBy(own, candidates) };
  const before =
    old &&
    digestJson(
      trustOf(
        canonical(old, world.kinds),
        [...record.value.values()].map((each) => canonical(each, world.kinds)),
        world.kinds,
      ),
    );
  if (!old || before === inputs.trust) return ok({ judges: { policy, project, inputs, active: null, now }, config, compiled });
  const candidate = activeCandidate(recorded, old, context.project.environment);
  const active = await activeState(old, observation, live, { shipped, candidate }, world);
  return active.ok ? ok({ judges: { policy, project, inputs, active: active.value, now }, config, compiled }) : active;
}

/** The judges of a desired state alone, without any target: what is active takes no part. */
export async function declaredCourt(context: Context, declared: ResolvedConfig, world: World): Promise<Result<Court>> {
  const now = world.clock.now().toISOString();
  const shipped = world.policy ?? (builtin ??= loadOrDeny());
  const taken = nameTaken(declared, shipped, context, world.kinds);
  if (!taken.ok) return taken;
  const address = addressOf(context.project.written.kind, context.project.name);
  const projects = { declared: declared.byAddress.get(address)?.resource ?? projectOf(context, world.kinds), active: undefined };
  const candidates = [await fileCandidate(context, projects, declared, world)];
  const own = ownPolicies(policiesAmong(resourcesOf(declared)), candidates);
  const config = withCompiled(declared, address, own);
  const project = config.byAddress.get(address)?.resource ?? projectOf(context, world.kinds);
  const policy = withOwn(shipped, own, context);
  const inputs = { policy: policy.digest, trust: digestJson(trustOf(project, judging(config, project, undefined), world.kinds)) };
  const compiled = { isAsked: own !== null && attestationAskers(projects).length > 0, by: compiledBy(own, candidates) };
  return ok({ judges: { policy, project, inputs, active: null, now }, config, compiled });
}

function later(now: Instant, then: Instant | undefined): Instant {
  return then !== undefined && then > now ? then : now;
}

/** Everything that is active, with the policies that judge it. */
async function activeState(
  project: Resource,
  { read }: Observation,
  live: LiveState,
  { shipped, candidate }: { readonly shipped: Policy; readonly candidate: Candidate },
  world: World,
): Promise<Result<ActiveState>> {
  const all = await read([...live.rows.keys()]);
  if (!all.ok) return all;
  const resources = [...all.value.values()].map((each) => canonical(each, world.kinds));
  const own = ownPolicies(policiesAmong(resources), [candidate]);
  return ok({
    policy: withOwn(shipped, own, {}),
    project: canonical(project, world.kinds),
    resources,
    edges: edgesAmong(resources, world.kinds),
  });
}

/** What the environment leaves out is known by name even where nothing of the bundle is in force. */
function withOwn(shipped: Policy, own: OwnPolicies | null, { leftOut = [] }: Pick<Context, "leftOut">): Policy {
  const policy = own ? together(shipped, own.policy) : shipped;
  const names = [...(policy.leftOut ?? []), ...leftOut.map(({ resource }) => resource.metadata.name)];
  return names.length === 0 ? policy : { ...policy, leftOut: [...new Set(names)].sort(byCodeUnit) };
}

/** The recorded resources that judge changes, by address: with the Project, the Teams whose people may approve. */
async function readTrust({ live, read }: Observation, project: Address): Promise<Result<Recorded>> {
  const record = await read([...live.rows.keys()].filter((address) => isJudging(address.slice(0, address.indexOf("/")))));
  const found = record.ok ? record.value.get(project) : undefined;
  if (!record.ok || !found) return record;
  const teams = await read(approvingTeams(found).filter((address) => live.rows.has(address)));
  return teams.ok ? ok(new Map([...record.value, ...teams.value])) : teams;
}

/** The same of a desired state: with the Teams that the Project in force names, or, before there is one, its own. */
function judging(config: ResolvedConfig, project: Resource, active: Resource | undefined): readonly Resource[] {
  const teams = approvingTeams(active ?? project).flatMap((address) => config.byAddress.get(address)?.resource ?? []);
  return [...resourcesOf(config).filter((each) => isJudging(each.kind)), ...teams];
}

/** The trust fields of the Project, and everything else that judges, whole. */
function trustOf(project: Resource, all: readonly Resource[], kinds: Kinds): Json {
  const part = trustPart(project as unknown as Json, kinds.byName.get(project.kind)?.schema);
  const others = all.filter((each) => each.kind !== project.kind);
  const sorted = others.toSorted((a, b) => (addressOf(a.kind, a.metadata.name) < addressOf(b.kind, b.metadata.name) ? -1 : 1));
  return { project: part, others: sorted.map(({ kind, metadata, spec }) => ({ kind, name: metadata.name, spec })) };
}

function resourcesOf({ resources }: ResolvedConfig): readonly Resource[] {
  return resources.map((each) => each.resource);
}

/** Rules are named by their policy, so no two may have one name. */
function nameTaken(config: ResolvedConfig, { policies }: Policy, context: Context, kinds: Kinds): Result<void> {
  const taken = config.resources.filter(({ resource }) =>
    policiesAmong([resource]).some(({ metadata }) => policies.includes(metadata.name)),
  );
  if (taken.length === 0) return ok(undefined);
  const diagnostics = taken.map((each) =>
    problem("POLICY_NAME_TAKEN", {
      detail: `${each.address} has the name of a built-in policy.`,
      remedy: "Give it another name.",
      context: { address: each.address },
      ...(each.layers.length > 0 ? { origin: originIn(each, ["metadata", "name"], "value", kinds) } : {}),
    }),
  );
  return fail(...locate(diagnostics, context.files));
}

function loadOrDeny(): Policy {
  const loaded = loadBuiltinPolicy();
  return loaded.ok ? loaded.value : denyAll(loaded.diagnostics);
}

function projectOf({ project }: Context, kinds: Kinds): Resource {
  return canonicalForm(project.written.value, kinds.byName.get(project.written.kind)?.schema) as unknown as Resource;
}

function canonical(resource: Resource, kinds: Kinds): Resource {
  return canonicalForm(resource as unknown as Json, kinds.byName.get(resource.kind)?.schema) as unknown as Resource;
}

function renamesIn(changes: Differences["changes"]): Renames {
  return new Map(changes.flatMap(({ address, from }) => (from ? [[from, address]] : [])));
}

/** What every address held that changes: of a move both, as nothing had the new name. */
function heldBefore(changes: Differences["changes"], recorded: Recorded): ReadonlyMap<Address, Resource | null> {
  return new Map(
    changes.flatMap(({ address, from }): [Address, Resource | null][] =>
      from
        ? [
            [from, recorded.get(from) ?? null],
            [address, null],
          ]
        : [[address, recorded.get(address) ?? null]],
    ),
  );
}

/** expand capabilities -> evaluate policy. A configuration whose capabilities make no sense is no plan at all. */
export function judgeChanges(
  judges: Judges,
  context: Context,
  config: ResolvedConfig,
  recorded: Recorded,
  { changes }: Differences,
  world: World,
  facts: Pick<JudgeRequest, "commit" | "signer" | "bundles" | "wantsNotices">,
): Result<PlanJudgement> {
  const judgement = judgeAgain({
    policy: judges.policy,
    project: judges.project,
    environment: config.environment,
    resources: config.resources.map((each) => each.resource),
    before: heldBefore(changes, recorded),
    moves: new Map(changes.flatMap(({ address, from }) => (from ? [[address, from]] : []))),
    edges: config.edges,
    edgesBefore: referencesFrom(
      changes.flatMap((change) => recorded.get(change.from ?? change.address) ?? []),
      world.kinds,
    ),
    now: judges.now,
    ...(judges.active ? { active: judges.active } : {}),
    ...facts,
    originOf: (address, pointer) => {
      const each = config.byAddress.get(address);
      return each && each.layers.length > 0 ? originIn(each, segmentsOf(pointer), "value", world.kinds) : undefined;
    },
  });
  if (judgement.invalid.length > 0) return failAll(locate(judgement.invalid, context.files));
  const declared = {
    policy: judges.policy,
    project: judges.project,
    resources: config.resources.map((each) => each.resource),
    edges: config.edges,
  };
  const flips = judges.active ? flipFindings(judges.active, declared, config.environment, judges.now, renamesIn(changes)) : [];
  return ok({
    ...judgement,
    findings: [...judgement.findings, ...flips],
    denied: locate(judgement.denied, context.files),
    notices: locate(judgement.notices, context.files),
  });
}
