import { ok, type Owner, type Result } from "../core/index.ts";
import { knownProject } from "./known-project.ts";
import { stateFolder } from "./targets/index.ts";
import type { Query, World } from "./types.ts";

/** Where a Project's runtime lives: what a command that talks to the runtime itself needs to know. */
export interface Place {
  readonly owner: Owner;
  readonly project: string;
  readonly environment: string;
  /** The target's type: only `embedded` has a runtime on this machine. */
  readonly target: string;
  /** The runtime's recipient as the Project states it; null where it states none. */
  readonly recipient: string | null;
  /** The state folder, absolute. It may not exist. */
  readonly state: string;
}

/** Reads moltbot.yaml alone, so it works while the rest of the tree is broken. */
export async function place(query: Query, world: World): Promise<Result<Place>> {
  const context = await knownProject(query, world);
  if (!context.ok) return context;
  const { project, folder } = context.value;
  return ok({
    owner: `${project.name}/${project.environment}`,
    project: project.name,
    environment: project.environment,
    target: project.target.type,
    recipient: project.target.recipient,
    state: stateFolder(project.target, folder, query.state),
  });
}
