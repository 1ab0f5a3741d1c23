import { isAbsolute, relative, sep } from "node:path";
import {
  caution,
  fail,
  failAll,
  InternalError,
  LIMITS,
  mapResult,
  ok,
  problem,
  type Diagnostic,
  type Kinds,
  type Result,
} from "../core/index.ts";
import { isIncluded, COMPILED_FILES, isPolicy, type Compiled } from "../trust/policy/index.ts";
import type { OfferedApproval } from "./approving.ts";
import { withBundledText } from "./bundled-text.ts";
import { readCompiled } from "./compiled.ts";
import { locate, type WrittenResource } from "./manifest/index.ts";
import { environmentNames, projectFacts, type ProjectFacts } from "./project.ts";
import { listenProblems } from "./listening-rules.ts";
import { moveProblems } from "./moves.ts";
import { openFiles, type FileBytes, type Files } from "./file-bytes.ts";
import { openFinished } from "./finished-files.ts";
import { loadManifests } from "./loading.ts";
import { readManifests } from "./readings.ts";
import { resolve, type FileReference, type ResolvedConfig, type ResolvedResource, type WrittenOrFinished } from "./resolve/index.ts";
import { openCommit, openWorkTree, type LoadRequest, type RepositoryInfo, type Source, type SourceFile } from "./source/index.ts";
import { stateFolder } from "./targets/index.ts";
import type { Query, World } from "./types.ts";

/** What every plan needs of the repository: the Project's facts, and where they came from. */
export interface Context {
  readonly project: ProjectFacts;
  readonly repository: RepositoryInfo;
  /** The folder of the moltbot.yaml in force: another than asked for when that one delegates. */
  readonly folder: string;
  /** Bytes of every file that took part, for positions. */
  readonly files: FileBytes;
  /** The blob ids of the same files, of these very bytes. */
  readonly ids: ReadonlyMap<string, string | null>;
  readonly warnings: readonly Diagnostic[];
  /** The compiled policies beside moltbot.yaml; absent where no policy is declared, or manifests were not read. */
  readonly compiled?: Compiled;
  /** Policies that are declared and that the environment leaves out; absent where there are none, or manifests were not read. */
  readonly leftOut?: readonly ResolvedResource[];
  /** Approvals that lie beside moltbot.yaml; absent where manifests were not read. */
  readonly approvals?: readonly OfferedApproval[];
}

/** The desired state as it was read. */
export interface Desired extends Context {
  readonly config: ResolvedConfig;
}

/**
 * The Project alone, for commands that look at the record and not at the manifests: they work while
 * the tree is broken.
 */
export async function readProjectOnly(query: Query, world: World): Promise<Result<Context>> {
  const opened = await openSource(query, world);
  if (!opened.ok) return opened;
  const { source, folder } = opened.value;
  const files = new Map([[source.project.path, source.project.bytes]]);
  try {
    const written = readProject(source.project, world.kinds);
    if (!written.resource) return failAll(locate(written.diagnostics, files));
    const facts = projectFacts(written.resource, query.environment);
    if (!facts.ok) return failAll(locate(facts.diagnostics, files));
    const repository = await source.info();
    const ids = new Map([[source.project.path, source.project.blobId]]);
    return repository.ok ? ok({ project: facts.value, repository: repository.value, folder, files, ids, warnings: [] }) : repository;
  } finally {
    await source.close();
  }
}

/** The environments that the Project declares, sorted. */
export async function declaredEnvironments(query: Query, world: World): Promise<Result<readonly string[]>> {
  const opened = await openSource(query, world);
  if (!opened.ok) return opened;
  const { source } = opened.value;
  try {
    const written = readProject(source.project, world.kinds);
    if (written.resource) return ok(environmentNames(written.resource));
    return failAll(locate(written.diagnostics, new Map([[source.project.path, source.project.bytes]])));
  } finally {
    await source.close();
  }
}

/**
 * open -> load -> validate -> resolve: a work tree or a commit to the desired state. Every problem of
 * the whole tree is in one result, each with its line and column.
 */
export async function readDesired(query: Query, world: World, opened?: Opened): Promise<Result<Desired>> {
  const read = await readOnce(query, world, opened);
  const isAnew = world.cache && (read === "moved" || (!read.ok && read.diagnostics.some((each) => each.code === "SOURCE_TOO_LARGE")));
  const again = isAnew || read === "moved" ? await readOnce(query, withoutCache(world)) : read;
  if (again === "moved") throw new InternalError("only what is known without reading can have moved");
  return again;
}

