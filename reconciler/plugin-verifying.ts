import { addressOf, ok, segmentsOf, type Address, type Diagnostic, type Digest, type Resource, type Result } from "../core/index.ts";
import { isBundled, loadPlugins, type BundleFacts, type BundleSigner } from "../trust/signatures/index.ts";
import { readDesired } from "./desired.ts";
import { locate } from "./manifest/index.ts";
import { originIn } from "./resolve/index.ts";
import type { Query, World } from "./types.ts";

/** One declared plugin or bundled skill, and what verifying it showed. */
export interface VerifiedPlugin {
  readonly address: Address;
  readonly facts: BundleFacts;
  /** Null where nothing was verified. */
  readonly signer: BundleSigner | null;
  readonly problems: readonly Diagnostic[];
}

/** Every plugin and bundled skill that the files declare, verified by the declared Project alone. Looks at no target. */
export async function verifyPlugins(query: Query, world: World): Promise<Result<{ readonly plugins: readonly VerifiedPlugin[] }>> {
  const desired = await readDesired(query, world);
  if (!desired.ok) return desired;
  const { config, project, files } = desired.value;
  const resources = config.resources.map((each) => each.resource);
  const declared = resources.filter(isBundled);
  const judging = config.byAddress.get(addressOf(project.written.kind, project.name));
  if (declared.length === 0 || !judging) return ok({ plugins: [] }, desired.warnings);
  const { checkPlugins } = await loadPlugins();
  const found = await checkPlugins({
    resources: declared,
    values: (digest) => config.values.get(digest),
    projects: [judging.resource],
    before: () => null,
    originOf: (address, pointer) => {
      const each = config.byAddress.get(address);
      return each && originIn(each, segmentsOf(pointer), "value", world.kinds);
    },
  });
  const [first] = found.facts.keys();
  const plugins = [...found.facts].map(([address, facts]): VerifiedPlugin => {
    const own = found.problems.filter(
      ({ context }) => context["address"] === address || (isProjects(context["address"]) && address === first),
    );
    return { address, facts, signer: found.signers.get(address) ?? null, problems: locate(own, files) };
  });
  return ok({ plugins }, [...desired.warnings, ...locate(found.remarks, files)]);
}

/** What is wrong with the Project is told with the first plugin. */
function isProjects(address: unknown): boolean {
  return typeof address === "string" && address.startsWith("Project/");
}

/** Who signed one declared plugin; null where it does not verify, by the declared or by the active Project. */
export async function signerOfPlugin(
  address: Address,
  resources: readonly Resource[],
  values: (digest: Digest) => Uint8Array | undefined,
  projects: readonly Resource[],
): Promise<BundleSigner | null> {
  const declared = resources.filter((each) => isBundled(each) && addressOf(each.kind, each.metadata.name) === address);
  if (declared.length === 0) return null;
  const { checkPlugins } = await loadPlugins();
  const found = await checkPlugins({ resources: declared, values, projects, before: () => null, originOf: () => undefined });
  return found.problems.length > 0 ? null : (found.signers.get(address) ?? null);
}
