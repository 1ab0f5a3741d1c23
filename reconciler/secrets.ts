import path from "node:path";
import { fail, InternalError, isArray, isObject, jsonEqual, ok, problem, shown, valueAt, type Json, type Result } from "../core/index.ts";
import { checkRecipients, isSecretNamed, sealedEntry, secretDocument, withSealedValue, type SealedValue } from "../trust/secrets/index.ts";
import { readProjectOnly, requestOf, type Context } from "./desired.ts";
import { parseFile, writeManifest } from "./manifest/index.ts";
import { openWorkTree, type LoadedFiles, type SourceFile } from "./source/index.ts";
import type { Query, World } from "./types.ts";

/** Which value is to be written. */
export interface SecretName {
  readonly name: string;
  readonly key: string;
}

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
 * target's own recipient.
 *
 * @param more - Recipients from the command line, or the runtime's own where the Project names none.
 */
export async function secretSite(query: Query, secret: SecretName, more: readonly string[], world: World): Promise<Result<SecretSite>> {
  const context = await readProjectOnly(query, world);
  if (!context.ok) return context;
  const { project, folder } = context.value;
  const recipients = recipientsOf(context.value, secret, more);
  if (!recipients.ok) return recipients;
  const source = await openWorkTree(folder);
  if (!source.ok) return source;
  try {
    const loaded = await source.value.load(requestOf(project, folder, query));
    if (!loaded.ok) return loaded;
    const manifest = declaring(loaded.value, secret.name);
    if (!manifest.ok) return manifest;
    return ok({
      project: project.name,
      recipients: recipients.value,
      manifest: manifest.value,
      folder,
      newPath: newPath(project.sources, secret.name),
    });
  } finally {
    await source.value.close();
  }
}

/** The same, without looking for a manifest: for a fragment that is printed. */
export async function secretRecipients(
  query: Query,
  secret: SecretName,
  more: readonly string[],
  world: World,
): Promise<Result<Pick<SecretSite, "project" | "recipients">>> {
  const context = await readProjectOnly(query, world);
  if (!context.ok) return context;
  const recipients = recipientsOf(context.value, secret, more);
  return recipients.ok ? ok({ project: context.value.project.name, recipients: recipients.value }) : recipients;
}

function recipientsOf({ project }: Context, secret: SecretName, more: readonly string[]): Result<readonly string[]> {
  const rules = valueAt(project.written.value, ["spec", "secrets", "rules"]);
  const rule = isArray(rules) ? rules.filter(isObject).find((each) => matches(each["path"], secret)) : undefined;
  const ruled = rule && isArray(rule["recipients"]) ? rule["recipients"].filter((each) => typeof each === "string") : [];
  const { recipient } = project.target;
  const all = [...more, ...ruled, ...(recipient === null ? [] : [recipient])];
  if (all.length > 0) return checkRecipients(all);
  return fail(
    problem("RECIPIENT_INVALID", {
      detail: `Nobody is named who could open ${secret.name}#${secret.key}: there is no --recipient, no rule in \`secrets.rules\` matches, and the target names no recipient.`,
      remedy:
        "Name the runtime's recipient, and somebody who may change the value later:\n--recipient age1...\nThe runtime's own is shown by:\nmoltbot gateway recipient",
    }),
  );
}

/** `*` stands for any text; a rule without `#` is about every value of the Secret. */
function matches(rule: Json | undefined, { name, key }: SecretName): boolean {
  if (typeof rule !== "string") return false;
  const [names = "", keys = "*"] = rule.split("#", 2);
  return likes(names, name) && likes(keys, key);
}

function likes(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  const last = rest.pop() ?? "";
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
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
  return parseFile(file).documents.some(({ value }) => isSecretNamed(value, name));
}

function newPath(sources: readonly string[], name: string): string {
  const folder = sources.length === 0 || sources.includes("secrets") ? "secrets" : sources[0];
  return path.posix.join(folder ?? "secrets", `${name}.yaml`);
}

