import { LIMITS, unreachable } from "../../../core/index.ts";

/**
 * Patterns for identities, matched in linear time: a subset of regular expressions without anything that
 * needs going back. Who writes the identity is the one to be judged, so a pattern must not be able to
 * take forever, and it always covers the whole text.
 */
export interface Pattern {
  readonly source: string;
  readonly matches: (text: string) => boolean;
}

type Test = (char: string) => boolean;
type Node =
  | { readonly kind: "one"; readonly test: Test }
  | { readonly kind: "all"; readonly parts: readonly Node[] }
  | { readonly kind: "any"; readonly choices: readonly Node[] }
  | { readonly kind: "repeat"; readonly of: Node; readonly min: 0 | 1; readonly isOnce: boolean };

interface Reader {
  readonly chars: readonly string[];
  at: number;
}

/** Why a pattern is refused. */
class PatternError extends Error {}

/** @returns the pattern, or in words what is wrong with it. */
export function parsePattern(source: string): Pattern | string {
  if (source.length > LIMITS.identityPatternChars) return `it has more than ${LIMITS.identityPatternChars} characters`;
  if (!source.startsWith("^") || !source.endsWith("$") || source.endsWith("\\$") || source.length < 3)
    return "it is not anchored at both ends: it must begin with ^ and end with $";
  try {
    const reader = { chars: Array.from(source.slice(1, -1)), at: 0 };
    const node = alternatives(reader);
    if (reader.at < reader.chars.length) return "it has a ) too many";
    if (node.kind === "any") return "its alternatives are not anchored: put them in parentheses, ^(a|b)$";
    return { source, matches: matcher(node) };
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    throw error;
  }
}

function alternatives(reader: Reader): Node {
  const choices = [sequence(reader)];
  while (reader.chars[reader.at] === "|") {
    reader.at++;
    choices.push(sequence(reader));
  }
  const [only] = choices;
  return only && choices.length === 1 ? only : { kind: "any", choices };
}

function sequence(reader: Reader): Node {
  const parts: Node[] = [];
  for (;;) {
    const char = reader.chars[reader.at];
    if (char === undefined || char === "|" || char === ")") return { kind: "all", parts };
    parts.push(repeated(atom(reader), reader));
  }
}

function repeated(of: Node, reader: Reader): Node {
  const sign = reader.chars[reader.at];
  if (sign === "{") throw new PatternError("counts like {2,3} are not supported");
  if (sign !== "*" && sign !== "+" && sign !== "?") return of;
  reader.at++;
  const next = reader.chars[reader.at];
  if (next === "*" || next === "+" || next === "?") throw new PatternError(`${sign}${next} is not supported`);
  return { kind: "repeat", of, min: sign === "+" ? 1 : 0, isOnce: sign === "?" };
}

const META = new Set(["*", "+", "?", "{", "}", "^", "$", "]"]);

function atom(reader: Reader): Node {
  const char = reader.chars[reader.at++] ?? "";
  if (char === "(") return group(reader);
  if (char === "[") return { kind: "one", test: characterClass(reader) };
  if (char === "\\") return { kind: "one", test: escaped(reader) };
  if (char === ".") return { kind: "one", test: (each) => each !== "\n" };
  if (META.has(char)) throw new PatternError(`${char} must be escaped there`);
  return { kind: "one", test: (each) => each === char };
}

function group(reader: Reader): Node {
  if (reader.chars[reader.at] === "?" && reader.chars[reader.at + 1] === ":") reader.at += 2;
  else if (reader.chars[reader.at] === "?") throw new PatternError("groups beginning with (? are not supported, but for (?:");
  const node = alternatives(reader);
  if (reader.chars[reader.at++] !== ")") throw new PatternError("a ) is missing");
  return node;
}

const CLASSES: Readonly<Record<string, RegExp>> = { d: /^[0-9]$/, w: /^[A-Za-z0-9_]$/ };

function escaped(reader: Reader): Test {
  const char = reader.chars[reader.at++];
  if (char === undefined) throw new PatternError("it ends in the middle of an escape");
  const known = CLASSES[char];
  if (known) return (each) => known.test(each);
  if (/^[A-Za-z0-9]$/.test(char)) throw new PatternError(`\\${char} is not supported`);
  return (each) => each === char;
}

function characterClass(reader: Reader): Test {
  const isNegated = reader.chars[reader.at] === "^";
  if (isNegated) reader.at++;
  const tests: Test[] = [];
  for (;;) {
    const char = reader.chars[reader.at++];
    if (char === undefined) throw new PatternError("a ] is missing");
    if (char === "]") break;
    tests.push(char === "\\" ? escaped(reader) : range(char, reader));
  }
  if (tests.length === 0) throw new PatternError("[] is empty");
  return (each) => tests.some((test) => test(each)) !== isNegated;
}

function range(from: string, reader: Reader): Test {
  const to = reader.chars[reader.at + 1];
  if (reader.chars[reader.at] !== "-" || to === undefined || to === "]") return (each) => each === from;
  if (to === "\\" || to < from) throw new PatternError(`${from}-${to} is not a range`);
  reader.at += 2;
  return (each) => from <= each && each <= to;
}

/** A state of the machine: what it takes to leave it, and where to. */
type State = { readonly test: Test; readonly next: number } | { readonly to: readonly number[] } | null;

/** All states that a text may be in are followed at once: time is the text's length times the pattern's. */
function matcher(node: Node): (text: string) => boolean {
  const states: State[] = [null];
  const start = build(node, 0, states);
  return (text) => {
    let now = reach([start], states);
    for (const char of text) {
      const next = [...now].flatMap((i) => {
        const state = states[i];
        return state && "test" in state && state.test(char) ? [state.next] : [];
      });
      if (next.length === 0) return false;
      now = reach(next, states);
    }
    return now.has(0);
  };
}

/** Adds the states of a node that lead to `next`; @returns the first of them. */
function build(node: Node, next: number, states: State[]): number {
  switch (node.kind) {
    case "one":
      return states.push({ test: node.test, next }) - 1;
    case "all":
      return node.parts.reduceRight((to, part) => build(part, to, states), next);
    case "any":
      return states.push({ to: node.choices.map((choice) => build(choice, next, states)) }) - 1;
    case "repeat": {
      if (node.isOnce) return states.push({ to: [build(node.of, next, states), next] }) - 1;
      const loop = states.push(null) - 1;
      const body = build(node.of, loop, states);
      states[loop] = { to: [body, next] };
      return node.min === 1 ? body : loop;
    }
    default:
      return unreachable(node);
  }
}

function reach(from: readonly number[], states: readonly State[]): Set<number> {
  const seen = new Set<number>();
  const open = [...from];
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    if (seen.has(i)) continue;
    seen.add(i);
    const state = states[i];
    if (state && "to" in state) open.push(...state.to);
  }
  return seen;
}
