import { digestJson, failAll, ok, segmentsOf, type Digest, type Json, type Kinds, type Resource, type Result } from "../core/index.ts";
import { denyAll, judgePlan, loadBuiltinPolicy, type PlanJudgement, type Policy } from "../trust/policy/index.ts";
import type { Context } from "./desired.ts";
import type { Differences, Recorded } from "./diff/index.ts";
import { locate } from "./manifest/index.ts";
import { canonicalForm, originIn, referencesFrom, trustPart, type ResolvedConfig } from "./resolve/index.ts";
import type { World } from "./types.ts";

/** What judges a plan, as its inputs name it. */
export interface Judges {
  readonly policy: Policy;
  readonly project: Resource;
  readonly inputs: { readonly policy: Digest; readonly trust: Digest };
}

let builtin: Policy | undefined;

/**
 * The policies in force. A bundle that is missing or is not the locked one denies everything, and the
 * plan says so first.
 */
export function judgesOf(context: Context, world: World): Judges {
  const policy = world.policy ?? (builtin ??= loadOrDeny());
  const project = projectOf(context, world.kinds);
  const trust = trustPart(project as unknown as Json, world.kinds.byName.get(project.kind)?.schema);
  return { policy, project, inputs: { policy: policy.digest, trust: digestJson(trust) } };
}

function loadOrDeny(): Policy {
  const loaded = loadBuiltinPolicy();
  return loaded.ok ? loaded.value : denyAll(loaded.diagnostics);
}

function projectOf({ project }: Context, kinds: Kinds): Resource {
  return canonicalForm(project.written.value, kinds.byName.get(project.written.kind)?.schema) as unknown as Resource;
}

/** expand capabilities -> evaluate policy. A configuration whose capabilities make no sense is no plan at all. */
export function judgeChanges(
  judges: Judges,
  context: Context,
  config: ResolvedConfig,
  recorded: Recorded,
  { changes }: Differences,
  world: World,
): Result<PlanJudgement> {
  const judgement = judgePlan({
    policy: judges.policy,
    project: judges.project,
    environment: config.environment,
    resources: config.resources.map((each) => each.resource),
    before: new Map(changes.map((change) => [change.from ?? change.address, recorded.get(change.from ?? change.address) ?? null])),
    edges: config.edges,
    edgesBefore: referencesFrom(
      changes.flatMap((change) => recorded.get(change.from ?? change.address) ?? []),
      world.kinds,
    ),
    now: world.clock.now().toISOString(),
    originOf: (address, pointer) => {
      const each = config.byAddress.get(address);
      return each && each.layers.length > 0 ? originIn(each, segmentsOf(pointer), "value", world.kinds) : undefined;
    },
  });
  if (judgement.invalid.length > 0) return failAll(locate(judgement.invalid, context.files));
  return ok({ ...judgement, denied: locate(judgement.denied, context.files) });
}
