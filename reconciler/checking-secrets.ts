import { compareDiagnostics, fail, failAll, ok, problem, shown, type Diagnostic, type Result } from "../core/index.ts";
import { dueRecipients, namedRecipients, plantedIn } from "../trust/secrets/index.ts";
import { openSource, readDesired, readProject } from "./desired.ts";
import { locate } from "./manifest/index.ts";
import { environmentNames } from "./project.ts";
import { secretProblems } from "./secret-problems.ts";
import { readSecretTree, type SecretTree, type StoredValue } from "./secret-tree.ts";
import { openCommit, openWorkTree, type SourceFile } from "./source/index.ts";
import type { Query, World } from "./types.ts";

/** What was looked at. */
export interface SecretsFound {
  readonly secrets: number;
  readonly values: number;
  readonly files: number;
}

/**
 * Everything about the secrets of a repository that can be judged without an identity: that manifests are
 * sound in every environment, envelopes whole and for whom they should be, and that no credential stands
 * anywhere in plain text.
 */
export async function checkSecretsOf(query: Query, world: World): Promise<Result<SecretsFound>> {
  world.progress({ stage: "validate", message: "checking manifests" });
  const tree = await treeProblems(query, world);
  if (!tree.ok) return tree;
  world.progress({ stage: "load", message: "searching every file for credentials" });
  const planted = await plantedCredentials(query, world);
  if (!planted.ok) return planted;
  const found = distinct([...tree.value.problems, ...planted.value.problems]);
  const isBad = found.some((each) => each.severity === "error");
  return isBad ? failAll(found) : ok({ ...tree.value.counts, files: planted.value.files }, found);
}

interface TreeProblems {
  readonly problems: readonly Diagnostic[];
  readonly counts: { readonly secrets: number; readonly values: number };
}

async function treeProblems(query: Query, world: World): Promise<Result<TreeProblems>> {
  const environments = await environmentsOf(query, world);
  if (!environments.ok) return environments;
  const problems: Diagnostic[] = [];
  for (const environment of environments.value) {
    const desired = await readDesired(environment === undefined ? query : { ...query, environment }, world);
    problems.push(...(desired.ok ? secretProblems(desired.value.config, desired.value, world) : desired.diagnostics));
  }
  const tree = await readSecretTree(query, world);
  if (!tree.ok) return ok({ problems: [...problems, ...tree.diagnostics], counts: { secrets: 0, values: 0 } });
  const { values, files } = tree.value;
  const differing = values.flatMap((each) => recipientProblems(each, tree.value));
  const secrets = new Set(values.map(({ value }) => value.name)).size;
  return ok({ problems: [...problems, ...locate(differing, files)], counts: { secrets, values: values.length } });
}

/** The one that was asked for, or all; `undefined` stands for the only one of a Project without environments. */
async function environmentsOf(query: Query, world: World): Promise<Result<readonly (string | undefined)[]>> {
  if (query.environment !== undefined) return ok([query.environment]);
  const opened = await openSource(query, world);
  if (!opened.ok) return opened;
  const { source } = opened.value;
  const { resource, diagnostics } = readProject(source.project, world.kinds);
  await source.close();
  if (!resource) return failAll(locate(diagnostics, new Map([[source.project.path, source.project.bytes]])));
  const names = environmentNames(resource);
  return ok(names.length === 0 ? [undefined] : names);
}

function recipientProblems({ value, file, origin }: StoredValue, tree: SecretTree): readonly Diagnostic[] {
  if (value.form !== "age" && value.form !== "file") return [];
  const { name, key, recipients } = value;
  const due = dueRecipients(tree.project, value, file.path);
  if (recipients === null) {
    const remedy = "List them, which `moltbot secret rekey` does with an identity that opens it.";
    const detail = `Secret/${name} key ${shown(key)} is a file and does not list its recipients, so they cannot be compared with the rule.`;
    return due.rule === null ? [] : [problem("SECRET_RECIPIENTS_DIFFER", { detail, remedy, origin })];
  }
  const named = namedRecipients(due);
  const missing = named.filter((each) => !recipients.includes(each));
  const extra = due.rule === null ? [] : recipients.filter((each) => !named.includes(each));
  const say = (who: readonly string[], what: string, remedy: string): Diagnostic =>
    problem("SECRET_RECIPIENTS_DIFFER", {
      detail: `Secret/${name} key ${shown(key)} is ${what}: ${who.map((each) => shown(each)).join(", ")}.`,
      remedy,
      origin,
      context: { secret: name, key },
    });
  const again = "moltbot secret rekey";
  const perhapsRuntime = due.isComplete
    ? again
    : `If it is the runtime's, put it into target.recipient of moltbot.yaml; otherwise:\n${again}`;
  return [
    ...(missing.length === 0 ? [] : [say(missing, "not encrypted for whom the Project names", again)]),
    ...(extra.length === 0 ? [] : [say(extra, "encrypted for whom the Project does not name", perhapsRuntime)]),
  ];
}

async function plantedCredentials(
  query: Query,
  world: World,
): Promise<Result<{ readonly problems: readonly Diagnostic[]; readonly files: number }>> {
  const source = query.ref === undefined ? await openWorkTree(query.repo) : await openCommit(query.repo, query.ref);
  if (!source.ok) return source;
  const problems: Diagnostic[] = [];
  let files = 0;
  try {
    const walked = await source.value.walk((file) => {
      if (world.signal.aborted) return;
      files++;
      problems.push(...plantedInFile(file));
    });
    if (world.signal.aborted) return fail(problem("NOT_CONFIRMED", { detail: "Interrupted." }));
    return walked.ok ? ok({ problems: [...problems, ...walked.warnings], files }) : walked;
  } finally {
    await source.value.close();
  }
}

const BINARY_LOOK = 8_192;

/** A binary age file: its header is text. */
function isEncrypted(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 32)).toString("latin1").startsWith("age-encryption.org/v1\n");
}

function plantedInFile({ path, bytes }: SourceFile): readonly Diagnostic[] {
  if (bytes.subarray(0, BINARY_LOOK).includes(0) || isEncrypted(bytes)) return [];
  return plantedIn(Buffer.from(bytes).toString("utf8")).map(({ line, column, length, what }) =>
    problem("SECRET_PLANTED", {
      detail: `Here stands what looks like ${what}. It is not shown.`,
      remedy: "Change it where it came from, and put the new one into a Secret:\nmoltbot secret set NAME KEY",
      at: { file: path, line, column, length },
      context: { file: path },
    }),
  );
}

function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ code, at, detail }: Diagnostic): string => JSON.stringify([code, at?.file, at?.line, at?.column, detail]);
  return [...new Map(diagnostics.map((each) => [key(each), each])).values()].sort(compareDiagnostics);
}
