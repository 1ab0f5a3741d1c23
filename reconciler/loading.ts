import { addressOf, byCodeUnit, failAll, ok, type Result } from "../core/index.ts";
import type { Files } from "./file-bytes.ts";
import type { FinishedFiles, ReadFile } from "./finished-files.ts";
import { readManifests, readOne, together, type Reading } from "./readings.ts";
import type { FileReference } from "./resolve/index.ts";
import type { LoadedFiles, LoadRequest, Source, SourceFile } from "./source/index.ts";
import type { World } from "./types.ts";

/** Everything that the files say, before it is put together. */
export interface Loaded {
  /** Each manifest, sorted by path. */
  readonly each: readonly ReadFile[];
  readonly manifests: Reading;
  readonly overlays: Reading;
  /** Embedded files that were read. */
  readonly embedded: ReadonlyMap<string, SourceFile>;
  /** Does a manifest embed the file? Then it is none itself. */
  readonly isEmbedded: (path: string) => boolean;
}

/**
 * load -> validate: every manifest, from its file or as it was finished before, the overlays, and the
 * files they embed.
 *
 * @param own - Files that the Project itself embeds.
 * @returns `moved` where a file that was known changed before it had to be read after all.
 */
export async function loadManifests(
  source: Source,
  request: LoadRequest,
  own: readonly FileReference[],
  finished: FinishedFiles | undefined,
  files: Files,
  world: World,
): Promise<Result<Loaded> | "moved"> {
  world.progress({ stage: "load", message: "reading manifests" });
  const loaded = await source.load(request, finished?.knownBytes);
  if (!loaded.ok) return loaded;
  const { manifests: unknown, known } = loaded.value;
  world.progress({ stage: "validate", message: "checking manifests", total: unknown.length + known.length });
  const overlays = readManifests(loaded.value.overlays, world.kinds, true, world.readings);
  const each = readEach(loaded.value, overlays, source, finished, world);
  if (each === "moved") return each;
  const manifests = together(each.map(({ reading }) => reading));
  for (const { file } of each) files.note(file);
  for (const file of loaded.value.overlays) files.note(file);
  const references = [...own, ...manifests.files, ...overlays.files];
  const embedded = references.length > 0 ? await source.read(references) : ok<ReadonlyMap<string, SourceFile>>(new Map());
  if (!embedded.ok) return failAll([...embedded.diagnostics, ...manifests.diagnostics, ...overlays.diagnostics]);
  const alsoKnown = each.flatMap(({ file }) => ("bytes" in file ? [] : (finished?.embedded(file.path) ?? [])));
  source.count(alsoKnown);
  for (const file of [...embedded.value.values(), ...alsoKnown]) files.note(file);
  const paths = new Set([...embedded.value.keys(), ...alsoKnown.map(({ path }) => path)]);
  return ok({ each, manifests, overlays, embedded: embedded.value, isEmbedded: (path) => paths.has(path) }, loaded.warnings);
}

/** A known file on which an overlay is laid is read after all, because only what was written can be overlaid. */
function readEach(
  { manifests, known }: LoadedFiles,
  overlays: Reading,
  source: Source,
  finished: FinishedFiles | undefined,
  { kinds, readings }: World,
): readonly ReadFile[] | "moved" {
  const read = manifests.map((file): ReadFile => ({ file, reading: readOne(file, kinds, false, readings) }));
  if (!finished || !source.again || known.length === 0) return read;
  const overlaid = new Set(overlays.resources.map(({ kind, name }) => addressOf(kind, name)));
  for (const file of known) {
    const bytes = overlaid.size > 0 && finished.declares(file.path, overlaid) ? source.again(file.path) : null;
    if (bytes === undefined) return "moved";
    if (bytes === null) read.push({ file, reading: finished.reading(file.path, source.again) });
    else read.push({ file: { ...file, bytes }, reading: readOne({ ...file, bytes }, kinds, false, readings) });
  }
  return read.sort((a, b) => byCodeUnit(a.file.path, b.file.path));
}
