import type { Draft } from "../draft.ts";
import { hasVariable } from "../env-text.ts";
import { at, itemsOf, textOf, type SourceNode } from "../json5/tree.ts";
import { asBoolean, oneOf } from "./convert.ts";
import { carry, type ChannelEntry } from "./gateway.ts";
import { carryRooms } from "./rooms.ts";
import { senderId } from "./senders.ts";

type Path = readonly (string | number)[];

const DIRECT = oneOf({ pairing: "pairing", allowlist: "allowlist", open: "open", disabled: "off" });
const GROUPS = oneOf({ open: "open", allowlist: "allowlist", disabled: "off", deny: "off" });
const BOTS = oneOf({ true: "allow", false: "ignore", mentions: "mentions" });

/**
 * Who may talk to the channel.
 *
 * @param layers - Where to look, the nearest first: an account, then its channel.
 * @param isImplied - Write down OpenClaw's own default (strangers are paired) where nothing is said.
 */
export function carryAccess(
  draft: Draft,
  channel: ChannelEntry,
  path: Path,
  layers: readonly SourceNode[],
  { isImplied }: { readonly isImplied: boolean },
): void {
  const { address } = channel;
  const nearest = (...keys: readonly (readonly string[])[]): SourceNode | undefined =>
    layers.flatMap((layer) => keys.map((key) => at(layer, ...key))).find((node) => node !== undefined);
  if (!isImplied && !hasAccess(layers[0])) return;
  const policy = nearest(["dmPolicy"], ["dm", "policy"], ["dmAccess"], ["conversation", "allowFrom"]);
  const people = nearest(["allowFrom"], ["dm", "allowFrom"], ["conversation", "allowFromAllowlist"]);
  carry(draft, policy, address, [...path, "direct"], DIRECT);
  for (const person of itemsOf(people)) carryPerson(draft, channel, path, person);
  if (isImplied && draft.get(address, [...path, "direct"]) === undefined) draft.imply(address, [...path, "direct"], "pairing");
  carry(draft, nearest(["allowBots"]), address, [...path, "bots"], BOTS);
  carryGroups(draft, channel, [...path, "groups"], nearest);
}

const ACCESS_KEYS = [
  "dmPolicy",
  "allowFrom",
  "groupPolicy",
  "groupAllowFrom",
  "groups",
  "guilds",
  "channels",
  "requireMention",
  "dm",
  "allowBots",
];

function hasAccess(node: SourceNode | undefined): boolean {
  return ACCESS_KEYS.some((key) => at(node, key) !== undefined);
}

type Nearest = (...keys: readonly (readonly string[])[]) => SourceNode | undefined;

function carryGroups(draft: Draft, channel: ChannelEntry, path: Path, nearest: Nearest): void {
  const { address } = channel;
  carry(draft, nearest(["groupPolicy"]), address, [...path, "policy"], GROUPS);
  carry(draft, nearest(["requireMention"], ["groupMentionRequired"]), address, [...path, "requireMention"], asBoolean);
  for (const person of itemsOf(nearest(["groupAllowFrom"]))) {
    const id = senderId(channel, person);
    if (id !== undefined) draft.push(address, [...path, "allow"], id, [person]);
  }
  carryRooms(draft, channel, path, nearest(["groups"]), nearest(["channels"]), nearest(["guilds"]));
}

/** `*` is no person: everybody may write, which has its own word here. */
function carryPerson(draft: Draft, channel: ChannelEntry, path: Path, node: SourceNode): void {
  const { address } = channel;
  if (textOf(node)?.trim() === "*") {
    if (draft.get(address, [...path, "direct"]) === undefined) draft.put(address, [...path, "direct"], "open", [node]);
    else if (draft.get(address, [...path, "direct"]) === "open") draft.put(address, [...path, "direct"], "open", [node]);
    else draft.accounts.note(node, "Not carried: it would open the channel to everybody.");
    return;
  }
  const id = senderId(channel, node);
  if (id !== undefined) draft.push(address, [...path, "allow"], id, [node]);
}

/** `commands.ownerAllowFrom`: who may use operator commands, as `channel:id`. */
export function carryOwners(draft: Draft, channels: readonly ChannelEntry[], list: SourceNode | undefined): void {
  for (const item of itemsOf(list)) {
    const [, id, person] = /^([A-Za-z][\w-]*):(.+)$/.exec(textOf(item) ?? "") ?? [];
    const channel = channels.find((each) => each.id === id) ?? (channels.length === 1 && id === undefined ? channels[0] : undefined);
    const owner = person ?? textOf(item);
    if (channel && owner !== undefined && !hasVariable(owner)) draft.push(channel.address, ["spec", "access", "owners"], owner, [item]);
  }
}
