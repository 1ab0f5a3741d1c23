import { addressOf, type Address } from "../../../core/index.ts";
import type { Draft } from "../draft.ts";
import { hasVariable } from "../env-text.ts";
import { at, booleanOf, entriesOf, itemsOf, numberOf, textOf, type SourceNode } from "../json5/tree.ts";
import { secretAt } from "../secrets.ts";
import { asBoolean, asDuration, asText, oneOf, same } from "./convert.ts";
import { carry, carryId } from "./gateway.ts";
import { carryHeaders } from "./headers.ts";
import { APIS, knownProvider, nowhere } from "./known-providers.ts";
import { carryModel } from "./provider-models.ts";

/** The model providers of an import, by the id the source knows them by. */
export interface Providers {
  /** The provider of that id; made from what is generally known where the source does not describe it. */
  need(id: string): { readonly name: string; readonly address: Address };
  /** What the source says of a provider. */
  declare(id: string, node: SourceNode): Address;
  ids(): readonly string[];
}

export function newProviders(draft: Draft): Providers {
  const known = new Map<string, { readonly name: string; readonly address: Address }>();
  const make = (id: string, node: SourceNode | undefined) => {
    const name = draft.names("ModelProvider").take(id, "provider");
    const made = { name, address: draft.create("ModelProvider", name, id, node) };
    known.set(id, made);
    return made;
  };
  return {
    ids: () => [...known.keys()],
    need: (id) => {
      const found = known.get(id);
      if (found) return found;
      const made = make(id, undefined);
      describe(draft, made.address, id, undefined);
      return made;
    },
    declare: (id, node) => {
      const { address } = known.get(id) ?? make(id, node);
      describe(draft, address, id, node);
      if (node.kind === "leaf") carryId(draft, address, node);
      return address;
    },
  };
}

/** Type and endpoint first: nothing works without them. */
function describe(draft: Draft, address: Address, id: string, node: SourceNode | undefined): void {
  setType(draft, address, id, node);
  if (node) carryEndpoint(draft, address, at(node, "baseUrl") ?? at(node, "baseURL") ?? at(node, "url"));
  if (node) carryRest(draft, address, node);
  const known = knownProvider(id);
  if (draft.get(address, ["spec", "endpoint"]) !== undefined) return;
  if (known?.endpoint !== undefined && draft.get(address, ["spec", "type"]) === known.type) {
    draft.imply(address, ["spec", "endpoint"], known.endpoint);
  } else if (draft.get(address, ["spec", "type"]) === "openai-compatible") {
    draft.imply(address, ["spec", "endpoint"], nowhere(address.slice(address.indexOf("/") + 1)));
    draft.task("Write the address of this provider into spec.endpoint: the source names none that could be used.", address);
  }
}

function setType(draft: Draft, address: Address, id: string, node: SourceNode | undefined): void {
  const api = at(node, "api");
  const spoken = APIS[textOf(api) ?? ""];
  const guess = spoken?.type ?? (api ? undefined : knownProvider(id)?.type) ?? "openai-compatible";
  if (api && spoken) {
    draft.put(address, ["spec", "type"], spoken.type, [api]);
    if (spoken.api !== undefined) draft.put(address, ["spec", "api"], spoken.api, [api]);
    return;
  }
  draft.imply(address, ["spec", "type"], guess);
  if (api) draft.task("moltbot does not speak this provider's protocol; name an OpenAI-compatible address in spec.endpoint.", address);
}

/** Google's own protocol is not spoken; the same host offers the OpenAI one a step below. */
const GOOGLE = /^https:\/\/generativelanguage\.googleapis\.com\/v1beta\/?$/;

function carryEndpoint(draft: Draft, address: Address, node: SourceNode | undefined): void {
  carry(draft, node, address, ["spec", "endpoint"], (url) => {
    const text = textOf(url)?.trim() ?? "";
    if (hasVariable(text)) {
      draft.accounts.note(url, "An endpoint cannot come from the environment.");
      return undefined;
    }
    if (GOOGLE.test(text)) return "https://generativelanguage.googleapis.com/v1beta/openai";
    return draft.get(address, ["spec", "type"]) === "ollama" ? text.replace(/\/v1\/?$/, "") : text;
  });
}

const AUTH = { ...same("api-key", "token", "oauth", "none"), api_key: "api-key" };

function carryRest(draft: Draft, address: Address, node: SourceNode): void {
  const name = address.slice(address.indexOf("/") + 1);
  const key = at(node, "apiKey") ?? at(node, "api_key");
  const credentials = key && secretAt(draft, key, name, "api-key");
  if (key && credentials) draft.put(address, ["spec", "credentials"], credentials, [key]);
  carry(draft, at(node, "auth"), address, ["spec", "auth"], oneOf(AUTH));
  carry(draft, at(node, "timeoutSeconds"), address, ["spec", "timeout"], asDuration("s"));
  carry(draft, at(node, "local"), address, ["spec", "local"], asBoolean);
  carry(draft, at(node, "note"), address, ["spec", "description"], asText);
  carry(draft, at(node, "rateLimitRpm"), address, ["spec", "limits", "rate"], (rate) => `${numberOf(rate) ?? 0}/min`);
  carryHeaders(draft, address, ["spec", "headers"], at(node, "headers"), name);
  if (booleanOf(at(node, "enabled")) === true) draft.accounts.leave(at(node, "enabled"), "A provider that is declared can be used.");
  const models = at(node, "models");
  for (const model of itemsOf(models)) carryModel(draft, address, model, undefined);
  for (const [id, model] of entriesOf(models)) carryModel(draft, address, model, id);
  const only = at(node, "model");
  if (only && textOf(only) !== undefined) carryModel(draft, address, only, undefined);
}

export function providerAddress(name: string): Address {
  return addressOf("ModelProvider", name);
}
