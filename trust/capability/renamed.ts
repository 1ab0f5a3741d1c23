import { addressOf, type Address } from "../../core/index.ts";
import type { Closure } from "./closure.ts";
import { addressAt, componentsOf, graphOf, listed, type Step } from "./graph.ts";
import { kindOf } from "./steps.ts";
import { parseTool } from "./tools.ts";
import type { Atom, DeclaredAtom } from "./types.ts";

/** Resources that are the same under another name: the new one by the old one. No two get the same name. */
export type Renames = ReadonlyMap<Address, Address>;

/**
 * Marks a name that somebody else has now. No name can hold it, so what spoke of the name before, when
 * nothing had it, is never taken for what has it now.
 */
const FORMER = "\u0001";

/** Kinds that a built-in tool's resource names. */
const NAMED_BY: Readonly<Record<string, string>> = { "message.send": "Channel", "schedule.create": "Agent", "schedule.cancel": "Agent" };

/**
 * The same closure under other names. It is followed to the end under the names of its time, and only then renamed,
 * each node to one of its own: so a renaming neither adds nor hides anything that somebody can do.
 */
export function renamedClosure(closure: Closure, renames: Renames): Closure {
  if (renames.size === 0) return closure;
  const { graph } = closure;
  const rename = renamerOf(renames);
  const nodes = graph.nodes.map(rename);
  const steps: Step[] = [];
  for (const [i, from] of nodes.entries()) for (const to of listed(graph.next, i)) steps.push({ from, to: rename(addressAt(graph, to)) });
  const renamed = graphOf(steps, nodes);
  const atomsOf = new Map(
    [...closure.atomsOf].map(([subject, atoms]) => [rename(subject), atoms.map((each) => renamedAtom(each, rename))]),
  );
  return { graph: renamed, components: componentsOf(renamed), atomsOf };
}

/** Grants of before as they would be called now: what judged them, judged them under the names of their time. */
export function renamedAtoms(atoms: readonly DeclaredAtom[], renames: Renames): readonly DeclaredAtom[] {
  const rename = renamerOf(renames);
  return renames.size === 0 ? atoms : atoms.map((each) => renamedAtom(each, rename));
}

/** What an address of a renamed closure was called at its time. */
export function formerNames(renames: Renames): (address: Address) => Address {
  const back = new Map([...renames].map(([from, to]) => [to, from]));
  return (address) => back.get(address) ?? address;
}

/** As people know it. */
export function withoutMarks(text: string): string {
  return text.replaceAll(FORMER, "");
}

type Rename = (address: Address) => Address;

function renamerOf(renames: Renames): Rename {
  const taken = new Set(renames.values());
  return (address) => renames.get(address) ?? (taken.has(address) ? markedAs(address) : address);
}

function markedAs(address: Address): Address {
  return addressOf(kindOf(address), `${nameIn(address)}${FORMER}`);
}

function nameIn(address: Address): string {
  return address.slice(address.indexOf("/") + 1);
}

/** Unchanged ones are the very same, which is how most of them are told from others. */
function renamedAtom(declared: DeclaredAtom, rename: Rename): DeclaredAtom {
  const { atom } = declared;
  const subject = rename(atom.subject);
  const tool = renamedTool(atom.tool, rename);
  const pattern = renamedPattern(atom, rename);
  if (subject === atom.subject && tool === atom.tool && pattern === atom.pattern) return declared;
  // A grant without a name of its own is called as its tool is.
  const grant = atom.grant === atom.tool ? tool : atom.grant;
  const renamed = { ...declared, atom: { ...atom, subject, grant, tool, pattern } };
  if (pattern === atom.pattern || !declared.pattern) return renamed;
  return { ...renamed, pattern: { type: "name", text: pattern, path: { items: [pattern], tail: false } } };
}

/** `agent:NAME`, `mcp:NAME/tool`, `plugin:NAME/tool`. */
function renamedTool(tool: string, rename: Rename): string {
  const provider = providerOf(tool);
  if (!provider) return tool;
  const name = nameIn(rename(addressOf(provider.kind, provider.name)));
  const start = tool.indexOf(":") + 1;
  return `${tool.slice(0, start)}${name}${tool.slice(start + provider.name.length)}`;
}

function renamedPattern({ tool, pattern }: Atom, rename: Rename): string {
  const kind = NAMED_BY[tool] ?? (providerOf(tool)?.kind === "Agent" ? "Agent" : undefined);
  if (kind === undefined || pattern.includes("*") || pattern.includes("/")) return pattern;
  return nameIn(rename(addressOf(kind, pattern)));
}

function providerOf(tool: string): { readonly kind: string; readonly name: string } | null {
  if (!tool.includes(":")) return null;
  const parsed = parseTool(tool);
  return parsed.ok ? parsed.value.provider : null;
}
