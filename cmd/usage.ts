import { escapeText, nearest } from "../core/index.ts";

/** The command line itself is wrong: exit code 64, and nothing was done. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A token of the command line as oclif's parser reports it. */
export interface Token {
  readonly type: string;
  readonly flag?: string;
  readonly input: string;
}

interface FlagShape {
  readonly type: string;
  readonly multiple?: boolean;
}

/**
 * What oclif lets pass: a switch given twice, and flags that contradict each other. Only what stands
 * on the command line counts; a variable of the environment is no contradiction, the flag wins.
 */
export function refuseRepeatedAndContradictory(
  tokens: readonly Token[],
  flags: Readonly<Record<string, FlagShape>>,
  contradictions: readonly (readonly [string, string])[],
): void {
  const given = new Set<string>();
  for (const { type, flag } of tokens) {
    if (type !== "flag" || flag === undefined) continue;
    if (given.has(flag) && flags[flag]?.multiple !== true) throw new UsageError(`--${flag} may be given once.`);
    given.add(flag);
  }
  for (const [one, other] of contradictions) {
    if (given.has(one) && given.has(other)) throw new UsageError(`--${one} and --${other} contradict each other.`);
  }
}

/** oclif's words for a mistake on the command line, in ours: one line, the user's text escaped, a suggestion. */
export function usageMessage(error: Error, flagNames: readonly string[]): string {
  if (Array.isArray((error as { flags?: unknown }).flags)) {
    return unknownFlags((error as unknown as { readonly flags: readonly string[] }).flags, flagNames);
  }
  const message = error.message
    .replace(/\n?See more help with --help/g, "")
    .replace(/\nNote: --.+? allows? multiple values\..*/s, "")
    .replace(/^The following errors? occurred:\s*/, "")
    .replace(/^Missing \d+ required args?:\n(.*)$/s, (_, list: string) => missingArguments(list))
    .replace(/^Parsing (--\S+)\s+Expected an integer but received: (.*)$/s, "$1 takes a whole number; found $2.")
    .replace(
      /^Parsing (--\S+)\s+Expected an integer (less|greater) than or equal to (-?\d+) but received: (.*)$/s,
      (_, flag, way, end, found) =>
        `${String(flag)} takes a whole number of at ${way === "less" ? "most" : "least"} ${String(end)}; found ${String(found)}.`,
    )
    .replace(/Missing required flag (\S+)/g, "--$1 is needed.")
    .replace(/\s*\n\s*/g, " ")
    .trim();
  return escapeText(message);
}

/** `name  what it is`, a line each, wrapped where it is long. */
function missingArguments(list: string): string {
  return list
    .split(/\n(?=\S)/)
    .map((line) =>
      line.replace(
        /^(\S+)(?:\s+(.*))?$/s,
        (_, name: string, what?: string) => `${name.toUpperCase()} is needed${what === undefined ? "" : `: ${what.trim()}`}.`,
      ),
    )
    .join(" ");
}

function unknownFlags(given: readonly string[], known: readonly string[]): string {
  return given
    .map((flag) => {
      const name = flag.replace(/^-+/, "").split("=", 1)[0] ?? "";
      const near = flag.startsWith("--") ? nearest(name, known) : undefined;
      return `There is no flag ${escapeText(flag)}.${near === undefined ? "" : ` Did you mean --${near}?`}`;
    })
    .join(" ");
}
