/**
 * Writes docs/commands.md from the commands themselves: cmd/commands/**, one file per command. Part of
 * `npm run generate`; with `check` nothing is written and a stale page fails.
 */
import fs from "node:fs";
import path from "node:path";
import { ROOT } from "./checkout.ts";
import { usageOf } from "./oclif-manifest.ts";

const PAGE = "docs/commands.md";
const FOLDER = path.join(ROOT, "cmd", "commands");

interface Flag {
  readonly char?: string;
  readonly type: string;
  readonly description?: string;
  readonly env?: string;
  readonly helpValue?: string;
  readonly options?: readonly string[];
  readonly multiple?: boolean;
  readonly default?: unknown;
}

interface Arg {
  readonly description?: string;
  readonly required?: boolean;
  readonly multiple?: boolean;
}

/** What a command class says of itself. */
interface CommandClass {
  readonly summary: string;
  readonly description?: string;
  readonly examples: readonly { readonly description: string; readonly command: string }[];
  readonly args: Readonly<Record<string, Arg>>;
  readonly flags: Readonly<Record<string, Flag>>;
  readonly baseFlags: Readonly<Record<string, Flag>>;
}

/** Every command by its words (`audit verify`), sorted. */
export async function readCommands(): Promise<ReadonlyMap<string, CommandClass>> {
  const files = fs
    .readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .sort();
  const commands = new Map<string, CommandClass>();
  for (const file of files) {
    const loaded = (await import(path.join(FOLDER, file))) as { readonly default: CommandClass };
    commands.set(file.replace(/\.ts$/, "").replaceAll(path.sep, " "), loaded.default);
  }
  return commands;
}

export async function commandsPage(): Promise<string> {
  const commands = await readCommands();
  const [first] = commands.values();
  return [
    "# Commands",
    "",
    "<!-- Made by `npm run generate`. Change the source named below, not this page. -->",
    "<!-- Source: cmd/commands/, cmd/flags.ts -->",
    "",
    "Standard output carries the data that was asked for and nothing else; progress, diagnostics and questions go to standard error. The exit",
    "codes are those of the [outcomes](diagnostics.md#outcomes), the same from every command. `moltbot COMMAND --help` shows what stands here.",
    "",
    "| command | |",
    "|---|---|",
    ...[...commands].map(([words, { summary }]) => `| [\`${words}\`](#${words.replaceAll(" ", "-")}) | ${summary} |`),
    "",
    "## Global flags",
    "",
    "Every command takes these. Each flag can be given as an environment variable; the flag wins.",
    "",
    ...flagTable(first?.baseFlags ?? {}),
    ...[...commands].flatMap(([words, command]) => commandSection(words, command)),
  ].join("\n");
}

function commandSection(words: string, command: CommandClass): readonly string[] {
  const args = Object.entries(command.args ?? {});
  const usage = usageOf({ id: words, args: Object.fromEntries(args.map(([name, arg]) => [name, { ...arg, name }])) });
  const { output, ...own } = command.flags ?? {};
  const formats = output?.options ?? command.baseFlags["output"]?.options ?? [];
  return [
    `## ${words}`,
    "",
    `${command.summary}.${command.description === undefined ? "" : ` ${command.description}`}`,
    "",
    "```sh",
    ...command.examples.flatMap(({ description, command: line }) => [`# ${description}`, line.replaceAll("<%= config.bin %>", "moltbot")]),
    "```",
    "",
    `Usage: \`moltbot ${usage}\`. Formats (\`-o\`): ${formats.join(", ")}.`,
    "",
    ...(args.length === 0
      ? []
      : ["| argument | |", "|---|---|", ...args.map(([name, arg]) => `| \`${name.toUpperCase()}\` | ${arg.description ?? ""} |`), ""]),
    ...(Object.keys(own).length === 0 ? [] : flagTable(own)),
  ];
}

function flagTable(flags: Readonly<Record<string, Flag>>): readonly string[] {
  const rows = Object.entries(flags).map(([name, flag]) => {
    const value = flag.type === "option" ? ` ${flag.helpValue ?? flag.options?.join("\\|") ?? "VALUE"}` : "";
    const form = `${flag.char === undefined ? "" : `-${flag.char}, `}--${name}${value}`;
    return `| \`${form}\` | ${flag.env === undefined ? "" : `\`${flag.env}\``} | ${flag.description ?? ""}${flag.multiple === true ? "; repeatable" : ""} |`;
  });
  return ["| flag | variable | |", "|---|---|---|", ...rows, ""];
}

/** @returns the page when it was stale: written, or only named with `check`. */
export async function generateCommands({ check }: { readonly check: boolean }): Promise<readonly string[]> {
  const text = await commandsPage();
  const full = path.join(ROOT, PAGE);
  if (fs.existsSync(full) && fs.readFileSync(full, "utf8") === text) return [];
  if (!check) fs.writeFileSync(full, text);
  return [PAGE];
}

if (import.meta.main) {
  const check = process.argv.includes("--check");
  const stale = await generateCommands({ check });
  for (const file of stale) console.log(check ? `stale: ${file} (npm run generate)` : `wrote ${file}`);
  if (check && stale.length > 0) process.exitCode = 1;
}
