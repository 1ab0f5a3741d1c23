import { byCodeUnit, fail, ok, problem, shown, type Address, type Json, type Owner, type Resource, type Result } from "../core/index.ts";
import { decisionDiff, policiesAmong, widening, type DecisionDiff, type JudgedState, type Widening } from "../trust/policy/index.ts";
import { recordedCompiled } from "./compiled.ts";
import { readDesired, readProjectOnly, type Context } from "./desired.ts";
import { fieldDifferences } from "./diff/index.ts";
import { judgedTree, type JudgedTree } from "./judged-tree.ts";
import { declaredCourt, type Court } from "./judging.ts";
import type { FieldChange } from "./plan/index.ts";
import { resolveRecorded, type ResolvedConfig } from "./resolve/index.ts";
import { openTarget } from "./targets/index.ts";
import type { Query, World } from "./types.ts";

/** Which two desired states: a revision, `generation:N`, or null for the files on disk. */
export interface Comparison {
  readonly from: string;
  readonly to: string | null;
}

/** A side as it was found. */
export interface Side {
  /** As it was asked for; `work tree` for the files on disk. */
  readonly name: string;
  readonly commit: string | null;
  readonly generation: number | null;
}

export interface ResourceDifference {
  readonly address: Address;
  readonly action: "create" | "update" | "delete";
  readonly fields: readonly FieldChange[];
}

/** How two desired states differ: what is declared, what that makes possible, and what policy says of it. */
export interface Compared extends Widening {
  readonly from: Side;
  readonly to: Side;
  readonly project: string;
  readonly environment: string;
  /** Sorted by address. */
  readonly changes: readonly ResourceDifference[];
  readonly decisions: DecisionDiff;
}

/** Desired against desired, each judged by its own policies. The target is looked at only for a `generation:N`. */
export async function compareDesired({ from, to }: Comparison, query: Query, world: World): Promise<Result<Compared>> {
  const before = await readSide(from, query, world);
  if (!before.ok) return before;
  const after = await readSide(to, query, world);
  if (!after.ok) return after;
  const [old, fresh] = [judgedTree(before.value.court), judgedTree(after.value.court)];
  const { config } = after.value.court;
  return ok(
    {
      from: before.value.side,
      to: after.value.side,
      project: config.project,
      environment: config.environment,
      changes: changesBetween(before.value.court.config, config, world),
      ...widening(effective(old), effective(fresh)),
      decisions: decisionDiff(stateOf(old), stateOf(fresh)),
    },
    [...before.warnings, ...after.warnings],
  );
}

function effective({ resources, reach }: JudgedTree): {
  readonly resources: readonly Resource[];
  readonly closure: JudgedTree["reach"]["closure"];
} {
  return { resources, closure: reach.closure };
}

export function stateOf({ reach, atoms, judgement, judges, resources }: JudgedTree): JudgedState {
  return {
    closure: reach.closure,
    atoms,
    decisions: judgement.decisions,
    policy: judges.policy,
    evaluated: judgement.evaluated,
    own: new Set(policiesAmong(resources).map(({ metadata }) => metadata.name)),
  };
}

interface ReadSide {
  readonly side: Side;
  readonly court: Court;
}

const GENERATION = /^generation:(.*)$/s;

async function readSide(name: string | null, query: Query, world: World): Promise<Result<ReadSide>> {
  const asked = name === null ? null : GENERATION.exec(name);
  if (name !== null && asked) return await recordedSide(name, asked[1] ?? "", query, world);
  const { ref: _, ...rest } = query;
  const desired = await readDesired(name === null ? rest : { ...rest, ref: name }, world);
  if (!desired.ok) return desired;
  const court = await declaredCourt(desired.value, desired.value.config, world);
  if (!court.ok) return court;
  const { commit } = desired.value.repository;
  return ok(
    { side: { name: name ?? "work tree", commit: name === null ? null : commit, generation: null }, court: court.value },
    desired.warnings,
  );
}

async function recordedSide(name: string, text: string, query: Query, world: World): Promise<Result<ReadSide>> {
  const number = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
  if (number === undefined) return fail(unknownGeneration(name));
  const { ref: _, ...rest } = query;
  const context = await readProjectOnly(rest, world);
  if (!context.ok) return context;
  const { project, folder } = context.value;
  const target = openTarget(project.target, folder, query.state, world);
  if (!target.ok) return target;
  const owner: Owner = `${project.name}/${project.environment}`;
  const generations = await target.value.record.generations(owner);
  if (!generations.ok) return generations;
  if (!generations.value?.some((each) => each.number === number)) return fail(unknownGeneration(name, owner));
  const recorded = await target.value.record.resources(owner, number);
  if (!recorded.ok) return recorded;
  const config = resolveRecorded(project.name, project.environment, [...recorded.value.values()], world.kinds);
  if (!config.ok) return config;
  const compiled = await recordedCompiled(recorded.value.get(`${project.written.kind}/${project.name}`), target.value);
  const court = await declaredCourt({ ...context.value, compiled } satisfies Context, config.value, world);
  return court.ok ? ok({ side: { name, commit: null, generation: number }, court: court.value }, context.warnings) : court;
}

function unknownGeneration(name: string, owner?: Owner): ReturnType<typeof problem> {
  return problem("GENERATION_UNKNOWN", {
    detail:
      owner === undefined ? `${shown(name)} names no generation; write generation:41.` : `${owner} has no ${shown(name)} in this record.`,
    remedy: "List the generations:\n  moltbot history",
  });
}

function changesBetween(before: ResolvedConfig, after: ResolvedConfig, { kinds }: World): readonly ResourceDifference[] {
  const addresses = [...new Set([...before.byAddress.keys(), ...after.byAddress.keys()])].sort(byCodeUnit);
  return addresses.flatMap((address): ResourceDifference[] => {
    const [was, is] = [before.byAddress.get(address), after.byAddress.get(address)];
    if (was?.digest === is?.digest) return [];
    if (!was || !is) return [{ address, action: was ? "delete" : "create", fields: [] }];
    const schema = kinds.byName.get(is.resource.kind)?.schema;
    const fields = fieldDifferences(was.resource as unknown as Json, is.resource as unknown as Json, schema);
    return [
      {
        address,
        action: "update",
        fields: fields.map(({ path, before: a, after: b, sensitive }) => ({ path, before: a, after: b, sensitive })),
      },
    ];
  });
}
