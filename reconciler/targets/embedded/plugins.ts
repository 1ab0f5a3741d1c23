import { fail, ok, problem, type Address, type Diagnostic, type Digest, type Resource, type Result } from "../../../core/index.ts";
import { checkPlugin, installedPlugins, installPlugin, prunePlugins, type StoreReader } from "../../../runtime/store/index.ts";
import { archivesOf } from "../../../trust/signatures/index.ts";

/** The bytes of an archive that a generation names. */
type BytesOf = (digest: Digest) => Uint8Array | undefined;

/**
 * Unpacks every archive that the resources name, before the generation that needs it is active. What is
 * there and whole costs a comparison.
 *
 * @returns the addresses whose archive was not in place.
 */
export async function installArchives(dir: string, resources: readonly Resource[], bytesOf: BytesOf): Promise<Result<readonly Address[]>> {
  const installed: Address[] = [];
  const problems: Diagnostic[] = [];
  for (const { address, archive } of archivesOf(resources)) {
    const bytes = bytesOf(archive);
    const done = bytes ? await installPlugin(dir, bytes) : lost(address, archive);
    if (!done.ok) problems.push(...done.diagnostics);
    else if (done.value === "installed") installed.push(address);
  }
  return problems.length > 0 ? fail(...problems) : ok(installed);
}

/** Every archive of these resources that is not in place, or not as it was installed. */
export async function inspectArchives(dir: string, resources: readonly Resource[]): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const { address, archive } of archivesOf(resources)) {
    const wrong = await checkPlugin(dir, archive);
    found.push(...wrong.map((each) => ({ ...each, detail: `${address}: ${each.detail}`, context: { ...each.context, address } })));
  }
  return found;
}

/** Removes unpacked archives that no retained generation names. What cannot be read is kept. */
export function pruneArchives(dir: string, store: StoreReader): void {
  const known = store.knownValues(installedPlugins(dir));
  if (known.ok) prunePlugins(dir, (digest) => known.value.has(digest));
}

function lost(address: Address, digest: Digest): Result<never> {
  return fail(
    problem("PLUGIN_CORRUPT", {
      detail: `The archive of ${address} is not in the record any more, so it cannot be installed.`,
      remedy: "Restore the newest backup, or declare the plugin anew with its archive in the repository.",
      context: { address, digest },
    }),
  );
}
