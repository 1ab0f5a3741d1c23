import { withoutCommands } from "./safe.ts";

/** How text may look where it goes. Views take it as a value, so the same value gives the same bytes. */
export interface Look {
  readonly color: boolean;
  /** False where the locale is not UTF-8: symbols fall back to ASCII. */
  readonly unicode: boolean;
  /** Columns to fit into; Infinity where nothing limits a line (a pipe, a file). */
  readonly width: number;
  /** Whole texts instead of shortened ones. */
  readonly verbose: boolean;
  /** For ages ("2h ago"); the view's clock, never the plan's. */
  readonly now: Date;
}

export type Color = "red" | "green" | "yellow" | "blue" | "magenta" | "cyan" | "dim" | "bold";

const SGR: Readonly<Record<Color, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
  dim: [2, 22],
  bold: [1, 22],
};

export function paint(look: Pick<Look, "color">, color: Color, text: string): string {
  const [on, off] = SGR[color];
  return look.color && text !== "" ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}

/** Narrower than this nothing can be laid out; lines then simply run over. */
const MIN_WIDTH = 10;

/** What is known of the stream that the text goes to. */
export interface StreamFacts {
  readonly isTerminal: boolean;
  readonly columns?: number | undefined;
}

/**
 * `--no-color`, then FORCE_COLOR, then NO_COLOR, then TERM=dumb, then whether it is a terminal.
 * FORCE_COLOR before NO_COLOR is what Node and its tools do. COLUMNS counts where it is exported.
 */
export function lookOf(
  env: Readonly<Record<string, string | undefined>>,
  stream: StreamFacts,
  options: { readonly noColor: boolean; readonly verbose: boolean; readonly now: Date },
): Look {
  return {
    color: wantsColor(env, stream, options.noColor),
    unicode: isUtf8(env),
    width: widthOf(env, stream),
    verbose: options.verbose,
    now: options.now,
  };
}

function wantsColor(env: Readonly<Record<string, string | undefined>>, stream: StreamFacts, noColor: boolean): boolean {
  if (noColor) return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if (env["NO_COLOR"]) return false;
  return stream.isTerminal && env["TERM"] !== "dumb";
}

/** POSIX: the first of these that is set and not empty names the locale; none means "C". */
function isUtf8(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  return /utf-?8/i.test(locale) || env["WT_SESSION"] !== undefined;
}

function widthOf(env: Readonly<Record<string, string | undefined>>, stream: StreamFacts): number {
  const exported = Number(env["COLUMNS"]);
  const columns = Number.isInteger(exported) && exported > 0 ? exported : stream.isTerminal ? stream.columns : undefined;
  return columns === undefined || columns <= 0 ? Infinity : Math.max(MIN_WIDTH, columns);
}

const ASCII: Readonly<Record<string, string>> = {
  "…": "...",
  "→": "->",
  "·": "-",
  "–": "-",
  "—": "-",
  "✓": "ok",
  "✗": "x",
  "│": "|",
  "“": '"',
  "”": '"',
  "’": "'",
};

/** The same text for a terminal that shows ASCII only: our symbols replaced, everything else as `\u....`. */
export function asciiOnly(text: string): string {
  // Without the `u` flag an astral character is met as its two surrogates, and shown as both.
  return text.replace(/[\u0080-\uffff]/g, (c) => ASCII[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The last step of every text view. */
export function fitted(look: Look, text: string): string {
  const safe = withoutCommands(text);
  return look.unicode ? safe : asciiOnly(safe);
}
