import { isObject, pointerOf, type Json } from "../../../core/index.ts";

/** What people wrote beside a value, without the comment signs. */
export interface Comments {
  /** On lines of their own before it. */
  readonly before: readonly string[];
  /** At the end of its line. */
  readonly after: readonly string[];
}

interface Place {
  readonly segments: readonly (string | number)[];
  /** From 1. */
  readonly line: number;
  readonly comments: Comments;
}

/** A value that has nothing below it: a scalar, or an empty mapping or list. */
export interface LeafNode extends Place {
  readonly kind: "leaf";
  /** Numbers that JSON cannot hold exactly (infinities, too many digits) are their text. */
  readonly value: Json;
  /** The digits as written, where reading them would have changed them. */
  readonly inexact: boolean;
}

export interface MapNode extends Place {
  readonly kind: "map";
  /** In the order of the file; of equal keys the last one, as every reader of JSON5 takes it. */
  readonly entries: readonly (readonly [key: string, node: SourceNode])[];
  /** The earlier ones of equal keys. */
  readonly shadowed: readonly SourceNode[];
  /** Comments after the last entry. */
  readonly rest: readonly string[];
}

export interface ListNode extends Place {
  readonly kind: "list";
  readonly items: readonly SourceNode[];
  readonly rest: readonly string[];
}

/** A configuration as it was written: values with their places and comments. */
export type SourceNode = LeafNode | MapNode | ListNode;

export function pointerOfNode(node: SourceNode): string {
  return pointerOf(node.segments);
}

/** The node below, step by step; undefined where there is none. */
export function at(node: SourceNode | undefined, ...path: readonly (string | number)[]): SourceNode | undefined {
  let here = node;
  for (const step of path) {
    if (here?.kind === "map") here = here.entries.find(([key]) => key === step)?.[1];
    else if (here?.kind === "list" && typeof step === "number") here = here.items[step];
    else return undefined;
  }
  return here;
}

/** What is below a node, with keys; nothing below a leaf. */
export function entriesOf(node: SourceNode | undefined): readonly (readonly [string, SourceNode])[] {
  return node?.kind === "map" ? node.entries : [];
}

/** A mapping, an empty one included. */
export function isMapping(node: SourceNode | undefined): boolean {
  return node?.kind === "map" || (node?.kind === "leaf" && isObject(node.value));
}

/** The items of a list; a single value counts as a list of one. */
export function itemsOf(node: SourceNode | undefined): readonly SourceNode[] {
  if (!node) return [];
  if (node.kind === "list") return node.items;
  return node.kind === "leaf" && !isEmptyList(node.value) ? [node] : [];
}

function isEmptyList(value: Json): boolean {
  return typeof value === "object" && value !== null;
}

/** The scalar at a node; undefined for mappings and lists, empty ones included. */
export function scalarOf(node: SourceNode | undefined): string | number | boolean | null | undefined {
  if (node?.kind !== "leaf" || (typeof node.value === "object" && node.value !== null)) return undefined;
  return node.value;
}

/** The text at a node; numbers as they were written. */
export function textOf(node: SourceNode | undefined): string | undefined {
  const value = scalarOf(node);
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
}

export function booleanOf(node: SourceNode | undefined): boolean | undefined {
  const value = scalarOf(node);
  return typeof value === "boolean" ? value : undefined;
}

export function numberOf(node: SourceNode | undefined): number | undefined {
  const value = scalarOf(node);
  return typeof value === "number" ? value : undefined;
}

/** Every leaf at or below a node, in the order of the file; earlier ones of equal keys are not among them. */
export function leavesBelow(node: SourceNode): readonly LeafNode[] {
  if (node.kind === "leaf") return [node];
  const below = node.kind === "map" ? node.entries.map(([, child]) => child) : node.items;
  return below.flatMap(leavesBelow);
}

/** The whole value at a node. A key `__proto__` is left out: no value of ours may have one. */
export function valueOf(node: SourceNode): Json {
  if (node.kind === "leaf") return node.value;
  if (node.kind === "list") return node.items.map(valueOf);
  return Object.fromEntries(node.entries.filter(([key]) => key !== "__proto__").map(([key, child]) => [key, valueOf(child)]));
}
