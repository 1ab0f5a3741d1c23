import path from "node:path";
import { fail, ok, problem, shown, type Json, type Result } from "../core/index.ts";
import { checkRecipients, dueRecipients, isSecret, namedRecipients, type ValueName } from "../trust/secrets/index.ts";
import { openSource, readProject, readProjectOnly, requestOf } from "./desired.ts";
import { parseFile } from "./manifest/index.ts";
import { openWorkTree, type LoadedFiles, type SourceFile } from "./source/index.ts";
import type { Query, World } from "./types.ts";

/** Where a value belongs, and who may open it. */
export interface SecretSite {
  readonly project: string;
  /** Sorted, all usable, of one type. */
  readonly recipients: readonly string[];
  /** The manifest that declares the Secret; null where none does yet. */
  readonly manifest: SourceFile | null;
  /** The folder of moltbot.yaml, absolute: paths are relative to it. */
  readonly folder: string;
  /** Where a Secret that is not declared yet goes. */
  readonly newPath: string;
}

/**
 * Who may open a value: what the caller names, the first of `secrets.rules` that matches, and the
 * recipients of the targets that the manifest is for.
 *
 * @param more - Recipients from the command line, or the runtime's own where the Project names none.
 */
export async function secretSite(query: Query, secret: ValueName, more: readonly string[], world: World): Promise<Result<SecretSite>> {
  const context = await readProjectOnly(query, world);
  if (!context.ok) return context;
  const { project, folder } = context.value;
  const source = await openWorkTree(folder);
  if (!source.ok) return source;
  try {
    const loaded = await source.value.load(requestOf(project, folder, query));
    if (!loaded.ok) return loaded;
    const manifest = declaring(loaded.value, secret.name);
    if (!manifest.ok) return manifest;
    const newPath = pathOfNew(project.sources, secret.name);
    // All its environments count, not only the chosen one.
    const document = readProject(source.value.project, world.kinds).resource?.value ?? project.written.value;
    const recipients = recipientsOf(document, secret, manifest.value?.path ?? newPath, more);
    if (!recipients.ok) return recipients;
    return ok({ project: project.name, recipients: recipients.value, manifest: manifest.value, folder, newPath });
  } finally {
    await source.value.close();
  }
}

/** The same, without looking for a manifest: for a fragment that is printed. */
export async function secretRecipients(
  query: Query,
  secret: ValueName,
  more: readonly string[],
  world: World,
): Promise<Result<Pick<SecretSite, "project" | "recipients">>> {
  const context = await readProjectOnly(query, world);
  if (!context.ok) return context;
  const { project } = context.value;
  const recipients = recipientsOf(project.written.value, secret, "", more);
  return recipients.ok ? ok({ project: project.name, recipients: recipients.value }) : recipients;
}

function recipientsOf(project: Json, secret: ValueName, file: string, more: readonly string[]): Result<readonly string[]> {
  const all = [...more, ...namedRecipients(dueRecipients(project, secret, file))];
  if (all.length > 0) return checkRecipients(all);
  return fail(
    problem("RECIPIENT_INVALID", {
      detail: `Nobody is named who could open ${secret.name}#${secret.key}: there is no --recipient, no rule in \`secrets.rules\` matches, and the target names no recipient.`,
      remedy:
        "Name the runtime's recipient, and somebody who may change the value later:\n--recipient age1...\nThe runtime's own is shown by:\nmoltbot gateway recipient",
    }),
  );
}

/** The file that declares the Secret: among the manifests, else among the overlays of the environment. */
function declaring({ manifests, overlays }: LoadedFiles, name: string): Result<SourceFile | null> {
  for (const files of [manifests, overlays]) {
    const found = files.filter((file) => declares(file, name));
    if (found.length > 1)
      return fail(
        problem("RESOURCE_DUPLICATE", { detail: `Secret/${name} is declared in ${found.map((file) => shown(file.path)).join(" and ")}.` }),
      );
    if (found[0]) return ok(found[0]);
  }
  return ok(null);
}

function declares(file: SourceFile, name: string): boolean {
  // Most files hold no Secret of this name: they are not parsed.
  if (!Buffer.from(file.bytes).includes(name)) return false;
  return parseFile(file).documents.some(({ value }) => isSecret(value, name));
}

function pathOfNew(sources: readonly string[], name: string): string {
  const folder = sources.length === 0 || sources.includes("secrets") ? "secrets" : sources[0];
  return path.posix.join(folder ?? "secrets", `${name}.yaml`);
}

/** The folder of the moltbot.yaml in force, which another one may delegate to. */
export async function projectFolder(query: Query, world: World): Promise<Result<string>> {
  const opened = await openSource(query, world);
  if (!opened.ok) return opened;
  await opened.value.source.close();
  return ok(opened.value.folder);
}

/**
 * Which files count in the environment that was asked for: true for an overlay of it, false for a
 * manifest, undefined for what only other environments lay over.
 */
export async function overlaysOf(query: Query, world: World): Promise<Result<(path: string) => boolean | undefined>> {
  const context = await readProjectOnly(query, world);
  if (!context.ok) return context;
  const { overlays, otherOverlays } = context.value.project;
  const isIn = (list: readonly string[], file: string): boolean => list.some((each) => file === each || file.startsWith(`${each}/`));
  return ok((file) => (isIn(overlays, file) ? true : isIn(otherOverlays, file) ? undefined : false));
}
