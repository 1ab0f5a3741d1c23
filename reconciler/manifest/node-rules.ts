import { SCALAR_STYLE } from "js-yaml";
import { firstUnsafe, shown, type DiagnosticCode, type JsonObject } from "../../core/index.ts";
import type { Scalar } from "./token.ts";

/** How to reuse without anchors. */
export const REUSE =
  "Write the value out, or reuse it through schema defaults and overlays (`environments.<name>.overlays` in moltbot.yaml).";

/** Why a key or text is refused. */
export interface NodeProblem {
  readonly code: DiagnosticCode;
  readonly detail: string;
  readonly remedy: string;
  /** The key stands twice. */
  readonly repeats?: boolean;
}

/** @param map - The mapping so far, for keys that stand twice. */
export function keyProblem(source: string, map: JsonObject, event: Scalar, key: string): NodeProblem | undefined {
  if (key === "__proto__") {
    return { code: "FORBIDDEN_KEY", detail: "`__proto__` is never a legal key.", remedy: "Rename the key." };
  }
  if (Object.hasOwn(map, key)) {
    return {
      code: "DUPLICATE_KEY",
      detail: `The key ${shown(key)} stands twice in one mapping, so it is not clear which value is meant.`,
      remedy: "Keep one of the two.",
      repeats: true,
    };
  }
  if (event.valueStart < 0)
    return { code: "YAML_SYNTAX", detail: "A key is missing before the colon.", remedy: 'Write the key, or `""` if it is empty.' };
  if (key === "<<" && event.style === SCALAR_STYLE.PLAIN) {
    return { code: "ALIAS_FORBIDDEN", detail: "`<<` merges another mapping into this one.", remedy: REUSE };
  }
  return textProblem(event, source, key, "key");
}

const PRINTABLE_ASCII = /^[ -~]*$/;

/** Characters that no text may hold (in a value) or that no key may hold. */
export function textProblem(event: Scalar, source: string, text: string, what: "key" | "value"): NodeProblem | undefined {
  if (event.style === SCALAR_STYLE.DOUBLE_QUOTED && !event.fast && hasBadEscape(source, event, text)) {
    return {
      code: "ENCODING",
      detail: `The ${what} holds an escape (\`\\u\` or \`\\U\`) that is half a surrogate pair or beyond U+10FFFF: it names no character.`,
      remedy: "Write both halves of the pair, or the character itself.",
    };
  }
  if (what === "value" || PRINTABLE_ASCII.test(text)) return undefined;
  const unsafe = firstUnsafe(text);
  if (unsafe === undefined) return undefined;
  return { code: "TEXT_UNSAFE", detail: `The key ${shown(text)} holds the character ${unsafe}.`, remedy: "Remove the character." };
}

/** `\U` takes eight digits; the parser wraps what is beyond U+10FFFF round instead of refusing it. */
function hasBadEscape(source: string, event: Scalar, text: string): boolean {
  if (!text.isWellFormed()) return true;
  const raw = source.slice(event.valueStart, event.valueEnd);
  return /(?<!\\)(?:\\\\)*\\U(?!000|0010)/.test(raw);
}