/** Without what earlier runs finished: every file is read and checked anew. Whatever acts looks at the world so. */
export function withoutCache(world: World): World {
  const { cache: _, ...rest } = world;
  return rest;
}

/** @returns `moved` where a file that was known changed before it had to be read after all. */
async function readOnce(query: Query, world: World, before?: Opened): Promise<Result<Desired> | "moved"> {
  const opened = before ? ok(before) : await openSource(query, world);
  if (!opened.ok) return opened;
  const { source, folder } = opened.value;
  const files = openFiles(source);
  try {
    const desired = await loadAndResolve(source, folder, query, world, files);
    return desired === "moved" || desired.ok ? desired : failAll(locate(desired.diagnostics, files.bytes));
  } finally {
    await source.close();
  }
}

/** The files of a tree as they are, whatever they hold. */
export interface ManifestFiles {
  /** The folder of the moltbot.yaml in force, absolute; the paths are relative to it. */
  readonly folder: string;
  /** moltbot.yaml, every manifest, and the overlays of every environment. */
  readonly files: readonly SourceFile[];
}

/** What is read before anything is checked: moltbot.yaml alone must be sound, because it says where to look. */
export async function readManifestFiles(query: Query, world: World, upgrade: Upgrade = asIs): Promise<Result<ManifestFiles>> {
  return await withManifestFiles(query, world, upgrade, (files) => Promise.resolve(ok(files)));
}

/** The same, for who reads more from the source while it is open. */
export async function withManifestFiles<T>(
  query: Query,
  world: World,
  upgrade: Upgrade,
  use: (files: ManifestFiles, source: Source) => Promise<Result<T>>,
): Promise<Result<T>> {
  const opened = await openSource(query, world, upgrade);
  if (!opened.ok) return opened;
  const { source, folder } = opened.value;
  const project = new Map([[source.project.path, source.project.bytes]]);
  try {
    const written = readProject(await upgrade(source.project), world.kinds);
    if (!written.resource) return failAll(locate(written.diagnostics, project));
    const facts = projectFacts(written.resource, query.environment ?? environmentNames(written.resource)[0]);
    if (!facts.ok) return failAll(locate(facts.diagnostics, project));
    const { sources, overlays, otherOverlays, maxFiles } = facts.value;
    const excluded = [...ownState(facts.value, folder, query), ...OWN_JSON];
    const loaded = await source.load({ sources, overlays: [...overlays, ...otherOverlays], excluded, maxFiles });
    if (!loaded.ok) return failAll(locate(loaded.diagnostics, project));
    return await use({ folder, files: [source.project, ...loaded.value.manifests, ...loaded.value.overlays] }, source);
  } finally {
    await source.close();
  }
}

/** What is done to a moltbot.yaml before it is read: `migrate` follows one of an older version. */
export type Upgrade = (project: SourceFile) => Promise<SourceFile>;

export const asIs: Upgrade = (project) => Promise.resolve(project);

/** A source, and the folder of its moltbot.yaml: another than asked for when that one delegates. */
export interface Opened {
  readonly source: Source;
  readonly folder: string;
}

const MAX_DELEGATIONS = 8;

/** Opens the source, following a Project whose only source is a folder with its own moltbot.yaml. */
export async function openSource(query: Query, world: World, upgrade: Upgrade = asIs): Promise<Result<Opened>> {
  let folder = query.repo;
  for (let i = 0; i <= MAX_DELEGATIONS; i++) {
    const source = query.ref === undefined ? await openWorkTree(folder) : await openCommit(folder, query.ref);
    if (!source.ok) return source;
    const next = await source.value.delegate(soleSource(await upgrade(source.value.project), world.kinds));
    if (next === null) return ok({ source: source.value, folder });
    await source.value.close();
    folder = next;
  }
  return fail(problem("SOURCE_MISSING", { detail: `moltbot.yaml delegates more than ${MAX_DELEGATIONS} times from ${query.repo}.` }));
}

/** The one folder a Project names as its source, or null: then it cannot delegate. */
function soleSource(project: SourceFile, kinds: Kinds): string | null {
  const parsed = readProject(project, kinds);
  if (!parsed.resource) return null;
  const facts = projectFacts(parsed.resource, undefined);
  const sources = facts.ok ? facts.value.sources : [];
  return sources.length === 1 ? (sources[0] ?? null) : null;
}

