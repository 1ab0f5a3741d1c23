/**
 * The flags every command takes, each with its `MOLTBOT_*` variable. A flag on the command line wins
 * over a variable; an empty variable counts as absent.
 */
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { REPORT_FORMATS } from "./views/formats.ts";

export { Args, Flags };

export const FORMATS = ["text", "json", "jsonl", "yaml", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

const GLOBAL = { helpGroup: "GLOBAL" };

/** `-o`, narrowed to what a command can write; the first is its default. */
export const outputFlag = (...formats: readonly [Format, ...Format[]]) =>
  Flags.option({
    ...GLOBAL,
    char: "o",
    options: formats,
    default: formats[0],
    description: "format of what is written to standard output",
    env: "MOLTBOT_OUTPUT",
  })();

export const GLOBAL_FLAGS = {
  repo: Flags.string({
    ...GLOBAL,
    char: "C",
    helpValue: "DIR",
    description: "the folder that holds moltbot.yaml (default: the current folder)",
    env: "MOLTBOT_REPO",
  }),
  ref: Flags.string({
    ...GLOBAL,
    helpValue: "REV",
    description: "read this git commit, branch or tag; without it, the files on disk",
    env: "MOLTBOT_REF",
  }),
  environment: Flags.string({
    ...GLOBAL,
    char: "e",
    helpValue: "NAME",
    description: "one of the Project's environments",
    env: "MOLTBOT_ENVIRONMENT",
  }),
  state: Flags.string({
    ...GLOBAL,
    helpValue: "DIR",
    description: "the state folder (default: .moltbot beside moltbot.yaml)",
    env: "MOLTBOT_STATE",
  }),
  actor: Flags.string({
    ...GLOBAL,
    helpValue: "NAME",
    description: "who is acting, for the record (default: user@host)",
    env: "MOLTBOT_ACTOR",
  }),
  output: outputFlag("text", "json", "jsonl", "yaml", "markdown"),
  report: Flags.string({
    ...GLOBAL,
    helpValue: "FORMAT=PATH",
    multiple: true,
    multipleNonGreedy: true,
    description: `also write a report file; FORMAT is ${REPORT_FORMATS.join(", ")}; PATH "-" is standard error`,
    env: "MOLTBOT_REPORT",
  }),
  "no-color": Flags.boolean({ ...GLOBAL, description: "no colours (also NO_COLOR; FORCE_COLOR asks for them)", env: "MOLTBOT_NO_COLOR" }),
  quiet: Flags.boolean({ ...GLOBAL, description: "no progress", env: "MOLTBOT_QUIET" }),
  verbose: Flags.boolean({
    ...GLOBAL,
    description: "more detail: every stage, whole texts, stack traces",
    env: "MOLTBOT_VERBOSE",
  }),
};

/** What no two of which may be given together on one command line. */
export const CONTRADICTIONS: readonly (readonly [string, string])[] = [["quiet", "verbose"]];
