import {
  addressOf,
  caution,
  fail,
  failAll,
  nearest,
  ok,
  problem,
  shown,
  shownRecipient,
  type Address,
  type Diagnostic,
  type Instant,
  type Result,
} from "../core/index.ts";
import {
  checkRecipients,
  dueRecipients,
  filedEntry,
  namedRecipients,
  recipientsIn,
  sealedEntry,
  sealValue,
  type DeclaredValue,
  type Identity,
  type Rotate,
  type ValueEdit,
} from "../trust/secrets/index.ts";
import { locate } from "./manifest/index.ts";
import { nobodyNamed, replacedInProject, type Replacements } from "./replacing-recipients.ts";
import { envelopeOf, openStored } from "./opening-values.ts";
import { withSecretValues } from "./secret-editing.ts";
import { readSecretTree, type SecretTree, type StoredValue } from "./secret-tree.ts";
import type { SourceFile } from "./source/index.ts";
import type { Query, World } from "./types.ts";

export interface RekeyRequest {
  /** Secrets to look at; none means all. */
  readonly names: readonly string[];
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** Recipients that take the place of others, in moltbot.yaml and in every value. */
  readonly replace: Replacements;
  /** The runtime's own recipient where the Project names none. */
  readonly own: readonly string[];
  readonly identities: readonly Identity[];
  /** Only find out what would be done; nothing is opened but what does not say who can open it. */
  readonly isDryRun: boolean;
}

export interface RekeyedValue {
  readonly address: Address;
  readonly key: string;
  readonly file: string;
  readonly recipients: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** New texts of files; nothing is written here. */
export interface Rekeying {
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly before: Uint8Array; readonly after: string | Uint8Array }[];
  readonly values: readonly RekeyedValue[];
  readonly unchanged: number;
  /** moltbot.yaml, where recipients in it are replaced. */
  readonly project: string | null;
}

type Encrypted = StoredValue & { readonly value: Extract<DeclaredValue, { readonly form: "age" | "file" }> };

/** One value whose recipients change. */
interface Change {
  readonly stored: Encrypted;
  readonly wanted: readonly string[];
  readonly current: readonly string[];
}

/**
 * Encrypts again every value whose recipients are not those that the rules, the targets and the request
 * name. Only such values are opened, and either all can be, or nothing is to be written.
 */
export async function rekey(query: Query, request: RekeyRequest, world: World): Promise<Result<Rekeying>> {
  const read = await readSecretTree(query, world);
  if (!read.ok) return read;
  const project = await replacedInProject(read.value, request.replace);
  if (!project.ok) return project;
  // The rules as they will be decide who is to open a value.
  const tree: SecretTree = { ...read.value, project: project.value.document };
  const encrypted = tree.values.filter((each): each is Encrypted => each.value.form === "age" || each.value.form === "file");
  const unknown = unknownNames(request.names, tree);
  if (unknown.length > 0) return failAll(unknown);
  const chosen = encrypted.filter(({ value }) => request.names.length === 0 || request.names.includes(value.name));
  const { found, changes } = await changesOf(chosen, tree, request);
  const made = request.isDryRun ? ok([]) : await resealed(changes, tree, request.identities, world.clock.now());
  const failed = [...found.filter((each) => each.severity === "error"), ...(made.ok ? [] : made.diagnostics)];
  if (failed.length > 0 || !made.ok) return failAll(locate(failed, tree.files));
  const files = await filesOf(made.value, tree);
  if (!files.ok) return files;
  const values = changes.map(valueOf);
  const unused = [...request.replace.keys()].filter(
    (each) => !project.value.found.has(each) && !values.some(({ removed }) => removed.includes(each)),
  );
  if (unused.length > 0) return failAll(unused.map(nobodyNamed));
  const warnings = locate(distinct(found), tree.files);
  return ok(
    {
      folder: tree.folder,
      files: [...project.value.files, ...files.value],
      values,
      unchanged: chosen.length - changes.length,
      project: project.value.files[0]?.path ?? null,
    },
    warnings,
  );
}

