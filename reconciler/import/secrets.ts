import { addressOf, pointerOf, Secret, type Address, type JsonObject } from "../../core/index.ts";
import { elsewhereOf, type Elsewhere } from "./env-text.ts";
import { leavesBelow, pointerOfNode, scalarOf, type SourceNode } from "./json5/tree.ts";
import type { Draft } from "./draft.ts";
import { secretKeyOf, slugOf } from "./names.ts";
import { entryTask } from "./sealed.ts";
import { isSecretName, isSearchable, isStandIn, looksSecret } from "./secret-text.ts";

/** Names one value of a Secret, as manifests write it. */
export interface SecretRef extends JsonObject {
  readonly secret: string;
  readonly key: string;
}

const MAX_TEXT = 1024;

/** Where a secret's value is: written in the source, in a variable, or where only a person can get it. */
type Origin = { readonly from: "here"; readonly value: string } | Elsewhere;

/**
 * Makes the value at a node a value of a Secret: `env` where the source names a variable, else `pending`
 * with what to do; a plain text is kept apart, to be encrypted if somebody says for whom.
 *
 * @param owner - The resource's name: its secrets are one Secret.
 * @returns undefined for what is no value at all (a list, an empty mapping).
 */
export function secretAt(draft: Draft, node: SourceNode, owner: string, ...key: readonly string[]): SecretRef | undefined {
  const value = scalarOf(node);
  const origin = elsewhereOf(node) ?? (value === undefined || value === null ? undefined : { from: "here" as const, value: String(value) });
  return origin && secretFrom(draft, node, origin, owner, ...key);
}

/** The same for a part of a value, such as the token behind `Bearer`. */
export function secretFrom(draft: Draft, node: SourceNode, origin: Origin, owner: string, ...key: readonly string[]): SecretRef {
  const ref = placeFor(draft, origin, slugOf(owner, "secrets"), secretKeyOf(...key));
  const address = addressOf("Secret", ref.secret);
  const path = ["spec", "values", ref.key];
  if (origin.from === "env") draft.imply(address, path, { env: { name: origin.name } });
  else draft.imply(address, path, { pending: pendingOf(draft, node, ref, origin) });
  if (origin.from === "here" && !isStandIn(origin.value)) draft.secrets.push({ ...ref, value: new Secret(origin.value) });
  draft.accounts.secret(node, { address, pointer: pointerOf(path) });
  return ref;
}

/** A Secret value that the source does not hold but expects somewhere else. */
export function secretKeptElsewhere(draft: Draft, owner: string, key: string, how: string, from: readonly SourceNode[]): SecretRef {
  const ref = placeFor(draft, { from: "other", how }, slugOf(owner, "secrets"), secretKeyOf(key));
  const address = addressOf("Secret", ref.secret);
  const path = ["spec", "values", ref.key];
  draft.imply(address, path, { pending: { instruction: instructionFor(ref), source: how.slice(0, MAX_TEXT) } });
  draft.task(entryTask(ref.secret, ref.key), address);
  for (const node of from) draft.accounts.secret(node, { address, pointer: pointerOf(path) });
  return ref;
}

/** The next free key of the Secret; the same one where the same variable is meant. */
function placeFor(draft: Draft, origin: Origin, secret: string, key: string): SecretRef {
  const address: Address = addressOf("Secret", secret);
  if (!draft.has(address)) draft.create("Secret", secret);
  for (let n = 1; ; n++) {
    const name = n === 1 ? key : `${key}-${n}`;
    const known = draft.get(address, ["spec", "values", name, "env", "name"]);
    const isFree = draft.get(address, ["spec", "values", name]) === undefined;
    if (isFree || (origin.from === "env" && known === origin.name)) return { secret, key: name };
  }
}

function pendingOf(draft: Draft, node: SourceNode, ref: SecretRef, origin: Origin): JsonObject {
  draft.task(entryTask(ref.secret, ref.key), addressOf("Secret", ref.secret));
  const how = origin.from === "other" ? `: ${origin.how}` : "";
  return { instruction: instructionFor(ref), source: `${pointerOfNode(node)}${how}`.slice(0, MAX_TEXT) };
}

function instructionFor(ref: SecretRef): string {
  return `Run: moltbot secret set ${ref.secret} ${ref.key}`;
}

/** Whether the value there is to be treated as a secret: by the name it stands under, or by its look. */
export function isSecretNode(draft: Pick<Draft, "isSecretText">, node: SourceNode): boolean {
  const value = scalarOf(node);
  if (typeof value !== "string" || value === "") return false;
  return isSecretName(nameOf(node)) || draft.isSecretText(value);
}

/** The nearest key above a value: items of a list are named by what the list is called. */
export function nameOf(node: SourceNode): string {
  return node.segments.findLast((segment) => typeof segment === "string") ?? "";
}

/** Literal secrets of a source that may be looked for in its other texts. */
export function searchableSecrets(root: SourceNode): ReadonlySet<string> {
  const leaves = leavesBelow(root);
  const words = new Set(leaves.flatMap((leaf) => leaf.segments.map(String)));
  const found = leaves.flatMap((leaf) => {
    const value = scalarOf(leaf);
    if (typeof value !== "string" || elsewhereOf(leaf) || isStandIn(value) || words.has(value)) return [];
    return (isSecretName(nameOf(leaf)) || looksSecret(value)) && isSearchable(value) ? [value] : [];
  });
  // Longest first, so that a secret that is part of another does not leave the other's rest behind.
  return new Set(found.sort((a, b) => b.length - a.length || (a < b ? -1 : 1)));
}
