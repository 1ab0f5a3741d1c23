import { edgesAmong } from "../trust/capability/index.ts";
import {
  addressOf,
  byCodeUnit,
  digestJson,
  mapResult,
  ok,
  problem,
  selects,
  UNMANAGED,
  type Address,
  type Diagnostic,
  type Digest,
  type Instant,
  type Json,
  type Owner,
  type Resource,
  type Result,
} from "../core/index.ts";
import type { PlanJudgement, Policy } from "../trust/policy/index.ts";
import { secretObligations, type SecretObligation } from "../trust/secrets/index.ts";
import { unenforceable, type CommitSigner } from "../trust/signatures/index.ts";
import { waivedWarning } from "./approval-waivers.ts";
import { approvalsOf, NO_APPROVALS, type Approvals } from "./approving.ts";
import { overBudget, PROTECT_ANNOTATION, refusals } from "./apply/index.ts";
import type { Context } from "./desired.ts";
import { driftClasses } from "./drift-class.ts";
import { addressesToRead, diff, edited, type Differences, type DiffInput, type LiveState, type Recorded } from "./diff/index.ts";
import { clearCredentials } from "./clear-credentials.ts";
import { evidenceOf } from "./evidence.ts";
import { forgetIn, forgetter, leftBehind, releasedTooEarly } from "./forgetting.ts";
import { leftRecord } from "./left-record.ts";
import { installedRemarks } from "./installed.ts";
import { loadCheck } from "./load-check.ts";
import { courtOf, judgeChanges, type CompiledBy, type Judges } from "./judging.ts";
import { locate } from "./manifest/index.ts";
import { assemblePlan, type Plan, type PlanWarning } from "./plan/index.ts";
import { pluginCheck, type PluginsChecked } from "./plugin-check.ts";
import { guardsInForce, type Guards } from "./project.ts";
import { NOT_REBUILT, rebuiltPolicies, type Rebuild } from "./rebuilding.ts";
import { neededFrom, originIn, canonicalForm, type Edge, type ResolvedConfig } from "./resolve/index.ts";
import type { RepositoryInfo } from "./source/index.ts";
import { beforeTheKey, secretProblems, secretRemarks } from "./secret-problems.ts";
import { openTarget, type Observation, type Target, type Values } from "./targets/index.ts";
import type { Planned, Query, World } from "./types.ts";
import { commitInput, NOT_VERIFIED, verifyCommits, type Verification } from "./verifying.ts";

/** A plan with what apply needs besides: the target it was made against and the bytes it names. */
export interface Planning extends Planned {
  readonly config: ResolvedConfig;
  /** What may be taken away, by the declared and the active Project. */
  readonly guards: Guards;
  /** Every resolved resource, sorted by address. */
  readonly resources: readonly Resource[];
  readonly target: Target;
  readonly live: LiveState;
  readonly values: Values;
  /** The desired rows: every address with its digest. */
  readonly rows: ReadonlyMap<Address, Digest>;
  readonly context: Context;
  /** References of the desired state, and those of the recorded resources that change or go. */
  readonly edges: readonly Edge[];
  readonly recordedEdges: readonly Edge[];
  /** What is taken over from other owners. */
  readonly adopted: readonly { readonly address: Address; readonly from: Owner }[];
  /** Who signed the commit; null where the desired state comes from the record. */
  readonly verification: Verification | null;
  /** Policies must be built again and compared, each time. */
  readonly isRebuildRequired: boolean;
  /** Who compiled the policies is asked, each time. */
  readonly isAttestationRequired: boolean;
  /** Which people must approve, and which have. */
  readonly approvals: Approvals;
}

/** Why undeclared resources go, and what the plan says about itself. */
export interface Aim {
  readonly deleteReason: DiffInput["deleteReason"];
  readonly remarks: readonly PlanWarning[];
  /** The desired state is that of the files, not one of the record. */
  readonly isFromFiles: boolean;
  /** The generation that is brought back. */
  readonly restores?: number;
}

/** What a plan is made of besides the desired state. */
interface Situation {
  readonly target: Target;
  readonly live: LiveState;
  readonly recorded: Recorded;
  readonly observation: Observation;
  readonly judges: Judges;
  readonly compiled: CompiledBy;
  /** The desired state, with the compiled policies that judge it. */
  readonly config: ResolvedConfig;
}

