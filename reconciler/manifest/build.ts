import { EVENT_ID, getScalarValue, SCALAR_STYLE } from "js-yaml";
import { InternalError, LIMITS, pointerOf, shown, type DiagnosticCode, type Json } from "../../core/index.ts";
import { isSecretKey } from "./credential.ts";
import type { Piece } from "./events.ts";
import { keyProblem, REUSE, textProblem, type NodeProblem } from "./node-rules.ts";
import { readPlain, type Plain } from "./scalar.ts";
import { lengthOf, offsetOf, type Node, type Scalar } from "./token.ts";

/** Something wrong at a place of a piece; offsets are the piece's own. */
export interface Complaint extends NodeProblem {
  readonly offset: number;
  readonly length: number;
  readonly pointer: string;
  /** The text there may be a secret. */
  readonly secret: boolean;
}

export interface Built {
  readonly value: Json;
  /** Nothing but comments and white space: not a document anybody meant. */
  readonly empty: boolean;
  readonly written: ReadonlyMap<string, string> | undefined;
}

type Mutable = { [key: string]: Json };

interface Frame {
  readonly list: Json[] | undefined;
  readonly map: Mutable;
  /** The key whose value comes next; undefined when a key comes next. */
  key: string | undefined;
  /** The value that comes next, or everything from here on, is read for its mistakes and dropped. */
  drop: boolean;
  /** A list or mapping stands where a key is due; the value that follows it is dropped too. */
  isKey: boolean;
  count: number;
}

interface Builder {
  readonly text: string;
  readonly listener: (complaint: Complaint) => void;
  readonly stack: Frame[];
  /** Anchor names already complained about: a thousand aliases are one mistake. */
  readonly anchors: Set<string>;
  root: Json;
  written: Map<string, string> | undefined;
  tooDeep: boolean;
}

/**
 * One pass over the events of one document. Every rule is checked on the event before a value is made
 * from it, so a hostile document costs its events and no more. Objects are plain; `__proto__` never
 * becomes a key.
 *
 * @returns the value with everything complained about left out (first of two equal keys kept).
 */
export function buildDocument(piece: Piece, start: number, listener: (complaint: Complaint) => void): Built {
  const b: Builder = { text: piece.text, listener, stack: [], anchors: new Set(), root: null, written: undefined, tooDeep: false };
  const events = piece.events;
  const first = events[start + 1];
  const empty = first?.type === EVENT_ID.SCALAR && first.valueStart < 0 && first.tagStart < 0 && first.anchorStart < 0;
  for (let i = start + 1; i < events.length && !b.tooDeep; i++) {
    const event = events[i];
    if (event === undefined || event.type === EVENT_ID.DOCUMENT) throw new InternalError("a document inside a document");
    if (event.type === EVENT_ID.POP) {
      if (b.stack.length === 0) break;
      close(b);
    } else {
      node(b, event);
    }
  }
  return { value: b.root, empty, written: b.written };
}

function node(b: Builder, event: Node): void {
  const frame = b.stack[b.stack.length - 1];
  if (frame?.list) countEntry(b, frame, event);
  if (event.type === EVENT_ID.ALIAS || event.anchorStart >= 0) complainOfAnchor(b, event);
  if (event.type !== EVENT_ID.ALIAS && event.tagStart >= 0) complainOfTag(b, event);
  const keyDue = frame !== undefined && frame.list === undefined && frame.key === undefined;
  if (event.type === EVENT_ID.SCALAR) {
    if (keyDue) takeKey(b, frame, event);
    else place(b, frame, scalarValue(b, event));
  } else if (event.type === EVENT_ID.ALIAS) {
    if (keyDue) dropNext(frame);
    else place(b, frame, null);
  } else {
    open(b, frame, event, keyDue);
  }
}

function open(b: Builder, parent: Frame | undefined, event: Extract<Node, { start: number }>, keyDue: boolean): void {
  if (b.stack.length >= LIMITS.depth) {
    b.tooDeep = true;
    return complain(b, "DEPTH_LIMIT", event.start, 1, {
      detail: `The document nests deeper than ${LIMITS.depth} levels here.`,
      remedy: "Flatten it: no kind needs more than a dozen levels.",
    });
  }
  if (keyDue) {
    complain(b, "YAML_SYNTAX", event.start, 1, {
      detail: "A list or mapping stands where a key is due. Keys are text.",
      remedy: "Quote the key if it is meant as text; a template's `{{ ... }}` must be filled in before.",
    });
  }
  const isList = event.type === EVENT_ID.SEQUENCE;
  const frame: Frame = { list: isList ? [] : undefined, map: isList ? NO_MAP : {}, key: undefined, drop: false, isKey: keyDue, count: 0 };
  if (keyDue && parent) parent.key = "";
  else place(b, parent, frame.list ?? frame.map, true);
  b.stack.push(frame);
}

/** Lists never touch it. */
const NO_MAP: Mutable = {};

function close(b: Builder): void {
  const frame = b.stack.pop();
  const parent = b.stack[b.stack.length - 1];
  if (parent === undefined || frame === undefined) return;
  if (frame.isKey) dropNext(parent);
  else if (parent.list === undefined) endValue(parent);
}

