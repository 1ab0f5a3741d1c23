import { itemsOf, textOf, type SourceNode } from "../json5/tree.ts";
import { plainWord } from "./agent-settings.ts";
import { carryOwners } from "./channel-access.ts";
import { asBoolean, asDuration, asInteger, asText, oneOf, type Convert } from "./convert.ts";
import { defaultSettings } from "./fold.ts";
import { top, type Gateway } from "./gateway.ts";

const SWITCH = oneOf({ auto: "auto", true: "on", false: "off", on: "on", off: "off" });

const SCOPE = oneOf({
  "group-mentions": "mentions",
  "group-all": "groups",
  direct: "direct",
  all: "all",
  off: "off",
  none: "off",
});

/** What OpenClaw says once for all channels: `commands`, `messages`, `channels.defaults`. */
const ROWS: readonly (readonly [source: readonly string[], field: readonly string[], convert: Convert])[] = [
  [["commands", "native"], ["commands", "native"], SWITCH],
  [["commands", "nativeSkills"], ["commands", "skills"], SWITCH],
  [["commands", "restart"], ["commands", "restart"], asBoolean],
  [["messages", "ackReaction"], ["delivery", "acknowledge", "emoji"], asText],
  [["messages", "ackReactionScope"], ["delivery", "acknowledge", "scope"], SCOPE],
  [["messages", "removeAckAfterReply"], ["delivery", "acknowledge", "removeAfter"], asBoolean],
  [["messages", "inbound", "debounceMs"], ["delivery", "debounce"], asDuration("ms")],
  [["messages", "groupChat", "historyLimit"], ["history", "groups"], asInteger],
  [
    ["channels", "defaults", "groupPolicy"],
    ["access", "groups", "policy"],
    oneOf({ open: "open", allowlist: "allowlist", disabled: "off" }),
  ],
];

export function carryChannelDefaults(gateway: Gateway): void {
  const { draft, channels } = gateway;
  const fold = defaultSettings(draft);
  for (const { id, address } of channels) {
    const own = top(gateway, "messages", "inbound", "byChannel", id);
    if (own) draft.put(address, ["spec", "delivery", "debounce"], asDuration("ms")(own) ?? null, [own]);
    for (const [source, field, convert] of ROWS) fold.field(top(gateway, ...source), address, ["spec", ...field], convert);
    fold.list(address, ["spec", "access", "groups", "mentions"], mentions(top(gateway, "messages", "groupChat", "mentionPatterns")));
  }
  carryOwners(draft, channels, top(gateway, "commands", "ownerAllowFrom"));
  fold.settle();
}

function mentions(list: SourceNode | undefined): readonly { readonly node: SourceNode; readonly value: string }[] {
  return itemsOf(list).flatMap((node) => {
    const value = plainWord(textOf(node) ?? "");
    return value === undefined ? [] : [{ node, value }];
  });
}
