/**
 * cmd: the CLI. Arguments in, views out, no logic: each command reads its flags, calls one function of
 * a room and shows the value. Offers {@link main} to bin/moltbot.js; nothing else imports this room.
 */
import { Config } from "@oclif/core/config";
import { escapeText, EXIT } from "../core/index.ts";
import { findCommand, readCommandTable, type Found } from "./table.ts";
import { UsageError } from "./usage.ts";
import { packageRoot, packageVersion } from "./version.ts";

/** Runs one command line and ends the process with its exit code. Never rejects. */
export async function main(argv: readonly string[]): Promise<void> {
  let code: number;
  process.on("uncaughtException", (error) => process.exit(reportThrown(error, argv)));
  process.on("unhandledRejection", (error) => process.exit(reportThrown(error, argv)));
  try {
    code = await dispatch(argv);
  } catch (error) {
    code = reportThrown(error, argv);
  }
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  process.exit(code);
}

async function dispatch(argv: readonly string[]): Promise<number> {
  const asksHelp = argv[0] === "help" ? argv.slice(1) : wantsHelp(argv) ? argv : undefined;
  const found = findCommand(readCommandTable(), asksHelp?.filter((word) => word !== "--help" && word !== "-h") ?? argv);
  if (asksHelp || argv.length === 0 || found.kind === "topic") return showHelp(found);
  if (found.kind === "unknown") throw unknownCommand(found);
  const command = await loadCommand(found.id);
  return command.execute(found.id, found.argv, lightConfig());
}

/** `--help` before a lone `--`. */
function wantsHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return argv.slice(0, end < 0 ? argv.length : end).some((word) => word === "--help" || word === "-h");
}

interface CommandClass {
  execute(id: string, argv: readonly string[], config: Config): Promise<number>;
}

/** The id is one of the manifest's, never free text. The extension is that of this file: .ts in the sources, .js in dist/. */
async function loadCommand(id: string): Promise<CommandClass> {
  const file = `./commands/${id.replaceAll(":", "/")}${import.meta.url.slice(-3)}`;
  return ((await import(new URL(file, import.meta.url).href)) as { readonly default: CommandClass }).default;
}

/**
 * oclif's configuration without what only its help and plugins need (reading package.json, theme, shell,
 * manifest, plugins): a third of the start-up time. There are no hooks to run.
 */
function lightConfig(): Config {
  const config = new Config({ root: packageRoot() });
  config.runHook = () => Promise.resolve({ successes: [], failures: [] });
  return Object.assign(config, { bin: "moltbot", name: "moltbot", version: packageVersion() });
}

/** Flags in the order in which they are declared: a command's own, then the global ones. */
const HELP_OPTIONS = { flagSortOrder: "none", hideCommandSummaryInDescription: true } as const;

async function showHelp(found: Found): Promise<number> {
  if (found.kind === "unknown" && found.words !== "") throw unknownCommand(found);
  const { loadHelpClass } = await import("@oclif/core/help");
  const config = await Config.load({ root: packageRoot() });
  const Help = await loadHelpClass(config);
  await new Help(config, HELP_OPTIONS).showHelp(found.kind === "unknown" ? [] : [found.id]);
  return EXIT.ok;
}

function unknownCommand(found: Extract<Found, { kind: "unknown" }>): UsageError {
  if (found.words === "") return new UsageError("A command comes before its flags.");
  const hint = found.suggestion === undefined ? "" : ` Did you mean "moltbot ${found.suggestion}"?`;
  return new UsageError(`There is no command "${escapeText(found.words)}".${hint}`);
}

/** What was thrown is a mistake on the command line, an interruption, or our bug. */
function reportThrown(error: unknown, argv: readonly string[]): number {
  if (error instanceof UsageError) {
    process.stderr.write(`moltbot: ${error.message}\nSee: moltbot ${helpWords(argv)}--help\n`);
    return EXIT.usage;
  }
  if (error instanceof Error && error.name === "AbortError") {
    process.stderr.write("moltbot: interrupted.\n");
    return EXIT.interrupted;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  process.stderr.write(
    `moltbot: this is a bug in moltbot ${versionOrNothing()}, not your mistake. Please report it to its maintainers, with the command ` +
      `line and this message: ${escapeText(message)}. Add --verbose to see where it happened.\n`,
  );
  const isVerbose = argv.includes("--verbose") || Boolean(process.env["MOLTBOT_VERBOSE"]);
  if (isVerbose && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
  return EXIT.internal;
}

/** Whatever broke may have broken this, too. */
function versionOrNothing(): string {
  try {
    return packageVersion();
  } catch {
    return "(of an unknown version)";
  }
}

/** The command's words, as far as they are harmless to repeat. */
function helpWords(argv: readonly string[]): string {
  const words: string[] = [];
  for (const word of argv) {
    if (!/^[a-z][a-z-]*$/.test(word) || words.length === 3) break;
    words.push(word);
  }
  const found = words.length > 0 ? findCommand(readCommandTable(), words) : undefined;
  return found?.kind === "command" || found?.kind === "topic" ? `${found.id.replaceAll(":", " ")} ` : "";
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || !stream.writable) resolve();
    else stream.write("", () => resolve());
  });
}
