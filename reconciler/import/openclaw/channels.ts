import type { Address } from "../../../core/index.ts";
import type { Draft } from "../draft.ts";
import { at, booleanOf, entriesOf, isMapping, itemsOf, textOf, type SourceNode } from "../json5/tree.ts";
import { secretAt } from "../secrets.ts";
import { carryAccess } from "./channel-access.ts";
import { channelType, isChannelName, NO_CHANNELS } from "./channel-types.ts";
import { asBoolean, asInteger, asMebibytes, asText, oneOf, same, type Convert } from "./convert.ts";
import { carry, carryId, type ChannelEntry } from "./gateway.ts";

/**
 * Every channel of the source: `channels`, and the forms before it, where channels stood at the top or
 * below `providers`.
 */
export function findChannels(draft: Draft, root: SourceNode): readonly ChannelEntry[] {
  const found = [
    ...entriesOf(at(root, "channels")).filter(([id, node]) => !NO_CHANNELS.has(id) && isMapping(node)),
    ...entriesOf(at(root, "providers")).filter(([id, node]) => isChannelName(id) && isMapping(node)),
    ...entriesOf(root).filter(([id, node]) => isChannelName(id) && isMapping(node)),
  ];
  draft.names("Channel").expect(found.map(([id]) => id));
  return found.map(([id, node]) => {
    const name = draft.names("Channel").take(id, "channel");
    const address = draft.create("Channel", name, id, node);
    draft.imply(address, ["spec", "type"], channelType(id, node));
    if (node.kind === "leaf") carryId(draft, address, node);
    return { id, name, address, node, accounts: accountNames(entriesOf(at(node, "accounts")).map(([account]) => account)) };
  });
}

type Path = readonly (string | number)[];
type Row = readonly [source: readonly string[], field: readonly string[], convert: Convert];

const STREAMING = oneOf({ ...same("off", "partial", "block", "progress"), true: "partial", false: "off" });
const SWITCH = oneOf({ auto: "auto", true: "on", false: "off", on: "on", off: "off" });

/** Settings of a channel as a whole. */
const ROWS: readonly Row[] = [
  [["enabled"], ["enabled"], asBoolean],
  [["name"], ["description"], asText],
  [["streaming"], ["delivery", "streaming"], STREAMING],
  [["streaming", "mode"], ["delivery", "streaming"], STREAMING],
  [["streamMode"], ["delivery", "streaming"], STREAMING],
  [["textChunkLimit"], ["delivery", "chunkChars"], asInteger],
  [["replyToMode"], ["delivery", "replyTo"], oneOf(same("off", "first", "all"))],
  [["sendReadReceipts"], ["delivery", "readReceipts"], asBoolean],
  [["linkPreview"], ["delivery", "linkPreviews"], asBoolean],
  [["reactionLevel"], ["delivery", "reactions"], oneOf(same("off", "minimal", "extensive"))],
  [["ackReaction"], ["delivery", "acknowledge", "emoji"], asText],
  [["ackReaction", "emoji"], ["delivery", "acknowledge", "emoji"], asText],
  [["threadReply"], ["delivery", "threads"], asBoolean],
  [["mediaMaxMb"], ["rateLimits", "maxMediaBytes"], asMebibytes],
  [["historyLimit"], ["history", "groups"], asInteger],
  [["dmHistoryLimit"], ["history", "direct"], asInteger],
  [["thread", "initialHistoryLimit"], ["history", "threads"], asInteger],
  [["commands", "native"], ["commands", "native"], SWITCH],
  [["commands", "nativeSkills"], ["commands", "skills"], SWITCH],
];

/** How a platform is reached: for the channel, or for one account of it. */
const CONNECTION: readonly Row[] = [
  [["mode"], ["mode"], oneOf({ socket: "socket", http: "webhook", webhook: "webhook", polling: "polling" })],
  [["connectionMode"], ["mode"], oneOf({ websocket: "socket", socket: "socket", webhook: "webhook" })],
  [["webhookPath"], ["webhook", "path"], asText],
  [["webhook_path"], ["webhook", "path"], asText],
  [["webhookUrl"], ["webhook", "url"], asText],
  [["httpUrl"], ["endpoint"], asText],
  [["serverUrl"], ["endpoint"], asText],
  [["homeserver"], ["endpoint"], asText],
  [["baseUrl"], ["endpoint"], asText],
  [["proxy"], ["proxy"], asText],
  [["appId"], ["appId"], asText],
  [["clientId"], ["appId"], asText],
  [["tenantId"], ["tenantId"], asText],
  [["userId"], ["userId"], asText],
  [["account"], ["phoneNumber"], asText],
  [["phoneNumber"], ["phoneNumber"], asText],
  [["nick"], ["nick"], asText],
];

