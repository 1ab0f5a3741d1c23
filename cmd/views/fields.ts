import { escapeText, isArray, isDigest, isObject, shown, withShortRecipients, type Json } from "../../core/index.ts";
import type { ComparedValues } from "../../reconciler/comparing-values.ts";
import type { FieldChange } from "../../reconciler/plan/types.ts";
import { counted } from "./layout.ts";
import { lineDiff, type DiffLine } from "./line-diff.ts";

/** A field's change as lines of text: what stands beside its path, and, for long texts, lines below. */
export interface FieldText {
  readonly path: string;
  readonly inline: string;
  readonly below: readonly { readonly kind: "same" | "add" | "remove" | "skip"; readonly text: string }[];
}

/** Longer values are cut, unless everything was asked for. */
const MAX_INLINE_CHARS = 60;
/** Lines of a text's difference that are shown unless everything was asked for. */
const MAX_DIFF_LINES = 24;

/**
 * One field's change. A sensitive value is never shown, not even shortened.
 *
 * @param values - What whoever looks could find out about encrypted values; absent: nothing.
 */
export function fieldText(field: FieldChange, verbose: boolean, values?: ComparedValues): FieldText {
  const path = escapeText(field.path === "" ? "(the whole resource)" : field.path);
  if (field.sensitive) return { path, inline: sensitiveWord(field, values), below: [] };
  const max = verbose ? Number.MAX_SAFE_INTEGER : MAX_INLINE_CHARS;
  const [before, after] = verbose ? [field.before, field.after] : [shortKey(field.before), shortKey(field.after)];
  if (isLongText(before) || isLongText(after)) return textChange(path, before, after, verbose);
  if (before === null) return { path, inline: `+ ${valueText(after, max)}`, below: [] };
  if (after === null) return { path, inline: `- ${valueText(before, max)}`, below: [] };
  if (isScalarList(before) && isScalarList(after)) return { path, inline: listChange(before, after, max), below: [] };
  return { path, inline: `${valueText(before, max)} -> ${valueText(after, max)}`, below: [] };
}

/** A post-quantum recipient is no text to compare line by line. */
function shortKey(value: Json): Json {
  return typeof value === "string" ? withShortRecipients(value) : value;
}

function sensitiveWord({ before, after }: FieldChange, values: ComparedValues | undefined): string {
  if (before === null) return "value set";
  if (after === null) return "value removed";
  if (!isDigest(before) || !isDigest(after)) return "value changed";
  // Another ciphertext says nothing about the value: the same one looks different each time it is encrypted.
  const found = values?.get(`${before} ${after}`);
  return found === undefined ? "re-encrypted, value not compared" : found === "same" ? "re-encrypted, same value" : "value changed";
}

/** A value on one line: JSON for scalars, `key: value` pairs for what is small, escaped and cut. */
export function valueText(value: Json, max: number): string {
  if (isObject(value)) {
    const pairs = Object.keys(value)
      .sort()
      .map(
        (key) => `${key}: ${typeof value[key] === "string" && /^[\w./:@-]+$/.test(value[key]) ? value[key] : JSON.stringify(value[key])}`,
      );
    const text = escapeText(`{${pairs.join(", ")}}`);
    return text.length <= max ? text : `${text.slice(0, Math.max(0, max - 1))}…`;
  }
  return shown(value, max);
}

function isLongText(value: Json): value is string {
  return typeof value === "string" && (value.includes("\n") || value.length > MAX_INLINE_CHARS);
}

function isScalarList(value: Json): value is readonly Json[] {
  return isArray(value) && value.every((item) => !isArray(item) && !isObject(item));
}

/** What joined and what left a list; where only the order differs, the whole list. */
function listChange(before: readonly Json[], after: readonly Json[], max: number): string {
  const added = after.filter((item) => !before.includes(item));
  const removed = before.filter((item) => !after.includes(item));
  if (added.length === 0 && removed.length === 0) return `${valueText(before, max)} -> ${valueText(after, max)}`;
  return [...removed.map((item) => `- ${valueText(item, max)}`), ...added.map((item) => `+ ${valueText(item, max)}`)].join(", ");
}

function textChange(path: string, before: Json, after: Json, verbose: boolean): FieldText {
  const diff = lineDiff(linesOf(before, after), linesOf(after, before));
  const kept = verbose ? diff : diff.slice(0, MAX_DIFF_LINES);
  const below = kept.map(lineText);
  const hidden = diff.length - kept.length;
  if (hidden > 0) below.push({ kind: "skip", text: `${counted(hidden, "more line")}; --verbose shows all` });
  return { path, inline: textSummary(before, diff), below };
}

/**
 * The lines of a text; an absent one has none. Where one of two texts lacks the last line end, it says so in a
 * line of its own, as `diff` does: otherwise that difference would be invisible.
 */
function linesOf(value: Json, other: Json): readonly string[] {
  if (value === null) return [];
  const text = asText(value);
  const isWhole = text.endsWith("\n");
  const lines = (isWhole ? text.slice(0, -1) : text).split("\n");
  const differs = other !== null && isWhole !== asText(other).endsWith("\n");
  return differs && !isWhole ? [...lines, "\\ no line end"] : lines;
}

function asText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function textSummary(before: Json, diff: readonly DiffLine[]): string {
  const added = diff.filter((line) => line.kind === "add").length;
  const removed = diff.filter((line) => line.kind === "remove").length;
  if (before === null) return `+ text of ${counted(added, "line")}`;
  return `text changed: ${added} added, ${removed} removed`;
}

function lineText(line: DiffLine): FieldText["below"][number] {
  if (line.kind === "skip") return { kind: "skip", text: counted(line.count, "unchanged line") };
  // Rego is indented with tabs: `\t` is as clear as the code point, and a line can still be read.
  return { kind: line.kind, text: line.text.split("\t").map(escapeText).join("\\t") };
}
