import {
  addressOf,
  byCodeUnit,
  fail,
  isArray,
  isObject,
  jsonEqual,
  LIMITS,
  ok,
  problem,
  shown,
  type JsonObject,
  type Resource,
  type Result,
} from "../../../core/index.ts";
import type { Archive, ArchiveFile } from "../archive/index.ts";

/** What an archive brings to a skill, in the form of the fields that a manifest would have. */
export interface SkillContent {
  readonly prompt: string;
  /** Sorted by path. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
}

/** The fields that an archive fills, and a manifest may not beside it. */
export const FILLED = ["prompt", "files"] as const;

const PROMPT = "SKILL.md";
/** As many as the schema allows a manifest. */
const MAX_FILES = 1000;
/** What the schema allows in the path of a skill's file, beyond what the archive reader asks of one. */
const UNFIT = /[\\:%\p{Cc}\p{Cf}]/u;

/**
 * The prompt and the files that `bundle` names in an archive; without `bundle.files`, all but the prompt.
 *
 * @returns `SKILL_BUNDLE_INVALID` or `ARCHIVE_LIMIT`. Never throws.
 */
export function skillContent({ files }: Pick<Archive, "files">, bundle: JsonObject): Result<SkillContent> {
  const named = typeof bundle["prompt"] === "string" ? bundle["prompt"] : PROMPT;
  const prompt = textOf(files, named);
  if (!prompt.ok) return prompt;
  const wanted = isArray(bundle["files"])
    ? bundle["files"].filter((each) => typeof each === "string")
    : files.map(({ path }) => path).filter((path) => path !== named);
  if (wanted.length > MAX_FILES) return tooLarge(`it brings ${wanted.length} files; a skill has at most ${MAX_FILES}`);
  const found: { readonly path: string; readonly content: string }[] = [];
  for (const path of wanted.toSorted(byCodeUnit)) {
    const content = UNFIT.test(path) ? invalid(`the path ${shown(path)} cannot be the path of a skill's file`) : textOf(files, path);
    if (!content.ok) return content;
    found.push({ path, content: content.value });
  }
  return ok({ prompt: prompt.value, files: found });
}

function textOf(files: readonly ArchiveFile[], path: string): Result<string> {
  const file = files.find((each) => each.path === path);
  if (!file) return invalid(`there is no file ${shown(path)} in it`);
  if (file.bytes.byteLength > LIMITS.embeddedFileBytes)
    return tooLarge(`${shown(path)} has ${file.bytes.byteLength} bytes; the limit is ${LIMITS.embeddedFileBytes}`);
  try {
    return ok(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(file.bytes));
  } catch {
    return invalid(`${shown(path)} is not UTF-8 text`);
  }
}

/** A skill with the text of its archive. */
export function withContent(resource: Resource, { prompt, files }: SkillContent): Resource {
  const { files: _, ...spec } = resource.spec;
  return { ...resource, spec: { ...spec, prompt, ...(files.length > 0 ? { files } : {}) } };
}

/** Does a recorded or resolved skill say what its archive holds? */
export function hasContent(resource: Resource, content: SkillContent): boolean {
  return jsonEqual(resource.spec, withContent(resource, content).spec);
}

/** Which of the filled fields a manifest says itself. */
export function saidBeside({ spec }: Resource): readonly string[] {
  return isObject(spec["bundle"]) ? FILLED.filter((field) => spec[field] !== undefined) : [];
}

/** A manifest that gives prompt or files beside a bundle: one of them would be ignored. */
export function contradiction(resource: Resource, field: string): Parameters<typeof problem>[1] {
  const address = addressOf(resource.kind, resource.metadata.name);
  return {
    detail: `${address} has a bundle, which brings prompt and files, and says ${field} itself as well.`,
    remedy: `Remove ${field}, or the bundle.`,
    context: { address },
  };
}

function invalid(what: string): Result<never> {
  return fail(
    problem("SKILL_BUNDLE_INVALID", {
      detail: `The archive does not bring the skill: ${what}.`,
      remedy: "Name what is in it (bundle.prompt, bundle.files), or pack it again:\n  moltbot plugin pack DIR --kind skill",
    }),
  );
}

function tooLarge(what: string): Result<never> {
  return fail(
    problem("ARCHIVE_LIMIT", {
      detail: `The archive does not bring the skill: ${what}.`,
      remedy: "Leave out what the skill does not need.",
    }),
  );
}
