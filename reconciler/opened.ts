import { fail, ok, problem, type Owner, type Result } from "../core/index.ts";
import type { Context } from "./desired.ts";
import { knownProject } from "./known-project.ts";
import { openTarget, type Target } from "./targets/index.ts";
import type { Query, World } from "./types.ts";

/** What a command on the record starts from. */
export interface Opened {
  readonly context: Context;
  readonly target: Target;
  readonly owner: Owner;
}

/** The Project and its target. Reads no manifests: it works while the tree is broken. */
export async function open(query: Query, world: World): Promise<Result<Opened>> {
  const context = await knownProject(query, world);
  if (!context.ok) return context;
  const { project, folder } = context.value;
  const target = openTarget(project.target, folder, query.state, world);
  return target.ok ? ok({ context: context.value, target: target.value, owner: `${project.name}/${project.environment}` }) : target;
}

export function noRecord(owner: Owner): Result<never> {
  return fail(
    problem("NO_RECORD", {
      detail: `Nothing was ever applied for ${owner} from this state folder.`,
      remedy: "Apply first, or name the state folder that was used:\n  --state DIR",
      context: { owner },
    }),
  );
}
