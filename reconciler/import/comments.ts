import { escapeText, pointerOf, segmentsOf, type Address } from "../../core/index.ts";
import { pointerOfNode, type SourceNode } from "./json5/tree.ts";
import type { Draft } from "./draft.ts";
import type { ImportReport } from "./types.ts";

/** Comments of the source, each on the line it belongs to. */
export interface PlacedComments {
  /** On top of a resource's file. */
  readonly headings: ReadonlyMap<Address, readonly string[]>;
  /** On a field's line: by resource, then by JSON Pointer. */
  readonly fields: ReadonlyMap<Address, ReadonlyMap<string, string>>;
  /** Beside quarantined values, by pointer into the source. */
  readonly quarantined: ReadonlyMap<string, readonly string[]>;
  /** Those without a line to stand on. */
  readonly homeless: ImportReport["comments"];
}

/**
 * Finds a place for every comment: the field that its value became, the resource that its mapping became,
 * or none. Secrets in a comment are starred out.
 */
export function placeComments(draft: Draft, quarantined: ReadonlySet<SourceNode>, hide: (text: string) => string): PlacedComments {
  const headings = new Map<Address, string[]>();
  const fields = new Map<Address, Map<string, string>>();
  const beside = new Map<string, readonly string[]>();
  const homeless: { source: string; line: number; text: string }[] = [];
  const place = (node: SourceNode, lines: readonly string[]): void => {
    const home = homeOf(draft, node, quarantined);
    const pointer = pointerOfNode(node);
    if (home === "quarantine") beside.set(pointer, [...(beside.get(pointer) ?? []), ...lines]);
    else if (home === undefined) homeless.push({ source: pointer, line: node.line, text: lines.join("\n") });
    else if (home.pointer === "") headings.set(home.address, [...(headings.get(home.address) ?? []), ...lines]);
    else {
      const known = fields.get(home.address) ?? new Map<string, string>();
      fields.set(home.address, known);
      known.set(home.pointer, [known.get(home.pointer), ...lines].filter((line) => line !== undefined).join("\n"));
    }
  };
  const visit = (node: SourceNode): void => {
    const lines = cleaned([...node.comments.before, ...node.comments.after], hide);
    if (lines.length > 0) place(node, lines);
    if (node.kind === "leaf") return;
    for (const child of node.kind === "map" ? node.entries.map(([, each]) => each) : node.items) visit(child);
    const rest = cleaned(node.rest, hide);
    if (rest.length > 0) homeless.push({ source: pointerOfNode(node), line: node.line, text: rest.join("\n") });
  };
  visit(draft.root);
  return { headings, fields, quarantined: beside, homeless };
}

const DECORATION = /^[\s=\-─━═*#_~.·•+|<>/]*$/u;
const RULER_BEFORE = /^[=\-─━═*#~]{3,}\s*/u;
const RULER_AFTER = /\s*[=\-─━═*#~]{3,}$/u;
const MAX_LINE = 1_000;

/** Lines without comment signs, rulers and margins; what is invisible is escaped. */
function cleaned(comments: readonly string[], hide: (text: string) => string): readonly string[] {
  return comments
    .flatMap((comment) => comment.split(/\r\n|[\n\r\u2028\u2029]/))
    .map((line) => line.replace(/^\s*\*+(?=\s|$)/, "").trim())
    .filter((line) => !DECORATION.test(line))
    .map((line) => line.replace(RULER_BEFORE, "").replace(RULER_AFTER, ""))
    .map((line) => escapeText(hide(line)).slice(0, MAX_LINE));
}

type Home = { readonly address: Address; readonly pointer: string } | "quarantine" | undefined;

function homeOf(draft: Draft, node: SourceNode, quarantined: ReadonlySet<SourceNode>): Home {
  if (quarantined.has(node)) return "quarantine";
  const own = draft.homes.get(pointerOfNode(node));
  if (own !== undefined) return { address: own, pointer: "" };
  const all = draft.accounts.destinations(node);
  // A secret's comment says what it is for, so it stands where the secret is used.
  const used = all.filter(({ address }) => !address.startsWith("Secret/"));
  const places = used.length > 0 ? used : all;
  const [first] = places;
  if (!first) return undefined;
  // A value that stands in several places keeps its comment at the first; a mapping only if all of it went to one.
  if (node.kind === "leaf") return fieldOf(first.address, segmentsOf(first.pointer));
  const inFirst = places.filter(({ address }) => address === first.address);
  if (inFirst.length < places.length) return undefined;
  return fieldOf(first.address, commonStart(inFirst.map(({ pointer }) => segmentsOf(pointer))));
}

/** A line of `metadata` or of the whole `spec` is no better than the top of the file. */
function fieldOf(address: Address, segments: readonly string[]): Home {
  const isField = segments[0] === "spec" && segments.length > 1;
  return { address, pointer: isField ? pointerOf(segments) : "" };
}

function commonStart(paths: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = paths;
  const end = first.findIndex((segment, i) => others.some((path) => path[i] !== segment));
  return end < 0 ? first : first.slice(0, end);
}
