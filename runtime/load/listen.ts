import type { JsonObject, Resource } from "../../core/index.ts";
import { listAt, objectAt, textAt } from "./read-spec.ts";

/** What a Project says of where its gateway listens, and to whom. */
export interface Listening {
  readonly address: string | null;
  readonly allowedOrigins: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly endpoints: readonly string[];
}

/** Of its environment's target, else of its own. The resolved Project has its one environment only. */
export function listeningOf({ spec }: Resource): Listening {
  const [own] = Object.values((objectAt(spec, "environments") ?? {}) as Readonly<Record<string, JsonObject>>);
  const target = (own && objectAt(own, "target")) ?? objectAt(spec, "target") ?? {};
  const listen = objectAt(target, "listen") ?? {};
  const texts = (key: string): readonly string[] => listAt(listen, key).filter((each) => typeof each === "string");
  return {
    address: textAt(listen, "address") ?? null,
    allowedOrigins: texts("allowedOrigins"),
    trustedProxies: texts("trustedProxies"),
    endpoints: texts("endpoints"),
  };
}

const HERE = new Set(["127.0.0.1", "::1"]);

/** What a Project asks of the gateway and nothing here does. */
export function lacksOfProject(project: Resource): readonly string[] {
  const { address, endpoints } = listeningOf(project);
  return [
    ...(address === null || HERE.has(address) ? [] : ["listener on other addresses"]),
    ...(endpoints.includes("openai-responses") ? ["responses of OpenAI"] : []),
  ];
}
