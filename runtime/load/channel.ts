import {
  addressOf,
  byCodeUnit,
  LIMITS,
  parseByteSize,
  problem,
  shown,
  type Diagnostic,
  type JsonObject,
  type Resource,
} from "../../core/index.ts";
import type { TlsExceptions } from "../net/index.ts";
import { rateOf } from "../../schemas/index.ts";
import { loadAccess } from "./channel-access.ts";
import { lacksOfChannel } from "./channel-lacks.ts";
import {
  SPOKEN_CHANNELS,
  type ChannelDelivery,
  type LoadedAccount,
  type LoadedChannel,
  type LoadedRoute,
  type PlainConnection,
} from "./channel-types.ts";
import { byteSizeAt, durationAt, numberAt, objectAt, objectsAt, secretRefOf, textAt, textsAt } from "./read-spec.ts";
import type { SecretRef, SecretSource } from "./types.ts";

type Secrets = ReadonlyMap<string, ReadonlyMap<string, SecretSource>>;

const DEFAULT_PER_SENDER = { count: 20, perMs: 60_000 };
const DEFAULT_TOTAL = { count: 600, perMs: 60_000 };
const DEFAULT_MESSAGE_BYTES = 64 * 1024;

/** One Channel, ready to be connected; what of it stays inert is in its `lacks`. Problems are added to `diagnostics`. */
export function loadChannel(resource: Resource, secrets: Secrets, tls: TlsExceptions, diagnostics: Diagnostic[]): LoadedChannel {
  const { spec, metadata } = resource;
  const type = SPOKEN_CHANNELS.find((each) => each === spec["type"]) ?? null;
  const accounts = accountsOf(resource, secrets, diagnostics);
  const rates = objectAt(spec, "rateLimits") ?? {};
  if (type !== null) checkConnection(resource, type, accounts, diagnostics);
  const lacks = [...new Set([...lacksOfChannel(spec, type), ...pendingOf(accounts, secrets), ...tokenless(type, accounts)])].sort(
    byCodeUnit,
  );
  return {
    name: metadata.name,
    type,
    platform: textAt(spec, "type") ?? "",
    isEnabled: spec["enabled"] !== false,
    accounts,
    routing: objectsAt(spec, "routing").flatMap(routeOf),
    rates: {
      perSender: rateOf(textAt(rates, "perSender") ?? "") ?? DEFAULT_PER_SENDER,
      total: rateOf(textAt(rates, "total") ?? "") ?? DEFAULT_TOTAL,
    },
    maxMessageBytes: Math.min(byteSizeAt(rates, "maxMessageBytes") ?? DEFAULT_MESSAGE_BYTES, LIMITS.channelTextBytes),
    maxMediaBytes: cappedMedia(byteSizeAt(rates, "maxMediaBytes")),
    dataClass: textAt(spec, "dataClass") ?? null,
    delivery: deliveryOf(objectAt(spec, "delivery") ?? {}),
    tls,
    mark: markOf(spec, accounts, secrets, tls),
    lacks,
  };
}

function accountsOf(resource: Resource, secrets: Secrets, diagnostics: Diagnostic[]): readonly LoadedAccount[] {
  const { spec } = resource;
  const own = objectAt(spec, "connection") ?? {};
  const ownCredentials = objectAt(spec, "credentials") ?? {};
  const declared = objectsAt(spec, "accounts");
  const written = declared.length > 0 ? declared : [{ name: "" } as JsonObject];
  return written.map((account, i) => {
    const credentials = { ...ownCredentials, ...objectAt(account, "credentials") };
    const base = declared.length > 0 && objectAt(account, "credentials") ? `/spec/accounts/${i}/credentials` : "/spec/credentials";
    return {
      name: textAt(account, "name") ?? "",
      displayName: textAt(account, "displayName") ?? null,
      isEnabled: account["enabled"] !== false,
      connection: connectionOf({ ...own, ...objectAt(account, "connection") }),
      credentials: credentialsOf(credentials, base, resource, secrets, diagnostics),
      access: loadAccess(objectAt(account, "access") ?? objectAt(spec, "access") ?? {}),
    };
  });
}

function connectionOf(written: JsonObject): PlainConnection {
  const server = objectAt(written, "server");
  const webhook = objectAt(written, "webhook") ?? {};
  return {
    endpoint: textAt(written, "endpoint")?.replace(/\/+$/, "") ?? null,
    server: server
      ? { host: textAt(server, "host") ?? "", port: numberAt(server, "port") ?? null, isEncrypted: server["tls"] !== false }
      : null,
    webhook: {
      path: textAt(webhook, "path") ?? null,
      maxBytes: parseByteSize(textAt(webhook, "maxBytes") ?? "1MiB") ?? LIMITS.webhookBytes,
    },
    nick: textAt(written, "nick") ?? null,
    userId: textAt(written, "userId") ?? null,
    rooms: textsAt(written, "rooms"),
  };
}

function credentialsOf(
  written: JsonObject,
  base: string,
  resource: Resource,
  secrets: Secrets,
  diagnostics: Diagnostic[],
): ReadonlyMap<string, SecretRef> {
  const found = new Map<string, SecretRef>();
  for (const [name, value] of Object.entries(written)) {
    const ref = secretRefOf(value);
    if (!ref) continue;
    found.set(name, ref);
    if (secrets.get(ref.secret)?.has(ref.key)) continue;
    const address = addressOf(resource.kind, resource.metadata.name);
    const keys = [...(secrets.get(ref.secret)?.keys() ?? [])].sort(byCodeUnit);
    diagnostics.push(
      problem("SECRET_KEY_UNKNOWN", {
        detail: `${address} refers to key ${shown(ref.key)} of Secret/${ref.secret}, which ${keys.length > 0 ? `has ${keys.map((each) => shown(each)).join(", ")}` : "has no values"}.`,
        context: { address, pointer: `${base}/${name}` },
      }),
    );
  }
  return found;
}

