import fs from "node:fs";

/** What a process and all that came from it use now. */
export interface TreeUse {
  readonly pids: readonly number[];
  readonly memoryBytes: number;
  /** Bytes that went towards a disk, also of those that have ended. */
  readonly writtenBytes: number;
}

const PAGE_BYTES = 4096;

/**
 * Looks at a process and all below it. In a process namespace nobody gets out of the tree of its first
 * process: whose parent dies becomes its child.
 *
 * @param most - Looks at no more than that many.
 */
export function treeUse(root: number, most: number): TreeUse {
  const pids: number[] = [];
  const open = [root];
  let memoryBytes = 0;
  let writtenBytes = 0;
  for (let pid = open.pop(); pid !== undefined && pids.length < most; pid = open.pop()) {
    const statm = readProc(pid, "statm");
    if (statm === undefined) continue;
    pids.push(pid);
    memoryBytes += Number(statm.split(" ")[1] ?? 0) * PAGE_BYTES;
    writtenBytes += Number(/^write_bytes: (\d+)$/m.exec(readProc(pid, "io") ?? "")?.[1] ?? 0);
    open.push(...childrenOf(pid));
  }
  return { pids, memoryBytes, writtenBytes };
}

/** Of every thread: each may have children of its own. */
function childrenOf(pid: number): readonly number[] {
  let threads: readonly string[] = [];
  try {
    threads = fs.readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  return threads.flatMap((thread) => (readProc(pid, `task/${thread}/children`) ?? "").split(" ").filter(Boolean).map(Number));
}

function readProc(pid: number, name: string): string | undefined {
  try {
    return fs.readFileSync(`/proc/${pid}/${name}`, "latin1");
  } catch {
    return undefined;
  }
}
