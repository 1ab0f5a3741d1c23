import { caution, fail, failAll, LIMITS, ok, problem, shown, type Diagnostic, type Origin, type Result } from "../../core/index.ts";
import { joinPath, pathProblem, unsafePath } from "./path.ts";
import { selectFiles, type Selection } from "./select-files.ts";
import { isDiagnostic, missingFile, notAFile, PROJECT_FILE, type ReadOutcome, type Tree } from "./tree.ts";
import type { KnownBytes, KnownFile, LoadedFiles, LoadRequest, Source, SourceFile } from "./types.ts";
import { walkFiles } from "./walk.ts";

/** What was read so far: evidence of what a plan rests on. */
export interface ReadLog {
  /** Path to blob id. */
  readonly blobs: Map<string, string | null>;
  readonly requests: LoadRequest[];
  bytes: number;
}

/** Reads moltbot.yaml; without it there is no Project. */
export async function readProject(tree: Tree, folder: string): Promise<Result<SourceFile>> {
  const outcome = (await tree.read([PROJECT_FILE], LIMITS.manifestBytes)).get(PROJECT_FILE);
  if (outcome === undefined || !("file" in outcome)) {
    const found = outcome && "problem" in outcome ? outcome.problem : undefined;
    return fail(found === undefined || found.code === "FILE_MISSING" ? noProject(folder) : found);
  }
  return ok(outcome.file);
}

export function noProject(folder: string): Diagnostic {
  return problem("PROJECT_NOT_FOUND", {
    detail: `There is no ${PROJECT_FILE} in ${shown(folder)}.`,
    remedy: "Change into the folder that has it, name it with -C DIR, or make one:\n  moltbot init",
  });
}

export interface TreeSource {
  readonly tree: Tree;
  readonly project: SourceFile;
  readonly log: ReadLog;
  /** The absolute folder of moltbot.yaml, where `delegate` starts. */
  readonly folder: string;
  /** What a walk passes over. */
  readonly ignored: () => Promise<ReadonlySet<string>>;
  readonly info: Source["info"];
  readonly close: Source["close"];
}

/** A {@link Source} over any {@link Tree}. */
export function sourceOf(parts: TreeSource): Source {
  const { tree, project, log, folder, ignored, info, close } = parts;
  log.blobs.set(project.path, project.blobId);
  const select = selectOnce(tree);
  return {
    project,
    info,
    close,
    load: (request, knownBytes) => load(parts, request, select, knownBytes),
    walk: async (visit) => await walkFiles(tree, await ignored(), visit),
    identify: (request, embedded) => identify(parts, request, select, embedded),
    read: (references) => readEmbedded(tree, references, log),
    beside: (at, suffix, limits) => filesBeside(tree, at, suffix, limits),
    find: (paths, maxBytes) => findFiles(tree, paths, maxBytes, log),
    ids: (embedded) => embeddedIds(tree, embedded),
    count: (files) => {
      for (const { path, blobId } of files) log.blobs.set(path, blobId);
    },
    ...(tree.readNow ? { again: readerOf(tree.readNow, log) } : {}),
    delegate: async (soleSource) => {
      if (soleSource === null || pathProblem(soleSource) !== undefined) return null;
      const isProject = (await tree.kindAt(joinPath(soleSource, PROJECT_FILE))) === "file";
      return isProject ? joinPath(folder.replace(/\/$/, ""), soleSource) : null;
    },
  };
}

/** Asked twice, a request is compared with the commit once. */
function noteRequest({ requests }: ReadLog, request: LoadRequest): void {
  const asked = JSON.stringify(request);
  if (!requests.some((each) => JSON.stringify(each) === asked)) requests.push(request);
}

type Select = (request: LoadRequest) => Promise<Selection>;

/** What was looked for last, for whoever asks for the same again in one run. */
function selectOnce(tree: Tree): Select {
  let last: { readonly asked: string; readonly found: Promise<Selection> } | undefined;
  return async (request) => {
    const asked = JSON.stringify(request);
    if (last?.asked !== asked) last = { asked, found: selectFiles(tree, request) };
    return await last.found;
  };
}

