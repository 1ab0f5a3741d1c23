/**
 * The processes that a run of the tests left behind, by what each keeps of the run's temporary folder: its own
 * folder, its environment or its arguments. `scripts/test.ts` looks at the end of a run. Where there is no /proc,
 * none is found.
 */
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface Survivor {
  readonly pid: number;
  readonly command: string;
}

/** What is ending already, such as a git that tidies up after itself, is given this long. */
const PATIENCE_MS = 5_000;
const LOOK_MS = 100;

/** @param folder - As the tests saw it in TMPDIR. Sorted by process number. */
export function survivors(folder: string): readonly Survivor[] {
  return processes().flatMap((pid) => {
    const command = textOf(pid, "cmdline").replaceAll("\0", " ").trim();
    const isOurs =
      pid !== process.pid && (isBelow(folderOf(pid), folder) || [command, textOf(pid, "environ")].some((text) => text.includes(folder)));
    return isOurs && stateOf(pid)?.state !== "Z" ? [{ pid, command }] : [];
  });
}

/** Those that are still there after a moment, and ends them: what they work on is removed next. */
export async function endSurvivors(folder: string, patienceMs = PATIENCE_MS): Promise<readonly Survivor[]> {
  const deadline = performance.now() + patienceMs;
  let found = survivors(folder);
  while (found.length > 0 && performance.now() < deadline) {
    await sleep(LOOK_MS);
    found = survivors(folder);
  }
  for (const pid of familyOf(found.map((each) => each.pid))) end(pid);
  return found;
}

/** These processes, with all that they started and those started in turn. */
export function familyOf(pids: readonly number[]): readonly number[] {
  if (pids.length === 0) return [];
  const family = new Set(pids);
  const parents = processes().map((pid) => ({ pid, parent: stateOf(pid)?.parent }));
  let size = 0;
  while (size !== family.size) {
    size = family.size;
    for (const { pid, parent } of parents) if (parent !== undefined && family.has(parent)) family.add(pid);
  }
  return [...family];
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}

function processes(): readonly number[] {
  const names = fs.existsSync("/proc/self/stat") ? fs.readdirSync("/proc") : [];
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/** The text after the name, which may hold anything: `PID (name) STATE PARENT ...`. */
function stateOf(pid: number): { readonly state: string; readonly parent: number } | undefined {
  const text = textOf(pid, "stat");
  const [state = "", parent = ""] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return text === "" ? undefined : { state, parent: Number(parent) };
}

function folderOf(pid: number): string {
  try {
    // Where it is gone, the kernel says so behind its name.
    return fs.readlinkSync(`/proc/${pid}/cwd`).replace(/ \(deleted\)$/, "");
  } catch {
    return "";
  }
}

function isBelow(place: string, folder: string): boolean {
  return place === folder || place.startsWith(`${folder}${path.sep}`);
}

/** Empty for one that has ended, or is somebody else's. */
function textOf(pid: number, name: string): string {
  try {
    return fs.readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}
