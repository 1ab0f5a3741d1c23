import { digestBytes, fail, isDigest, isObject, ok, problem, type Digest, type Resource, type Result } from "../../../core/index.ts";
import { readArchive } from "../archive/index.ts";
import { contradiction, saidBeside, skillContent, withContent } from "./content.ts";

/**
 * A skill as it is with the text of its archive. Only the archive whose digest is pinned is unpacked: it is
 * the one that was reviewed. Any other, and one that cannot be read, stays unread here; the stage that
 * verifies says what is wrong with it, and nothing is applied.
 *
 * @returns `SKILL_BUNDLE_INVALID` where the manifest says prompt or files itself; `context.pointer` is the place.
 */
export function filledSkill(resource: Resource, bytesOf: (digest: Digest) => Uint8Array | undefined): Result<Resource> {
  const { bundle } = resource.spec;
  if (!isObject(bundle)) return ok(resource);
  const beside = saidBeside(resource);
  if (beside.length > 0) {
    return fail(
      ...beside.map((field) => {
        const parts = contradiction(resource, field);
        return problem("SKILL_BUNDLE_INVALID", { ...parts, context: { ...parts.context, pointer: `/spec/${field}` } });
      }),
    );
  }
  const { digest, file } = bundle;
  const bytes = isDigest(file) ? bytesOf(file) : undefined;
  if (!bytes || digestBytes(bytes) !== digest) return ok(resource);
  const archive = readArchive(bytes);
  const content = archive.ok ? skillContent(archive.value, bundle) : archive;
  return ok(content.ok ? withContent(resource, content.value) : resource);
}
