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

/** New values of one Secret: sealed for whom the Project names and who could open them before, and the files that change. */
export async function replacedValues(
  tree: SecretTree,
  known: ReadonlyMap<string, { readonly stored: StoredValue }>,
  values: ReadonlyMap<string, Uint8Array>,
  facts: { readonly name: string; readonly own: readonly string[]; readonly setAt: string },
): Promise<Result<readonly Replaced[]>> {
  const edits = new Map<SourceFile, ValueEdit[]>();
  const ageFiles: Replaced[] = [];
  const failed: Diagnostic[] = [];
  const first = [...known.values()][0]?.stored;
  for (const [key, value] of values) {
    const stored = known.get(key)?.stored;
    const file = stored?.file ?? first?.file;
    if (!file) continue;
    const recipients = recipientsFor(tree, { name: facts.name, key }, file, stored ?? first, facts.own);
    const sealed = recipients.ok
      ? await sealValue({ project: tree.projectName, name: facts.name, key, recipients: recipients.value, value })
      : recipients;
    if (!sealed.ok) {
      failed.push(...sealed.diagnostics);
      continue;
    }
    const filed = stored?.value.form === "file" ? tree.ageFiles.get(stored.value.path) : undefined;
    const entry = filed
      ? filedEntry(filed.path, sealed.value.recipients, { setAt: facts.setAt })
      : sealedEntry(sealed.value, { setAt: facts.setAt });
    if (filed) ageFiles.push({ path: filed.path, before: filed.bytes, after: sealed.value.envelope });
    edits.set(file, [...(edits.get(file) ?? []), { name: facts.name, key, entry }]);
  }
  if (failed.length > 0) return failAll(failed);
  const files: Replaced[] = [];
  for (const [file, list] of edits) {
    const after = await withSecretValues(file, list);
    if (!after.ok) return after;
    files.push({ path: file.path, before: file.bytes, after: after.value });
  }
  return ok([...files, ...ageFiles]);
}

/** The same people that `secret set` would take, and without a rule also those who could open it before. */
function recipientsFor(
  tree: SecretTree,
  name: { readonly name: string; readonly key: string },
  file: SourceFile,
  stored: StoredValue | undefined,
  own: readonly string[],
): Result<readonly string[]> {
  const due = dueRecipients(tree.project, name, file.path);
  const named = namedRecipients(due);
  const value = stored?.value;
  const current = value?.form === "age" || value?.form === "file" ? (value.recipients ?? []) : [];
  return checkRecipients([...(due.rule === null ? current : []), ...named, ...(due.isComplete ? [] : own)]);
}