async function changesOf(
  chosen: readonly Encrypted[],
  tree: SecretTree,
  request: RekeyRequest,
): Promise<{ readonly found: readonly Diagnostic[]; readonly changes: readonly Change[] }> {
  const found: Diagnostic[] = [];
  const changes: Change[] = [];
  for (const stored of chosen) {
    const change = await changeOf(stored, tree, request);
    if (!change.ok) found.push(...change.diagnostics);
    else if (change.value) changes.push(change.value);
    if (change.ok) found.push(...change.warnings);
  }
  return { found, changes };
}

function unknownNames(names: readonly string[], { values }: SecretTree): readonly Diagnostic[] {
  const known = new Set(values.map(({ value }) => value.name));
  return names
    .filter((name) => !known.has(name))
    .map((name) => {
      const near = nearest(name, [...known]);
      return problem("SECRET_UNKNOWN", {
        detail: `No file declares Secret/${shown(name)}.`,
        ...(near === undefined ? {} : { remedy: `Did you mean "${near}"?` }),
      });
    });
}

async function changeOf(stored: Encrypted, tree: SecretTree, request: RekeyRequest): Promise<Result<Change | undefined>> {
  const { value, file, origin } = stored;
  const current = await currentRecipients(stored, tree, request.identities);
  if (!current.ok) return current;
  const due = dueRecipients(tree.project, value, file.path);
  const named = namedRecipients(due);
  const own = due.isComplete ? [] : request.own;
  // The same people that `secret set` would take; without a rule nobody is taken away unasked.
  const base = [...(due.rule === null ? current.value : []), ...named, ...own].map((each) => request.replace.get(each) ?? each);
  const wanted = checkRecipients([...base, ...request.add].filter((each) => !request.remove.includes(each)));
  if (!wanted.ok)
    return fail(
      ...wanted.diagnostics.map((each) => ({ ...each, detail: `Secret/${value.name} key ${shown(value.key)}: ${each.detail}`, origin })),
    );
  const isSame = wanted.value.length === current.value.length && wanted.value.every((each) => current.value.includes(each));
  const isRuntimeUnknown = !due.isComplete && own.length === 0 && current.value.some((each) => !wanted.value.includes(each));
  const warnings = [...disagreements(request, due.rule === null ? null : named, named), ...(isRuntimeUnknown ? [runtimeUnknown()] : [])];
  return ok(isSame ? undefined : { stored, wanted: wanted.value, current: current.value }, warnings);
}

/** Who can open a value now; a file that does not say is opened to ask. */
async function currentRecipients(stored: Encrypted, tree: SecretTree, identities: readonly Identity[]): Promise<Result<readonly string[]>> {
  const { value, origin } = stored;
  if (value.recipients !== null) return ok(value.recipients);
  const { name, key } = value;
  const envelope = envelopeOf(stored, tree) ?? "";
  const found = await recipientsIn({ project: tree.projectName, name, key, recipients: null, envelope, identities });
  return found.ok ? found : fail(...found.diagnostics.map((each) => ({ ...each, origin })));
}

/** What is asked for here but not written into the Project, so that the next `rekey` or `set` undoes it. */
function disagreements({ add, remove }: RekeyRequest, ruled: readonly string[] | null, named: readonly string[]): readonly Diagnostic[] {
  const say = (recipient: string, what: string, remedy: string): Diagnostic =>
    caution("SECRET_RECIPIENTS_DIFFER", { detail: `${shownRecipient(recipient)} ${what}`, remedy });
  return [
    ...(ruled === null ? [] : add.filter((each) => !ruled.includes(each))).map((each) =>
      say(
        each,
        "was added to values whose rule does not name it: the next rekey takes it away again.",
        "Add it to secrets.rules in moltbot.yaml.",
      ),
    ),
    ...remove
      .filter((each) => named.includes(each))
      .map((each) =>
        say(
          each,
          "was removed, but moltbot.yaml still names it: the next rekey or set adds it again.",
          "Take it out of secrets.rules and target.recipient.",
        ),
      ),
  ];
}

