import { resolve as resolvePath } from "node:path";
import { ok, problem, shown, UNMANAGED, type Diagnostic, type Owner, type Result } from "../core/index.ts";
import type { Context } from "./desired.ts";
import type { LiveState } from "./diff/index.ts";
import { DEFAULT_STATE_FOLDER, openTarget, stateFolder } from "./targets/index.ts";
import type { Query, World } from "./types.ts";

/**
 * Where a host keeps what it believes: the state folder, and where it would be if the repository said nothing
 * about that. A commit says where the record is, and must not lead away from what judges it.
 */
export function stateFolders({ project, folder }: Pick<Context, "project" | "folder">, { repo, state }: Query): readonly string[] {
  const named = stateFolder(project.target, folder, state);
  if (state !== undefined) return [named];
  return [...new Set([named, ...[folder, repo].map((each) => resolvePath(each, DEFAULT_STATE_FOLDER))])];
}

/**
 * Nothing is active under the Project's name here, but something is under another one, or in another folder: whoever
 * renames a Project, or moves its record, would be judged by nobody.
 */
export async function leftRecord(
  context: Context,
  { owner, generation }: LiveState,
  query: Query,
  world: World,
): Promise<Result<readonly Diagnostic[]>> {
  if (generation !== null || (query.state !== undefined && query.isOwnState !== true)) return ok([]);
  const [here, ...elsewhere] = stateFolders(context, query);
  for (const dir of here === undefined ? [] : [here, ...elsewhere]) {
    // What became active here since it was observed is another apply's, which the lock tells; it has left nothing.
    const left = await activeIn(dir, context, world, (each, { type }) => each === owner && (dir === here || type === "gateway"));
    if (!left.ok) return left;
    if (left.value !== undefined) return ok([renamed(left.value, owner, dir)]);
  }
  return ok([]);
}

/** An owner of the same environment that has something there. */
async function activeIn(
  dir: string,
  { project, folder }: Context,
  world: World,
  isOurs: (owner: Owner, target: { readonly type: string }) => boolean,
): Promise<Result<Owner | undefined>> {
  const target = openTarget(project.target, folder, dir, world);
  if (!target.ok) return target;
  const { record } = target.value;
  const owners = await record.owners();
  if (!owners.ok) return owners;
  for (const each of owners.value ?? []) {
    if (each === UNMANAGED || isOurs(each, target.value) || !each.endsWith(`/${project.environment}`)) continue;
    const status = await record.status(each);
    if (!status.ok) return status;
    if ((status.value?.active?.resources ?? 0) > 0) return ok(each);
  }
  return ok(undefined);
}

function renamed(left: Owner, owner: Owner, dir: string): Diagnostic {
  return problem("PROJECT_RENAMED", {
    detail: `The record in ${shown(dir, 4_096)} is that of ${left}, and nothing there is active as ${owner}: what judges changes would be left behind, and so would everything that ${left} has.`,
    remedy: `Take the name, target.state or delegation back; or, if that is meant, name the record, and take over what is there:\n  moltbot apply --state ${DEFAULT_STATE_FOLDER}\n  moltbot adopt ADDRESS --from ${left}`,
    context: { owner: left },
  });
}
