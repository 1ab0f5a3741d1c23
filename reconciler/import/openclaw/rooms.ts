import { isArray, isObject, type Address } from "../../../core/index.ts";
import type { Draft } from "../draft.ts";
import { at, booleanOf, entriesOf, itemsOf, type SourceNode } from "../json5/tree.ts";
import { asBoolean, asText, oneOf } from "./convert.ts";
import { carry, type ChannelEntry } from "./gateway.ts";
import { senderId } from "./senders.ts";

type Path = readonly (string | number)[];

const BOTS = oneOf({ true: "allow", false: "ignore", mentions: "mentions" });

/** Groups (Telegram, WhatsApp and others), channels (Slack) and guilds with channels (Discord) as rooms. */
export function carryRooms(
  draft: Draft,
  channel: ChannelEntry,
  path: Path,
  groups: SourceNode | undefined,
  channels: SourceNode | undefined,
  guilds: SourceNode | undefined,
): void {
  for (const [id, node] of [...entriesOf(groups), ...entriesOf(channels)]) carryRoom(draft, channel, path, id, node);
  for (const [guild, node] of entriesOf(guilds)) {
    carry(draft, at(node, "requireMention"), channel.address, [...path, "requireMention"], asBoolean);
    const rooms = entriesOf(at(node, "channels"));
    for (const [id, room] of rooms) carryRoom(draft, channel, path, id, room);
    if (rooms.length === 0 && node.kind === "map")
      draft.accounts.note(node, `Rooms of the server ${guild} are not listed, so there is none to allow.`);
  }
}

/** `*` holds for every room. */
function carryRoom(draft: Draft, channel: ChannelEntry, path: Path, id: string, node: SourceNode): void {
  const { address } = channel;
  if (id === "*") {
    carry(draft, at(node, "requireMention"), address, [...path, "requireMention"], asBoolean);
    return;
  }
  if (id === "requireMention") carry(draft, node, address, [...path, "requireMention"], asBoolean);
  // A setting that stands where rooms do is no room: ids of rooms have digits or a sign, or settings below them.
  if (node.kind === "leaf" && /^[A-Za-z]+$/.test(id)) return;
  const place = placeOf(draft, address, [...path, "rooms"], id);
  if (!place) return;
  if (node.kind === "leaf") {
    if (booleanOf(node) === undefined) draft.put(address, [...place, "id"], id, [node]);
    else draft.put(address, [...place, "enabled"], booleanOf(node) === true, [node]);
    return;
  }
  for (const key of ["enabled", "allow"]) carry(draft, at(node, key), address, [...place, "enabled"], asBoolean);
  carry(draft, at(node, "name"), address, [...place, "description"], asText);
  carry(draft, at(node, "requireMention"), address, [...place, "requireMention"], asBoolean);
  carry(draft, at(node, "systemPrompt"), address, [...place, "prompt"], asText);
  carry(draft, at(node, "allowBots"), address, [...place, "bots"], BOTS);
  for (const person of [...itemsOf(at(node, "allowFrom")), ...itemsOf(at(node, "users"))]) {
    const sender = senderId(channel, person);
    if (sender !== undefined && sender !== "*") draft.push(address, [...place, "allow"], sender, [person]);
  }
  for (const [topic, settings] of entriesOf(at(node, "topics"))) carryTopic(draft, address, [...place, "topics"], topic, settings);
  const topics = at(node, "topics");
  if (topics?.kind === "leaf") draft.accounts.leave(topics, "There are no topics, as the empty mapping says.");
}

function carryTopic(draft: Draft, address: Address, list: Path, id: string, node: SourceNode): void {
  const place = placeOf(draft, address, list, id);
  if (!place) return;
  if (node.kind === "leaf") draft.put(address, [...place, "id"], id, [node]);
  carry(draft, at(node, "enabled"), address, [...place, "enabled"], asBoolean);
  carry(draft, at(node, "requireMention"), address, [...place, "requireMention"], asBoolean);
  carry(draft, at(node, "systemPrompt"), address, [...place, "prompt"], asText);
}

/** The entry of a list that is keyed by id, made if there is none; undefined for an id that cannot stand there. */
function placeOf(draft: Draft, address: Address, list: Path, id: string): Path | undefined {
  const known = draft.get(address, list);
  const index = isArray(known) ? known.findIndex((item) => isObject(item) && item["id"] === id) : -1;
  if (index >= 0) return [...list, index];
  if (!draft.push(address, list, { id }, [])) return undefined;
  return [...list, isArray(known) ? known.length : 0];
}
