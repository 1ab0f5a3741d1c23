import { addressOf, isDigest, isObject, type Address, type Digest, type Resource } from "../../core/index.ts";

/** Does it come as a signed archive? Every Plugin does; a Skill may. */
export function isBundled({ kind, spec }: Resource): boolean {
  return kind === "Plugin" || isBundledSkill({ kind, spec });
}

/** A Skill whose prompt and files are those of an archive. */
export function isBundledSkill({ kind, spec }: Pick<Resource, "kind" | "spec">): boolean {
  return kind === "Skill" && isObject(spec["bundle"]);
}

/** A skill as somebody would write it: its archive says the rest. */
export function withoutBundledText(resource: Resource): Resource {
  if (!isBundledSkill(resource)) return resource;
  const { prompt: _, files: __, ...spec } = resource.spec;
  return { ...resource, spec };
}

/**
 * Archives that must be at hand, unpacked, for what these resources declare. Sorted by address as the
 * resources are. The text of a skill is in its row, so its archive is not among them.
 */
export function archivesOf(resources: readonly Resource[]): readonly { readonly address: Address; readonly archive: Digest }[] {
  return resources.flatMap(({ kind, metadata, spec }) => {
    const { bundle, enabled } = spec;
    const archive = isObject(bundle) ? bundle["file"] : undefined;
    return kind === "Plugin" && enabled !== false && isDigest(archive) ? [{ address: addressOf(kind, metadata.name), archive }] : [];
  });
}