function runtimeUnknown(): Diagnostic {
  return caution("SECRET_RECIPIENTS_DIFFER", {
    detail:
      "The Project names no target.recipient, so it is not known whether one of the recipients that were taken away is the runtime's.",
    remedy: "Put the runtime's public key into target.recipient; it is shown, where the runtime is, by:\nmoltbot gateway recipient",
  });
}

interface Resealed {
  readonly change: Change;
  readonly envelope: string;
  readonly rotate: Rotate | undefined;
}

async function resealed(
  changes: readonly Change[],
  tree: SecretTree,
  identities: readonly Identity[],
  now: Date,
): Promise<Result<readonly Resealed[]>> {
  const made: Resealed[] = [];
  const failed: Diagnostic[] = [];
  for (const change of changes) {
    const { name, key } = change.stored.value;
    const opened = await openStored(change.stored, tree, identities);
    const sealed = opened.ok
      ? await sealValue({ project: tree.projectName, name, key, recipients: change.wanted, value: opened.value.open() })
      : opened;
    if (sealed.ok) made.push({ change, envelope: sealed.value.envelope, rotate: rotateOf(change, now) });
    else failed.push(...sealed.diagnostics);
  }
  return failed.length > 0 ? failAll(failed) : ok(made);
}

/** Who was removed now or before, and has not come back. */
function rotateOf({ stored, current, wanted }: Change, now: Date): Rotate | undefined {
  const { rotate } = stored.value;
  const removed = [...new Set([...(rotate?.removed ?? []), ...current])].filter((each) => !wanted.includes(each)).sort();
  const since: Instant = rotate?.since ?? now.toISOString();
  return removed.length === 0 ? undefined : { since, removed };
}

async function filesOf(made: readonly Resealed[], tree: SecretTree): Promise<Result<Rekeying["files"]>> {
  const files: { path: string; before: Uint8Array; after: string | Uint8Array }[] = [];
  for (const [file, list] of Map.groupBy(made, ({ change }) => change.stored.file)) {
    const after = await withSecretValues(file, list.map(editOf));
    if (!after.ok) return after;
    files.push({ path: file.path, before: file.bytes, after: after.value });
  }
  for (const { change, envelope } of made) {
    const { value } = change.stored;
    const file = value.form === "file" ? tree.ageFiles.get(value.path) : undefined;
    if (file) files.push({ path: file.path, before: file.bytes, after: await inFormOf(file, envelope) });
  }
  return ok(files);
}

function editOf({ change, envelope, rotate }: Resealed): ValueEdit {
  const { value } = change.stored;
  const facts = { ...(value.setAt === undefined ? {} : { setAt: value.setAt }), ...(rotate === undefined ? {} : { rotate }) };
  const { name, key } = value;
  const entry =
    value.form === "age" ? sealedEntry({ recipients: change.wanted, envelope }, facts) : filedEntry(value.path, change.wanted, facts);
  return { name, key, entry };
}

/** A binary file stays binary. */
async function inFormOf(file: SourceFile, armored: string): Promise<string | Uint8Array> {
  if (!Buffer.from(file.bytes.subarray(0, 32)).toString("latin1").startsWith("age-encryption.org/v1\n")) return armored;
  const { armor } = await import("age-encryption");
  return armor.decode(armored);
}

function valueOf({ stored, wanted, current }: Change): RekeyedValue {
  const { value, file } = stored;
  return {
    address: addressOf("Secret", value.name),
    key: value.key,
    file: file.path,
    recipients: wanted,
    added: wanted.filter((each) => !current.includes(each)),
    removed: current.filter((each) => !wanted.includes(each)),
  };
}

function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((each) => [each.detail, each])).values()];
}