/** After a key that cannot be used: its value is still read, for its mistakes, and then dropped. */
function dropNext(frame: Frame): void {
  frame.key = "";
  frame.drop = true;
}

/** The next event of this mapping is a key again. */
function endValue(frame: Frame): void {
  frame.key = undefined;
  frame.drop = frame.count > LIMITS.entries;
}

/** @param opens - A container: its frame ends the value when it closes, not now. */
function place(b: Builder, frame: Frame | undefined, value: Json, opens = false): void {
  if (frame === undefined) b.root = value;
  else if (frame.list) {
    if (!frame.drop) frame.list.push(value);
  } else {
    if (!frame.drop && frame.key !== undefined) frame.map[frame.key] = value;
    if (!opens) endValue(frame);
  }
}

/** What is past the limit is read for its mistakes, never kept. */
function countEntry(b: Builder, frame: Frame, event: Node): void {
  if (++frame.count <= LIMITS.entries) return;
  frame.drop = true;
  if (frame.count > LIMITS.entries + 1) return;
  complain(b, "LIST_TOO_LONG", offsetOf(event), 1, {
    detail: `This ${frame.list ? "list" : "mapping"} has more than ${LIMITS.entries} entries.`,
    remedy: "Split the resource.",
  });
}

function takeKey(b: Builder, frame: Frame, event: Scalar): void {
  const key = getScalarValue(b.text, event);
  const problem = keyProblem(b.text, frame.map, event, key);
  if (problem) complain(b, problem.code, offsetOf(event), lengthOf(event), { ...problem, key });
  countEntry(b, frame, event);
  frame.key = key;
  frame.drop ||= problem !== undefined;
}

function scalarValue(b: Builder, event: Scalar): Json {
  const text = getScalarValue(b.text, event);
  if (event.style !== SCALAR_STYLE.PLAIN) {
    const problem = event.fast ? undefined : textProblem(event, b.text, text, "value");
    if (problem) complain(b, problem.code, offsetOf(event), lengthOf(event), problem);
    return text;
  }
  const plain = readPlain(text);
  if (plain.kind !== "value") return refuseNumber(b, event, text, plain);
  if (plain.looksOtherwise) (b.written ??= new Map()).set(pointerNow(b), text);
  return plain.value;
}

function refuseNumber(b: Builder, event: Scalar, text: string, plain: Exclude<Plain, { kind: "value" }>): null {
  const word = inSecret(b) ? "***" : shown(text);
  if (plain.kind === "form") {
    complain(b, "NUMBER_FORM", event.valueStart, lengthOf(event), {
      detail: `${word} without quotes is ${plain.readings}.`,
      remedy: "Write a number in plain decimal digits, or quote the value if it is text.",
    });
  } else {
    complain(b, "NUMBER_INEXACT", event.valueStart, lengthOf(event), {
      detail: `${word} cannot be represented exactly: ${plain.why}.`,
      remedy: "Quote it if it is an identifier, or write a number that a 64-bit float holds.",
    });
  }
  return null;
}

function complainOfAnchor(b: Builder, event: Node): void {
  const name = b.text.slice(event.anchorStart, event.anchorEnd);
  if (b.anchors.has(name)) return;
  b.anchors.add(name);
  const sigil = event.type === EVENT_ID.ALIAS ? "*" : "&";
  complain(b, "ALIAS_FORBIDDEN", event.anchorStart - 1, name.length + 1, {
    detail: `${sigil === "*" ? "The alias" : "The anchor"} ${shown(sigil + name)} makes one place of the file depend on another.`,
    remedy: REUSE,
  });
}

function complainOfTag(b: Builder, event: Exclude<Node, { type: typeof EVENT_ID.ALIAS }>): void {
  const tag = b.text.slice(event.tagStart, event.tagEnd);
  complain(b, "TAG_FORBIDDEN", event.tagStart, tag.length, {
    detail: `The tag ${shown(tag)} asks for a type of its own; types come from the schema alone.`,
    remedy: "Remove the tag; quote the value if it must be text.",
  });
}

type Parts = Omit<NodeProblem, "code"> & { readonly key?: string };

function complain(b: Builder, code: DiagnosticCode, offset: number, length: number, parts: Parts): void {
  const { key, ...words } = parts;
  const pointer = pointerNow(b) + (key === undefined ? "" : pointerOf([key]));
  b.listener({ code, offset, length: Math.max(1, length), pointer, secret: inSecret(b), ...words });
}

/** Where the pass is: the pending key of every mapping, the index of every list (its open item, or the next). */
function pointerNow(b: Builder): string {
  const top = b.stack.length - 1;
  const segments: (string | number)[] = [];
  for (const [i, frame] of b.stack.entries()) {
    if (frame.list) segments.push(frame.list.length - (i === top ? 0 : 1));
    else if (frame.key !== undefined) segments.push(frame.key);
  }
  return pointerOf(segments);
}

/** The nearest key sounds like a credential: its value is never repeated. */
function inSecret(b: Builder): boolean {
  return b.stack.some((frame) => frame.key !== undefined && isSecretKey(frame.key));
}
