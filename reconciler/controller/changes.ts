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

/** Changes below a folder; null waits for time alone. Names that are never manifests do not wake anybody. */
export function changesIn(folder: string | null): Changes {
  let wake: (() => void) | undefined;
  let hasChanged = false;
  const watcher =
    folder === null
      ? undefined
      : startWatcher(folder, () => {
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

async function startWatcher(folder: string, onChange: () => void): Promise<FSWatcher> {
  const { watch } = await import("chokidar");
  const inside = (path: string): string => path.slice(folder.length);
  const watcher = watch(folder, { ignoreInitial: true, followSymlinks: false, ignored: (path) => IGNORED.test(inside(path)) });
  watcher.on("all", onChange);
  watcher.on("error", onChange);
  return watcher;
}
