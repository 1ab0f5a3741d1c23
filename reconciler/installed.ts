import { addressOf, caution, type Diagnostic, type Resource } from "../core/index.ts";
import { archivesOf } from "../trust/signatures/index.ts";
import type { LiveState } from "./diff/index.ts";
import { locate } from "./manifest/index.ts";
import { originIn, type ResolvedConfig } from "./resolve/index.ts";
import type { Context } from "./desired.ts";
import type { Target } from "./targets/index.ts";
import type { World } from "./types.ts";

/**
 * What an apply brings back beside the record, because it was lost or changed since: told by the plan. No
 * part of it, because the plan is about what is declared, and is the same wherever it is made.
 */
export async function installedRemarks(
  target: Target,
  { rows }: Pick<LiveState, "rows">,
  config: ResolvedConfig,
  context: Context,
  world: World,
): Promise<readonly Diagnostic[]> {
  if (!target.inspect) return [];
  const found = await target.inspect(activeArchives(config, rows));
  const told = found.map(({ detail, remedy, context: facts }) => {
    const each = config.resources.find(({ resource }) => addressOf(resource.kind, resource.metadata.name) === facts["address"]);
    const origin = each && each.layers.length > 0 ? originIn(each, ["spec", "bundle"], "key", world.kinds) : undefined;
    return caution("PLUGIN_CORRUPT", {
      detail,
      context: facts,
      ...(remedy === undefined ? {} : { remedy }),
      ...(origin ? { origin } : {}),
    });
  });
  return locate(told, context.files);
}

/** The resources that name an archive and are active as they are declared. */
export function activeArchives({ resources }: ResolvedConfig, rows: LiveState["rows"]): readonly Resource[] {
  const active = resources.filter(({ address, digest }) => rows.get(address) === digest);
  return active.map(({ resource }) => resource).filter((each) => archivesOf([each]).length > 0);
}
