import { escapeText } from "../../core/index.ts";

const PLAIN = /^[\n\x20-\x7e]*$/;

/** Text of several lines made safe to show: line ends stay, every other unsafe character is escaped. */
export function escapeLines(text: string): string {
  return PLAIN.test(text) ? text : text.split("\n").map(escapeText).join("\n");
}

/**
 * Log lines that CI systems take as commands: GitHub reads `::name::` at the start of a line, blanks
 * before it or not, and `##[name]` anywhere; Azure `##vso[`, TeamCity `##teamcity[`. A line of a prompt must
 * not become one because we show it.
 */
const LINE_COMMAND = /^([ \t]*):(?=:)/gm;
const INLINE_COMMAND = /#(?=#(?:\[|vso\[|teamcity\[))/g;

export function hasCommand(text: string): boolean {
  return text.search(LINE_COMMAND) >= 0 || text.search(INLINE_COMMAND) >= 0;
}

/** The same text with the first character of such a command escaped. Also right inside JSON and double-quoted YAML. */
export function withoutCommands(text: string): string {
  return text.replace(LINE_COMMAND, "$1\\u003a").replace(INLINE_COMMAND, "\\u0023");
}
