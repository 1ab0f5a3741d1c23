import {
  firstUnsafe,
  isArray,
  isObject,
  pointerOf,
  problem,
  shown,
  type Diagnostic,
  type Json,
  type KindModel,
  type SchemaNode,
} from "../../core/index.ts";
import { originAt } from "./envelope.ts";
import { spotAt } from "./spot.ts";
import type { ParsedDocument } from "./types.ts";

/** `country: no` is text in YAML 1.2 and false in 1.1: where any text may stand, it must say which is meant. */
export function oldBooleans(document: ParsedDocument, model: KindModel): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [pointer, written] of document.written ?? []) {
    const spot = spotAt(document, model, pointer);
    if (typeof spot.value !== "string" || spot.node?.enum !== undefined || spot.node?.const !== undefined) continue;
    found.push(
      problem("FIELD_TYPE", {
        detail: `${spot.path} is ${shown(written)} without quotes: text in YAML 1.2, a boolean in YAML 1.1 and in many tools.`,
        remedy: `Quote it: "${written}".`,
        origin: originAt(document, pointer, "value", spot.hidden),
      }),
    );
  }
  return found;
}
const PRINTABLE_ASCII = /^[ -~]*$/;
/** Controls and direction marks have no place even in a short free text such as a display name. */
const UNSAFE_IN_LINE = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u;
/** A free text up to this length is shown on one line, among others. */
const MAX_LINE_CHARS = 256;

/** Invisible and control characters where a name, identifier, address or path stands. */
export function unsafeTexts(document: ParsedDocument, model: KindModel): readonly Diagnostic[] {
  const suspects: (readonly (string | number)[])[] = [];
  collectSuspects(document.value, [], suspects);
  return suspects.flatMap((segments) => {
    const spot = spotAt(document, model, pointerOf(segments));
    if (typeof spot.value !== "string" || !isUnsafeHere(spot.value, spot.node, spot.pointer)) return [];
    return [
      problem("TEXT_UNSAFE", {
        detail: `${spot.path} ${spot.hidden ? "holds" : `is ${shown(spot.value)}, which holds`} the character ${firstUnsafe(spot.value) ?? ""}.`,
        remedy: "Remove the character.",
        origin: originAt(document, spot.pointer, "value", spot.hidden),
      }),
    ];
  });
}

/** Where texts stand that are not plain printable ASCII: the few that are worth a closer look. */
function collectSuspects(value: Json, path: (string | number)[], suspects: (readonly (string | number)[])[]): void {
  if (typeof value === "string") {
    if (!PRINTABLE_ASCII.test(value)) suspects.push([...path]);
  } else if (isArray(value)) {
    for (const [i, item] of value.entries()) collectIn(item, i, path, suspects);
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) collectIn(value[key] ?? null, key, path, suspects);
  }
}

function collectIn(value: Json, segment: string | number, path: (string | number)[], suspects: (readonly (string | number)[])[]): void {
  path.push(segment);
  collectSuspects(value, path, suspects);
  path.pop();
}

function isUnsafeHere(value: string, node: SchemaNode | undefined, pointer: string): boolean {
  if (firstUnsafe(value) === undefined || node === undefined || node["x-moltbot-envelope"]) return false;
  const isIdentifier = node.pattern ?? node.format ?? node.enum ?? node.const ?? node["x-moltbot-ref"];
  if (isIdentifier !== undefined || pointer.startsWith("/metadata/name")) return true;
  return node.maxLength !== undefined && node.maxLength <= MAX_LINE_CHARS && UNSAFE_IN_LINE.test(value);
}