/** What proves who we are. `[source key, field of credentials]`. */
const CREDENTIALS: readonly (readonly [source: string, field: string])[] = [
  ["botToken", "token"],
  ["token", "token"],
  ["accessToken", "token"],
  ["appToken", "appToken"],
  ["userToken", "userToken"],
  ["signingSecret", "signingSecret"],
  ["webhookSecret", "webhookSecret"],
  ["verificationToken", "verifyToken"],
  ["verifyToken", "verifyToken"],
  ["appSecret", "appSecret"],
  ["clientSecret", "appSecret"],
  ["channelSecret", "appSecret"],
  ["appPassword", "password"],
  ["password", "password"],
];

/** One channel with its accounts; routing comes later, when every agent is known. */
export function carryChannel(draft: Draft, channel: ChannelEntry): void {
  const { address, node, name } = channel;
  const said = at(node, "type");
  if (said && textOf(said) === draft.get(address, ["spec", "type"])) draft.put(address, ["spec", "type"], textOf(said) ?? "", [said]);
  for (const [source, field, convert] of ROWS) carry(draft, at(node, ...source), address, ["spec", ...field], convert);
  carryPlace(draft, address, ["spec"], node, name, []);
  carryAccess(draft, channel, ["spec", "access"], [node], { isImplied: true });
  carryActions(draft, address, at(node, "actions"));
  carryCommands(draft, address, at(node, "customCommands"));
  if (booleanOf(at(node, "configWrites")) === false) draft.accounts.leave(at(node, "configWrites"), "No channel can write configuration.");
  for (const [id, account] of entriesOf(at(node, "accounts"))) carryAccount(draft, channel, id, account);
}

/** Connection and credentials, of a channel or of an account. */
function carryPlace(draft: Draft, address: Address, path: Path, node: SourceNode, owner: string, prefix: readonly string[]): void {
  for (const [source, field, convert] of CONNECTION) carry(draft, at(node, ...source), address, [...path, "connection", ...field], convert);
  for (const [source, field] of CREDENTIALS) {
    const value = at(node, source);
    if (!value || draft.get(address, [...path, "credentials", field]) !== undefined) continue;
    const ref = secretAt(draft, value, owner, ...prefix, source);
    if (ref) draft.put(address, [...path, "credentials", field], ref, [value]);
  }
}

const ACCOUNT_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const MAX_ACCOUNT = 60;

/** The names accounts have with us: their own where it may stand, else with hyphens in place of other signs. */
function accountNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const id of ids) {
    const plain = id
      .replaceAll(/[^A-Za-z0-9_.-]+/g, "-")
      .slice(0, MAX_ACCOUNT)
      .replaceAll(/^[-_.]+|[-_.]+$/g, "");
    const base = ACCOUNT_NAME.test(plain) ? plain : "account";
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base}-${n}`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

function carryAccount(draft: Draft, channel: ChannelEntry, id: string, node: SourceNode): void {
  const { address, name } = channel;
  const account = channel.accounts.get(id) ?? "account";
  const list = ["spec", "accounts"];
  const index = (draft.get(address, list) as readonly unknown[] | undefined)?.length ?? 0;
  if (!draft.push(address, list, { name: account }, [])) return;
  const place = [...list, index];
  if (node.kind === "leaf") draft.put(address, [...place, "name"], account, [node]);
  carry(draft, at(node, "enabled"), address, [...place, "enabled"], asBoolean);
  carry(draft, at(node, "name") ?? at(node, "botName"), address, [...place, "displayName"], asText);
  carryPlace(draft, address, place, node, name, [id]);
  // OpenClaw lays an account's access over the channel's; ours replaces it, so both are written together.
  carryAccess(draft, channel, [...place, "access"], [node, channel.node], { isImplied: false });
  carryActions(draft, address, at(node, "actions"));
  const streaming = at(node, "streaming");
  if (streaming && STREAMING(streaming) !== undefined)
    draft.put(address, ["spec", "delivery", "streaming"], STREAMING(streaming) ?? null, [streaming]);
}

function carryActions(draft: Draft, address: Address, actions: SourceNode | undefined): void {
  for (const [action, value] of entriesOf(actions)) carry(draft, value, address, ["spec", "actions", action], asBoolean);
}

function carryCommands(draft: Draft, address: Address, commands: SourceNode | undefined): void {
  for (const item of itemsOf(commands)) {
    const [command, description] = [at(item, "command"), at(item, "description")];
    const name = textOf(command)?.replace(/^\//, "").toLowerCase();
    const text = textOf(description);
    if (name === undefined || text === undefined || !command || !description) continue;
    draft.push(address, ["spec", "commands", "custom"], { name, description: text }, [command, description]);
  }
}
