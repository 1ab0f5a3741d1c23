import type { JsonObject } from "../../core/index.ts";
import type { BotRule, LoadedAccess, LoadedRoom } from "./channel-types.ts";
import { durationAt, numberAt, objectAt, objectsAt, textAt, textsAt } from "./read-spec.ts";

const HOUR_MS = 3_600_000;
const PENDING = 3;

/** Who may talk. A value that means nothing here counts as the narrowest there is. */
export function loadAccess(access: JsonObject): LoadedAccess {
  const groups = objectAt(access, "groups") ?? {};
  const pairing = objectAt(access, "pairing") ?? {};
  return {
    direct: choice(textAt(access, "direct"), ["off", "pairing", "allowlist", "open"]) ?? "off",
    allow: new Set(textsAt(access, "allow")),
    groups: {
      policy: choice(textAt(groups, "policy"), ["off", "allowlist", "open"]) ?? "off",
      requireMention: groups["requireMention"] !== false,
      mentions: textsAt(groups, "mentions").map((word) => word.toLowerCase()),
      allow: listOrNull(groups),
      rooms: new Map(objectsAt(groups, "rooms").map((room) => [textAt(room, "id") ?? "", roomOf(room)])),
    },
    bots: botsOf(access) ?? "ignore",
    pairing: {
      expiresAfterMs: durationAt(pairing, "expiresAfter") ?? HOUR_MS,
      maxPending: numberAt(pairing, "maxPending") ?? PENDING,
    },
  };
}

function roomOf(room: JsonObject): LoadedRoom {
  return {
    isEnabled: room["enabled"] !== false,
    requireMention: truthOrNull(room),
    allow: listOrNull(room),
    bots: botsOf(room),
    topics: new Map(
      objectsAt(room, "topics").map((topic) => [
        textAt(topic, "id") ?? "",
        { isEnabled: topic["enabled"] !== false, requireMention: truthOrNull(topic) },
      ]),
    ),
  };
}

function truthOrNull(spec: JsonObject): boolean | null {
  const value = spec["requireMention"];
  return typeof value === "boolean" ? value : null;
}

/** An empty list is a list: it lets nobody in. */
function listOrNull(spec: JsonObject): ReadonlySet<string> | null {
  return spec["allow"] === undefined ? null : new Set(textsAt(spec, "allow"));
}

function botsOf(spec: JsonObject): BotRule | null {
  return choice(textAt(spec, "bots"), ["ignore", "mentions", "allow"]);
}

function choice<T extends string>(text: string | undefined, allowed: readonly T[]): T | null {
  return allowed.find((each) => each === text) ?? null;
}
