import { addressOf, isDigest, isObject, type Address, type Digest, type Resource } from "../../core/index.ts";

/** Archives that must be at hand, unpacked, for what these resources declare. Sorted by address as the resources are. */
export function archivesOf(resources: readonly Resource[]): readonly { readonly address: Address; readonly archive: Digest }[] {
  return resources.flatMap(({ kind, metadata, spec }) => {
    const { bundle, enabled } = spec;
    const archive = isObject(bundle) ? bundle["file"] : undefined;
    return enabled !== false && isDigest(archive) ? [{ address: addressOf(kind, metadata.name), archive }] : [];
  });
}
