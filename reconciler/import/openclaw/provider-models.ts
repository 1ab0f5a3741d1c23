import { isArray, isObject, type Address } from "../../../core/index.ts";
import type { Draft } from "../draft.ts";
import { at, itemsOf, textOf, type SourceNode } from "../json5/tree.ts";
import { asBoolean, asInteger, asNumber, asText, oneOf, same, type Convert } from "./convert.ts";
import { carry } from "./gateway.ts";
import { APIS } from "./known-providers.ts";

const MODELS = ["spec", "models"];

/** Where a model stands in its provider's list; undefined where it does not. */
function indexOf(draft: Draft, provider: Address, name: string): number | undefined {
  const list = draft.get(provider, MODELS);
  const found = isArray(list) ? list.findIndex((item) => isObject(item) && item["name"] === name) : -1;
  return found < 0 ? undefined : found;
}

/** A place in the provider's list for a model of that name, made if there is none; undefined for a name that cannot be one. */
export function modelPlace(
  draft: Draft,
  provider: Address,
  name: string,
  from: readonly SourceNode[],
): readonly (string | number)[] | undefined {
  const known = indexOf(draft, provider, name);
  if (known !== undefined) return [...MODELS, known];
  if (!draft.push(provider, MODELS, { name }, [])) return undefined;
  const place = [...MODELS, indexOf(draft, provider, name) ?? 0];
  for (const node of from) draft.put(provider, [...place, "name"], name, [node]);
  return place;
}

const API_FORMS = Object.fromEntries(Object.entries(APIS).flatMap(([name, { api }]) => (api === undefined ? [] : [[name, api]])));

/** What is known of a model: `[source path, field, conversion]`. */
const ROWS: readonly (readonly [source: readonly string[], field: readonly string[], convert: Convert])[] = [
  [["contextWindow"], ["contextWindow"], asInteger],
  [["maxTokens"], ["maxOutputTokens"], asInteger],
  [["reasoning"], ["thinking"], asBoolean],
  [["api"], ["api"], oneOf(API_FORMS)],
  [["cost", "input"], ["prices", "input"], asNumber],
  [["cost", "output"], ["prices", "output"], asNumber],
  [["cost", "cacheRead"], ["prices", "cacheRead"], asNumber],
  [["cost", "cacheWrite"], ["prices", "cacheWrite"], asNumber],
];

/** One entry of a provider's `models`: a name, or what is known of it. The first of two with one name counts. */
export function carryModel(draft: Draft, provider: Address, node: SourceNode, key: string | undefined): void {
  const isName = textOf(node) !== undefined;
  const id = isName ? node : (at(node, "id") ?? at(node, "name"));
  const name = (textOf(id) ?? key)?.trim();
  if (name === undefined || (!isName && indexOf(draft, provider, name) !== undefined)) return;
  const place = modelPlace(draft, provider, name, id ? [id] : []);
  if (!place || node.kind !== "map") return;
  const label = at(node, "name");
  if (id !== label) carry(draft, label, provider, [...place, "displayName"], asText);
  for (const [source, field, convert] of ROWS) carry(draft, at(node, ...source), provider, [...place, ...field], convert);
  for (const kind of itemsOf(at(node, "input"))) draft.push(provider, [...place, "input"], textOf(kind) ?? "", [kind]);
  carryParameters(draft, provider, place, at(node, "params"));
}

const PARAMETERS: readonly (readonly [source: string, field: string, integer?: true])[] = [
  ["temperature", "temperature"],
  ["topP", "topP"],
  ["top_p", "topP"],
  ["maxTokens", "maxTokens", true],
  ["max_tokens", "maxTokens", true],
  ["presence_penalty", "presencePenalty"],
  ["frequency_penalty", "frequencyPenalty"],
];

/** Sampling parameters that belong to a model. */
export function carryParameters(draft: Draft, provider: Address, place: readonly (string | number)[], node: SourceNode | undefined): void {
  for (const [source, field, integer] of PARAMETERS) {
    carry(draft, at(node, source), provider, [...place, "parameters", field], integer ? asInteger : asNumber);
  }
  const thinking = oneOf(same("off", "minimal", "low", "medium", "high"));
  carry(draft, at(node, "thinking"), provider, [...place, "parameters", "thinking"], thinking);
}
