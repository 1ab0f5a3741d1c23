import { ok, type JsonObject, type Resource, type Result } from "../../../core/index.ts";
import type { Archive } from "../archive/index.ts";
import { isBundledSkill } from "../archives-of.ts";
import { hasContent, skillContent } from "../skills/index.ts";
import { disagreements, type Disagreement } from "./agree.ts";
import { manifestOf } from "./manifest.ts";

/** What an archive is, and what it and its resource say differently. */
export interface Content {
  /** Null where a skill names none that can be compared. */
  readonly version: string | null;
  readonly disagreements: readonly Disagreement[];
}

/** A plugin describes itself in its archive; of a skill the archive is the text, and the resource says the rest. */
export async function contentOf(resource: Resource, archive: Archive): Promise<Result<Content>> {
  if (isBundledSkill(resource)) {
    const content = skillContent(archive, resource.spec["bundle"] as JsonObject);
    if (!content.ok) return content;
    const wrong = hasContent(resource, content.value)
      ? []
      : [{ pointer: "/spec/bundle", what: "the text is another one than the archive's" }];
    return ok({ version: skillVersion(resource), disagreements: wrong });
  }
  const manifest = await manifestOf(archive);
  return manifest.ok ? ok({ version: manifest.value.version, disagreements: disagreements(resource, manifest.value) }) : manifest;
}

const SEMVER = /^\d{1,9}\.\d{1,9}\.\d{1,9}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** The version of a skill is free text; only one that is semver can be older than another. */
export function skillVersion({ spec }: Resource): string | null {
  const { version } = spec;
  return typeof version === "string" && SEMVER.test(version) ? version : null;
}