function pendingOf(accounts: readonly LoadedAccount[], secrets: Secrets): readonly string[] {
  const refs = accounts.flatMap(({ credentials }) => [...credentials.values()]);
  return refs.some(({ secret, key }) => secrets.get(secret)?.get(key)?.kind === "pending") ? ["secret value"] : [];
}

/** Without its token an account is not connected; the others of the channel are. */
function tokenless(type: LoadedChannel["type"], accounts: readonly LoadedAccount[]): readonly string[] {
  return type === "telegram" && accounts.some(({ credentials }) => !credentials.has("token")) ? ["credentials.token"] : [];
}

/** What a platform cannot be reached without, and addresses that are the gateway's own. */
function checkConnection(
  resource: Resource,
  type: NonNullable<LoadedChannel["type"]>,
  accounts: readonly LoadedAccount[],
  diagnostics: Diagnostic[],
): void {
  const address = addressOf(resource.kind, resource.metadata.name);
  const say = (pointer: string, detail: string): void => {
    diagnostics.push(problem("GENERATION_UNLOADABLE", { detail: `${address}: ${detail}`, context: { address, pointer } }));
  };
  const [first] = accounts;
  for (const { credentials, connection } of accounts) {
    for (const [pointer, name] of missingOf(type, credentials, connection)) say(pointer, `${type} needs ${name}.`);
    const { path } = connection.webhook;
    if (type === "webhook" && path !== null && OWN_PATHS.test(path))
      say("/spec/connection/webhook/path", `${shown(path)} is an address of the gateway itself.`);
    // Ids are known by channel, so all accounts of a channel must mean the same people by them.
    const isElsewhere = connection.endpoint !== first?.connection.endpoint || connection.server?.host !== first?.connection.server?.host;
    if (isElsewhere)
      say("/spec/accounts", "its accounts are on different servers: the same id would be different people. Declare a Channel for each.");
  }
}

function missingOf(
  type: NonNullable<LoadedChannel["type"]>,
  credentials: LoadedAccount["credentials"],
  { server, nick }: PlainConnection,
): readonly (readonly [string, string])[] {
  return [
    // A webhook without a secret would believe everybody: it is never built.
    ...(type === "webhook" && !credentials.has("webhookSecret") ? [["/spec/credentials", "credentials.webhookSecret"] as const] : []),
    ...(type === "irc" && server === null ? [["/spec/connection", "connection.server"] as const] : []),
    ...(type === "irc" && nick === null ? [["/spec/connection", "connection.nick"] as const] : []),
  ];
}

/** What the gateway serves itself. */
const OWN_PATHS =
  /^\/?$|^\/(v\d+|openai|chat|livez|readyz|metrics|openapi\.json|auth|oauth|login|\.well-known)(\/|$)|\/\/|\/\.{1,2}(\/|$)/i;

function routeOf(route: JsonObject): readonly LoadedRoute[] {
  const agent = textAt(route, "agent");
  const match = objectAt(route, "match") ?? {};
  if (agent === undefined) return [];
  const peer = objectAt(match, "peer");
  return [
    {
      agent,
      account: textAt(match, "account") ?? null,
      peer: peer ? { kind: textAt(peer, "kind") ?? "", id: textAt(peer, "id") ?? null } : null,
      thread: textAt(match, "thread") ?? null,
      guild: textAt(match, "guild") ?? null,
      team: textAt(match, "team") ?? null,
      roles: match["roles"] === undefined ? null : textsAt(match, "roles"),
    },
  ];
}

function deliveryOf(delivery: JsonObject): ChannelDelivery {
  return {
    streaming: oneOf(textAt(delivery, "streaming"), ["off", "partial", "block", "progress"]),
    format: oneOf(textAt(delivery, "format"), ["plain", "markdown", "html"]),
    chunkChars: numberAt(delivery, "chunkChars") ?? null,
    replyTo: oneOf(textAt(delivery, "replyTo"), ["off", "first", "all"]) ?? "off",
    typing: delivery["typing"] === true,
    debounceMs: durationAt(delivery, "debounce") ?? 0,
    linkPreviews: delivery["linkPreviews"] === true,
    linkHosts: textsAt(delivery, "linkHosts"),
    maxMediaBytes: cappedMedia(byteSizeAt(delivery, "maxMediaBytes")),
  };
}

function oneOf<T extends string>(text: string | undefined, allowed: readonly T[]): T | null {
  return allowed.find((each) => each === text) ?? null;
}

function cappedMedia(bytes: number | undefined): number | null {
  return bytes === undefined ? null : Math.min(bytes, LIMITS.attachmentBytes);
}

/** What an open connection depends on: as long as it stays the same, the connection stays. */
function markOf(spec: JsonObject, accounts: readonly LoadedAccount[], secrets: Secrets, tls: TlsExceptions): string {
  const values = accounts.map(({ name, isEnabled, connection, credentials }) => [
    name,
    isEnabled,
    connection,
    [...credentials].map(([field, { secret, key }]) => [field, secret, key, secrets.get(secret)?.get(key) ?? null]),
  ]);
  const delivery = objectAt(spec, "delivery") ?? {};
  const rates = objectAt(spec, "rateLimits") ?? {};
  const asked = [delivery["format"] ?? null, delivery["linkPreviews"] ?? null, rates["maxMediaBytes"] ?? null];
  return JSON.stringify([spec["type"] ?? null, values, asked, tls.map(({ host, minVersion }) => [host, minVersion])]);
}
