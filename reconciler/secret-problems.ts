import { caution, segmentsOf, type Diagnostic } from "../core/index.ts";
import { checkSecrets } from "../trust/secrets/index.ts";
import type { Context } from "./desired.ts";
import { locate } from "./manifest/index.ts";
import { originIn, type ResolvedConfig } from "./resolve/index.ts";
import type { World } from "./types.ts";

/**
 * What can be told of encrypted values without an identity: envelopes that are damaged or not what the
 * manifest claims, and values that the target could never open.
 *
 * @param own - The runtime's public half as its record knows it, for a Project that does not name it.
 */
export function secretProblems(config: ResolvedConfig, context: Context, world: World, own: string | null = null): readonly Diagnostic[] {
  const found = checkSecrets({
    resources: config.resources.map(({ resource }) => resource),
    values: (digest) => config.values.get(digest),
    recipient: context.project.target.recipient ?? own,
    originOf: (address, pointer) => {
      const each = config.byAddress.get(address);
      return each && originIn(each, segmentsOf(pointer), "value", world.kinds);
    },
  });
  return locate(found, context.files);
}

/**
 * A Project may name a recipient that is no longer the runtime's: its key was made anew, and nobody told
 * the repository. Only a remark, because the same commit may be right for another machine.
 */
export function secretRemarks(config: ResolvedConfig, context: Context, own: string | null = null): readonly Diagnostic[] {
  const named = context.project.target.recipient;
  if (named === null || own === null || named === own) return [];
  const closed = checkSecrets({ resources: config.resources.map(({ resource }) => resource), values: () => undefined, recipient: own });
  if (closed.length === 0) return [];
  const count = closed.length === 1 ? "one value is" : `${closed.length} values are`;
  return [
    caution("SECRET_NOT_FOR_RUNTIME", {
      detail: `moltbot.yaml names ${named} as the target's recipient, but the runtime here is ${own}, and ${count} not encrypted for it.`,
      remedy: "If the runtime's key is new, put its recipient into spec.target.recipient, then:\nmoltbot secret rekey",
      context: { recipient: own, values: closed.length },
    }),
  ];
}