/** observe -> diff -> evaluate policy -> plan, towards any desired state. */
export async function planTowards(
  context: Context,
  declared: ResolvedConfig,
  { deleteReason, remarks, isFromFiles, restores }: Aim,
  query: Query,
  world: World,
): Promise<Result<Planning>> {
  const situation = await observe(context, declared, query, world);
  if (!situation.ok) return situation;
  const { target, live, recorded, judges, config } = situation.value;
  world.progress({ stage: "plan", message: "comparing" });
  const now = world.clock.now();
  const { moves, driftMode } = context.project;
  const adopted = adoptable(query, live, isFromFiles);
  const compared = diff({
    desired: config,
    live,
    recorded,
    kinds: world.kinds,
    moves,
    driftMode,
    deleteReason,
    now,
    isForgotten: forgetter(forgetIn(judges.project), deleteReason),
    adopted,
    leaveDrift: new Set(query.leaveDrift),
  });
  const differences = classified(compared, situation.value, now.toISOString(), world);
  // One list for everybody who looks at all of them: what is built from it is built once.
  const resources = config.resources.map((each) => each.resource);
  const verified = isFromFiles
    ? await verifyCommits({ context, config, live, active: activeProject(situation.value, context) }, query, world)
    : ok(NOT_VERIFIED);
  if (!verified.ok) return verified;
  const verification = verified.value;
  const left = isFromFiles ? await leftRecord(context, live, query, world) : ok([]);
  if (!left.ok) return left;
  const rebuilt = isFromFiles ? await rebuiltPolicies({ ...context, config }, activeProject(situation.value, context), world) : NOT_REBUILT;
  const plugins = await pluginCheck({ context, config, judges, target, recorded, changes: differences.changes }, world);
  if (!plugins.ok) return plugins;
  const facts = { ...commitInput(verification), bundles: plugins.value.inputs, wantsNotices: query.notices === true };
  const judged = judgeChanges(judges, context, config, recorded, differences, world, facts);
  if (!judged.ok) return judged;
  const owed = secretObligations(resources, now);
  const said = [
    ...clearCredentials(config, world),
    ...remarks,
    ...leftOutPolicies(context, config),
    ...leftBehind(differences.changes, recorded, config, world.kinds),
    ...owed.open.map(remarkOn),
  ];
  const inert = loadCheck(target, resources, config, context, world);
  if (!inert.ok) return inert;
  const plan = planOf(
    context,
    config,
    situation.value,
    {
      inert: inert.value,
      differences,
      judged: judged.value,
      judges,
      remarks: said,
      opensAt: owed.opensAt,
      signer: verification.signer,
      isFromFiles,
      restores,
      plugins: plugins.value,
      rebuilt,
    },
    world,
  );
  const { observation } = situation.value;
  const active = activeProject(situation.value, context);
  const asked = isFromFiles
    ? await approvalsOf(
        { context, observation, active, declared: resources, plan, record: target.record, history: verification.history },
        query,
        world,
      )
    : ok(NO_APPROVALS);
  if (!asked.ok) return asked;
  const recordedEdges = edgesAmong([...recorded.values()], world.kinds);
  const guards = guardsInForce(context.project, active);
  const isProtected = protection(guards, recorded, config, recordedEdges);
  return ok({
    plan: withApprovals(plan, asked.value),
    config,
    guards,
    resources,
    warnings: [
      ...context.warnings,
      ...verification.warnings,
      ...(asked.value.waiver ? [waivedWarning(asked.value.waiver)] : []),
      ...rebuilt.warnings,
      ...plugins.value.remarks,
      ...secretRemarks(config, context, live.recipient),
      ...beforeTheKey(config, context, live, world, false),
      ...(await installedRemarks(target, live, config, context, world)),
    ],
    verification: isFromFiles ? verification : null,
    isRebuildRequired: rebuilt.isRequired,
    isAttestationRequired: situation.value.compiled.isAsked,
    blockers: [
      ...left.value,
      ...verification.blockers,
      ...rebuilt.blockers,
      ...plugins.value.problems,
      ...judged.value.denied,
      ...notEnforced(resources, config, context, world),
      ...secretProblems(config, context, world, live.recipient),
      ...releasedTooEarly(plan.body.changes, active),
      ...refusals(plan, live, { isProtected, adopted, isFromFiles, now }),
    ],
    approvals: asked.value,
    confirmations: [
      ...asked.value.missing,
      ...(deleteReason === "destroy" ? [] : overBudget(plan, live.rows.size, guards.deletes, undefined)),
    ],
    notices: judged.value.notices,
    target,
    live,
    values: plugins.value.values,
    rows: new Map(config.resources.map((each) => [each.address, each.digest])),
    context,
    edges: config.edges,
    recordedEdges,
    adopted: [...adopted].flatMap(([address, from]) => (config.byAddress.has(address) ? [{ address, from }] : [])),
  });
}

