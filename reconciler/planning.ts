import {
  digestJson,
  mapResult,
  fail,
  ok,
  problem,
  type Address,
  type Diagnostic,
  type Digest,
  type Json,
  type Owner,
  type Pin,
  type Resource,
  type Result,
} from "../core/index.ts";
import { isJudging, unenforceable } from "../trust/signatures/index.ts";
import { overBudget, PROTECT_ANNOTATION, refusals } from "./apply/index.ts";
import { readDesired, readProjectOnly, selects, type Context } from "./desired.ts";
import { locate } from "./manifest/index.ts";
import type { ProjectFacts } from "./project.ts";
import { addressesToRead, diff, type Differences, type DiffInput, type LiveState, type Recorded } from "./diff/index.ts";
import { assemblePlan, type ChangePosition, type Evidence, type Judgement, type Plan, type PlanWarning } from "./plan/index.ts";
import { emptyConfig, originIn, referencesAmong, resolveRecorded, withDefaults, type Edge, type ResolvedConfig } from "./resolve/index.ts";
import { openTarget, type Observation, type Target, type Values } from "./targets/index.ts";
import type { Planned, Query, World } from "./types.ts";

/** A plan with what apply needs besides: the target it was made against and the bytes it names. */
export interface Planning extends Planned {
  readonly target: Target;
  readonly live: LiveState;
  readonly values: Values;
  /** The desired rows: every address with its digest. */
  readonly rows: ReadonlyMap<Address, Digest>;
  readonly context: Context;
  /** References of the desired state, and those of the recorded resources that change or go. */
  readonly edges: readonly Edge[];
  readonly recordedEdges: readonly Edge[];
}

/** open -> load -> validate -> resolve -> observe -> diff -> evaluate policy -> plan, over what the files declare. */
export async function planDeclared(query: Query, world: World): Promise<Result<Planning>> {
  const desired = await readDesired(query, world);
  if (!desired.ok) return desired;
  return await planTowards(desired.value, desired.value.config, "not-declared", query, world);
}

/** The plan that removes everything this owner has. Reads the Project only: it works while manifests are broken. */
export async function planDestroy(query: Query, world: World): Promise<Result<Planning>> {
  const context = await readProjectOnly(query, world);
  if (!context.ok) return context;
  const { name, environment } = context.value.project;
  return await planTowards(context.value, emptyConfig(name, environment), "destroy", query, world);
}

export interface RollbackPlanning {
  readonly planning: Planning;
  readonly pin: Pin;
}

/**
 * The plan that brings back the resources of generation N, except those that judge changes, which stay
 * as they are. The pin refuses the configuration that is active now.
 */
export async function planRollback(query: Query, number: number, because: string, world: World): Promise<Result<RollbackPlanning>> {
  const context = await readProjectOnly(query, world);
  if (!context.ok) return context;
  const { project, folder } = context.value;
  const target = openTarget(project.target, folder, query.state, world);
  if (!target.ok) return target;
  const owner: Owner = `${project.name}/${project.environment}`;
  const config = recordedConfig(target.value, owner, number, project, world);
  if (!config.ok) return config;
  const planning = await planTowards(context.value, config.value, "not-declared", query, world);
  if (!planning.ok) return planning;
  const { generation, pin: old } = planning.value.live;
  const refused = [...(old?.refused ?? []), ...(generation ? [generation.resolved] : [])];
  const pin: Pin = {
    owner,
    generation: number,
    because,
    actor: world.actor,
    at: world.clock.now().toISOString(),
    refused: [...new Set(refused)].filter((digest) => digest !== config.value.digest).sort(),
  };
  return ok({ planning: planning.value, pin }, planning.warnings);
}

/** Generation N as a desired state, under today's schemas and with today's judges. */
function recordedConfig(target: Target, owner: Owner, number: number, project: ProjectFacts, world: World): Result<ResolvedConfig> {
  const generations = target.record.generations(owner);
  if (!generations.ok) return generations;
  const active = generations.value?.find((each) => each.status === "active");
  if (!active || !generations.value?.some((each) => each.number === number)) {
    return fail(
      problem("GENERATION_UNKNOWN", {
        detail: `${owner} has no generation ${number} in this record.`,
        remedy: "List the generations:\n  moltbot history",
        context: { generation: number },
      }),
    );
  }
  const [then, now] = [target.record.resources(owner, number), target.record.resources(owner, active.number)];
  if (!then.ok) return then;
  if (!now.ok) return now;
  const kept = [...then.value.values()].filter((each) => !isJudging(each.kind));
  const judges = [...now.value.values()].filter((each) => isJudging(each.kind));
  return resolveRecorded(project.name, project.environment, [...kept, ...judges], world.kinds);
}

/** What a plan is made of besides the desired state. */
interface Situation {
  readonly target: Target;
  readonly live: LiveState;
  readonly recorded: Recorded;
}

/** observe -> diff -> evaluate policy -> plan, towards any desired state. */
export async function planTowards(
  context: Context,
  config: ResolvedConfig,
  deleteReason: DiffInput["deleteReason"],
  query: Query,
  world: World,
): Promise<Result<Planning>> {
  const situation = await observe(context, config, query, world);
  if (!situation.ok) return situation;
  const { target, live, recorded } = situation.value;
  world.progress({ stage: "plan", message: "comparing" });
  const now = world.clock.now();
  const { moves, driftMode } = context.project;
  const differences = diff({ desired: config, live, recorded, kinds: world.kinds, moves, driftMode, deleteReason, now });
  const resources = config.resources.map((each) => each.resource);
  const plan = planOf(context, config, situation.value, differences, resources, world);
  const isProtected = protection(context, recorded);
  return ok({
    plan,
    resources,
    warnings: context.warnings,
    blockers: [...notEnforced(resources, config, context, world), ...refusals(plan, live, isProtected, now)],
    confirmations: deleteReason === "destroy" ? [] : overBudget(plan, live.rows.size, undefined),
    target,
    live,
    values: (digest) => config.values.get(digest),
    rows: new Map(config.resources.map((each) => [each.address, each.digest])),
    context,
    edges: config.edges,
    recordedEdges: referencesAmong([...recorded.values()], world.kinds),
  });
}

