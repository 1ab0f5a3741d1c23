import { childNode, isArray, isObject, segmentsOf, shown, type Json, type KindModel, type SchemaNode } from "../../core/index.ts";
import { isSecretKey } from "./credential.ts";
import type { ParsedDocument } from "./types.ts";

/** A value of the document, the schema node that describes it, and what may be said about it. */
export interface Spot {
  readonly pointer: string;
  /** `spec.capabilities[0].tool`, for people. */
  readonly path: string;
  readonly value: Json | undefined;
  readonly node: SchemaNode | undefined;
  /** Only a secret reference, or ciphertext, may stand here or around here. */
  readonly secret: boolean;
  /** What stands here may be a secret, so it is never repeated. */
  readonly hidden: boolean;
}

/** Walks document and schema together. */
export function spotAt(document: ParsedDocument, model: KindModel, pointer: string): Spot {
  let node: SchemaNode | undefined = model.schema;
  let value: Json | undefined = document.value;
  let path = "";
  let secret = isSecretNode(node);
  const segments = segmentsOf(pointer);
  for (const segment of segments) {
    const isItem = isArray(value);
    node = childNode(node, isItem ? Number(segment) : segment);
    path = isItem ? `${path}[${segment}]` : `${path}${path === "" ? "" : "."}${pathSegment(segment)}`;
    value = isArray(value) ? value[Number(segment)] : isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
    secret ||= isSecretNode(node);
  }
  const hidden = secret || holdsSecrets(node, 0) || isSecretKey(segments.at(-1) ?? "");
  return { pointer, path, value, node, secret, hidden };
}

function pathSegment(segment: string): string {
  return /^[\w$-]+$/.test(segment) ? segment : shown(segment);
}

function isSecretNode(node: SchemaNode | undefined): boolean {
  return node?.["x-moltbot-secret"] === true || node?.["x-moltbot-envelope"] === true;
}

/** A scalar in the place of what would hold ciphertext (`values.api-key: hunter2`). */
export function isInPlaceOfCiphertext(node: SchemaNode | undefined, depth = 0): boolean {
  if (node === undefined || depth > MAX_CIPHERTEXT_DEPTH) return false;
  if (node["x-moltbot-envelope"]) return true;
  return Object.values(node.properties ?? {}).some((child) => isInPlaceOfCiphertext(child, depth + 1));
}

const MAX_CIPHERTEXT_DEPTH = 2;

/** How far below a node a secret field still makes plain text in the node's own place suspicious. */
const SECRET_DEPTH = 3;

function holdsSecrets(node: SchemaNode | undefined, depth: number): boolean {
  if (node === undefined || depth > SECRET_DEPTH) return false;
  if (isSecretNode(node)) return true;
  const children = [
    ...Object.values(node.properties ?? {}),
    node.items,
    typeof node.additionalProperties === "object" ? node.additionalProperties : undefined,
  ];
  return children.some((child) => holdsSecrets(child, depth + 1));
}
