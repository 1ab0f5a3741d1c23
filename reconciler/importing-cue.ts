import { addressOf, fail, isObject, ok, problem, shown, type Diagnostic, type JsonObject, type Result } from "../core/index.ts";
import { KINDS } from "../schemas/index.ts";
import { evaluateCue } from "./evaluate-cue.ts";
import { manifestPath, manifestsIn } from "./import/index.ts";
import { parseFile, validateDocument, writeManifest } from "./manifest/index.ts";

export interface ImportedCue {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly evaluator: string;
}

/**
 * Evaluates a folder of CUE to manifests, each valid by its schema. What is reviewed and applied is the
 * result, not the CUE. Writes nothing.
 */
export async function importCueFrom(folder: string, searchPath: string): Promise<Result<ImportedCue>> {
  const evaluated = await evaluateCue(folder, searchPath);
  if (!evaluated.ok) return evaluated;
  // Read as strictly as any manifest: numbers that would be rounded and keys given twice are errors.
  const parsed = parseFile({ path: "cue.json", bytes: new TextEncoder().encode(evaluated.value.json), blobId: null });
  if (parsed.diagnostics.length > 0) return fail(...parsed.diagnostics.map(withoutPlace));
  const manifests = manifestsIn(parsed.documents[0]?.value ?? null);
  if (!manifests.ok) return manifests;
  const problems = manifests.value.flatMap(problemsOf);
  if (problems.length > 0) return fail(...problems);
  const duplicates = repeated(manifests.value.map(manifestPath));
  if (duplicates.length > 0) {
    return fail(
      ...duplicates.map((path) => problem("RESOURCE_DUPLICATE", { detail: `CUE gives two manifests that would both be ${shown(path)}.` })),
    );
  }
  const files = [];
  for (const value of manifests.value) files.push({ path: manifestPath(value), text: await writeManifest(value) });
  return ok({ files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), evaluator: evaluated.value.evaluator }, evaluated.warnings);
}

function problemsOf(value: JsonObject): readonly Diagnostic[] {
  const { kind, metadata } = value;
  const name = isObject(metadata) ? metadata["name"] : undefined;
  const whose = typeof kind === "string" && typeof name === "string" ? addressOf(kind, name) : "A manifest";
  const { diagnostics } = validateDocument({ file: "cue.json", document: 0, line: 1, value }, KINDS);
  return diagnostics.map((each) => withoutPlace({ ...each, detail: `${whose}: ${each.detail}` }));
}

/** Positions in CUE's output would help nobody: it is not kept. */
function withoutPlace({ at: _at, origin: _origin, related: _related, ...rest }: Diagnostic): Diagnostic {
  return rest;
}

function repeated(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.filter((path, i) => paths.indexOf(path) !== i))];
}