/** What was read stays readable: only the very same bytes come back. */
function readerOf(readNow: NonNullable<Tree["readNow"]>, log: ReadLog): NonNullable<Source["again"]> {
  return (path) => {
    const id = log.blobs.get(path);
    const file = typeof id === "string" ? readNow(path, LIMITS.manifestBytes) : undefined;
    return file?.blobId === id ? file?.bytes : undefined;
  };
}

async function load(
  { tree, log }: TreeSource,
  request: LoadRequest,
  select: Select,
  knownBytes: KnownBytes | undefined,
): Promise<Result<LoadedFiles>> {
  noteRequest(log, request);
  const selection = await select(request);
  if (selection.problems.some((each) => each.code === "TOO_MANY_FILES")) return failAll(selection.problems);
  const problems = [...selection.problems];
  const manifests = await tree.read(selection.manifests, LIMITS.manifestBytes, knownBytes);
  const overlays = await tree.read(selection.overlays, LIMITS.manifestBytes);
  const filesOf = (paths: readonly string[], outcomes: ReadonlyMap<string, ReadOutcome>): readonly SourceFile[] =>
    paths.flatMap((path) => take(outcomes.get(path), log, problems));
  const loaded = {
    manifests: filesOf(selection.manifests, manifests),
    overlays: filesOf(selection.overlays, overlays),
    known: knownBytes ? knownAmong(manifests, log) : [],
  };
  if (log.bytes > LIMITS.sourceBytes) problems.push(sourceTooLarge());
  if (problems.length > 0) return failAll(problems);
  return ok(loaded, await strayManifests(tree, selection.beside));
}

async function identify(
  { tree, project, log }: TreeSource,
  request: LoadRequest,
  select: Select,
  embedded: readonly string[],
): Promise<ReadonlyMap<string, string> | null> {
  const { manifests, overlays, beside, problems } = await select(request);
  // What lies beside moltbot.yaml may be worth a warning, for which it must be read.
  if (problems.length > 0 || beside.length > 0 || project.blobId === null) return null;
  for (const path of embedded) if ((await refusalOf(tree, path)) !== undefined) return null;
  const paths = [...manifests, ...overlays];
  const found = await tree.ids(paths, LIMITS.manifestBytes);
  // What was embedded before was within its limit then, and is the same bytes while its id is the same.
  const also = await tree.ids(embedded, LIMITS.archiveBytes);
  const ids = new Map([[project.path, project.blobId], ...found, ...also]);
  if (new Set([project.path, ...paths, ...embedded]).size !== ids.size) return null;
  noteRequest(log, request);
  for (const [path, id] of ids) log.blobs.set(path, id);
  return ids;
}

/** In the order of the paths asked for. */
function knownAmong(outcomes: ReadonlyMap<string, ReadOutcome>, log: ReadLog): readonly KnownFile[] {
  return [...outcomes.values()].flatMap((outcome) => {
    if (!("known" in outcome)) return [];
    log.blobs.set(outcome.known.path, outcome.known.blobId);
    log.bytes += outcome.size;
    return [outcome.known];
  });
}

async function embeddedIds(tree: Tree, embedded: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const readable: string[] = [];
  for (const path of embedded) if ((await refusalOf(tree, path)) === undefined) readable.push(path);
  return await tree.ids(readable, LIMITS.embeddedFileBytes);
}

function take(outcome: ReadOutcome | undefined, log: ReadLog, problems: Diagnostic[], origin?: Origin): readonly SourceFile[] {
  if (outcome === undefined || "known" in outcome) return [];
  if ("problem" in outcome) {
    problems.push(origin === undefined ? outcome.problem : atOrigin(outcome.problem, origin));
    return [];
  }
  log.blobs.set(outcome.file.path, outcome.file.blobId);
  log.bytes += outcome.file.bytes.byteLength;
  return [outcome.file];
}

/** What is wrong with a named file stands where it is named. */
function atOrigin(diagnostic: Diagnostic, origin: Origin): Diagnostic {
  const { at: _at, ...rest } = diagnostic;
  return { ...rest, origin };
}

function sourceTooLarge(): Diagnostic {
  return problem("SOURCE_TOO_LARGE", {
    detail: `The manifests and embedded files together have more than ${LIMITS.sourceBytes} bytes.`,
    remedy: "Split the Project, or name fewer folders in spec.sources.",
  });
}

type References = Parameters<Source["read"]>[0];

