import { isIPv4, isIPv6 } from "node:net";
import { pointerOf, type JsonObject, type Resource } from "../../../core/index.ts";
import { objectIn, objectsIn, textIn } from "./read.ts";

/** Where conversations with a provider go, by its address alone. A name says nothing: it may be anywhere. */
export type Place = "here" | "elsewhere" | "unknown";

/** One use of a model provider by an agent. */
export interface ProviderUse {
  readonly pointer: string;
  readonly provider: string;
  readonly model: string | null;
}

/** Types that run on this machine where they name no address. */
const OWN_MACHINE: ReadonlySet<string | null> = new Set(["ollama", "llama-cpp"]);

export function placeOf({ spec }: Resource): Place {
  const type = textIn(spec, "type");
  const endpoint = textIn(spec, "endpoint");
  if (type === "echo") return "here";
  if (endpoint !== null) return placeOfHost(hostOf(endpoint));
  return OWN_MACHINE.has(type) ? "here" : "elsewhere";
}

/** Whether conversations stay on this machine or in this network: by the address, or, where that does not tell, by what is claimed. */
export function isLocal(provider: Resource): boolean {
  const place = placeOf(provider);
  return place === "here" || (place === "unknown" && provider.spec["local"] === true);
}

function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).hostname : "";
}

const PRIVATE_V4 = /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.)/;
const PRIVATE_V6 = /^(?:::1$|f[cd]|fe[89ab])/;

function placeOfHost(host: string): Place {
  const bare = host.replace(/^\[|\]$/g, "");
  if (bare === "localhost" || bare.endsWith(".localhost")) return "here";
  if (isIPv4(bare)) return PRIVATE_V4.test(bare) ? "here" : "elsewhere";
  if (isIPv6(bare)) return PRIVATE_V6.test(bare) ? "here" : "elsewhere";
  return "unknown";
}

const MODELS = ["model", "imageModel", "utilityModel"] as const;

/** Everywhere an agent sends what it is told. */
export function usesOf({ spec }: Resource): readonly ProviderUse[] {
  const uses: ProviderUse[] = [];
  const note = (provider: string | null, model: string | null, ...at: readonly (string | number)[]): void => {
    if (provider !== null) uses.push({ provider, model, pointer: pointerOf(["spec", ...at, "provider"]) });
  };
  const noteModel = (model: JsonObject, ...at: readonly (string | number)[]): void =>
    note(textIn(model, "provider"), textIn(model, "name"), ...at);
  for (const field of MODELS) noteModel(objectIn(spec, field), field);
  for (const [i, each] of objectsIn(spec, "fallbacks").entries()) noteModel(each, "fallbacks", i);
  noteModel(objectIn(objectIn(spec, "delegation"), "model"), "delegation", "model");
  const search = objectIn(objectIn(spec, "memory"), "search");
  note(textIn(search, "provider"), textIn(search, "model"), "memory", "search");
  return uses;
}

/** Whether using the model costs money: what it is priced at, or being somebody else's service. */
export function isMetered(provider: Resource, model: string | null): boolean {
  const priced = objectsIn(provider.spec, "models").find((each) => textIn(each, "name") === model);
  const prices = priced ? Object.values(objectIn(priced, "prices")).filter((each) => typeof each === "number") : [];
  return prices.length > 0 ? prices.some((each) => each > 0) : !isLocal(provider);
}
