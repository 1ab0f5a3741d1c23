/**
 * Markdown as the HTML that Telegram takes (Bot API, "HTML style"): bold, italic, struck, code, code blocks and
 * links. Everything else is text, and every character that means something in HTML is escaped. Pure.
 */
export function toTelegramHtml(text: string): string {
  const aside: string[] = [];
  const keep = (html: string): string => `\uFDD0${aside.push(html) - 1}\uFDD1`;
  const blocks = text
    .replaceAll(/[\uFDD0\uFDD1]/g, "")
    .replaceAll(/^(`{3,}|~{3,})([^\n`]{0,64})\n([^]*?)\n?^\1[ \t]*$/gm, (_, _fence: string, info: string, code: string) => {
      const language = /^[A-Za-z0-9+#-]{1,32}$/.exec(info.trim())?.[0];
      return keep(`<pre>${language === undefined ? escaped(code) : `<code class="language-${language}">${escaped(code)}</code>`}</pre>`);
    })
    .replaceAll(/`([^`\n]{1,1000})`/g, (_, code: string) => keep(`<code>${escaped(code)}</code>`))
    .replaceAll(/\[([^[\]\n]{1,1000})\]\((https?:\/\/[^\s()<>"]{1,2000})\)/g, (_, label: string, href: string) =>
      keep(`<a href="${escaped(href)}">${escaped(label)}</a>`),
    );
  const marked = escaped(blocks)
    .replaceAll(/^#{1,6} +([^\n]{1,1000})$/gm, "<b>$1</b>")
    .replaceAll(/\*\*(?=\S)([^*\n]{1,1000}?)(?<=\S)\*\*/g, "<b>$1</b>")
    .replaceAll(/(?<![\p{L}\p{N}*])\*(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s*])\*(?![\p{L}\p{N}*])/gu, "<i>$1</i>")
    .replaceAll(/~~(?=\S)([^~\n]{1,1000}?)(?<=\S)~~/g, "<s>$1</s>");
  return marked.replaceAll(/\uFDD0(\d+)\uFDD1/g, (_, i: string) => aside[Number(i)] ?? "");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
