import { failAll, ok, type Diagnostic, type Result } from "../core/index.ts";
import {
  checkRecipients,
  dueRecipients,
  filedEntry,
  namedRecipients,
  sealedEntry,
  sealValue,
  type ValueEdit,
} from "../trust/secrets/index.ts";
import { withSecretValues } from "./secret-editing.ts";
import type { SecretTree, StoredValue } from "./secret-tree.ts";
import type { SourceFile } from "./source/index.ts";

interface Replaced {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: string | Uint8Array;
}

interface Facts {
  readonly name: string;
  readonly own: readonly string[];
  readonly setAt: string;
}

/** One value sealed: how its manifest is edited, and its own file where it has one. */
interface Sealed {
  readonly file: SourceFile;
  readonly edit: ValueEdit;
  readonly ageFile: Replaced | undefined;
}

/**
 * New values of one Secret: sealed for whom the Project names, and the files that change.
 *
 * @param known - Those that are declared; a new one goes beside the first of them.
 */
export async function replacedValues(
  tree: SecretTree,
  known: ReadonlyMap<string, { readonly stored: StoredValue }>,
  values: ReadonlyMap<string, Uint8Array>,
  facts: Facts,
): Promise<Result<readonly Replaced[]>> {
  const sealed: Sealed[] = [];
  const failed: Diagnostic[] = [];
  for (const [key, value] of values) {
    const stored = known.get(key)?.stored;
    const beside = stored ?? [...known.values()][0]?.stored;
    const made = beside && (await sealOne(tree, { key, value, stored, beside }, facts));
    if (made?.ok) sealed.push(made.value);
    else failed.push(...(made?.diagnostics ?? []));
  }
  if (failed.length > 0) return failAll(failed);
  const files: Replaced[] = [];
  for (const [file, list] of Map.groupBy(sealed, (each) => each.file)) {
    const after = await withSecretValues(
      file,
      list.map(({ edit }) => edit),
    );
    if (!after.ok) return after;
    files.push({ path: file.path, before: file.bytes, after: after.value });
  }
  return ok([...files, ...sealed.flatMap(({ ageFile }) => ageFile ?? [])]);
}

interface NewValue {
  readonly key: string;
  readonly value: Uint8Array;
  readonly stored: StoredValue | undefined;
  readonly beside: StoredValue;
}

async function sealOne(tree: SecretTree, { key, value, stored, beside }: NewValue, facts: Facts): Promise<Result<Sealed>> {
  const { name, own, setAt } = facts;
  const recipients = recipientsFor(tree, { name, key }, beside, own);
  if (!recipients.ok) return recipients;
  const sealed = await sealValue({ project: tree.projectName, name, key, recipients: recipients.value, value });
  if (!sealed.ok) return sealed;
  const filed = stored?.value.form === "file" ? tree.ageFiles.get(stored.value.path) : undefined;
  const entry = filed ? filedEntry(filed.path, sealed.value.recipients, { setAt }) : sealedEntry(sealed.value, { setAt });
  const ageFile = filed && { path: filed.path, before: filed.bytes, after: sealed.value.envelope };
  return ok({ file: beside.file, edit: { name, key, entry }, ageFile });
}

/** The same people that `secret set` would take, and without a rule also those who could open it before. */
function recipientsFor(
  tree: SecretTree,
  name: { readonly name: string; readonly key: string },
  { value, file }: StoredValue,
  own: readonly string[],
): Result<readonly string[]> {
  const due = dueRecipients(tree.project, name, file.path);
  const named = namedRecipients(due);
  const current = value.form === "age" || value.form === "file" ? (value.recipients ?? []) : [];
  return checkRecipients([...(due.rule === null ? current : []), ...named, ...(due.isComplete ? [] : own)]);
}
