import { failAll, segmentsOf, type Address, type Diagnostic, type Kinds, type Resource, type Result } from "../core/index.ts";
import type { Context } from "./desired.ts";
import { locate } from "./manifest/index.ts";
import { originIn, type ResolvedConfig } from "./resolve/index.ts";
import type { Target } from "./targets/index.ts";
import type { World } from "./types.ts";

/**
 * What each resource lacks to run on the target. What the target could not even build is no plan at all:
 * it is told now, at its place, and not when it is applied.
 */
export function loadCheck(
  target: Target,
  resources: readonly Resource[],
  { byAddress }: ResolvedConfig,
  context: Context,
  world: World,
): Result<ReadonlyMap<Address, readonly string[]>> {
  const assessed = target.assess(resources);
  if (assessed.ok) return assessed;
  return failAll(
    locate(
      assessed.diagnostics.map((each) => placed(each, byAddress, world.kinds)),
      context.files,
    ),
  );
}

/** The name of the field is marked, not its value, which may be nobody's to show. */
function placed(diagnostic: Diagnostic, byAddress: ResolvedConfig["byAddress"], kinds: Kinds): Diagnostic {
  const { address, pointer } = diagnostic.context;
  const each = typeof address === "string" ? byAddress.get(address as Address) : undefined;
  // What is brought back from the record stands in no file.
  if (!each || each.layers.length === 0) return diagnostic;
  return { ...diagnostic, origin: originIn(each, segmentsOf(typeof pointer === "string" ? pointer : ""), "key", kinds) };
}
