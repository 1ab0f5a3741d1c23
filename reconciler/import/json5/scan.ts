import JSON5 from "json5";
import { LIMITS, type Json } from "../../../core/index.ts";
import type { Comments, LeafNode, ListNode, MapNode, SourceNode } from "./tree.ts";

/** Nested too deeply, or too many values: the scan stops there. */
export class ScanLimit extends Error {
  override readonly name = "ScanLimit";
  readonly what: "depth" | "values";

  constructor(what: "depth" | "values") {
    super(what);
    this.what = what;
  }
}

interface State {
  readonly text: string;
  position: number;
  line: number;
  values: number;
  /** Comments since the last value, not yet given to one. */
  pending: string[];
}

const SPACE = /[\t\v\f \u00a0\ufeff\p{Zs}]/u;
const NEWLINE = /[\n\r\u2028\u2029]/;
const PUNCTUATION = /[{}[\],:]/;
const NOTHING: Comments = { before: [], after: [] };

/**
 * Finds the structure, the order and the comments of a text that the `json5` package has already read.
 * It trusts that the text is well-formed; values come from the same package, piece by piece.
 *
 * @throws ScanLimit where the text passes a limit.
 */
export function scan(text: string): SourceNode {
  const state: State = { text, position: 0, line: 1, values: 0, pending: [] };
  const before = leading(state);
  const root = value(state, [], before);
  return withAfter(root, [...trailing(state), ...leading(state)]);
}

function value(state: State, segments: readonly (string | number)[], before: readonly string[]): SourceNode {
  if (segments.length > LIMITS.depth) throw new ScanLimit("depth");
  if (++state.values > LIMITS.importValues) throw new ScanLimit("values");
  const place = { segments, line: state.line, comments: { ...NOTHING, before } };
  const first = state.text[state.position];
  if (first === "{") return map(state, place);
  if (first === "[") return list(state, place);
  return { kind: "leaf", ...place, ...scalar(token(state)) };
}

type Place = Omit<LeafNode, "kind" | "value" | "inexact">;

function map(state: State, place: Place): SourceNode {
  const entries = new Map<string, SourceNode>();
  const shadowed: SourceNode[] = [];
  const rest = members(state, "}", (before) => {
    const key = keyOf(token(state));
    const between = leading(state);
    state.position++;
    const node = value(state, [...place.segments, key], [...before, ...between, ...leading(state)]);
    const earlier = entries.get(key);
    if (earlier) shadowed.push(earlier);
    return {
      node,
      put: (complete) => {
        entries.delete(key);
        entries.set(key, complete);
      },
    };
  });
  if (entries.size === 0) return { kind: "leaf", ...withRest(place, rest), value: {}, inexact: false };
  return { kind: "map", ...place, entries: [...entries], shadowed, rest } satisfies MapNode;
}

function list(state: State, place: Place): SourceNode {
  const items: SourceNode[] = [];
  const rest = members(state, "]", (before) => {
    const index = items.length;
    const node = value(state, [...place.segments, index], before);
    return { node, put: (complete) => void (items[index] = complete) };
  });
  if (items.length === 0) return { kind: "leaf", ...withRest(place, rest), value: [], inexact: false };
  return { kind: "list", ...place, items, rest } satisfies ListNode;
}

interface Member {
  readonly node: SourceNode;
  readonly put: (complete: SourceNode) => void;
}

/** Reads members up to the closing sign; what stands behind a value on its line belongs to it. */
function members(state: State, close: string, member: (before: readonly string[]) => Member): readonly string[] {
  state.position++;
  let previous: Member | undefined;
  for (;;) {
    const sameLine = trailing(state);
    if (previous) previous.put(withAfter(previous.node, sameLine));
    else state.pending.push(...sameLine);
    const before = leading(state);
    if (state.text[state.position] === close) {
      state.position++;
      return before;
    }
    previous = member(before);
    previous.put(previous.node);
    const behind = trailing(state);
    const next = leading(state);
    if (state.text[state.position] === ",") {
      state.position++;
      // What stands between a value and a comma on a later line still belongs to the value.
      previous = { ...previous, node: withAfter(previous.node, [...behind, ...next]) };
    } else {
      previous = { ...previous, node: withAfter(previous.node, behind) };
      state.pending.push(...next);
    }
  }
}

