import { addressOf, isArray, isObject, type Address, type Resource } from "../../core/index.ts";
import type { Closure } from "./closure.ts";
import { isSameOrEveryTool } from "./delta.ts";
import { addressAt, listed, spread } from "./graph.ts";
import { parsePattern, contains } from "./pattern.ts";
import { ownAddress, texts } from "./steps.ts";
import { parseTool } from "./tools.ts";
import type { Atom, DeclaredAtom, Pattern } from "./types.ts";

/** Where a grant passes the ceiling of a team; null where it does not. */
export interface BeyondCeiling {
  readonly team: Address;
  /** Whose grant passes it: the subject itself, or an agent that it makes act. */
  readonly by: Address;
}

interface TeamCeiling {
  readonly team: Address;
  readonly agents: readonly Address[];
  readonly allows: (declared: DeclaredAtom) => boolean;
}

/**
 * What the ceilings of teams leave. A ceiling holds for what its agents can do in effect: neither a grant
 * of their own may pass it, nor one of an agent that they can make act. Several ceilings all hold.
 */
export function ceilingsOf(resources: readonly Resource[], closure: Closure): (declared: DeclaredAtom) => BeyondCeiling | null {
  const ceilings = resources.flatMap(readCeiling).sort((a, b) => (a.team < b.team ? -1 : 1));
  const byAgent = new Map<Address, TeamCeiling[]>();
  for (const each of ceilings) for (const agent of each.agents) byAgent.set(agent, [...(byAgent.get(agent) ?? []), each]);
  const breaches = new Map(ceilings.map((each) => [each, breachesOf(each, closure)]));
  return (declared) => {
    const { atom } = declared;
    for (const ceiling of byAgent.get(atom.subject) ?? []) {
      if (!ceiling.allows(declared)) return { team: ceiling.team, by: atom.subject };
      const called = calledBy(atom);
      const by = called === null ? undefined : breaches.get(ceiling)?.get(called);
      if (by !== undefined) return { team: ceiling.team, by };
    }
    return null;
  };
}

/** Teams whose ceiling holds for an agent, sorted. */
export function teamsOver(resources: readonly Resource[], agent: Address): readonly Address[] {
  return resources
    .flatMap(readCeiling)
    .flatMap((each) => (each.agents.includes(agent) ? [each.team] : []))
    .sort();
}

/** Every agent that can make a grant beyond the ceiling be used, with the nearest agent that has one. */
function breachesOf(ceiling: TeamCeiling, { graph, atomsOf }: Closure): ReadonlyMap<Address, Address> {
  const members = ceiling.agents.flatMap((agent) => graph.index.get(agent) ?? []);
  const within = spread(graph.next, members);
  const beyond = [...within.keys()].filter((node) =>
    (atomsOf.get(addressAt(graph, node)) ?? []).some((declared) => !ceiling.allows(declared)),
  );
  const source = new Map<number, number>(beyond.sort((a, b) => a - b).map((node) => [node, node]));
  for (const [node, from] of source)
    for (const caller of listed(graph.previous, node)) if (within.has(caller) && !source.has(caller)) source.set(caller, from);
  return new Map([...source].map(([node, from]) => [addressAt(graph, node), addressAt(graph, from)]));
}

function calledBy({ tool, pattern }: Atom): Address | null {
  if (tool.startsWith("agent:")) return addressOf("Agent", tool.slice("agent:".length));
  if (tool !== "schedule.create") return null;
  return pattern === "**" || pattern === "*" ? "Agent/*" : addressOf("Agent", pattern);
}

function readCeiling(team: Resource): readonly TeamCeiling[] {
  const people = team.kind === "Team" ? team.spec["people"] : undefined;
  const ceiling = isObject(people) ? people["ceiling"] : undefined;
  if (!isObject(ceiling)) return [];
  const grants = (isArray(ceiling["capabilities"]) ? ceiling["capabilities"] : []).flatMap((each) =>
    isObject(each) ? grantsOf(each) : [],
  );
  const agents = ceiling["agents"] === undefined ? orchestrated(team) : texts(ceiling["agents"]);
  return [
    {
      team: ownAddress(team),
      agents: [...new Set(agents)].map((name) => addressOf("Agent", name)),
      allows: (declared) => grants.some((each) => allows(each, declared)),
    },
  ];
}

function orchestrated({ spec }: Resource): readonly string[] {
  const { orchestration } = spec;
  if (!isObject(orchestration)) return [];
  const { coordinator } = orchestration;
  return [...texts(orchestration["agents"]), ...(typeof coordinator === "string" ? [coordinator] : [])];
}

interface CeilingGrant {
  readonly tool: string;
  readonly action: string;
  readonly pattern: Pattern | null;
}

/** What has no canonical form allows nothing. A permission without resource covers what its tool implies. */
function grantsOf({ tool, permissions }: { readonly [key: string]: unknown }): readonly CeilingGrant[] {
  const facts = typeof tool === "string" ? parseTool(tool) : null;
  if (!facts?.ok || !Array.isArray(permissions)) return [];
  return permissions.filter(isObject).flatMap(({ action, resource }): readonly CeilingGrant[] => {
    if (typeof action !== "string") return [];
    const read = { tool: facts.value.tool, action };
    if (typeof resource !== "string") return facts.value.impliedPattern === null ? [] : [{ ...read, pattern: null }];
    const pattern = facts.value.resource === null ? null : parsePattern(facts.value.resource, resource);
    return pattern?.ok ? [{ ...read, pattern: pattern.value }] : [];
  });
}

function allows({ tool, action, pattern }: CeilingGrant, { atom, pattern: wanted }: DeclaredAtom): boolean {
  if (action !== atom.action || !isSameOrEveryTool(tool, atom.tool)) return false;
  if (pattern === null) return true;
  if (wanted === undefined) return pattern.text === "**" || pattern.text === atom.pattern;
  return contains(pattern, wanted);
}