async function loadAndResolve(
  source: Source,
  folder: string,
  query: Query,
  world: World,
  files: Files,
): Promise<Result<Desired> | "moved"> {
  const { kinds } = world;
  files.note(source.project);
  const project = readProject(source.project, kinds);
  if (!project.resource) return failAll(project.diagnostics);
  const facts = projectFacts(project.resource, query.environment);
  if (!facts.ok) return facts;

  const finished = await openFinished(folder, source, query, world);
  const loaded = await loadManifests(source, requestOf(facts.value, folder, query), project.files, finished, files, world);
  if (loaded === "moved" || !loaded.ok) return loaded;
  const { manifests, overlays, embedded, isEmbedded } = loaded.value;
  const diagnostics = [
    ...manifests.diagnostics.filter(({ origin, at }) => !isEmbedded(origin?.file ?? at?.file ?? "")),
    ...overlays.diagnostics,
  ];
  const written = manifests.resources.filter((each) => !isEmbedded(each.file));
  const misplaced = written.filter((each) => each.kind === facts.value.written.kind).map(secondProject);
  for (const each of misplaced) diagnostics.push(each);

  const kept = written.filter((each) => isIncluded(`${each.kind}/${each.name}`, facts.value));
  if (diagnostics.length === 0 && written.length === 0)
    return fail(emptySource(source.project.path, facts.value.sources), ...loaded.warnings);
  world.progress({ stage: "resolve", message: "resolving references" });
  const input = {
    project: facts.value.name,
    environment: facts.value.environment,
    written: [facts.value.written, ...kept.filter((each) => !misplaced.length || each.kind !== facts.value.written.kind)],
    overlays: overlays.resources,
    files: new Map([...embedded].map(([path, file]) => [path, file.bytes])),
    kinds,
    invalid: new Set(manifests.invalid),
  };
  const resolved = resolve(input);
  const others = leftOutOf(written, input, facts.value);
  if (!others.ok) diagnostics.push(...others.diagnostics);
  const moved = movesIn(resolved, facts.value);
  diagnostics.push(...moved.filter((each) => each.severity === "error"), ...placesIn(resolved, facts.value, kinds));
  if (!resolved.ok || diagnostics.length > 0) return failWith(diagnostics, resolved.ok ? [] : resolved.diagnostics);
  finished?.remember(resolved.value, loaded.value.each, embedded);
  const empty = manifests.empty.filter((path) => !isEmbedded(path)).map(emptyManifest);
  const warnings = [...loaded.warnings, ...empty, ...locate(moved, files.bytes)];
  const config = await withBundledText(resolved.value, kinds);
  if (!config.ok) return config;
  const leftOut = others.ok ? others.value : {};
  const desired = { config: config.value, project: facts.value, folder, files: files.bytes, ids: files.ids, warnings, ...leftOut };
  return await withJudges(source, desired, files, query);
}

/** The compiled policies are one bundle for all environments, so Policies that this one leaves out are read too. */
function leftOutOf(
  written: readonly WrittenOrFinished[],
  input: Parameters<typeof resolve>[0],
  facts: ProjectFacts,
): Result<Pick<Context, "leftOut">> {
  const others = written.filter(({ kind, name }) => isPolicy(kind) && !isIncluded(`${kind}/${name}`, facts));
  if (others.length === 0) return ok({});
  return mapResult(resolve({ ...input, written: others, overlays: [] }), ({ resources }) => ({ leftOut: resources }));
}

/** What is read last: the compiled policies, and then, knowing everything that was read, the repository. */
async function withJudges(
  source: Source,
  desired: Omit<Desired, "repository" | "compiled">,
  files: Files,
  query: Query,
): Promise<Result<Desired>> {
  const compiled = await readCompiled(source, [...desired.config.resources, ...(desired.leftOut ?? [])], (file) => files.note(file));
  if (!compiled.ok) return compiled;
  const approvals = await approvalsBeside(source);
  if (!approvals.ok) return approvals;
  const repository = await source.info();
  if (!repository.ok) return repository;
  const warnings = [...desired.warnings, ...ignoredWorkTree(query, repository.value)];
  return ok({
    ...desired,
    repository: repository.value,
    approvals: approvals.value,
    warnings,
    ...(compiled.value ? { compiled: compiled.value } : {}),
  });
}

/** Where approvals are committed, so that whoever applies has them: dot folders hold no manifests. */
const APPROVALS_FOLDER = ".approvals";

async function approvalsBeside(source: Source): Promise<Result<readonly OfferedApproval[]>> {
  const files = await source.beside(APPROVALS_FOLDER, ".json", { files: LIMITS.attestations, bytes: LIMITS.attestationBytes });
  return mapResult(files, (all) => all.map(({ path, bytes }) => ({ name: path, bytes, isAsked: false })));
}

