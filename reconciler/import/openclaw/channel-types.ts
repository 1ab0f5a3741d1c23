import { at, textOf, type SourceNode } from "../json5/tree.ts";

/** Channels of OpenClaw whose platform moltbot knows by the same or another name. */
const TYPES: Readonly<Record<string, string>> = {
  telegram: "telegram",
  discord: "discord",
  slack: "slack",
  whatsapp: "whatsapp",
  signal: "signal",
  imessage: "imessage",
  bluebubbles: "imessage",
  matrix: "matrix",
  mattermost: "mattermost",
  irc: "irc",
  email: "email",
  webchat: "web",
  web: "web",
  webhook: "webhook",
};

/** Channels that OpenClaw's plugins bring, as far as their names tell. */
const PLUGIN_CHANNELS = new Set([
  "feishu",
  "lark",
  "dingtalk",
  "msteams",
  "googlechat",
  "line",
  "zalo",
  "zalouser",
  "nostr",
  "tlon",
  "twitch",
  "qqbot",
  "wecom",
  "nextcloud-talk",
  "synology-chat",
  "voice-call",
]);

/** Keys of `channels` that are no channels. */
export const NO_CHANNELS = new Set(["defaults", "modelByChannel"]);

/** The platform of a channel: by its id, by what it says itself, else one that a plugin brings. */
export function channelType(id: string, node: SourceNode | undefined): string {
  const key = id.toLowerCase();
  const said = (textOf(at(node, "type")) ?? "").toLowerCase();
  return own(key) ?? own(said) ?? "plugin";
}

function own(key: string): string | undefined {
  return Object.hasOwn(TYPES, key) ? TYPES[key] : undefined;
}

/** Whether that name is known to be a channel's: what stands at the top or below the old `providers` may be one. */
export function isChannelName(id: string): boolean {
  const key = id.toLowerCase();
  return (Object.hasOwn(TYPES, key) && key !== "web" && key !== "webhook" && key !== "email") || PLUGIN_CHANNELS.has(key);
}
