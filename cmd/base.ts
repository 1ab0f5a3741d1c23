import path from "node:path";
import tty from "node:tty";
import { Command } from "@oclif/core/command";
import type { Config } from "@oclif/core/config";
import type { Input, ParserOutput } from "@oclif/core/interfaces";
import type { World } from "../reconciler/types.ts";
import { openCache } from "./cache.ts";
import { CONTRADICTIONS, GLOBAL_FLAGS, type Format } from "./flags.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { processIo } from "./io.ts";
import { progressMode, progressSink } from "./progress.ts";
import { parseReports } from "./reports.ts";
import type { Session } from "./session.ts";
import { refuseRepeatedAndContradictory, UsageError, usageMessage } from "./usage.ts";
import { lookOf } from "./views/look.ts";
import { tellTlsExceptions } from "./tls-notice.ts";
import { actorOf, processWorld } from "./world.ts";

/** What every command has of the command line, beside its own flags. */
export interface GlobalFlags {
  readonly repo?: string | undefined;
  readonly ref?: string | undefined;
  readonly environment?: string | undefined;
  readonly state?: string | undefined;
  readonly actor?: string | undefined;
  readonly output: Format;
  readonly report?: readonly string[] | string | undefined;
  readonly "no-color": boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

type Values = Record<string, unknown>;

/**
 * One command: arguments in, views out. A command file holds its words for the help, its flags, and a
 * `run` that reads them, calls one function of a room (imported there, so that others do not pay for
 * it) and returns `conclude(...)`, the exit code.
 */
export abstract class MoltbotCommand extends Command {
  static override baseFlags = GLOBAL_FLAGS;
  /** Whether `--report` means anything here. */
  static makesReports = false;
  /** Flags of which no two may stand together, beside the global ones. */
  static contradictions: readonly (readonly [string, string])[] = [];

  abstract override run(): Promise<number>;

  /** @returns the exit code; rejects with a {@link UsageError}, or with what is our bug. */
  static async execute(
    this: new (argv: string[], config: Config) => MoltbotCommand,
    id: string,
    argv: readonly string[],
    config: Config,
  ): Promise<number> {
    const command = new this([...argv], config);
    command.id = id;
    return command._run<number>();
  }

  /** The command line, parsed; every mistake in it is a {@link UsageError}. */
  protected async read<F extends Values, B extends Values, A extends Values>(ctor: Input<F, B, A>): Promise<ParserOutput<F, B, A>> {
    const own = this.ctor as typeof MoltbotCommand;
    const flags = { ...own.baseFlags, ...own.flags };
    try {
      const parsed = await this.parse(ctor);
      refuseRepeatedAndContradictory(parsed.raw, flags, [...CONTRADICTIONS, ...own.contradictions]);
      return { ...parsed, flags: { ...switchesOff(flags), ...parsed.flags } };
    } catch (error) {
      if (error instanceof UsageError || !(error instanceof Error)) throw error;
      throw new UsageError(usageMessage(error, Object.keys(flags)), { cause: error });
    }
  }

  /** What this run is asked and where its answers go; listens for Ctrl-C from here on. */
  protected session(flags: GlobalFlags): Session {
    const { quiet, verbose, output: format } = withPrecedence(flags, this.argv);
    const { env, stdout, stderr } = process;
    const command = (this.id ?? "").replaceAll(":", " ");
    const reports = parseReports(flags.report);
    if (reports.length > 0 && !(this.ctor as typeof MoltbotCommand).makesReports) throw new UsageError(`${command} makes no report.`);
    const actor = actorOf(flags.actor);
    const options = { noColor: flags["no-color"], verbose, now: new Date() };
    const errLook = lookOf(env, { isTerminal: tty.isatty(2), columns: stderr.columns }, options);
    const io = processIo(stdout, stderr);
    const mode = progressMode({ quiet, format, isTerminal: tty.isatty(2), env });
    const progress = progressSink(
      mode,
      (text) => io.err(text),
      errLook,
      env,
      () => new Date(),
    );
    const interrupt = listenForInterrupt(
      (name) => {
        progress.pause();
        io.err(`${name}: finishing the running step; once more stops at once.\n`);
      },
      () => {
        progress.close();
        process.exit(130);
      },
    );
    if (!quiet) tellTlsExceptions(io);
    let made: Promise<World> | undefined;
    const world = (): Promise<World> => (made ??= processWorld({ actor, signal: interrupt.signal, progress: progress.report }));
    return {
      command,
      query: { ...queryOf(flags), notices: reports.length > 0 },
      format,
      quiet,
      look: lookOf(env, { isTerminal: tty.isatty(1), columns: stdout.columns }, options),
      errLook,
      io,
      interrupt,
      progress,
      reports,
      world,
      showingWorld: async ({ "no-cache": isFresh }) => {
        const cache = isFresh ? undefined : openCache();
        return { ...(await world()), ...(cache ? { cache } : {}) };
      },
    };
  }

  /** Errors end in main(), which knows how to tell a mistake on the command line from a bug of ours. */
  protected override catch(error: Error): Promise<never> {
    return Promise.reject(error);
  }
}

/** oclif leaves a switch that was not given undefined, though its type says boolean. */
function switchesOff(flags: Readonly<Record<string, { readonly type: string }>>): Readonly<Record<string, false>> {
  return Object.fromEntries(Object.entries(flags).flatMap(([name, { type }]) => (type === "boolean" ? [[name, false] as const] : [])));
}

/** `--verbose` on the command line beats MOLTBOT_QUIET of the environment, and the other way round. */
function withPrecedence(flags: GlobalFlags, argv: readonly string[]): GlobalFlags {
  if (!flags.quiet || !flags.verbose) return flags;
  const isQuiet = argv.includes("--quiet");
  return { ...flags, quiet: isQuiet, verbose: !isQuiet };
}

function queryOf(flags: GlobalFlags): Session["query"] {
  for (const name of ["repo", "ref", "environment", "state"] as const) {
    if (flags[name]?.trim() === "") throw new UsageError(`--${name} needs a value.`);
  }
  return {
    repo: path.resolve(flags.repo ?? "."),
    ...(flags.ref === undefined ? {} : { ref: flags.ref }),
    ...(flags.environment === undefined ? {} : { environment: flags.environment }),
    ...(flags.state === undefined ? {} : { state: path.resolve(flags.state) }),
  };
}
