import { segmentsOf, type Diagnostic } from "../core/index.ts";
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
