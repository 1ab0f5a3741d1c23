import { addressOf, type Address } from "../../../core/index.ts";
import type { Draft } from "../draft.ts";
import { at, booleanOf, entriesOf, itemsOf, leavesBelow, textOf, valueOf, type SourceNode } from "../json5/tree.ts";
import { secretAt } from "../secrets.ts";
import { carryId } from "./gateway.ts";
import { carryTexts } from "./headers.ts";

/** The skills of an import, by the id the source knows them by. */
export interface Skills {
  /** The name of the Skill; made empty where the source only names it. */
  need(id: string, node?: SourceNode): string;
  /** Those that are switched on for agents that name none. */
  readonly enabled: readonly { readonly name: string; readonly node: SourceNode }[];
}

/**
 * `skills.entries` and legacy lists of skills. The files of a skill are not part of the configuration: a
 * Skill is made for each one that is switched on, and a person copies its instructions.
 */
export function carrySkills(draft: Draft, section: SourceNode | undefined): Skills {
  const names = new Map<string, string>();
  const enabled: { readonly name: string; readonly node: SourceNode }[] = [];
  const need = (id: string, node?: SourceNode): string => {
    const known = names.get(id);
    if (known !== undefined) return known;
    const name = draft.names("Skill").take(id, "skill");
    names.set(id, name);
    const address = draft.create("Skill", name, id, node);
    draft.task("Copy the instructions of the skill (its SKILL.md) and name them in spec.prompt.", address);
    return name;
  };
  draft.names("Skill").expect(entriesOf(at(section, "entries")).flatMap(([id, node]) => (isSwitchedOff(node) ? [] : [id])));
  for (const [id, node] of entriesOf(at(section, "entries"))) {
    if (isSwitchedOff(node)) {
      draft.accounts.leave(node, "moltbot brings no skills of its own, so there is nothing to switch off.");
      continue;
    }
    const name = need(id, node);
    carryEntry(draft, addressOf("Skill", name), node, name);
    if (booleanOf(at(node, "enabled")) !== false) enabled.push({ name, node });
  }
  for (const item of itemsOf(section?.kind === "list" ? section : at(section, "allowBundled"))) {
    const id = textOf(item);
    if (id === undefined || id === "*") continue;
    const address = addressOf("Skill", need(id, item));
    carryId(draft, address, item);
  }
  return { need, enabled };
}

/** `{enabled: false}` and nothing else. */
function isSwitchedOff(node: SourceNode): boolean {
  return booleanOf(at(node, "enabled")) === false && leavesBelow(node).length === 1;
}

function carryEntry(draft: Draft, address: Address, node: SourceNode, name: string): void {
  const enabled = at(node, "enabled");
  if (enabled && booleanOf(enabled) !== undefined) draft.put(address, ["spec", "enabled"], booleanOf(enabled) === true, [enabled]);
  if (node.kind === "leaf") carryId(draft, address, node);
  const key = at(node, "apiKey");
  const ref = key && secretAt(draft, key, name, "api-key");
  // The variable a skill reads its key from stands in its own files; this name is a convention.
  if (key && ref)
    draft.put(
      address,
      [
        "spec",
        "env",
        `${name
          .replaceAll("-", "_")
          .toUpperCase()
          .replace(/^(?=\d)/, "_")}_API_KEY`,
      ],
      ref,
      [key],
    );
  carryTexts(draft, address, ["spec", "env"], at(node, "env"), name);
  for (const [setting, value] of entriesOf(at(node, "config"))) draft.put(address, ["spec", "config", setting], valueOf(value), [value]);
}

/** The skills an agent names; without a list, all that are switched on. */
export function carryAgentSkills(draft: Draft, agent: Address, list: SourceNode | undefined, skills: Skills): void {
  if (list && (list.kind === "list" || list.kind === "leaf")) {
    for (const item of itemsOf(list)) {
      const id = textOf(item);
      if (id !== undefined) draft.push(agent, ["spec", "skills"], skills.need(id), [item]);
    }
    if (itemsOf(list).length === 0) draft.accounts.leave(list, "The agent has no skills, as the empty list says.");
    return;
  }
  for (const { name } of skills.enabled) draft.push(agent, ["spec", "skills"], name, []);
}
