import { escapeText, type Diagnostic } from "../../core/index.ts";
import { placeText, summaryLine } from "./diagnostics-text.ts";
import { escapeLines, withoutCommands } from "./safe.ts";

/** Text that means only itself in Markdown, also inside a table cell or a heading. Mentions do not notify. */
export function mdText(text: string): string {
  return escapeText(text)
    .replace(/[\\`*_{}[\]()#+!|~$]/g, "\\$&")
    .replace(/^(\s*)([-=]|\d+\.)/, "$1\\$2")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("@", "@&#8203;");
}

/** Inline code that holds any text: the fence is longer than any run of backticks inside. */
export function mdCode(text: string): string {
  const safe = escapeText(text);
  const fence = "`".repeat(longestRun(safe) + 1);
  const pad = safe.startsWith("`") || safe.endsWith("`") ? " " : "";
  return `${fence}${pad}${safe}${pad}${fence}`;
}

/** A code block that no line of the text can end. */
export function mdBlock(text: string, language: string = ""): string {
  const safe = escapeLines(text).replace(/\n$/, "");
  const fence = "`".repeat(Math.max(3, longestRun(safe) + 1));
  return `${fence}${language}\n${safe}\n${fence}`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

/** Diagnostics for a pull request. */
export function diagnosticsMarkdown(diagnostics: readonly Diagnostic[], command: string, hidden: number = 0): string {
  if (diagnostics.length === 0) return `### moltbot ${command}: nothing to report\n`;
  const items = diagnostics.map((d) => {
    const place = placeText(d.at, d.origin);
    const head = `**${d.severity}** ${mdCode(d.code)} ${mdText(d.summary)}${place === "" ? "" : ` at ${mdCode(place)}`}`;
    const body = [d.detail, ...(d.remedy === undefined ? [] : [d.remedy])]
      .flatMap((part) => part.split("\n"))
      .map((line) => `  ${mdText(line)}`);
    const related = (d.related ?? []).map((r) => `  - ${mdCode(placeText(r.at, r.origin))}: ${mdText(r.message)}`);
    return [`- ${head}\\`, ...body.map((line, i) => (i < body.length - 1 ? `${line}\\` : line)), ...related].join("\n");
  });
  return withoutCommands(`### moltbot ${command}: ${summaryLine(diagnostics, hidden)}\n\n${items.join("\n")}\n`);
}
