import { isObject, type Json } from "../../core/index.ts";

/** What `opa parse` says of a module: the parts we look at. */
export interface Module {
  readonly package: { readonly path: readonly Term[] };
  readonly imports?: readonly { readonly path: Term }[];
  readonly rules?: readonly Rule[];
}

export interface Term {
  readonly type: string;
  readonly value: Json;
  readonly location?: Location;
}

export interface Rule {
  readonly head: { readonly name?: string; readonly ref?: readonly Term[]; readonly key?: Term };
  readonly location?: Location;
}

/** The text of a name or string; empty for anything else. */
export function word(term: Term | undefined): string {
  return typeof term?.value === "string" ? term.value : "";
}

/** Both from 1; the text is the whole of what stands there, in base64. */
export interface Location {
  readonly row: number;
  readonly col: number;
  readonly text?: string;
}

/** The first name of what a rule defines. */
export function nameOf({ head }: Rule): string {
  return head.name ?? word(head.ref?.[0]);
}

/** Every reference in a part of a module, as its terms. */
export function* refsIn(node: unknown): Iterable<readonly Term[]> {
  if (Array.isArray(node)) for (const each of node) yield* refsIn(each);
  else if (typeof node === "object" && node !== null) {
    const { type, value } = node as Partial<Term>;
    if (type === "ref" && Array.isArray(value)) yield value as readonly Term[];
    for (const each of Object.values(node)) yield* refsIn(each);
  }
}

/** `net.cidr_contains` for a reference of fixed names; undefined for another. */
export function dotted(ref: readonly Term[]): string | undefined {
  const [head, ...rest] = ref;
  if (head?.type !== "var" || !rest.every((each) => each.type === "string")) return undefined;
  return [head, ...rest].map(word).join(".");
}

/**
 * Which parts of the input the rules read: for every reference that begins with `input`, its longest
 * beginning of fixed names. `input` alone reads everything.
 */
export function readsOf(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(readsOf);
  if (typeof node !== "object" || node === null) return [];
  const { type, value } = node as Partial<Term>;
  if (type === "ref" && Array.isArray(value)) {
    const [head, ...rest] = value as unknown as readonly Term[];
    if (head?.type === "var" && head.value === "input") {
      // A name with a dot, such as a label's, could not be told from two names: what holds it is read whole.
      const fixed = rest.findIndex((term) => term.type !== "string" || word(term).includes("."));
      return [(fixed < 0 ? rest : rest.slice(0, fixed)).map(word).join("."), ...readsOf(rest)];
    }
  } else if (type === "var" && value === "input") return [""];
  return Object.values(node).flatMap(readsOf);
}

/** The fields of an object that stands in the text, by name. */
export function fieldsOf(term: Term | undefined): ReadonlyMap<string, Term> | undefined {
  if (term?.type !== "object" || !Array.isArray(term.value)) return undefined;
  const entries = term.value as unknown as readonly (readonly [Term, Term])[];
  return new Map(entries.map(([field, value]) => [word(field), value]));
}

/** Names that a rule mentions: a superset of the rules of its package that it uses. */
export function* varsIn(node: unknown): Iterable<string> {
  if (Array.isArray(node)) for (const each of node) yield* varsIn(each);
  else if (typeof node === "object" && node !== null) {
    const { type, value } = node as Partial<Term>;
    if (type === "var" && typeof value === "string") yield value;
    for (const each of Object.values(node)) yield* varsIn(each);
  }
}

export function isModule(value: Json): boolean {
  return isObject(value) && isObject(value["package"]);
}