/** A manifest that declares the Secret with this one value. */
export async function newSecretManifest({ name, key }: SecretName, sealed: SealedValue): Promise<string> {
  return await writeManifest(secretDocument(name, key, sealed));
}

/** The part of a manifest that holds the value, as YAML, to be pasted below `spec.values`. */
export async function secretFragment(key: string, sealed: SealedValue): Promise<string> {
  const { Document } = await import("yaml");
  return new Document({ [key]: sealedEntry(sealed) }, { version: "1.2", schema: "core", compat: "yaml-1.1" }).toString({
    indent: 2,
    lineWidth: 0,
  });
}

/**
 * The manifest's text with one value set: comments, order, other documents and other values stay. What
 * is returned was read back and means what was meant.
 *
 * @returns the parser's diagnostics when the file is no sound manifest; it is then left alone.
 */
export async function withSecretValue(file: SourceFile, { name, key }: SecretName, sealed: SealedValue): Promise<Result<string>> {
  const before = parseFile(file);
  if (before.diagnostics.length > 0) return fail(...before.diagnostics);
  const text = Buffer.from(file.bytes).toString("utf8");
  const edited = file.path.endsWith(".json") ? editJson(text, key, sealed) : await editYaml(text, { name, key }, sealed);
  const after = parseFile({ ...file, bytes: Buffer.from(edited) });
  const expected = before.documents.map(({ value }) => (isSecretNamed(value, name) ? withSealedValue(value, key, sealed) : value));
  if (
    after.diagnostics.length > 0 ||
    !jsonEqual(
      after.documents.map(({ value }) => value),
      expected,
    )
  )
    throw new InternalError("an edited Secret does not read back as what was meant");
  return ok(edited);
}

function editJson(text: string, key: string, sealed: SealedValue): string {
  return `${JSON.stringify(withSealedValue(JSON.parse(text) as Json, key, sealed), null, indentOf(text))}\n`;
}

async function editYaml(text: string, { name, key }: SecretName, sealed: SealedValue): Promise<string> {
  const { isMap, isNode, parseAllDocuments } = await import("yaml");
  const documents = parseAllDocuments(text, { version: "1.2", schema: "core" });
  if ("empty" in documents) throw new InternalError("a file that declares a Secret has no document");
  const at = documents.findIndex((each) => isSecretNamed(each.toJS() as Json, name));
  const document = documents[at];
  if (!document) throw new InternalError("the Secret is in no document of its file");
  const value = document.createNode(sealedEntry(sealed));
  const old = document.getIn(["spec", "values", key], true);
  // A comment beside the key belongs to the value's node; it is about the key.
  if (isNode(old)) Object.assign(value, { commentBefore: old.commentBefore, comment: old.comment, spaceBefore: old.spaceBefore });
  for (const above of [["spec"], ["spec", "values"]]) {
    const node = document.getIn(above, true);
    if (isMap(node)) node.flow = false;
    else document.setIn(above, document.createNode({}));
  }
  document.setIn(["spec", "values", key], value);
  const written = document.toString({ indent: indentOf(text), lineWidth: 0, flowCollectionPadding: false });
  // Only this document is written anew; what stands before and after it stays byte for byte.
  const before = text.slice(documents[at - 1]?.range[2] ?? 0, document.range[0]);
  return text.slice(0, document.range[0] - repeated(before, written)) + written + text.slice(document.range[2]);
}

/** How much of the end of `before`, whole lines of comment, the written document brings along itself. */
function repeated(before: string, written: string): number {
  for (let at = 0; at < before.length; at = before.indexOf("\n", at) + 1 || before.length) {
    if (written.startsWith(before.slice(at))) return before.length - at;
  }
  return 0;
}

const MAX_INDENT = 8;

/** How far the file indents, so that a diff shows the value alone. */
function indentOf(text: string): number {
  const first = /^( +)\S/m.exec(text)?.[1]?.length ?? 2;
  return first >= 2 && first <= MAX_INDENT ? first : 2;
}
