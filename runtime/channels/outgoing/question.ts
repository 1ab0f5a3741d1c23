import { escapeText, shown } from "../../../core/index.ts";
import type { Approval } from "../../gate/index.ts";

/** Characters of an effect that a message shows. */
const EFFECT_CHARS = 1_500;

/**
 * The exact effect belongs to the question; what a model wrote in it is shown escaped, leads nowhere, and where
 * not all of it fits the question says so.
 */
export function questionOf(
  { agent, tool, action, resource, summary, effect, expiresAt, id }: Approval,
  { hasButtons, isHtml }: { readonly hasButtons: boolean; readonly isHtml: boolean },
): string {
  const whole = escapeText(JSON.stringify(effect)).replaceAll("`", "'");
  const more = whole.length - EFFECT_CHARS;
  const text = [
    `Approval asked: agent ${agent} wants ${tool} ${action}${resource === null ? "" : ` on \`${plain(shown(resource, 200))}\``}.`,
    `\`${plain(escapeText(summary).slice(0, 300))}\``,
    `\`\`\`\n${whole.slice(0, EFFECT_CHARS)}\n\`\`\``,
    ...(more > 0
      ? [`NOT ALL IS SHOWN: ${more} more characters. Read it whole before you answer: moltbot gateway approvals list -o json (${id})`]
      : []),
    `Open until ${expiresAt}.`,
    ...(hasButtons ? [] : [`Answer on the gateway's machine: moltbot gateway approvals (${id})`]),
  ].join("\n");
  return isHtml ? escapedHtml(text) : text;
}

/** As text in one line of code: no client makes a link of it, and it ends nothing. */
function plain(text: string): string {
  return text.replaceAll("`", "'").replaceAll(/\s+/g, " ");
}

function escapedHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
