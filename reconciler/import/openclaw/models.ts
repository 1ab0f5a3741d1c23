import type { JsonObject } from "../../../core/index.ts";
import type { Draft } from "../draft.ts";
import { hasVariable } from "../env-text.ts";
import { at, entriesOf, textOf, type SourceNode } from "../json5/tree.ts";
import { asText } from "./convert.ts";
import { carry } from "./gateway.ts";
import { providerOfBareModel } from "./known-providers.ts";
import { carryParameters, modelPlace } from "./provider-models.ts";
import type { Providers } from "./providers.ts";

export interface Choice extends JsonObject {
  readonly provider: string;
  readonly name: string;
}

/** Model references of the source as ours. */
export interface Models {
  /** `provider/model`, an alias, or a bare name; undefined for what can be no model. */
  choice(text: string): Choice | undefined;
  /** What stands in for a model where the source names none: a provider that is nowhere. */
  none(): Choice;
}

export function newModels(draft: Draft, providers: Providers, lists: readonly (SourceNode | undefined)[]): Models {
  const aliases = new Map<string, string>();
  for (const [ref, node] of lists.flatMap(entriesOf)) {
    const alias = textOf(at(node, "alias"));
    if (alias !== undefined && !aliases.has(alias.toLowerCase())) aliases.set(alias.toLowerCase(), ref);
  }
  const choice = (text: string): Choice | undefined => {
    const written = text.trim();
    const ref = written.includes("/") ? written : (aliases.get(written.toLowerCase()) ?? written);
    if (ref === "" || /\s/.test(ref) || ref.length > 256) return undefined;
    if (hasVariable(ref)) return unknownProvider(draft, providers, ref);
    const slash = ref.indexOf("/");
    if (slash === 0 || slash === ref.length - 1) return undefined;
    const id = slash < 0 ? bareProvider(ref, providers) : ref.slice(0, slash);
    return { provider: providers.need(id).name, name: ref.slice(slash + 1) };
  };
  return { choice, none: () => unknownProvider(draft, providers, "unset") };
}

function bareProvider(model: string, providers: Providers): string {
  const guess = providerOfBareModel(model);
  const declared = providers.ids();
  // A guess that nothing in the configuration supports is worse than the only provider there is.
  return declared.length === 1 && !declared.includes(guess) && guess === "anthropic" && !/^claude/i.test(model)
    ? (declared[0] ?? guess)
    : guess;
}

/** The provider of models that the source leaves open: it leads nowhere, so the agent says so instead of asking somebody else. */
function unknownProvider(draft: Draft, providers: Providers, name: string): Choice {
  const provider = providers.need("unset");
  draft.task(
    "Choose the model in spec.model of the agents that use this provider: the source names none that could be resolved.",
    provider.address,
  );
  return { provider: provider.name, name };
}

/** `agents.defaults.models`: which models there are to choose from, with their aliases and parameters. */
export function carryModelList(draft: Draft, providers: Providers, list: SourceNode | undefined): void {
  for (const [ref, node] of entriesOf(list)) {
    const slash = ref.indexOf("/");
    if (slash <= 0 || hasVariable(ref)) continue;
    const { address } = providers.need(ref.slice(0, slash));
    const isEmpty = node.kind === "leaf" && typeof node.value === "object";
    const place = modelPlace(draft, address, ref.slice(slash + 1), isEmpty ? [node] : []);
    if (!place) continue;
    if (isEmpty) draft.put(address, [...place, "name"], ref.slice(slash + 1), [node]);
    carry(draft, at(node, "alias"), address, [...place, "alias"], asText);
    carryParameters(draft, address, place, at(node, "params"));
  }
}
