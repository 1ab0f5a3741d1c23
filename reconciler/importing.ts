import path from "node:path";
import { fail, ok, type Diagnostic, type Result } from "../core/index.ts";
import { loadBuiltinPolicy, type Policy } from "../trust/policy/index.ts";
import { checkRecipients, sealValue } from "../trust/secrets/index.ts";
import { commentFields } from "./comment-fields.ts";
import { findConfigurations, readConfiguration, type Configuration } from "./find-configurations.ts";
import {
  importOpenclaw,
  reportMarkdown,
  withEnvelopes,
  type Envelope,
  type FoundSecret,
  type ImportedTree,
  type ImportReport,
} from "./import/index.ts";
import { rulesThatDeny } from "./lowered-rules.ts";
import { writeManifest } from "./manifest/index.ts";

export interface ImportRequest {
  /** A configuration file, or a folder in which to look for them. */
  readonly from: string;
  /** The name of the Project; of several, the first. */
  readonly project: string;
  /** Age recipients that found secrets are encrypted for; none leaves them pending. */
  readonly recipients: readonly string[];
}

/** What an import made: files by path, and what became of every value. */
export interface Imported {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** One for each configuration, in the order of their paths. */
  readonly reports: readonly ImportReport[];
  /** Configurations that were found but not imported, and why. */
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
}

/**
 * Reads the configuration or configurations, imports each, encrypts what was found and lays out the files:
 * one repository, or a folder with a Project for each of several. Writes nothing.
 */
export async function importOpenclawFrom(request: ImportRequest): Promise<Result<Imported>> {
  const recipients = request.recipients.length === 0 ? ok([]) : checkRecipients(request.recipients);
  if (!recipients.ok) return recipients;
  const found = findConfigurations(request.from);
  if (!found.ok) return found;
  const { configurations, skipped } = found.value;
  const policy = loadBuiltinPolicy();
  if (!policy.ok) return policy;
  const names = projectNames(request.project, configurations);
  const failures: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  const trees: { readonly folder: string; readonly tree: ImportedTree }[] = [];
  for (const [i, configuration] of configurations.entries()) {
    const project = names[i] ?? request.project;
    const tree = await importOne(configuration, project, recipients.value, policy.value);
    if (!tree.ok) failures.push(...tree.diagnostics);
    else {
      trees.push({ folder: configurations.length === 1 ? "" : `${project}/`, tree: tree.value });
      warnings.push(...tree.warnings);
    }
  }
  if (failures.length > 0) return fail(...failures);
  const files: Imported["files"][number][] = [];
  for (const { folder, tree } of trees) {
    for (const file of await filesOf(tree)) files.push({ path: folder + file.path, text: file.text });
  }
  return ok({ files, reports: trees.map(({ tree }) => tree.report), skipped }, warnings);
}

async function importOne(
  configuration: Configuration,
  project: string,
  recipients: readonly string[],
  policy: Policy,
): Promise<Result<ImportedTree>> {
  const file = readConfiguration(configuration);
  if (!file.ok) return file;
  const strict = importOpenclaw(file.value, { project, recipients });
  if (!strict.ok) return strict;
  // Once as strict as can be, to see which rules deny it; then with exactly those lowered.
  const rules = rulesThatDeny(strict.value.manifests, policy);
  const tree = rules.length === 0 ? strict : importOpenclaw(file.value, { project, recipients, rules });
  if (!tree.ok || recipients.length === 0) return tree;
  const envelopes = new Map<FoundSecret, Envelope>();
  for (const found of tree.value.secrets) {
    const { secret, key } = found;
    const sealed = await sealValue({ project, name: secret, key, recipients, value: new TextEncoder().encode(found.value.open()) });
    if (!sealed.ok) return sealed;
    envelopes.set(found, sealed.value);
  }
  return ok(withEnvelopes(tree.value, envelopes), tree.warnings);
}

async function filesOf(tree: ImportedTree): Promise<Imported["files"]> {
  const files = [...tree.texts, { path: "IMPORT.md", text: reportMarkdown(tree.report) }];
  for (const { path: at, value, heading, comments } of tree.manifests) {
    files.push({ path: at, text: await commentFields(await writeManifest(value, heading), comments) });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The folder's own name for the first, slugs of the folders for several. */
function projectNames(project: string, configurations: readonly Configuration[]): readonly string[] {
  const taken = new Set<string>();
  return configurations.map((each) => {
    const folder = path.posix.dirname(each.path);
    const base = configurations.length === 1 || folder === "." ? project : slug(folder, project);
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base.slice(0, MAX_NAME - 4)}-${n}`;
    taken.add(name);
    return name;
  });
}

const MAX_NAME = 63;

function slug(text: string, fallback: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_NAME)
    .replaceAll(/^-+|-+$/g, "");
  return plain === "" ? fallback : plain;
}
