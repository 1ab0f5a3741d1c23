import { join } from "node:path";
import { digestJson, ok, type Address, type Diagnostic, type Digest, type Json, type Result } from "../../core/index.ts";
import { apply, newReadings, validate, withoutCache } from "../engine.ts";
import { FRESH_STATE, readLoopState, writeLoopState, type LoopState } from "../loop-state.ts";
import { openMirror } from "../source/index.ts";
import type { ApplyChoices, Query, World } from "../types.ts";
import type { Backoff } from "./backoff.ts";
import { changesIn, type Changes } from "./changes.ts";
import { whileMirrorIsFree } from "./mirror-lock.ts";
import { runLoop, type LoopEvent, type LoopPorts, type Revision } from "./loop.ts";

/** A branch of a repository elsewhere. */
export interface WatchSource {
  readonly url: string;
  readonly branch: string;
  /** The folder of moltbot.yaml inside it, relative; empty for its root. */
  readonly folder: string;
  /** The mirror in the state folder may change from another repository or branch to this one. */
  readonly rebind: boolean;
}

export interface WatchOptions {
  /** Absent for the files on the disk. */
  readonly source?: WatchSource;
  /** The state folder, absolute. */
  readonly state: string;
  readonly once: boolean;
  /** How often to look, and how long to wait at most after failures. */
  readonly backoff: Backoff;
  readonly allowDeletes?: number;
  /** How long a round waits for another applier before it counts as failed. */
  readonly lockTimeoutMs: number;
}

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
  given: World,
  report: (event: LoopEvent) => void,
): Promise<Result<LoopState>> {
  // Files are read in every round, but only what changed is parsed again.
  const world = { readings: newReadings(), ...withoutCache(given) };
  const start = readLoopState(options.state);
  if (!start.ok) return start;
  const { source } = options;
  const origin = source ? await following(query, source, options, world) : ok(onDisk(query, options, world));
  if (!origin.ok) return origin;
  const { look, queryAt, changes } = origin.value;
  const choices: ApplyChoices = {
    confirm: () => Promise.resolve(ok(undefined)),
    lockTimeoutMs: options.lockTimeoutMs,
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
    const state = { ...(start.value ?? FRESH_STATE), source: source ? { url: source.url, branch: source.branch } : null };
    return ok(await runLoop(state, ports, { once: options.once, backoff: options.backoff, signal: world.signal }));
  } finally {
    await changes.close();
  }
}

interface Followed {
  readonly look: () => Promise<Result<Revision>>;
  readonly queryAt: (revision: Revision) => Query;
  readonly changes: Changes;
}

/** The files on the disk: their revision is what they resolve to, or else what is wrong with them. */
function onDisk(query: Query, options: WatchOptions, world: World): Followed {
  return {
    look: async () => {
      const valid = await validate(query, world);
      const id = valid.ok ? digestJson(valid.value.resources as unknown as Json) : digestOfProblems(valid.diagnostics);
      return ok({ id, label: "work tree" });
    },
    queryAt: () => ({ ...query, state: options.state, isOwnState: true }),
    changes: options.once ? changesIn(null) : changesIn(query.repo, [options.state]),
  };
}

/** The same mistakes at the same places are the same bad revision; apply tells them. */
function digestOfProblems(diagnostics: readonly Diagnostic[]): Digest {
  return digestJson(diagnostics.map(({ code, detail, at }) => [code, detail, at?.file ?? "", at?.line ?? 0, at?.column ?? 0]));
}

/** A branch of a repository elsewhere, through a bare mirror of our own in the state folder. */
async function following(query: Query, source: WatchSource, options: WatchOptions, world: World): Promise<Result<Followed>> {
  const { url, branch, folder, rebind } = source;
  const place = join(options.state, "mirror");
  const patience = { timeoutMs: options.lockTimeoutMs, signal: world.signal };
  const mirror = await whileMirrorIsFree(place, patience, () => openMirror(url, branch, place, { allowLocal: true, rebind }));
  if (!mirror.ok) return mirror;
  return ok({
    look: async () => {
      const commit = await whileMirrorIsFree(place, patience, () => mirror.value.fetch(world.signal));
      return commit.ok ? ok({ id: commit.value, label: `${branch}@${commit.value.slice(0, 7)}` }) : commit;
    },
    queryAt: (revision) => ({
      ...query,
      repo: join(mirror.value.folder, folder),
      ref: revision.id,
      state: options.state,
      isOwnState: true,
    }),
    changes: changesIn(null),
  });
}
