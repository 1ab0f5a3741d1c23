import type { Document } from "yaml";
import { escapeText } from "../../core/index.ts";
import { escapeLines, hasCommand, withoutCommands } from "./safe.ts";

/**
 * The one way we write JSON for others: two spaces, a final newline, and invisible or control characters as
 * `\u....`, so that a file or a log that is looked at shows what it holds. Read back, the value is the same.
 */
export function jsonText(value: unknown): string {
  return `${withoutCommands(escapeLines(JSON.stringify(value, null, 2)))}\n`;
}

/** One line of JSON. */
export function jsonLine(value: unknown): string {
  return `${withoutCommands(escapeText(JSON.stringify(value)))}\n`;
}

/**
 * One YAML document; strings with unsafe characters are double-quoted, where their escapes mean themselves.
 *
 * @param decorate - Adds comments; they must be safe already.
 */
export async function yamlText(value: unknown, decorate?: (document: Document) => void): Promise<string> {
  const yaml = await import("yaml");
  const document = new yaml.Document(value, { aliasDuplicateObjects: false });
  yaml.visit(document, {
    Scalar(_, node) {
      if (typeof node.value === "string" && isUnsafe(node.value)) node.type = "QUOTE_DOUBLE";
    },
  });
  decorate?.(document);
  return withoutCommands(escapeLines(document.toString({ lineWidth: 0 })));
}

function isUnsafe(text: string): boolean {
  return escapeLines(text) !== text || hasCommand(text);
}
