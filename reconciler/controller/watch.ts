import { join } from "node:path";
import { digestJson, fail, ok, problem, type Address, type Json, type Result } from "../../core/index.ts";
import { apply, validate } from "../engine.ts";
import { openMirror } from "../source/index.ts";
import type { ApplyChoices, Query, World } from "../types.ts";
import type { Backoff } from "./backoff.ts";
import { FRESH_STATE, runLoop, type LoopEvent, type LoopPorts, type LoopState, type Revision } from "./loop.ts";
import { readLoopState, writeLoopState } from "./state-file.ts";
import { changesIn, type Changes } from "./changes.ts";

export interface WatchOptions {
  /** A repository to follow; absent for the files on the disk. */
  readonly source?: { readonly url: string; readonly branch: string; readonly folder: string };
  /** The state folder, absolute. */
  readonly state: string;
  readonly once: boolean;
  /** How often to look, and how long to wait at most after failures. */
  readonly backoff: Backoff;
  readonly allowDeletes?: number;
}

/** How long the loop waits for another applier before it counts the round as failed. */
const LOCK_TIMEOUT_MS = 10_000;

/**
 * Follows a source and keeps the target at it: a new commit, or a saved file, is planned and applied;
 * a bad one changes nothing and says so. SIGTERM finishes the step, because the signal is looked at
 * between steps only.
 *
 * @returns the state after the last round.
 */
export async function watch(
  query: Query,
  options: WatchOptions,
  world: World,
  report: (event: LoopEvent) => void,
): Promise<Result<LoopState>> {
  const start = readLoopState(options.state);
  if (!start.ok) return start;
  const origin = options.source ? await following(options.source, options, world) : ok(onDisk(query, options, world));
  if (!origin.ok) return origin;
  const { look, queryAt, changes } = origin.value;
  const choices: ApplyChoices = {
    confirm: () => Promise.resolve(ok(undefined)),
    lockTimeoutMs: LOCK_TIMEOUT_MS,
    ...(options.allowDeletes === undefined ? {} : { allowDeletes: options.allowDeletes }),
  };
  const ports: LoopPorts = {
    look,
    apply: (revision, contested) => apply({ ...queryAt(revision), leaveDrift: contested as readonly Address[] }, null, choices, world),
    wait: (ms) => changes.wait(ms, world.signal),
    save: (state) => writeLoopState(options.state, state),
    report,
    now: () => world.clock.now(),
    random: Math.random,
  };
  try {
    return ok(await runLoop(start.value ?? FRESH_STATE, ports, { once: options.once, backoff: options.backoff, signal: world.signal }));
  } finally {
    await changes.close();
  }
}

interface Followed {
  readonly look: () => Promise<Result<Revision>>;
  readonly queryAt: (revision: Revision) => Query;
  readonly changes: Changes;
}

/** The files on the disk: their revision is what they resolve to. */
function onDisk(query: Query, options: WatchOptions, world: World): Followed {
  return {
    look: async () => {
      const valid = await validate(query, world);
      if (!valid.ok) return valid;
      return ok({ id: digestJson(valid.value.resources as unknown as Json), label: "work tree" });
    },
    queryAt: () => ({ ...query, state: options.state }),
    changes: options.once ? changesIn(null) : changesIn(query.repo),
  };
}

/** A branch of a repository elsewhere, through a bare mirror of our own in the state folder. */
async function following(source: NonNullable<WatchOptions["source"]>, options: WatchOptions, world: World): Promise<Result<Followed>> {
  const mirror = await openMirror(source.url, source.branch, join(options.state, "mirror"), { allowLocal: true });
  if (!mirror.ok) return mirror;
  return ok({
    look: async () => {
      const commit = await mirror.value.fetch(world.signal);
      if (!commit.ok) return commit;
      if (commit.value === "") return fail(problem("GIT_FAILED", { detail: `Branch ${source.branch} has no commit.` }));
      return ok({ id: commit.value, label: `${source.branch}@${commit.value.slice(0, 7)}` });
    },
    queryAt: (revision) => ({ repo: join(mirror.value.folder, source.folder), ref: revision.id, state: options.state }),
    changes: changesIn(null),
  });
}
