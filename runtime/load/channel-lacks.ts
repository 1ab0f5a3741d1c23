import { isObject, type JsonObject } from "../../core/index.ts";
import type { SpokenChannel } from "./channel-types.ts";
import { listAt, objectAt, objectsAt, textAt } from "./read-spec.ts";

/** The fields of `connection` and `credentials` that each platform reads. */
const READ: Readonly<Record<SpokenChannel, { readonly connection: readonly string[]; readonly credentials: readonly string[] }>> = {
  web: { connection: [], credentials: [] },
  webhook: { connection: ["endpoint", "webhook"], credentials: ["webhookSecret"] },
  telegram: { connection: ["endpoint", "mode", "rooms"], credentials: ["token"] },
  irc: { connection: ["server", "nick", "userId", "rooms"], credentials: ["password"] },
};

/** How answers can be shown while they are made. */
const STREAMING: Readonly<Record<SpokenChannel, readonly string[]>> = {
  web: ["off", "partial"],
  webhook: ["off"],
  telegram: ["off", "partial"],
  irc: ["off"],
};

const FORMATS: Readonly<Record<SpokenChannel, readonly string[]>> = {
  web: ["plain", "markdown"],
  webhook: ["plain", "markdown"],
  telegram: ["plain", "markdown", "html"],
  irc: ["plain"],
};

/** Files that people send are read here; nowhere are files sent to them. */
const TAKES_FILES: ReadonlySet<SpokenChannel> = new Set(["webhook", "telegram"]);

const MANY_ACCOUNTS: ReadonlySet<SpokenChannel> = new Set(["telegram", "irc"]);

/** What a Channel declares and this runtime does not do, named so that its reader finds the field. */
export function lacksOfChannel(spec: JsonObject, type: SpokenChannel | null): readonly string[] {
  if (type === null) return ["channel adapter"];
  const accounts = objectsAt(spec, "accounts");
  const delivery = objectAt(spec, "delivery") ?? {};
  return [
    ...[spec, ...accounts].flatMap((each) => unread(each, type)),
    ...(accounts.length > 0 && !MANY_ACCOUNTS.has(type) ? ["channel accounts"] : []),
    ...(spec["plugin"] === undefined ? [] : ["channel plugin"]),
    ...(objectAt(spec, "commands") ? ["channel commands"] : []),
    ...(objectAt(spec, "history") ? ["channel history"] : []),
    ...(objectAt(spec, "rateLimits")?.["concurrency"] === undefined ? [] : ["channel rateLimits.concurrency"]),
    ...(Object.values(objectAt(spec, "actions") ?? {}).includes(true) ? ["channel actions"] : []),
    ...(objectAt(spec, "rateLimits")?.["maxMediaBytes"] === undefined || TAKES_FILES.has(type) ? [] : ["channel rateLimits.maxMediaBytes"]),
    ...[spec, ...accounts].flatMap((each) => lacksOfAccess(objectAt(each, "access") ?? {})),
    ...lacksOfDelivery(delivery, type),
  ];
}

function unread(spec: JsonObject, type: SpokenChannel): readonly string[] {
  const connection = objectAt(spec, "connection") ?? {};
  const named = (field: "connection" | "credentials"): readonly string[] =>
    Object.keys(objectAt(spec, field) ?? {})
      .filter((key) => !READ[type][field].includes(key))
      .map((key) => `channel ${field}.${key}`);
  const isOtherMode = connection["mode"] !== undefined && connection["mode"] !== "polling";
  const hasOwnAddress = isObject(connection["webhook"]) && connection["webhook"]["url"] !== undefined;
  return [
    ...named("connection"),
    ...named("credentials"),
    ...(type === "telegram" && isOtherMode ? [`channel connection.mode ${textAt(connection, "mode") ?? ""}`] : []),
    ...(hasOwnAddress ? ["channel connection.webhook.url"] : []),
  ];
}

/** Owners are those who may use commands of the platform, which there are none of; rooms have what is said beside the agent's prompt. */
function lacksOfAccess(access: JsonObject): readonly string[] {
  const rooms = objectsAt(objectAt(access, "groups") ?? {}, "rooms");
  const places = [...rooms, ...rooms.flatMap((room) => objectsAt(room, "topics"))];
  return [
    ...(listAt(access, "owners").length > 0 ? ["channel access.owners"] : []),
    ...(places.some((place) => place["prompt"] !== undefined) ? ["room prompts"] : []),
    ...(rooms.some((room) => listAt(room, "skills").length > 0) ? ["room skills"] : []),
  ];
}

function lacksOfDelivery(delivery: JsonObject, type: SpokenChannel): readonly string[] {
  const streaming = textAt(delivery, "streaming");
  const format = textAt(delivery, "format");
  const reactions = textAt(delivery, "reactions");
  return [
    ...(streaming !== undefined && !STREAMING[type].includes(streaming) ? [`channel delivery.streaming ${streaming}`] : []),
    ...(format !== undefined && !FORMATS[type].includes(format) ? [`channel delivery.format ${format}`] : []),
    ...(delivery["threads"] === true ? ["channel delivery.threads"] : []),
    ...(delivery["readReceipts"] === true ? ["channel delivery.readReceipts"] : []),
    ...(isObject(delivery["acknowledge"]) ? ["channel delivery.acknowledge"] : []),
    ...(reactions !== undefined && reactions !== "off" ? ["channel delivery.reactions"] : []),
    ...(delivery["maxMediaBytes"] === undefined ? [] : ["channel delivery.maxMediaBytes"]),
  ];
}
