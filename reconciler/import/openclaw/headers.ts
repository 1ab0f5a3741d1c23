import { type Address } from "../../../core/index.ts";
import type { Draft } from "../draft.ts";
import { elsewhereOf, hasVariable, variableOf } from "../env-text.ts";
import { entriesOf, textOf, type SourceNode } from "../json5/tree.ts";
import { isSecretNode, secretAt } from "../secrets.ts";
import { isSecretHeader } from "../secret-text.ts";

/**
 * Mappings of names to texts of which some are secrets: HTTP headers, environment variables. What is
 * plain stays plain; what is a secret, or comes from the environment, becomes a reference.
 *
 * @param nameOf - The name as we write it: headers are lower-case.
 */
export function carryTexts(
  draft: Draft,
  address: Address,
  path: readonly string[],
  node: SourceNode | undefined,
  owner: string,
  nameOf: (name: string) => string = (name) => name,
  isSecretName: (name: string) => boolean = () => false,
): void {
  for (const [name, value] of entriesOf(node)) {
    const place = [...path, nameOf(name)];
    const isSecret = isSecretNode(draft, value) || (isSecretName(name) && (textOf(value) ?? "") !== "");
    if (isSecret || isElsewhere(value)) {
      const ref = secretAt(draft, value, owner, name);
      if (ref) draft.put(address, place, ref, [value]);
    } else {
      const text = textOf(value);
      if (text !== undefined && draft.put(address, place, text, [value]) && hasVariable(text)) noSubstitution(draft, address, value);
    }
  }
}

/** A variable or a reference as a whole; a text that only has variables in it stays a text. */
function isElsewhere(node: SourceNode): boolean {
  return node.kind === "map" ? elsewhereOf(node) !== undefined : variableOf(textOf(node) ?? "") !== undefined;
}

export function noSubstitution(draft: Draft, address: Address, node: SourceNode): void {
  draft.accounts.note(node, "moltbot fills in no variables here.");
  draft.task("Write the text that ${...} stands for: moltbot fills in variables only where a Secret may stand.", address);
}

export function carryHeaders(draft: Draft, address: Address, path: readonly string[], node: SourceNode | undefined, owner: string): void {
  carryTexts(draft, address, path, node, owner, (name) => name.toLowerCase(), isSecretHeader);
}