async function observe(context: Context, config: ResolvedConfig, query: Query, world: World): Promise<Result<Situation>> {
  const { project, folder } = context;
  const target = openTarget(project.target, folder, query.state, world);
  if (!target.ok) return target;
  world.progress({ stage: "observe", message: `observing ${target.value.type}` });
  const observation = await target.value.observe(`${project.name}/${project.environment}`, config.byAddress.keys(), world.signal);
  if (!observation.ok) return observation;
  const recorded = readRecorded(observation.value, config, world);
  return mapResult(recorded, (read) => ({ target: target.value, live: observation.value.live, recorded: read }));
}

function planOf(
  context: Context,
  config: ResolvedConfig,
  { target, live }: Situation,
  differences: Differences,
  resources: readonly Resource[],
  world: World,
): Plan {
  const inert = target.assess(resources);
  return assemblePlan({
    engine: world.version,
    project: config.project,
    environment: config.environment,
    inputs: {
      resolved: config.digest,
      schema: world.kinds.digest,
      policy: digestJson(null),
      trust: digestJson(null),
      locks: digestJson([]),
    },
    target: { type: target.type, lineage: live.lineage, generation: live.generation?.number ?? 0, observed: observedDigest(live) },
    differences,
    judgement: NO_POLICY,
    inert,
    warnings: inertWarnings(inert),
    evidence: evidenceOf(context, config, live, differences.changes),
  });
}

const NO_POLICY: Judgement = { added: [], removed: [], findings: [], decisions: [], violations: [], validUntil: null };

/** The recorded resources a diff needs, brought under today's schema defaults. */
function readRecorded(observation: Observation, config: ResolvedConfig, world: World): Result<Recorded> {
  const { live } = observation;
  const isOtherSchema = live.generation !== null && live.generation.schema !== world.kinds.digest;
  const read = observation.read(addressesToRead(config, live, isOtherSchema));
  if (!read.ok || !isOtherSchema) return read;
  return ok(new Map([...read.value].map(([address, resource]) => [address, redefaulted(resource, world)])));
}

function redefaulted(resource: Resource, world: World): Resource {
  return withDefaults(resource as unknown as Json, world.kinds.byName.get(resource.kind)?.schema) as unknown as Resource;
}

/** One digest for everything observed: what a saved plan is compared by. */
function observedDigest({ lineage, generation, edits, holds, pin }: LiveState): Digest {
  return digestJson({ lineage, rows: generation?.digest ?? null, edits, holds, pin } as unknown as Json);
}

function inertWarnings(inert: ReadonlyMap<Address, readonly string[]>): PlanWarning[] {
  return [...inert].map(([address, lacks]) => ({ code: "INERT", address, message: `inert: needs ${lacks.join(", ")}` }));
}

function evidenceOf({ repository, files }: Context, config: ResolvedConfig, live: LiveState, changes: Plan["body"]["changes"]): Evidence {
  const positions = changes.flatMap((change): ChangePosition[] => {
    const layer = config.byAddress.get(change.address)?.layers[0];
    return layer ? [{ address: change.address, file: layer.file, line: lineAt(files.get(layer.file), layer.start) }] : [];
  });
  return {
    repository,
    signer: null,
    positions,
    edits: live.edits.map(({ id, address, actor, at }) => ({ id, address, actor, at })),
    holds: live.holds.map(({ id, actor, at }) => ({ id, actor, at })),
    pin: live.pin && { generation: live.pin.generation, because: live.pin.because, actor: live.pin.actor, at: live.pin.at },
    ledgerHead: live.ledgerHead,
    owner: live.owner,
  };
}

const LINE_FEED = 10;

/** The line, from 1, at which byte `start` of a file stands. */
function lineAt(bytes: Uint8Array | undefined, start: number): number {
  if (!bytes) return 1;
  let line = 1;
  let at = bytes.indexOf(LINE_FEED);
  while (at >= 0 && at < start) {
    line++;
    at = bytes.indexOf(LINE_FEED, at + 1);
  }
  return line;
}

/** Protected: annotated so where it is recorded, or named by the Project's `protection`. */
function protection({ project }: Context, recorded: Recorded): (address: Address) => boolean {
  return (address) =>
    recorded.get(address)?.metadata.annotations?.[PROTECT_ANNOTATION] === "true" ||
    project.protection.some((pattern) => selects(pattern, address));
}

/** What is declared but must be refused until it can be enforced, at the place where it stands. */
function notEnforced(resources: readonly Resource[], config: ResolvedConfig, desired: Context, world: World): readonly Diagnostic[] {
  const found = unenforceable(resources).map(({ address, at, what }) => {
    const each = config.byAddress.get(address);
    return problem("KIND_NOT_YET", {
      detail: `${address} asks for ${what}, which this version cannot enforce yet. It is refused rather than accepted without effect.`,
      remedy: "Remove it, or wait for a version that enforces it.",
      ...(each ? { origin: originIn(each, at, "value", world.kinds) } : {}),
      context: { address },
    });
  });
  return locate(found, desired.files);
}
