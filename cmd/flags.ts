/**
 * The flags every command takes, each with its `MOLTBOT_*` variable. A flag on the command line wins
 * over a variable; an empty variable counts as absent.
 */
import path from "node:path";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { firstUnsafe } from "../core/index.ts";
import { UsageError } from "./usage.ts";
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

/** Of commands that take over what earlier runs finished. */
export const CACHE_FLAG = {
  "no-cache": Flags.boolean({
    description: "read and check everything anew, and keep nothing for the next run",
    env: "MOLTBOT_NO_CACHE",
  }),
};

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

export const AUTO_APPROVE = Flags.boolean({ description: "do not ask; without a terminal this is needed", env: "MOLTBOT_AUTO_APPROVE" });

const LOCK_TIMEOUT = Flags.integer({
  helpValue: "SECONDS",
  min: 0,
  max: 86_400,
  default: 0,
  description: "wait so long for another apply to end (default: 0, do not wait)",
  env: "MOLTBOT_LOCK_TIMEOUT",
});

/** For commands that change the target. */
export const APPROVAL_FLAGS = {
  "auto-approve": AUTO_APPROVE,
  "allow-deletes": Flags.integer({
    helpValue: "N",
    min: 0,
    description: "let the change delete or replace up to N resources where it passes the delete budget",
    env: "MOLTBOT_ALLOW_DELETES",
  }),
  "lock-timeout": LOCK_TIMEOUT,
};

const MAX_WHY_CHARS = 1_000;

/** It ends up in the ledger, which is kept and shown for good, so it is plain text of a sane length. */
function whyOf(text: string): string {
  if (text.trim() === "" || text.length > MAX_WHY_CHARS || firstUnsafe(text) !== undefined) {
    throw new UsageError(`Say why in 1 to ${MAX_WHY_CHARS} visible characters.`);
  }
  return text;
}

const WHY = { helpValue: "TEXT", parse: (text: string) => Promise.resolve(whyOf(text)) } as const;

/** For commands that verify commits. */
export const TRUST_FLAGS = {
  "trust-anchor": Flags.string({
    helpValue: "FILE",
    description:
      "believe the signers in this file (allowed_signers, OpenPGP keyring, or another host's anchor) instead of this host's anchor",
    env: "MOLTBOT_TRUST_ANCHOR",
  }),
};

/** For commands that bring a commit to the target. */
export const OLDER_FLAGS = {
  "allow-older": Flags.boolean({
    description: "apply a commit that does not build on the last applied one; needs --because",
    env: "MOLTBOT_ALLOW_OLDER",
  }),
  because: Flags.string({ ...WHY, description: "with --allow-older: why, for the record", env: "MOLTBOT_BECAUSE" }),
};

/** The part of a query that {@link TRUST_FLAGS} and {@link OLDER_FLAGS} say. */
export function trusting(flags: {
  readonly "trust-anchor"?: string | undefined;
  readonly "allow-older"?: boolean;
  readonly because?: string | undefined;
}): { readonly trustAnchor?: string; readonly allowOlder?: string } {
  const { "trust-anchor": anchor, "allow-older": isOlder, because } = flags;
  if (isOlder === true && because === undefined) throw new UsageError("--allow-older needs --because TEXT: the ledger keeps why.");
  return {
    ...(anchor === undefined ? {} : { trustAnchor: path.resolve(anchor) }),
    ...(isOlder === true && because !== undefined ? { allowOlder: because } : {}),
  };
}

/** For commands that make a new key. */
export const RENEWAL_FLAGS = { "auto-approve": AUTO_APPROVE, "lock-timeout": LOCK_TIMEOUT };

/** For commands that can work on a part of what is declared. */
export const SELECTION_FLAGS = {
  target: Flags.string({
    helpValue: "ADDRESS",
    multiple: true,
    multipleNonGreedy: true,
    description: "only this resource (Kind/name) and what it needs",
    env: "MOLTBOT_TARGET",
  }),
  exclude: Flags.string({
    helpValue: "ADDRESS",
    multiple: true,
    multipleNonGreedy: true,
    description: "everything but this resource (Kind/name)",
    env: "MOLTBOT_EXCLUDE",
  }),
};

/** For commands whose plan people may have to approve. */
export const APPROVALS_FLAG = {
  approval: Flags.string({
    helpValue: "FILE",
    multiple: true,
    multipleNonGreedy: true,
    description: "an approval of this plan, made by `approve`; those below .approvals/ are found by themselves",
    env: "MOLTBOT_APPROVAL",
  }),
};

/** The part of a query that {@link SELECTION_FLAGS} say. */
export function selection(flags: { readonly target?: Given; readonly exclude?: Given }): {
  readonly targets: readonly string[];
  readonly excludes: readonly string[];
} {
  return { targets: listOf(flags.target), excludes: listOf(flags.exclude) };
}

type Given = readonly string[] | string | undefined;

export const BECAUSE_FLAG = Flags.string({ ...WHY, required: true, description: "why, for the record", env: "MOLTBOT_BECAUSE" });
/** The same for keys: it goes into the ledger alone. */
export const REASON_FLAG = Flags.string({ ...WHY, required: true, description: "why, for the ledger", env: "MOLTBOT_REASON" });
export const COMMENT_FLAG = Flags.string({ ...WHY, description: "words that are signed with it", env: "MOLTBOT_COMMENT" });
export const OPTIONAL_REASON_FLAG = Flags.string({ ...WHY, description: "why, for the ledger", env: "MOLTBOT_REASON" });

/** A repeatable flag's values; as a variable they stand in one text, separated by commas. */
export function listOf(given: Given): readonly string[] {
  return typeof given === "string" ? given.split(",").map((part) => part.trim()) : (given ?? []);
}
