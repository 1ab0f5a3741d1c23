import path from "node:path";
import { fail, ok, parseDuration, type Diagnostic, type Result } from "../../core/index.ts";
import type { LoopEvent, WatchOptions, WatchSource } from "../../reconciler/controller/index.ts";
import type { LoopState } from "../../reconciler/engine.ts";
import type { Query } from "../../reconciler/types.ts";
import { MoltbotCommand } from "../base.ts";
import { APPROVAL_FLAGS, Flags, outputFlag, TRUST_FLAGS, trusting } from "../flags.ts";
import { conclude, type Session } from "../session.ts";
import { UsageError } from "../usage.ts";
import { watchViews } from "../views/watch.ts";
import { watchLog } from "../watch-log.ts";

/** After failures the loop waits longer and longer, but never longer than this (or than the interval, if that is more). */
const MAX_PAUSE_MS = 600_000;
const MIN_INTERVAL_MS = 1_000;
const MAX_INTERVAL_MS = 86_400_000;
const LOCK_TIMEOUT_S = 10;

export default class Watch extends MoltbotCommand {
  static override summary = "Keep the target at what the files, or a branch, declare";
  static override description =
    "Applies every change as it comes, without asking: each saved file of the work tree, or with --source each new commit of a branch, which is " +
    "fetched into a mirror of its own in the state folder. A configuration that cannot be applied changes nothing and says so; the next good one is " +
    "applied. What fails is tried again after growing pauses. SIGTERM and Ctrl-C finish the running step. `status` shows how far it came.";
  static override examples = [
    { description: "Apply what is saved, as it is saved", command: "<%= config.bin %> watch" },
    {
      description: "On a server: follow a branch",
      command: "<%= config.bin %> watch --source https://git.example.com/acme/bots --branch main --state /var/lib/moltbot",
    },
    {
      description: "From a timer: one round, and an exit code that says how it went",
      command: "<%= config.bin %> watch --source https://git.example.com/acme/bots --branch main --state /var/lib/moltbot --once",
    },
  ];
  static override flags = {
    output: outputFlag("text", "json", "jsonl"),
    source: Flags.string({
      helpValue: "URL",
      description: "follow this git repository (https, ssh, or a path) instead of the work tree",
      env: "MOLTBOT_SOURCE",
    }),
    branch: Flags.string({ helpValue: "NAME", description: "with --source: the branch", env: "MOLTBOT_BRANCH" }),
    folder: Flags.string({
      helpValue: "SUB",
      description: "with --source: the folder of moltbot.yaml in it (default: its root)",
      env: "MOLTBOT_FOLDER",
    }),
    rebind: Flags.boolean({
      description: "with --source: the state folder followed something else, and that change is meant",
      env: "MOLTBOT_REBIND",
    }),
    once: Flags.boolean({ description: "one round; its outcome is the exit code", env: "MOLTBOT_ONCE" }),
    interval: Flags.string({
      helpValue: "DURATION",
      default: "30s",
      description: "how often to look, such as 30s or 5m (default: 30s; a saved file is seen at once)",
      env: "MOLTBOT_INTERVAL",
    }),
    "allow-deletes": APPROVAL_FLAGS["allow-deletes"],
    ...TRUST_FLAGS,
    "lock-timeout": Flags.integer({
      helpValue: "SECONDS",
      min: 0,
      max: 86_400,
      default: LOCK_TIMEOUT_S,
      description: `wait so long for another apply to end (default: ${LOCK_TIMEOUT_S}); then the round has failed`,
      env: "MOLTBOT_LOCK_TIMEOUT",
    }),
  };
  static override contradictions = [
    ["source", "repo"],
    ["source", "ref"],
  ] as const;

  async run(): Promise<number> {
    const { flags } = await this.read(Watch);
    const session = this.session(flags);
    const source = sourceOf(flags);
    if (session.query.ref !== undefined)
      throw new UsageError("watch follows the work tree, or a branch with --source and --branch; it takes no --ref.");
    if (source && session.query.state === undefined)
      throw new UsageError("--source needs --state: the folder for its mirror and its record.");
    const intervalMs = intervalOf(flags.interval);
    const state = await stateFolder(session);
    if (!state.ok) return conclude(session, state, { views: watchViews });
    const allowDeletes = flags["allow-deletes"];
    return follow(
      session,
      { ...session.query, ...trusting(flags) },
      {
        ...(source ? { source } : {}),
        state: state.value,
        once: flags.once,
        backoff: { baseMs: intervalMs, maxMs: Math.max(MAX_PAUSE_MS, intervalMs) },
        lockTimeoutMs: flags["lock-timeout"] * 1_000,
        ...(allowDeletes === undefined ? {} : { allowDeletes }),
      },
    );
  }
}

/** Runs the loop. One round ends like any other command; a loop that was asked to stop has done its work. */
async function follow(session: Session, query: Query, options: WatchOptions): Promise<number> {
  const { watch } = await import("../../reconciler/controller/index.ts");
  const world = await session.world();
  const log = watchLog(session);
  let failed: readonly Diagnostic[] | undefined;
  let isReported = false;
  const report = (event: LoopEvent): void => {
    isReported = true;
    if (options.once && event.kind === "failed") failed = [...(failed ?? []), ...event.diagnostics];
    else if (!options.once || session.format === "jsonl") log(event);
  };
  // The log tells what happened; a line for each stage of each round would bury it.
  const quiet = session.look.verbose ? world : { ...world, progress: () => undefined };
  const ended = await watch(query, options, quiet, report);
  if (options.once && !isReported) session.interrupt.signal.throwIfAborted();
  const result: Result<LoopState> = failed ? fail(...failed) : ended;
  return conclude(session, result, { views: watchViews });
}

/** The folder that is named, or that of the Project on the disk. */
async function stateFolder(session: Session): Promise<Result<string>> {
  if (session.query.state !== undefined) return ok(session.query.state);
  const { place } = await import("../../reconciler/engine.ts");
  const found = await place(session.query, await session.world());
  return found.ok ? ok(found.value.state) : found;
}

function sourceOf(flags: {
  readonly source?: string | undefined;
  readonly branch?: string | undefined;
  readonly folder?: string | undefined;
  readonly rebind: boolean;
}): WatchSource | undefined {
  const { source, branch, folder = "", rebind } = flags;
  if (source === undefined) {
    if (branch !== undefined || folder !== "" || rebind) throw new UsageError("--branch, --folder and --rebind belong to --source.");
    return undefined;
  }
  if (branch === undefined) throw new UsageError("--source needs --branch.");
  const parts = folder.split("/").filter((part) => part !== "" && part !== ".");
  if (path.isAbsolute(folder) || parts.includes("..") || folder.includes("\\")) {
    throw new UsageError("--folder is a folder inside the repository, such as bots/prod.");
  }
  return { url: source, branch, folder: parts.join("/"), rebind };
}

function intervalOf(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined || ms < MIN_INTERVAL_MS || ms > MAX_INTERVAL_MS)
    throw new UsageError("--interval takes a duration from 1s to 24h, such as 30s or 5m.");
  return ms;
}
