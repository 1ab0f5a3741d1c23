import { fail, ok, problem, type Result } from "../../../core/index.ts";
import type { SecretTree, StoredValue } from "../../../reconciler/engine.ts";
import { MoltbotCommand } from "../../base.ts";
import { editPrivately, editorOf } from "../../editor.ts";
import { outputFlag } from "../../flags.ts";
import { identitiesOf } from "../../identities.ts";
import { replaceFiles, type Replacement } from "../../replace-files.ts";
import { SECRET_OR_VALUE_ARGS, secretName } from "../../secret-flags.ts";
import { setAtNow } from "../../secret-input.ts";
import { conclude, type Session } from "../../session.ts";
import { UsageError } from "../../usage.ts";
import { changedValues, editingText, type EditingForm, type OpenedValues } from "../../secret-editing.ts";
import { valuesEditedViews, type ValuesEdited } from "../../views/secret.ts";

export default class SecretEdit extends MoltbotCommand {
  static override summary = "Edit the values of a Secret in your editor";
  static override description =
    "Decrypts into a file that you alone can read, in memory where the system offers that (/dev/shm), starts VISUAL or EDITOR on it, and " +
    "encrypts again what changed; the file is removed whatever happens. With KEY the value itself is edited, without it all values of the " +
    "Secret as YAML. Comments and layout of the manifest stay. Needs an identity that opens the values.";
  static override examples = [
    { description: "One value", command: "EDITOR=nano <%= config.bin %> secret edit openai api-key" },
    { description: "All values of a Secret", command: "<%= config.bin %> secret edit openai" },
  ];
  static override args = SECRET_OR_VALUE_ARGS;
  static override strict = false;
  static override flags = { output: outputFlag("text", "json", "yaml") };

  async run(): Promise<number> {
    const { args, argv, flags } = await this.read(SecretEdit);
    const { name } = secretName({ name: args.name, key: args.key ?? "value" }, argv);
    const session = this.session(flags);
    if (session.query.ref !== undefined) throw new UsageError("secret edit writes a file; --ref names a commit, which cannot be changed.");
    const editor = editorOf(process.env);
    return conclude(session, await edited(session, name, args.key, editor), { views: valuesEditedViews });
  }
}

async function edited(session: Session, name: string, key: string | undefined, editor: readonly string[]): Promise<Result<ValuesEdited>> {
  const opened = await openAll(session, name, key);
  if (!opened.ok) return opened;
  const { tree, values, form } = opened.value;
  const text = await editingText(values, form);
  const after = await editPrivately(session, editor, text, form.kind === "one" ? form.key : `${name}.yaml`);
  if (!after.ok) return after;
  const changed = await changedValues(values, form, after.value);
  if (!changed.ok) return changed;
  if (changed.value.size === 0) return ok({ secret: name, changed: [], file: null });
  return await write(session, name, tree, values, changed.value);
}

interface Opened {
  readonly tree: SecretTree;
  readonly values: OpenedValues;
  readonly form: EditingForm;
}

/** Every value that will be shown, decrypted; nothing is shown when one cannot be. */
async function openAll(session: Session, name: string, key: string | undefined): Promise<Result<Opened>> {
  const { openStored, overlaysOf, readSecretTree, storedValue } = await import("../../../reconciler/engine.ts");
  const world = await session.world();
  const overlays = await overlaysOf(session.query, world);
  if (!overlays.ok) return overlays;
  const tree = await readSecretTree(session.query, world);
  if (!tree.ok) return tree;
  const first = storedValue(tree.value, { name, key: key ?? firstKey(tree.value, name) }, overlays.value);
  if (!first.ok) return first;
  const identities = await identitiesOf(session);
  if (!identities.ok) return identities;
  const keys = key === undefined ? keysOf(tree.value, name) : [key];
  const values = new Map<string, { readonly stored: StoredValue; readonly before: Uint8Array }>();
  for (const each of keys) {
    const stored = storedValue(tree.value, { name, key: each }, overlays.value);
    if (!stored.ok) return stored;
    const isEncrypted = stored.value.value.form === "age" || stored.value.value.form === "file";
    if (!isEncrypted && key === undefined) continue;
    const bytes = await openStored(stored.value, tree.value, identities.value);
    if (!bytes.ok) return bytes;
    values.set(each, { stored: stored.value, before: bytes.value.open() });
  }
  if (values.size === 0)
    return fail(
      problem("SECRET_ELSEWHERE", { detail: `No value of Secret/${name} is in the repository.`, remedy: `moltbot secret set ${name} KEY` }),
    );
  return ok({ tree: tree.value, values, form: key === undefined ? { kind: "all", name } : { kind: "one", key } });
}

function keysOf({ values }: SecretTree, name: string): readonly string[] {
  return [...new Set(values.filter(({ value }) => value.name === name).map(({ value }) => value.key))];
}

function firstKey(tree: SecretTree, name: string): string {
  return keysOf(tree, name)[0] ?? "value";
}

async function write(
  session: Session,
  name: string,
  tree: SecretTree,
  values: OpenedValues,
  changed: ReadonlyMap<string, Uint8Array>,
): Promise<Result<ValuesEdited>> {
  const { replacedValues } = await import("../../../reconciler/engine.ts");
  const { ownRecipients } = await import("../../secret-recipients.ts");
  const own = await ownRecipients(session, []);
  if (!own.ok) return own;
  const files: Result<readonly Replacement[]> = await replacedValues(tree, values, changed, { name, own: own.value, setAt: setAtNow() });
  if (!files.ok) return files;
  const written = replaceFiles(tree.folder, files.value);
  if (!written.ok) return written;
  return ok({ secret: name, changed: [...changed.keys()].sort(), file: files.value[0]?.path ?? null });
}
