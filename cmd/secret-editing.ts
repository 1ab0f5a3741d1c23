import type { StoredValue } from "../reconciler/engine.ts";
import { fail, isObject, ok, problem, shown, type Json, type Result, type Secret } from "../core/index.ts";

/** The values of a Secret, opened, by key. */
export type OpenedValues = ReadonlyMap<string, { readonly stored: StoredValue; readonly before: Uint8Array }>;

/** One value as it is, or all as YAML. */
export type EditingForm = { readonly kind: "one"; readonly key: string } | { readonly kind: "all"; readonly name: string };

const WORDS = "Text stands as text, anything else as {base64: ...}. A new key makes a new value; to remove one, edit the manifest.";

/** What the user sees in the editor. */
export async function editingText(values: OpenedValues, form: EditingForm): Promise<Uint8Array> {
  if (form.kind === "one") return values.get(form.key)?.before ?? new Uint8Array();
  const { Document } = await import("yaml");
  const document = new Document(Object.fromEntries([...values].map(([key, { before }]) => [key, shownAs(before)])), {
    version: "1.2",
    schema: "core",
  });
  document.commentBefore = ` Secret/${form.name}. ${WORDS}`;
  return Buffer.from(document.toString({ lineWidth: 0 }));
}

function shownAs(bytes: Uint8Array): Json {
  const text = Buffer.from(bytes).toString("utf8");
  const isText = Buffer.from(text).equals(bytes) && !/[^\P{Cc}\t\n]/u.test(text);
  return isText ? text : { base64: Buffer.from(bytes).toString("base64") };
}

/**
 * Which values are new or different. Editors end a file with a line break: one that was not there before
 * is not taken for a part of the value.
 */
export async function changedValues(
  values: OpenedValues,
  form: EditingForm,
  edited: Secret<Uint8Array>,
): Promise<Result<ReadonlyMap<string, Uint8Array>>> {
  const after = form.kind === "one" ? ok(new Map([[form.key, edited.open()]])) : await parsed(edited, [...values.keys()]);
  if (!after.ok) return after;
  const changed = [...after.value].flatMap(([key, bytes]) => {
    const before = values.get(key)?.before;
    const meant = form.kind === "one" && before !== undefined ? withoutAddedBreak(before, bytes) : bytes;
    return before !== undefined && Buffer.from(before).equals(meant) ? [] : [[key, meant] as const];
  });
  return ok(new Map(changed));
}

function withoutAddedBreak(before: Uint8Array, after: Uint8Array): Uint8Array {
  const LINE_BREAK = 0x0a;
  return before.at(-1) !== LINE_BREAK && after.at(-1) === LINE_BREAK ? after.subarray(0, -1) : after;
}

const KEY = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,126}[A-Za-z0-9])?$/;

async function parsed(edited: Secret<Uint8Array>, keys: readonly string[]): Promise<Result<ReadonlyMap<string, Uint8Array>>> {
  const { parseDocument } = await import("yaml");
  const document = parseDocument(Buffer.from(edited.open()).toString("utf8"), { version: "1.2", schema: "core", uniqueKeys: true });
  // The library's own messages quote the text.
  const line = document.errors[0]?.linePos?.[0].line;
  if (document.errors.length > 0) return invalid(`It is not YAML${line === undefined ? "" : `: line ${line} cannot be read`}.`);
  const root = document.toJS({ maxAliasCount: 0 }) as Json;
  if (!isObject(root)) return invalid("It is not a mapping of keys to values.");
  const missing = keys.filter((key) => !Object.hasOwn(root, key));
  if (missing.length > 0)
    return invalid(`These keys are gone: ${missing.map((key) => shown(key)).join(", ")}. A value is removed in its manifest.`);
  const values = new Map<string, Uint8Array>();
  for (const [key, value] of Object.entries(root)) {
    const bytes = bytesOf(value);
    if (!KEY.test(key)) return invalid("A key has other characters than letters, digits, hyphens, underscores and dots.");
    if (bytes === undefined)
      return invalid(`The value of ${shown(key)} is neither text (in quotes, where it looks like a number) nor {base64: ...}.`);
    values.set(key, bytes);
  }
  return ok(values);
}

function bytesOf(value: Json): Uint8Array | undefined {
  if (typeof value === "string") return Buffer.from(value, "utf8");
  const base64 = isObject(value) && Object.keys(value).length === 1 ? value["base64"] : undefined;
  if (typeof base64 !== "string") return undefined;
  const bytes = Buffer.from(base64, "base64");
  return bytes.toString("base64") === base64.replaceAll(/\s/g, "") ? bytes : undefined;
}

function invalid(detail: string): Result<never> {
  return fail(problem("SECRET_EDIT_INVALID", { detail: `${detail} Nothing was changed.`, remedy: "Edit again." }));
}
