import { escapeText, LIMITS, type DiagnosticCode } from "../../core/index.ts";
import { TOO_DEEP, type Failure } from "./events.ts";

/** What the parser's refusal means for the person who wrote the file. */
export interface SyntaxMeaning {
  readonly code: DiagnosticCode;
  readonly detail: string;
  readonly remedy: string;
}

type Rule = readonly [pattern: RegExp, code: DiagnosticCode, detail: string, remedy: string];

const UNCLOSED = "A `{` or `[` is not closed before the end of the document.";

/** The first that matches the parser's own words. */
const RULES: readonly Rule[] = [
  [
    new RegExp(TOO_DEEP),
    "DEPTH_LIMIT",
    `The document nests deeper than ${LIMITS.depth} levels here.`,
    "Flatten it: no kind needs more than a dozen levels.",
  ],
  [
    /tab characters/,
    "YAML_SYNTAX",
    "A tab stands in the indentation. YAML indents with spaces only.",
    "Replace the tab by spaces; manifests use two per level.",
  ],
  [
    /\btag\b/,
    "TAG_FORBIDDEN",
    "A YAML tag stands here, and is not even well formed.",
    "Remove the tag; quote the value if it must be text.",
  ],
  [
    /\banchor\b|\balias\b/,
    "ALIAS_FORBIDDEN",
    "An anchor (`&`) or alias (`*`) stands here, and is not even well formed.",
    "Quote the value if it starts with `&` or `*`.",
  ],
  [/directive/i, "DIRECTIVE_FORBIDDEN", "A YAML directive (`%...`) stands here.", "Remove the line."],
  [
    /within a (?:single|double) quoted scalar/,
    "YAML_SYNTAX",
    "A quoted text is not closed before the end of the document.",
    "Close the quote; in single quotes write `''` for one, in double quotes `\\\"`.",
  ],
  [/within a flow collection/, "YAML_SYNTAX", UNCLOSED, "Close it, or write the value in block style."],
  [/missed comma/, "YAML_SYNTAX", "Two entries of a `{...}` or `[...]` have no comma between them.", "Put a comma between them."],
  [
    /expected the node content, but found ','/,
    "YAML_SYNTAX",
    "A comma stands where a value is due.",
    "Remove the comma, or write the missing value.",
  ],
  [
    /multiline key|expected ':' after a mapping key/,
    "YAML_SYNTAX",
    "A line of this mapping has no colon after its key.",
    "Write `key: value`; put long text in quotes or in a block (`|`).",
  ],
  [
    /bad indentation of a mapping entry|deficient indentation|bad indentation of a sequence entry/,
    "YAML_SYNTAX",
    "The text cannot go on like this here: the indentation does not fit the lines above, or a second `: ` stands in an unquoted value.",
    "Align the entry with its siblings (two spaces per level); quote a value that holds `: ` or ` #`.",
  ],
  [
    /escape sequence|hexadecimal/,
    "YAML_SYNTAX",
    "A backslash in double quotes starts an escape that does not exist.",
    "Double the backslash, or use single quotes, where it has no meaning.",
  ],
  [
    /end of the stream or a document separator/,
    "YAML_SYNTAX",
    "The document has ended here, but the text goes on.",
    "Separate documents with a line `---`; check the indentation and quotes of this line and the one before.",
  ],
];

export function meaningOf(failure: Failure): SyntaxMeaning {
  // At the end of the text there is no line left to indent: something is still open.
  const reason = failure.atEnd ? failure.reason.replace("deficient indentation", "within a flow collection") : failure.reason;
  for (const [pattern, code, detail, remedy] of RULES) if (pattern.test(reason)) return { code, detail, remedy };
  return {
    code: "YAML_SYNTAX",
    detail: `The text is not well formed here: ${escapeText(reason)}.`,
    remedy: "Look at this line and the one before it: a missing colon, quote or bracket, or wrong indentation.",
  };
}
