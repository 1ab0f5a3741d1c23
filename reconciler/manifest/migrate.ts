import {
  fail,
  failAll,
  InternalError,
  isObject,
  jsonEqual,
  ok,
  problem,
  type Diagnostic,
  type Json,
  type Kinds,
  type ManifestEdit,
  type ManifestMigration,
  type Result,
} from "../../core/index.ts";
import { rewriteText, spliceText, type EditsByDocument } from "./edit-text.ts";
import { editedValue } from "./edit-value.ts";
import { unsupportedVersion } from "./envelope.ts";
import type { ParsedDocument, ParsedFile } from "./types.ts";
import { commentsIn, readBack } from "./write.ts";

/** What became of one document. */
export interface MigratedDocument {
  /** From 0, counting the empty ones. */
  readonly document: number;
  readonly from: string;
  readonly to: string;
  /** Besides the apiVersion, in the order they were made. */
  readonly edits: readonly ManifestEdit[];
}

export interface MigratedManifest {
  readonly text: string;
  /** Those that changed; empty when the file is of the present version. */
  readonly documents: readonly MigratedDocument[];
}

const BOM = "\ufeff";

/**
 * A file with every document brought to the present version, step by step. Comments and layout stay as
 * they are where values and names change in place; the text is read back and must mean what the steps
 * mean.
 *
 * @param file - The file as `parseFile` read it, without diagnostics.
 * @returns `API_VERSION` for each document of a version that no step leads on from, `MIGRATION_FAILED` when
 *   the text cannot be changed safely.
 */
export async function migrateManifest(path: string, text: string, file: ParsedFile, kinds: Kinds): Promise<Result<MigratedManifest>> {
  const stuck = file.documents.flatMap((document) => (stepOf(document.value, kinds) ? [] : (unsupportedVersion(document, kinds) ?? [])));
  if (stuck.length > 0) return failAll(stuck);
  const done = new Map<number, MigratedDocument>();
  let state: State = { text: text.startsWith(BOM) ? text.slice(1) : text, values: file.documents.map((document) => document.value) };
  for (let round = 0; round <= (kinds.migrations?.length ?? 0); round++) {
    const steps = state.values.map((value) => stepOf(value, kinds));
    if (steps.every((step) => step === undefined)) {
      const documents = [...done.values()];
      return ok({ text: documents.length === 0 ? text : (text.startsWith(BOM) ? BOM : "") + state.text, documents });
    }
    const edits = state.values.map((value, i) => editsOf(value, steps[i]));
    const next = await applyStep(path, state, edits);
    if (!next) return fail(failed(path));
    steps.forEach((step, i) => step && note(done, file.documents[i], step, edits[i] ?? []));
    state = next;
  }
  throw new InternalError("the migrations of manifests go round in a circle");
}

interface State {
  readonly text: string;
  readonly values: readonly Json[];
}

/**
 * A file's text with some of its values changed; comments and layout stay, and what is returned means what
 * was meant.
 *
 * @param values - The documents of the file, as it was read.
 * @returns undefined when the text cannot be changed safely
 */
export async function editManifest(
  path: string,
  text: string,
  values: readonly Json[],
  edits: EditsByDocument,
): Promise<string | undefined> {
  const mark = text.startsWith(BOM) ? BOM : "";
  const edited = await applyStep(path, { text: text.slice(mark.length), values }, edits);
  return edited && mark + edited.text;
}

/** Undefined when the text cannot be changed safely. */
async function applyStep(path: string, { text, values }: State, edits: EditsByDocument): Promise<State | undefined> {
  const meant = values.map((value, i) => (isObject(value) && edits[i]?.length ? editedValue(value, edits[i]) : value));
  const means = (candidate: string | undefined): candidate is string => candidate !== undefined && jsonEqual(readBack(candidate), meant);
  const spliced = await spliceText(text, edits);
  if (means(spliced)) return { text: spliced, values: meant };
  const json = path.endsWith(".json") && text.trimStart().startsWith("{") ? `${JSON.stringify(meant[0], null, 2)}\n` : undefined;
  if (meant.length === 1 && means(json)) return { text: json, values: meant };
  const rewritten = await rewriteText(text, edits);
  const mayLose = edits.some((each) => each.some(({ op }) => op === "remove"));
  if (means(rewritten) && (mayLose || (await commentsIn(rewritten)) === (await commentsIn(text))))
    return { text: rewritten, values: meant };
  return undefined;
}

function failed(path: string): Diagnostic {
  return problem("MIGRATION_FAILED", {
    detail: "Its text cannot be changed without changing what else it says, or losing a comment.",
    remedy: "Bring it into the usual form first, or change it by hand:\nmoltbot fmt",
    at: { file: path, line: 1, column: 1 },
  });
}

function note(
  done: Map<number, MigratedDocument>,
  parsed: ParsedDocument | undefined,
  step: ManifestMigration,
  edits: readonly ManifestEdit[],
): void {
  if (!parsed) return;
  const before = done.get(parsed.document);
  const own = edits.filter(({ pointer }) => pointer !== VERSION);
  done.set(parsed.document, {
    document: parsed.document,
    from: before?.from ?? step.from,
    to: step.to,
    edits: [...(before?.edits ?? []), ...own],
  });
}

const VERSION = "/apiVersion";

function editsOf(value: Json, step: ManifestMigration | undefined): readonly ManifestEdit[] {
  if (!step || !isObject(value)) return [];
  const kind = value["kind"];
  const own = typeof kind === "string" && Object.hasOwn(step.kinds, kind) ? step.kinds[kind] : undefined;
  return [{ op: "set", pointer: VERSION, value: step.to }, ...(own?.(value) ?? [])];
}

function stepOf(value: Json, { migrations }: Kinds): ManifestMigration | undefined {
  const version = isObject(value) ? value["apiVersion"] : undefined;
  return migrations?.find(({ from }) => from === version);
}
