import { addressOf, escapeText, pointerOf, type Json } from "../../../core/index.ts";
import type { Draft } from "../draft.ts";
import { elsewhereOf } from "../env-text.ts";
import { leavesBelow, pointerOfNode, type SourceNode } from "../json5/tree.ts";
import { slugOf } from "../names.ts";
import { isSecretNode, secretAt, type SecretRef } from "../secrets.ts";
import { isKnownKey } from "./known-keys.ts";

/** A value that no version of OpenClaw knows, as it is kept. */
export interface Quarantined {
  readonly node: SourceNode;
  /** A secret among them is only named. */
  readonly value: Json | SecretRef;
}

/**
 * What no step has claimed: settings that OpenClaw knows become Passthrough leaves, everything else is
 * quarantined, because OpenClaw itself would refuse it.
 */
export function keepRest(draft: Draft): readonly Quarantined[] {
  const quarantined: Quarantined[] = [];
  for (const node of unitsOf(draft, draft.root)) {
    const isKept = isKnownKey(node.segments) && passThrough(draft, node);
    if (!isKept) quarantined.push(quarantine(draft, node));
  }
  return quarantined;
}

/** The open leaves, and mappings that only together mean something: references to secrets. */
function unitsOf(draft: Draft, node: SourceNode): readonly SourceNode[] {
  if (node.kind === "leaf") return draft.accounts.isOpen(node) ? [node] : [];
  const isReference = node.kind === "map" && elsewhereOf(node) !== undefined;
  if (isReference) return leavesBelow(node).some((leaf) => draft.accounts.isOpen(leaf)) ? [node] : [];
  const below = node.kind === "map" ? node.entries.map(([, child]) => child) : node.items;
  return below.flatMap((child) => unitsOf(draft, child));
}

function passThrough(draft: Draft, node: SourceNode): boolean {
  const area = slugOf(String(node.segments[0] ?? "root"), "root");
  const name = `openclaw-${area}`;
  const address = addressOf("Passthrough", name);
  const pointer = pointerOf(node.segments);
  if (pointer.length > MAX_POINTER || UNSAFE.test(pointer)) return false;
  if (!draft.has(address)) {
    draft.create("Passthrough", name);
    draft.imply(address, ["spec", "target"], "openclaw");
    draft.imply(address, ["spec", "leaves"], []);
  }
  const ref = isReferenceOrSecret(draft, node) ? secretAt(draft, node, name, ...keyOf(node)) : undefined;
  const leaf = ref ? { pointer, secret: ref } : { pointer, value: valueOf(node) };
  const index = (draft.get(address, ["spec", "leaves"]) as readonly unknown[]).length;
  if (!draft.push(address, ["spec", "leaves"], leaf, [])) return false;
  draft.accounts.passthrough(node, { address, pointer: `/spec/leaves/${index}` });
  return true;
}

const MAX_POINTER = 2048;
const UNSAFE = /[\p{Cc}\p{Cf}]/u;

/** The last steps of its place, which say what it is: `web.search.api-key`. */
function keyOf(node: SourceNode): readonly string[] {
  return node.segments.slice(1).slice(-3).map(String);
}

function isReferenceOrSecret(draft: Draft, node: SourceNode): boolean {
  return node.kind === "map" || isSecretNode(draft, node);
}

function valueOf(node: SourceNode): Json {
  return node.kind === "leaf" ? node.value : {};
}

function quarantine(draft: Draft, node: SourceNode): Quarantined {
  const ref = isReferenceOrSecret(draft, node) ? secretAt(draft, node, "quarantine", ...keyOf(node)) : undefined;
  const kept = ref ?? valueOf(node);
  draft.accounts.quarantined(node);
  return { node, value: kept };
}

/** Quarantined values as a file that is no manifest: each under its JSON Pointer. */
export function quarantineText(
  source: string,
  quarantined: readonly Quarantined[],
  commentOf: (node: SourceNode) => readonly string[],
): string {
  const lines = quarantined.flatMap(({ node, value }) => [
    ...commentOf(node).map((line) => `  // ${line}`.trimEnd()),
    `  ${jsonLine(pointerOfNode(node))}: ${jsonLine(value)},`,
  ]);
  return [
    `// What stands in ${source} and no version of OpenClaw knows: by JSON Pointer, with its value.`,
    "// Nothing reads this file. Move what you need into a manifest, then delete it.",
    "{",
    ...lines,
    "}",
    "",
  ].join("\n");
}

/** JSON on one line. Invisible signs are written as escapes, which JSON reads as the same text. */
function jsonLine(value: Json): string {
  return escapeText(JSON.stringify(value));
}
