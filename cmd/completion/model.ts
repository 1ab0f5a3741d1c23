import fs from "node:fs";
import path from "node:path";
import { packageRoot } from "../version.ts";

/** What can be typed after a flag, or as an argument. */
export type Value =
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  | { readonly kind: "folder" | "file" | "text" | "address" };

export interface CompletedFlag {
  readonly name: string;
  readonly char: string | null;
  readonly words: string;
  /** Null for a switch. */
  readonly value: Value | null;
  readonly isRepeatable: boolean;
}

export interface CompletedCommand {
  /** `audit verify`. */
  readonly words: string;
  readonly summary: string;
  readonly flags: readonly CompletedFlag[];
  /** What its arguments are: files where one of them is, otherwise text that only the user knows. */
  readonly args: Value;
}

/** Everything a shell needs to know, sorted; the same for every shell. */
export interface Completion {
  readonly version: string;
  readonly commands: readonly CompletedCommand[];
  /** The first words that are no command themselves, with what their commands do. */
  readonly groups: readonly { readonly word: string; readonly summary: string }[];
}

interface ManifestFlag {
  readonly name: string;
  readonly char?: string;
  readonly type: string;
  readonly description?: string;
  readonly helpValue?: string;
  readonly options?: readonly string[];
  readonly multiple?: boolean;
  readonly hidden?: boolean;
}

interface Manifest {
  readonly version: string;
  readonly commands: Readonly<
    Record<
      string,
      {
        readonly id: string;
        readonly summary: string;
        readonly hidden?: boolean;
        readonly flags: Readonly<Record<string, ManifestFlag>>;
        readonly args: Readonly<Record<string, { readonly options?: readonly string[] }>>;
      }
    >
  >;
}

/** From the command table that the build writes: a command that is added is completed without a word about it here. */
export function readCompletion(): Completion {
  const read = (name: string): unknown => JSON.parse(fs.readFileSync(path.join(packageRoot(), name), "utf8"));
  const manifest = read("oclif.manifest.json") as Manifest;
  const { version, oclif } = read("package.json") as {
    readonly version: string;
    readonly oclif: { readonly topics: Readonly<Record<string, { readonly description: string }>> };
  };
  const commands = Object.values(manifest.commands)
    .filter((command) => command.hidden !== true)
    .map(({ id, summary, flags, args }) => ({
      words: id.replaceAll(":", " "),
      summary,
      flags: Object.values(flags)
        .filter((flag) => flag.hidden !== true)
        .map(flagOf),
      args: argsOf(args),
    }))
    .sort((a, b) => (a.words < b.words ? -1 : 1));
  const words = new Set(commands.map((command) => command.words));
  const first = new Set(commands.map((command) => command.words.split(" ")[0] ?? ""));
  const groups = [...first]
    .filter((word) => !words.has(word))
    .map((word) => ({ word, summary: oclif.topics[word]?.description ?? `commands: ${word}` }));
  return { version, commands, groups };
}

/** Flags that every command has beside its own. */
const EVERYWHERE: readonly CompletedFlag[] = [{ name: "help", char: "h", words: "show help", value: null, isRepeatable: false }];

function flagOf({ name, char, type, description = "", helpValue = "", options, multiple = false }: ManifestFlag): CompletedFlag {
  return {
    name,
    char: char ?? null,
    words: description,
    value: type === "option" ? valueOf(helpValue, options) : null,
    isRepeatable: multiple,
  };
}

function valueOf(helpValue: string, options: readonly string[] | undefined): Value {
  if (options && options.length > 0) return { kind: "choice", choices: options };
  if (helpValue === "DIR") return { kind: "folder" };
  if (helpValue === "ADDRESS") return { kind: "address" };
  return helpValue === "FILE" ? { kind: "file" } : { kind: "text" };
}

/** Arguments of these names are files or folders. */
const FILES: ReadonlySet<string> = new Set(["file", "planfile", "paths", "folder", "from"]);

/** Arguments of these names are addresses of resources. */
const ADDRESSES: ReadonlySet<string> = new Set(["address", "addresses"]);

function argsOf(args: Manifest["commands"][string]["args"]): Value {
  const options = Object.values(args).flatMap((arg) => arg.options ?? []);
  if (options.length > 0) return { kind: "choice", choices: options };
  const names = Object.keys(args);
  if (names.some((name) => ADDRESSES.has(name))) return { kind: "address" };
  return { kind: names.some((name) => FILES.has(name)) ? "file" : "text" };
}

/** A command's flags, and those of every command. */
export function allFlags(command: CompletedCommand): readonly CompletedFlag[] {
  return [...command.flags, ...EVERYWHERE];
}

/** `--output -o`. */
export function formsOf({ name, char }: CompletedFlag): readonly string[] {
  return [`--${name}`, ...(char === null ? [] : [`-${char}`])];
}

/** The words that may follow some words: `audit` -> tail, verify. Nothing for a whole command. */
export function nextWords(
  { commands, groups }: Completion,
  before: string,
): readonly { readonly word: string; readonly summary: string }[] {
  if (before === "") {
    const single = commands.filter(({ words }) => !words.includes(" ")).map(({ words, summary }) => ({ word: words, summary }));
    return [...single, ...groups].sort((a, b) => (a.word < b.word ? -1 : 1));
  }
  return commands
    .filter(({ words }) => words.startsWith(`${before} `))
    .map(({ words, summary }) => ({ word: words.slice(before.length + 1), summary }));
}

/**
 * What prints the addresses of the Project in this folder, one a line, and nothing where there is none. The
 * program is named as it was typed, so that a path or another version completes for itself.
 */
export function addressesFrom(program: string): string {
  return `${program} completion --addresses 2>/dev/null`;
}

/** Text inside single quotes of a POSIX shell. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
