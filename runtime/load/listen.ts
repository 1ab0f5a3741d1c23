import type { JsonObject, Resource } from "../../core/index.ts";
import { listAt, numberAt, objectAt, secretRefOf, textAt } from "./read-spec.ts";
import type { SecretRef } from "./types.ts";

/** What a Project says of where its gateway listens, and to whom. */
export interface Listening {
  readonly address: string;
  /** 0: the system chooses. */
  readonly port: number;
  /** The certificate in PEM form, and where its key is; null: without TLS. */
  readonly tls: { readonly certificate: string; readonly key: SecretRef } | null;
  /** Names by which it is reached. */
  readonly hosts: readonly string[];
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
    address: textAt(listen, "address") ?? "127.0.0.1",
    port: numberAt(listen, "port") ?? 0,
    tls: tlsOf(objectAt(listen, "tls") ?? {}),
    hosts: texts("hosts"),
    allowedOrigins: texts("allowedOrigins"),
    trustedProxies: texts("trustedProxies"),
    endpoints: texts("endpoints"),
  };
}

function tlsOf(tls: JsonObject): Listening["tls"] {
  const [certificate, key] = [textAt(tls, "certificate"), secretRefOf(tls["key"])];
  return certificate === undefined || key === undefined ? null : { certificate, key };
}

/** What a Project asks of the gateway and nothing here does. */
export function lacksOfProject(project: Resource): readonly string[] {
  return listeningOf(project).endpoints.includes("openai-responses") ? ["responses of OpenAI"] : [];
}
