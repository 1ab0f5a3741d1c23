import { hasVariable } from "../env-text.ts";
import { textOf, type SourceNode } from "../json5/tree.ts";
import type { ChannelEntry } from "./gateway.ts";

/** A person's id without the prefix that OpenClaw allows (`tg:`, `telegram:`, `user:`). */
export function senderId(channel: Pick<ChannelEntry, "id">, node: SourceNode): string | undefined {
  const text = textOf(node)?.trim();
  if (text === undefined || text === "" || hasVariable(text)) return undefined;
  const [, prefix = "", rest = ""] = /^([a-z]+):(.+)$/i.exec(text) ?? [];
  return ["tg", "user", channel.id.toLowerCase()].includes(prefix.toLowerCase()) ? rest : text;
}