async function readEmbedded(tree: Tree, references: References, log: ReadLog): Promise<Result<ReadonlyMap<string, SourceFile>>> {
  const problems: Diagnostic[] = [];
  const readable: References[number][] = [];
  for (const reference of references) {
    const refusal = await refusalOf(tree, reference.path);
    if (refusal === undefined) readable.push(reference);
    else problems.push(atOrigin(refusal, reference.origin));
  }
  const outcomes = await readWithin(tree, readable);
  const files = new Map<string, SourceFile>();
  for (const { path, origin } of readable) {
    if (files.has(path)) continue;
    for (const file of take(outcomes.get(path), log, problems, origin)) files.set(path, file);
  }
  if (log.bytes > LIMITS.sourceBytes) problems.push(sourceTooLarge());
  return problems.length > 0 ? failAll(problems) : ok(files);
}

async function filesBeside(
  tree: Tree,
  folder: string,
  suffix: string,
  limits: { readonly files: number; readonly bytes: number },
): Promise<Result<readonly SourceFile[]>> {
  const entries = await tree.entries(folder);
  if (entries === null) return ok([]);
  if (isDiagnostic(entries)) return fail(entries);
  const wanted = entries.filter(({ name, kind }) => kind === "file" && name.endsWith(suffix)).slice(0, limits.files);
  const outcomes = await tree.read(
    wanted.map(({ name }) => joinPath(folder, name)),
    limits.bytes,
  );
  // One that cannot be read is none: nothing is asked of a file that nobody named.
  return ok([...outcomes.values()].flatMap((outcome) => ("file" in outcome ? [outcome.file] : [])));
}

async function findFiles(
  tree: Tree,
  paths: readonly string[],
  maxBytes: number,
  log: ReadLog,
): Promise<Result<ReadonlyMap<string, SourceFile>>> {
  const problems: Diagnostic[] = [];
  const present: string[] = [];
  for (const path of paths) {
    const refusal = await refusalOf(tree, path);
    if (refusal === undefined) present.push(path);
    else if (refusal.code !== "FILE_MISSING") problems.push(refusal);
  }
  const outcomes = await tree.read(present, maxBytes);
  const files = present.flatMap((path) => take(outcomes.get(path), log, problems));
  return problems.length > 0 ? failAll(problems) : ok(new Map(files.map((file) => [file.path, file])));
}

/** A file that is named at several places may be as large as the strictest of them allows. */
async function readWithin(tree: Tree, references: References): Promise<ReadonlyMap<string, ReadOutcome>> {
  const limits = new Map<string, number>();
  for (const { path, maxBytes = LIMITS.embeddedFileBytes } of references)
    limits.set(path, Math.min(maxBytes, limits.get(path) ?? maxBytes));
  const outcomes = new Map<string, ReadOutcome>();
  for (const limit of new Set(limits.values())) {
    const paths = [...limits].flatMap(([path, each]) => (each === limit ? [path] : []));
    for (const [path, outcome] of await tree.read(paths, limit)) outcomes.set(path, outcome);
  }
  return outcomes;
}

async function refusalOf(tree: Tree, path: string): Promise<Diagnostic | undefined> {
  const why = pathProblem(path);
  if (why !== undefined) return unsafePath(path, why);
  const kind = await tree.kindAt(path);
  if (kind === "file") return undefined;
  if (kind === "missing") return missingFile(path);
  return isDiagnostic(kind) ? kind : notAFile(path, kind);
}

/** Our own apiVersion group; a file that names it was meant to be read. */
const OURS = "moltbot.dev/";

/** Files beside moltbot.yaml that look like manifests but, without `sources`, are none. */
async function strayManifests(tree: Tree, beside: readonly string[]): Promise<readonly Diagnostic[]> {
  const outcomes = await tree.read(beside, LIMITS.manifestBytes);
  return beside.flatMap((path) => {
    const outcome = outcomes.get(path);
    if (outcome === undefined || !("file" in outcome) || !Buffer.from(outcome.file.bytes).includes(OURS)) return [];
    return [
      caution("MANIFEST_NOT_READ", {
        detail: `${shown(path)} looks like a manifest, but lies beside ${PROJECT_FILE}: only the folders there are read.`,
        remedy: "Move it into a folder.",
        at: { file: path, line: 1, column: 1 },
      }),
    ];
  });
}