/** Said by every plan, so that nobody takes a policy to be in force that the environment leaves out. */
function leftOutPolicies({ leftOut = [], project }: Context, { byAddress }: ResolvedConfig): readonly PlanWarning[] {
  const message = `the environment ${project.environment} leaves it out: it denies nothing there`;
  // A plan of a part may keep one that is recorded.
  const gone = leftOut.filter(({ address }) => !byAddress.has(address));
  return gone.map(({ address }) => ({ code: "POLICY_LEFT_OUT", address, message }));
}

/** Who approved is no part of what is approved: it is told beside it. */
function withApprovals(plan: Plan, { states }: Approvals): Plan {
  if (states.length === 0) return plan;
  const approvals = states.map(({ rule, approvedBy, people }) => ({ ...rule, approvedBy, people }));
  return { ...plan, evidence: { ...plan.evidence, approvals } };
}

async function observe(context: Context, config: ResolvedConfig, query: Query, world: World): Promise<Result<Situation>> {
  const { project, folder } = context;
  const target = openTarget(project.target, folder, query.state, world);
  if (!target.ok) return target;
  world.progress({ stage: "observe", message: `observing ${target.value.type}` });
  const observation = await target.value.observe(`${project.name}/${project.environment}`, config.byAddress.keys(), world.signal);
  if (!observation.ok) return observation;
  const court = await courtOf(context, config, target.value, observation.value, world);
  if (!court.ok) return court;
  const recorded = await readRecorded(observation.value, court.value.config, world);
  return mapResult(recorded, (read) => ({
    target: target.value,
    live: observation.value.live,
    recorded: read,
    observation: observation.value,
    ...court.value,
  }));
}

/** With what each edit does to what is possible. What did not change is what is declared, and was not read. */
function classified(differences: Differences, { live, recorded, config }: Situation, now: Instant, { kinds }: World): Differences {
  if (differences.drift.length === 0) return differences;
  const applied = [...live.rows.keys()].flatMap((address) => recorded.get(address) ?? config.byAddress.get(address)?.resource ?? []);
  const changed = differences.drift.flatMap(({ address }) => {
    const resource = recorded.get(address);
    return resource
      ? [
          [
            address,
            edited(
              resource,
              live.edits.filter((edit) => edit.address === address),
            ),
          ] as const,
        ]
      : [];
  });
  const classes = driftClasses(applied, new Map(changed), now, kinds);
  return { ...differences, drift: differences.drift.map((each) => ({ ...each, class: classes.get(each.address) ?? each.class })) };
}

/** What was found and decided before the plan is put together. */
interface Verdicts {
  readonly inert: ReadonlyMap<Address, readonly string[]>;
  readonly differences: Differences;
  readonly judged: PlanJudgement;
  readonly judges: Judges;
  readonly remarks: readonly PlanWarning[];
  /** When the plan will have another remark. */
  readonly opensAt: Instant | null;
  readonly signer: CommitSigner | null;
  readonly isFromFiles: boolean;
  readonly restores: number | undefined;
  readonly plugins: PluginsChecked;
  readonly rebuilt: Rebuild;
}

function remarkOn({ code, address, message }: SecretObligation): PlanWarning {
  return { code, address, message };
}

function planOf(
  context: Context,
  config: ResolvedConfig,
  { target, live, compiled }: Situation,
  { inert, differences, judged, judges, remarks, opensAt, signer, isFromFiles, restores, plugins, rebuilt }: Verdicts,
  world: World,
): Plan {
  return assemblePlan({
    engine: world.version,
    project: config.project,
    environment: config.environment,
    inputs: {
      resolved: config.digest,
      schema: world.kinds.digest,
      policy: judges.inputs.policy,
      trust: judges.inputs.trust,
      locks: plugins.digest,
    },
    target: { type: target.type, lineage: live.lineage, generation: live.generation?.number ?? 0, observed: observedDigest(live) },
    differences,
    judgement: judged,
    inert,
    warnings: [...remarks, ...judged.warnings, ...inertWarnings(inert)],
    opensAt,
    evidence: {
      ...policyEvidence(rebuilt, compiled),
      ...evidenceOf(isFromFiles ? context.repository : repositoryOf(live), config, live, differences.changes, signer),
      ...(restores === undefined ? {} : { restores }),
      ...(plugins.signers.size === 0 ? {} : { bundles: [...plugins.signers].map(([address, by]) => ({ address, ...by })) }),
      rules: rulesSpoken(judged, judges.policy),
    },
  });
}