/** Moves are looked at once it is known what is declared. */
function movesIn(resolved: Result<ResolvedConfig>, facts: ProjectFacts): readonly Diagnostic[] {
  return resolved.ok ? moveProblems(facts, (address) => resolved.value.byAddress.has(address)) : [];
}

function placesIn(resolved: Result<ResolvedConfig>, facts: ProjectFacts, kinds: Kinds): readonly Diagnostic[] {
  return resolved.ok ? listenProblems(resolved.value, facts, kinds) : [];
}

function emptyManifest(file: string): Diagnostic {
  return caution("MANIFEST_EMPTY", {
    detail: `${file} holds no document. What it declared before is no longer declared.`,
    remedy: "If that is meant, remove the file; otherwise bring its content back.",
    at: { file, line: 1, column: 1 },
    context: { file },
  });
}

/** Files of ours that end like manifests and are none. */
const OWN_JSON: readonly string[] = [COMPILED_FILES.lock, COMPILED_FILES.attestation];

/** What to read for an environment of a Project. */
export function requestOf(facts: ProjectFacts, folder: string, query: Query): LoadRequest {
  const { sources, overlays, otherOverlays, maxFiles } = facts;
  return { sources, overlays, excluded: [...otherOverlays, ...ownState(facts, folder, query), ...OWN_JSON], maxFiles };
}

/** A state folder inside the work tree, whatever it is called: what we write there are no manifests. */
function ownState({ target }: ProjectFacts, folder: string, { ref, state }: Query): readonly string[] {
  if (ref !== undefined) return [];
  const inside = relative(folder, stateFolder(target, folder, state))
    .split(sep)
    .join("/");
  return inside === "" || inside.startsWith("../") || isAbsolute(inside) ? [] : [inside];
}

function failWith(first: readonly Diagnostic[], second: readonly Diagnostic[]): Result<never> {
  return failAll([...first, ...second]);
}

/** Uncommitted changes when a commit was asked for: the plan uses the commit only, and says so. */
function ignoredWorkTree(query: Query, repository: RepositoryInfo): readonly Diagnostic[] {
  if (query.ref === undefined || !repository.uncommitted) return [];
  return [caution("WORK_TREE_IGNORED", { detail: `The work tree has uncommitted changes; the plan is that of ${query.ref} only.` })];
}

export function readProject(
  file: SourceFile,
  kinds: Kinds,
): { readonly resource?: WrittenResource; readonly diagnostics: readonly Diagnostic[]; readonly files: readonly FileReference[] } {
  const { resources, diagnostics, files } = readManifests([file], kinds, false, undefined);
  const projects = resources.filter((each) => each.kind === "Project");
  const [first, second] = projects;
  if (second) return { diagnostics: [secondProject(second)], files };
  if (diagnostics.length > 0) return { diagnostics, files };
  if (first && resources.length === 1) return { resource: first, diagnostics, files };
  const stray = resources.find((each) => each.kind !== "Project");
  const detail = stray
    ? `moltbot.yaml holds the Project alone, and here is a ${stray.kind}.`
    : "moltbot.yaml holds no document of kind Project.";
  const origin = { file: file.path, document: stray?.document ?? 0, pointer: stray ? "/kind" : "", part: "value" } as const;
  return { diagnostics: [problem("PROJECT_NOT_FOUND", { detail, remedy: "Put other resources into files of their own.", origin })], files };
}

function secondProject(each: WrittenResource): Diagnostic {
  return problem("PROJECT_DUPLICATE", {
    detail: `Project/${each.name} is declared beside the Project of moltbot.yaml.`,
    remedy: "Remove it, or give its folder a moltbot.yaml of its own.",
    origin: { file: each.file, document: each.document, pointer: "/kind", part: "value" },
  });
}

function emptySource(file: string, sources: readonly string[]): Diagnostic {
  const where = sources.length === 0 ? "the folders beside moltbot.yaml" : sources.join(", ");
  return problem("SOURCE_EMPTY", {
    detail: `No resource but the Project is declared in ${where}. An empty source is never taken to mean that everything should go.`,
    remedy: "Check the folder, the branch and spec.sources; to remove everything on purpose:\n  moltbot destroy --because TEXT",
    origin: { file, document: 0, pointer: sources.length === 0 ? "/kind" : "/spec/sources", part: "value" },
  });
}