function withAfter(node: SourceNode, after: readonly string[]): SourceNode {
  return after.length === 0 ? node : { ...node, comments: { ...node.comments, after: [...node.comments.after, ...after] } };
}

function withRest(place: Place, rest: readonly string[]): Place {
  return { ...place, comments: { ...place.comments, after: [...place.comments.after, ...rest] } };
}

/** Spaces and comments up to the next sign that means something. */
function leading(state: State): readonly string[] {
  const found = [...state.pending];
  state.pending = [];
  for (;;) {
    skipSpaces(state, true);
    const comment = commentAt(state);
    if (comment === undefined) return found;
    found.push(comment);
  }
}

/** Comments that follow on the same line. */
function trailing(state: State): readonly string[] {
  const found: string[] = [];
  for (;;) {
    skipSpaces(state, false);
    const comment = commentAt(state);
    if (comment === undefined) return found;
    found.push(comment);
  }
}

function skipSpaces(state: State, overLines: boolean): void {
  for (; state.position < state.text.length; state.position++) {
    const char = state.text[state.position] ?? "";
    if (NEWLINE.test(char)) {
      if (!overLines) return;
      countLine(state, char);
    } else if (!SPACE.test(char)) return;
  }
}

function countLine(state: State, char: string): void {
  const isHalf = char === "\r" && state.text[state.position + 1] === "\n";
  if (char === "\n" || (char === "\r" && !isHalf)) state.line++;
}

function commentAt(state: State): string | undefined {
  const { text, position } = state;
  if (text[position] !== "/") return undefined;
  if (text[position + 1] === "/") {
    let end = position;
    while (end < text.length && !NEWLINE.test(text[end] ?? "")) end++;
    state.position = end;
    return text.slice(position + 2, end);
  }
  const close = text.indexOf("*/", position + 2);
  const body = text.slice(position + 2, close);
  state.line += body.split(/\r\n|[\n\r]/).length - 1;
  state.position = close + 2;
  return body;
}

/** The text of a string, number, word or key. */
function token(state: State): string {
  const start = state.position;
  const quote = state.text[start];
  if (quote === '"' || quote === "'") {
    for (state.position++; state.text[state.position] !== quote; state.position++) {
      const char = state.text[state.position] ?? "";
      if (char === "\\") state.position++;
      countLine(state, state.text[state.position] ?? "");
    }
    state.position++;
  } else {
    while (state.position < state.text.length && !endsWord(state)) state.position++;
  }
  return state.text.slice(start, state.position);
}

function endsWord({ text, position }: State): boolean {
  const char = text[position] ?? "";
  return PUNCTUATION.test(char) || SPACE.test(char) || NEWLINE.test(char) || (char === "/" && /[/*]/.test(text[position + 1] ?? ""));
}

function keyOf(text: string): string {
  if (!/^["']/.test(text) && !text.includes("\\")) return text;
  return Object.keys(JSON5.parse<object>(`{${text}:0}`))[0] ?? "";
}

/** A scalar's value; a number that JSON would not give back as written is kept as its text. */
function scalar(text: string): { readonly value: Json; readonly inexact: boolean } {
  const read = JSON5.parse<Json>(text);
  if (typeof read !== "number") return { value: read, inexact: false };
  // More digits than a double holds: an id, most likely, whose last digits would change.
  const isRounded = /^[-+]?\d+$/.test(text) && String(read) !== text.replace("+", "");
  const isExact = Number.isFinite(read) && !Object.is(read, -0) && !isRounded;
  return isExact ? { value: read, inexact: false } : { value: text, inexact: true };
}