/** Where the compiled policies come from, as far as anybody looked. */
function policyEvidence({ evidence }: Rebuild, { by }: CompiledBy): Pick<Plan["evidence"], "policies"> {
  if (!by) return evidence;
  const { signer, identity, issuer, claim } = by;
  return { policies: { ...evidence.policies, attested: { signer, identity, issuer, opa: claim.builder.opa.version, at: claim.at } } };
}

/** A plan that brings nothing from the files names the commit that is applied, and none that nobody looked at. */
function repositoryOf({ generation }: LiveState): RepositoryInfo {
  const { commit = null, dirty = false } = generation ?? {};
  return { commit, tree: null, ref: null, dirty, uncommitted: false };
}

/** The Project that is active: it is the declared one where what judges does not change. */
function activeProject({ live, judges }: Situation, { project }: Context): Resource | undefined {
  if (!live.rows.has(addressOf(project.written.kind, project.name))) return undefined;
  return judges.active?.project ?? judges.project;
}

/** Where the rules stand that the plan names. */
function rulesSpoken({ decisions, violations }: PlanJudgement, { rules }: Policy): NonNullable<Plan["evidence"]["rules"]> {
  const named = [...new Set([...decisions.flatMap((each) => each.rules), ...violations.map((each) => each.rule)])].sort(byCodeUnit);
  return Object.fromEntries(
    named.flatMap((rule) => {
      const facts = rules[rule];
      return facts ? [[rule, { file: facts.file, line: facts.line }]] : [];
    }),
  );
}

/** The recorded resources a diff needs, brought under today's schema defaults. */
async function readRecorded(observation: Observation, config: ResolvedConfig, world: World): Promise<Result<Recorded>> {
  const { live } = observation;
  const isOtherSchema = live.generation !== null && live.generation.schema !== world.kinds.digest;
  const read = await observation.read(addressesToRead(config, live, isOtherSchema));
  if (!read.ok || !isOtherSchema) return read;
  return ok(new Map([...read.value].map(([address, resource]) => [address, redefaulted(resource, world)])));
}

function redefaulted(resource: Resource, world: World): Resource {
  return canonicalForm(resource as unknown as Json, world.kinds.byName.get(resource.kind)?.schema) as unknown as Resource;
}

/** One digest for everything observed: what a saved plan is compared by. */
function observedDigest({ lineage, generation, edits, holds, pin }: LiveState): Digest {
  return digestJson({ lineage, rows: generation?.digest ?? null, edits, holds, pin } as unknown as Json);
}

function inertWarnings(inert: ReadonlyMap<Address, readonly string[]>): PlanWarning[] {
  return [...inert].map(([address, lacks]) => ({ code: "INERT", address, message: `inert: needs ${lacks.join(", ")}` }));
}

/**
 * Addresses to take over, where the owner that was named really holds them. What a generation had that is
 * brought back, and that was released since, is taken back with it.
 */
function adoptable(query: Query, live: LiveState, isFromFiles: boolean): ReadonlyMap<Address, Owner> {
  const asked = (query.adopt ?? []).filter(({ address, from }) => live.foreign.get(address) === from);
  const released = isFromFiles ? [] : [...live.foreign].filter(([, owner]) => owner === UNMANAGED);
  return new Map([...asked.map(({ address, from }) => [address, from] as const), ...released]);
}

/**
 * Protected: annotated so where it is recorded or declared, named by the Project's `protection`, or
 * needed by something that is.
 */
function protection(
  { protection: patterns }: Guards,
  recorded: Recorded,
  config: ResolvedConfig,
  recordedEdges: readonly Edge[],
): (address: Address) => boolean {
  const annotated = [...recorded.values(), ...config.resources.map((each) => each.resource)]
    .filter((each) => each.metadata.annotations?.[PROTECT_ANNOTATION] === "true")
    .map((each) => addressOf(each.kind, each.metadata.name));
  const every = patterns.length === 0 ? [] : [...recorded.keys(), ...config.byAddress.keys()];
  const named = every.filter((address) => patterns.some((pattern) => selects(pattern, address)));
  if (annotated.length + named.length === 0) return () => false;
  const all = neededFrom([...annotated, ...named], [...recordedEdges, ...config.edges]);
  return (address) => all.has(address);
}

/** Every recorded resource of the owner, in full. */
export async function readAll(context: Context, query: Query, world: World): Promise<Result<Recorded>> {
  const { project, folder } = context;
  const target = openTarget(project.target, folder, query.state, world);
  if (!target.ok) return target;
  const observation = await target.value.observe(`${project.name}/${project.environment}`, [], world.signal);
  return observation.ok ? await observation.value.read([...observation.value.live.rows.keys()]) : observation;
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
