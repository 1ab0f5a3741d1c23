import { InternalError } from "../../../core/index.ts";
import type { Draft } from "../draft.ts";
import { at, booleanOf, entriesOf, textOf, type SourceNode } from "../json5/tree.ts";
import { carryId, type AgentEntry } from "./gateway.ts";

/** Keys of `agents` that are no agents, in any version or in what people guessed. */
const NO_AGENTS = new Set(["defaults", "list", "entries", "ownership", "default", "mcp", "routing"]);

/** What an agent's own description has at least one of. */
const AGENT_KEYS = [
  "model",
  "name",
  "displayName",
  "workspace",
  "soul",
  "skills",
  "tools",
  "identity",
  "prompt",
  "heartbeat",
  "description",
];

interface Found {
  readonly id: string;
  /** The value that is the id, where there is one. */
  readonly said: SourceNode | undefined;
  readonly node: SourceNode;
}

/**
 * Every agent of the source, in its order: `agents.entries`, `agents.list` as list or mapping, agents
 * directly below `agents`, the old top-level `agent`. Without any there is the one that OpenClaw implies.
 */
export function findAgents(draft: Draft, root: SourceNode): readonly AgentEntry[] {
  const section = at(root, "agents");
  const listed = at(section, "list") ?? (section?.kind === "list" ? section : undefined);
  const found: readonly Found[] = [
    ...entriesOf(at(section, "entries")).map(ofEntry),
    ...(listed?.kind === "list" ? listed.items.flatMap(ofItem) : entriesOf(listed).map(ofEntry)),
    ...entriesOf(section).filter(isLooseAgent).map(ofEntry),
  ];
  const legacy = at(root, "agent");
  const all = found.length > 0 ? found : [legacy?.kind === "map" ? ofLegacy(legacy) : undefined].filter((each) => each !== undefined);
  if (all.length === 0) return [implied(draft)];
  draft.names("Agent").expect(all.map(({ id }) => id));
  return all.map(({ id, said, node }) => {
    const name = draft.names("Agent").take(id, "agent");
    const address = draft.create("Agent", name, id, node);
    carryId(draft, address, node.kind === "leaf" ? node : said);
    return { id, name, address, node };
  });
}

function ofEntry([id, node]: readonly [string, SourceNode]): Found {
  const own = at(node, "id");
  return { id, said: textOf(own) === id ? own : undefined, node };
}

function ofItem(node: SourceNode): readonly Found[] {
  const said = [at(node, "id"), at(node, "agentId"), at(node, "name")].find((each) => textOf(each) !== undefined);
  const id = textOf(said);
  return id === undefined ? [] : [{ id, said, node }];
}

function ofLegacy(node: SourceNode): Found {
  const said = at(node, "id");
  return { id: textOf(said) ?? "main", said: textOf(said) === undefined ? undefined : said, node };
}

function isLooseAgent([key, node]: readonly [string, SourceNode]): boolean {
  return !NO_AGENTS.has(key) && node.kind === "map" && AGENT_KEYS.some((known) => at(node, known) !== undefined);
}

function implied(draft: Draft): AgentEntry {
  const name = draft.names("Agent").take("main", "agent");
  return { id: "main", name, address: draft.create("Agent", name), node: undefined };
}

/** The agent that answers where nothing else is said: the one marked so, `main`, or the first. */
export function defaultAgentOf(root: SourceNode, agents: readonly AgentEntry[]): AgentEntry {
  const named = textOf(at(root, "agents", "default"));
  const [first] = agents;
  const chosen =
    agents.find(({ node }) => booleanOf(at(node, "default")) === true) ??
    agents.find(({ id }) => id === named) ??
    agents.find(({ id }) => id === "main") ??
    first;
  if (!chosen) throw new InternalError("a configuration without agents has the implied one");
  return chosen;
}

/** The values that say which agent is the default one. */
export function defaultMarks(root: SourceNode, agents: readonly AgentEntry[]): readonly SourceNode[] {
  const marks = [...agents.map(({ node }) => at(node, "default")), at(root, "agents", "default")];
  return marks.filter((node) => node !== undefined);
}
