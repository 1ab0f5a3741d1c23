import { realpathSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FSWatcher } from "chokidar";

/** Something to wait for: a change of files, or only time. */
export interface Changes {
  /** Returns after that time, after the next change, or when the signal fires. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Editors write a file in several steps; this long after the last one it is looked at. */
const QUIET_MS = 50;

const IGNORED = /(^|[/\\])(\.|node_modules([/\\]|$))/;

/**
 * Changes below a folder; null waits for time alone. Names that are never manifests do not wake anybody,
 * nor do the folders in `except` (absolute): what we write ourselves must not.
 */
export function changesIn(folder: string | null, except: readonly string[] = []): Changes {
  let wake: (() => void) | undefined;
  let hasChanged = false;
  const watcher =
    folder === null
      ? undefined
      : startWatcher(folder, except, () => {
          hasChanged = true;
          wake?.();
        });
  return {
    wait: async (ms, signal) => {
      if (!hasChanged && !signal.aborted) {
        const woken = new AbortController();
        wake = () => woken.abort();
        await sleep(ms, undefined, { signal: AbortSignal.any([woken.signal, signal]) }).catch(() => undefined);
        wake = undefined;
      }
      if (hasChanged) await sleep(QUIET_MS);
      hasChanged = false;
    },
    close: async () => {
      await (await watcher)?.close();
    },
  };
}

/** Where watching fails (no more watches to be had), changes are seen when the time is over. */
async function startWatcher(folder: string, except: readonly string[], onChange: () => void): Promise<FSWatcher> {
  const { watch } = await import("chokidar");
  const root = realPath(folder);
  const ours = except.map(realPath);
  const isOurs = (path: string): boolean => ours.some((each) => path === each || path.startsWith(each + sep));
  const ignored = (path: string): boolean => IGNORED.test(path.slice(root.length)) || isOurs(path);
  const watcher = watch(root, { ignoreInitial: true, followSymlinks: false, ignored });
  watcher.on("all", onChange);
  // What changed while the watch was being set up was seen by nobody: look once more.
  watcher.on("ready", onChange);
  watcher.on("error", () => undefined);
  return watcher;
}

/** A link to a folder is watched as that folder. What is not there yet is looked for in its parent. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}
