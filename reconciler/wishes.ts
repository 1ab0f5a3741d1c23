import {
  addressOf,
  fail,
  failAll,
  isObject,
  ok,
  parseAddress,
  problem,
  shown,
  type Address,
  type JsonObject,
  type Owner,
  type Pin,
  type Resource,
  type Result,
} from "../core/index.ts";
import { approvingTeams } from "../trust/policy/index.ts";
import { isJudging, namesPeople } from "../trust/signatures/index.ts";
import { readDesired, readProjectOnly, type Desired, type Opened } from "./desired.ts";
import { locate } from "./manifest/index.ts";
import type { PlanWarning } from "./plan/index.ts";
import { planTowards, readAll, type Planning } from "./planning.ts";
import type { ProjectFacts } from "./project.ts";
import { emptyConfig, resolveRecorded, selectChanges, type ResolvedConfig, type Selected } from "./resolve/index.ts";
import { openTarget, type Target } from "./targets/index.ts";
import type { Query, World } from "./types.ts";

/**
 * open -> load -> validate -> resolve -> observe -> diff -> evaluate policy -> plan, over what the files declare.
 *
 * @param opened - The source, where somebody has looked at it already.
 */
export async function planDeclared(query: Query, world: World, opened?: Opened): Promise<Result<Planning>> {
  const desired = await readDesired(query, world, opened);
  if (!desired.ok) return desired;
  const { config } = desired.value;
  const selected = hasSelection(query) ? await selectFrom(desired.value, query, world) : ok({ config, closure: null });
  if (!selected.ok) return failAll(locate(selected.diagnostics, desired.value.files));
  const remarks = selected.value.closure === null ? [] : [selectionRemark(selected.value.closure)];
  const aim = { deleteReason: "not-declared", remarks, isFromFiles: true } as const;
  return await planTowards(desired.value, selected.value.config, aim, query, world);
}

/** The plan that removes everything this owner has. Reads the Project only: it works while manifests are broken. */
export async function planDestroy(query: Query, world: World): Promise<Result<Planning>> {
  const context = await readProjectOnly(query, world);
  if (!context.ok) return context;
  const { name, environment } = context.value.project;
  const aim = { deleteReason: "destroy", remarks: [], isFromFiles: false } as const;
  return await planTowards(context.value, emptyConfig(name, environment), aim, query, world);
}

export interface RollbackPlanning {
  readonly planning: Planning;
  readonly pin: Pin;
}

/**
 * The plan that brings back the resources of generation N, except those that judge changes and the people of
 * Teams, which stay as they are. The pin refuses the configuration that is active now.
 */
export async function planRollback(query: Query, number: number, because: string, world: World): Promise<Result<RollbackPlanning>> {
  const context = await readProjectOnly(query, world);
  if (!context.ok) return context;
  const { project, folder } = context.value;
  const target = openTarget(project.target, folder, query.state, world);
  if (!target.ok) return target;
  const owner: Owner = `${project.name}/${project.environment}`;
  const config = await recordedConfig(target.value, owner, number, project, world);
  if (!config.ok) return config;
  const aim = { deleteReason: "not-declared", remarks: [], isFromFiles: false, restores: number } as const;
  const planning = await planTowards(context.value, config.value, aim, query, world);
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
async function recordedConfig(
  target: Target,
  owner: Owner,
  number: number,
  project: ProjectFacts,
  world: World,
): Promise<Result<ResolvedConfig>> {
  const generations = await target.record.generations(owner);
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
  const [then, now] = [await target.record.resources(owner, number), await target.record.resources(owner, active.number)];
  if (!then.ok) return then;
  if (!now.ok) return now;
  const kept = [...then.value.values()].filter((each) => !isJudging(each.kind)).map((each) => withPeopleOf(each, now.value));
  const judges = [...now.value.values()].filter((each) => isJudging(each.kind));
  const approvers = judges.flatMap(approvingTeams).flatMap((address) => (then.value.has(address) ? [] : (now.value.get(address) ?? [])));
  return resolveRecorded(project.name, project.environment, [...kept, ...judges, ...approvers.map(peopleAlone)], world.kinds);
}

/** Who may approve is what it is today: a key that was taken from somebody does not come back. */
function withPeopleOf(resource: Resource, now: ReadonlyMap<Address, Resource>): Resource {
  const today = namesPeople(resource.kind) ? now.get(addressOf(resource.kind, resource.metadata.name)) : undefined;
  if (!today) return resource;
  const { members: _, ...rest } = peopleIn(resource);
  const { members } = peopleIn(today);
  const { people: _old, ...spec } = resource.spec;
  const people = members === undefined ? rest : { ...rest, members };
  return Object.keys(people).length === 0 ? { ...resource, spec } : { ...resource, spec: { ...spec, people } };
}

/** A Team that approves and was not there then: its people stay, and nothing that it says of agents. */
function peopleAlone(team: Resource): Resource {
  const { members } = peopleIn(team);
  return { ...team, spec: members === undefined ? {} : { people: { members } } };
}

function peopleIn({ spec }: Resource): JsonObject {
  return isObject(spec["people"]) ? spec["people"] : {};
}

function hasSelection({ targets, excludes }: Query): boolean {
  return (targets?.length ?? 0) > 0 || (excludes?.length ?? 0) > 0;
}

/** The record with only the selected changes, for `--target` and `--exclude`. */
async function selectFrom(desired: Desired, query: Query, world: World): Promise<Result<Selected>> {
  const targets = addresses(query.targets ?? []);
  const excludes = addresses(query.excludes ?? []);
  if (!targets.ok) return targets;
  if (!excludes.ok) return excludes;
  const all = await readAll(desired, query, world);
  if (!all.ok) return all;
  const { name, environment } = desired.project;
  const recorded = resolveRecorded(name, environment, [...all.value.values()], world.kinds);
  if (!recorded.ok) return recorded;
  const known = (address: Address): boolean => desired.config.byAddress.has(address) || recorded.value.byAddress.has(address);
  const unknown = [...targets.value, ...excludes.value].filter((address) => !known(address));
  if (unknown.length > 0) return failAll(unknown.map(notFound));
  return selectChanges(desired.config, recorded.value, { targets: new Set(targets.value), excludes: new Set(excludes.value) }, world.kinds);
}

function addresses(texts: readonly string[]): Result<readonly Address[]> {
  const parsed = texts.map((text) => ({ text, address: parseAddress(text)?.address }));
  const bad = parsed.filter((each) => each.address === undefined);
  return bad.length > 0 ? failAll(bad.map((each) => notFound(each.text))) : ok(parsed.flatMap((each) => each.address ?? []));
}

function notFound(address: string): ReturnType<typeof problem> {
  return problem("RESOURCE_NOT_FOUND", {
    detail: `Nothing declared or recorded has the address ${shown(address)}. Addresses are Kind/name.`,
    remedy: "List what is declared:\n  moltbot graph",
    context: { address },
  });
}

function selectionRemark(closure: readonly Address[]): PlanWarning {
  const list = closure.length > 0 ? closure.join(", ") : "nothing, because what was named does not differ";
  return { code: "SELECTED", address: null, message: `only part of the configuration is planned: ${list}` };
}
