import { addressOf, pointerOf, problem, shown, type Diagnostic, type JsonObject, type Resource } from "../../core/index.ts";
import type { TlsExceptions } from "../net/index.ts";
import { byteSizeAt, digestAt, durationAt, numberAt, objectAt, objectsAt, secretRefOf, textAt, textsAt } from "./read-spec.ts";
import { choiceOf } from "./choice.ts";
import {
  SPOKEN,
  type LoadedProvider,
  type ModelFacts,
  type ProviderLimits,
  type SecretRef,
  type SecretSource,
  type SpokenProtocol,
} from "./types.ts";

type Secrets = ReadonlyMap<string, ReadonlyMap<string, SecretSource>>;

/** Where a provider answers that does not say so. */
const USUAL: Readonly<Record<string, string>> = {
  anthropic: "https://api.anthropic.com",
  "llama-cpp": "http://127.0.0.1:8080",
  ollama: "http://127.0.0.1:11434",
};
const DEFAULT_TIMEOUT_MS = 120_000;
const DEFAULT_RESPONSE_BYTES = 8 * 1024 * 1024;
const DEFAULT_RETRIES = 2;
const DEFAULT_BACKOFF_MS = 500;

/** What HTTP itself sets; a manifest that sets it could smuggle a second request. */
const RESERVED = new Set([
  "connection",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** One ModelProvider as the runtime asks it. Problems that make it unbuildable are pushed, not thrown. */
export function loadProvider(resource: Resource, secrets: Secrets, tls: TlsExceptions, diagnostics: Diagnostic[]): LoadedProvider {
  const { spec } = resource;
  const type = textAt(spec, "type") ?? "";
  const protocol: SpokenProtocol | null = SPOKEN.find((name) => name === type) ?? null;
  const headers = headersOf(objectAt(spec, "headers") ?? {}, resource, diagnostics);
  const credentials = secretRefOf(spec["credentials"]) ?? null;
  const named = [
    { ref: credentials, pointer: "/spec/credentials" },
    ...headers.map(({ name, value }) => ({ ref: value, pointer: headerAt(name) })),
  ];
  return {
    name: resource.metadata.name,
    protocol,
    endpoint: protocol === "echo" ? null : endpointOf(resource, type, diagnostics),
    headers,
    credentials,
    oauth: oauthOf(spec, tls),
    tls,
    ...bounds(spec),
    models: new Map(objectsAt(spec, "models").map((model) => [textAt(model, "name") ?? "", factsOf(model, spec)])),
    limits: limitsOf(objectAt(spec, "limits") ?? {}),
    lacks: [
      ...(protocol ? [] : [`${type} adapter`]),
      ...(textAt(spec, "auth") === "oauth" && oauthOf(spec, tls) === null ? ["oauth settings"] : []),
      ...missingValues(named, secrets, resource, diagnostics),
    ],
  };
}

function endpointOf(resource: Resource, type: string, diagnostics: Diagnostic[]): string | null {
  const endpoint = textAt(resource.spec, "endpoint") ?? USUAL[type];
  if (endpoint !== undefined && URL.canParse(endpoint)) return endpoint;
  if (endpoint !== undefined)
    diagnostics.push(unloadable(resource, "/spec/endpoint", `The endpoint ${shown(endpoint)} is not an address.`));
  else if (type === "openai-compatible")
    diagnostics.push(
      unloadable(resource, "/spec/type", "A provider of type openai-compatible needs `spec.endpoint`, the base address of its API."),
    );
  return null;
}

function bounds(spec: JsonObject): Pick<LoadedProvider, "timeoutMs" | "maxResponseBytes" | "retries" | "backoffMs"> {
  const retries = objectAt(spec, "retries") ?? {};
  return {
    timeoutMs: durationAt(spec, "timeout") ?? DEFAULT_TIMEOUT_MS,
    maxResponseBytes: byteSizeAt(objectAt(spec, "limits") ?? {}, "maxResponseBytes") ?? DEFAULT_RESPONSE_BYTES,
    retries: numberAt(retries, "attempts") ?? DEFAULT_RETRIES,
    backoffMs: durationAt(retries, "backoff") ?? DEFAULT_BACKOFF_MS,
  };
}

function headersOf(headers: JsonObject, resource: Resource, diagnostics: Diagnostic[]): LoadedProvider["headers"] {
  return Object.entries(headers).map(([name, value]) => {
    if (RESERVED.has(name.toLowerCase()))
      diagnostics.push(unloadable(resource, headerAt(name), `The header ${shown(name)} belongs to HTTP itself and cannot be set.`));
    if (typeof value === "string" && !isHeaderValue(value))
      diagnostics.push(unloadable(resource, headerAt(name), `The header ${shown(name)} has a value that HTTP does not allow.`));
    return { name, value: typeof value === "string" ? value : (secretRefOf(value) ?? "") };
  });
}

/** Visible characters, spaces and tabs of Latin-1: what an HTTP field value may hold (RFC 9110, 5.5). */
export function isHeaderValue(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
}

/** References to keys that do not exist are problems; to values that are not there yet, a lack. */
function missingValues(
  named: readonly { readonly ref: SecretRef | string | null; readonly pointer: string }[],
  secrets: Secrets,
  resource: Resource,
  diagnostics: Diagnostic[],
): readonly string[] {
  let isPending = false;
  for (const { ref, pointer } of named) {
    if (ref === null || typeof ref === "string") continue;
    const source = secrets.get(ref.secret)?.get(ref.key);
    if (!source) diagnostics.push(noSuchKey(resource, pointer, ref, secrets));
    else if (source.kind === "pending") isPending = true;
  }
  return isPending ? ["secret value"] : [];
}

function noSuchKey(resource: Resource, pointer: string, { secret, key }: SecretRef, secrets: Secrets): Diagnostic {
  const keys = [...(secrets.get(secret)?.keys() ?? [])].sort();
  const address = addressOf(resource.kind, resource.metadata.name);
  return problem("SECRET_KEY_UNKNOWN", {
    detail: `${address} refers to key ${shown(key)} of Secret/${secret}, which ${keys.length > 0 ? `has ${keys.map((each) => shown(each)).join(", ")}` : "has no values"}.`,
    context: { address, pointer },
  });
}

function headerAt(name: string): string {
  return pointerOf(["spec", "headers", name]);
}

function unloadable(resource: Resource, pointer: string, detail: string): Diagnostic {
  const address = addressOf(resource.kind, resource.metadata.name);
  return problem("GENERATION_UNLOADABLE", { detail: `${address}: ${detail}`, context: { address, pointer } });
}

function oauthOf(spec: JsonObject, tls: TlsExceptions): LoadedProvider["oauth"] {
  const oauth = textAt(spec, "auth") === "oauth" ? objectAt(spec, "oauth") : undefined;
  const [issuer, clientId] = [oauth && textAt(oauth, "issuer"), oauth && textAt(oauth, "clientId")];
  return oauth && issuer !== undefined && clientId !== undefined ? { issuer, clientId, scopes: textsAt(oauth, "scopes"), tls } : null;
}

/** With an address its server is asked, which knows where its files are. */
export function isInProcess(spec: JsonObject): boolean {
  return textAt(spec, "type") === "llama-cpp" && spec["endpoint"] === undefined;
}

/** The files that a provider's models are answered from, relative to the models folder. */
export function modelFilesOf({ spec }: Resource): readonly string[] {
  return isInProcess(spec) ? objectsAt(spec, "models").flatMap((model) => textAt(model, "path") ?? []) : [];
}

const RATE_MS: Readonly<Record<string, number>> = { s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

function limitsOf(limits: JsonObject): ProviderLimits {
  const [, count, unit = ""] = /^([0-9]+)\/([a-z]+)$/.exec(textAt(limits, "rate") ?? "") ?? [];
  const perMs = RATE_MS[unit];
  return {
    concurrency: numberAt(limits, "concurrency") ?? null,
    requests: count === undefined || perMs === undefined ? null : { count: Number(count), perMs },
    tokensPerMinute: numberAt(limits, "tokensPerMinute") ?? null,
  };
}

function factsOf(model: JsonObject, provider: JsonObject): ModelFacts {
  const prices = objectAt(model, "prices");
  const priced = prices && {
    currency: textAt(prices, "currency") ?? "USD",
    input: numberAt(prices, "input") ?? null,
    output: numberAt(prices, "output") ?? null,
  };
  const {
    provider: _,
    model: __,
    ...defaults
  } = choiceOf({ ...objectAt(model, "parameters"), provider: "-", name: "-" }) ?? { provider: "", model: "" };
  return {
    digest: digestAt(model, "digest"),
    prices: priced ?? null,
    contextWindow: numberAt(model, "contextWindow") ?? null,
    maxOutputTokens: numberAt(model, "maxOutputTokens") ?? null,
    file: isInProcess(provider) ? (textAt(model, "path") ?? null) : null,
    defaults,
  };
}
