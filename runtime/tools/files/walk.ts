import fs from "node:fs";
import { byCodeUnit, fail, LIMITS, ok, problem, type Result } from "../../../core/index.ts";
import { codeOf, enter, within, type Folder } from "./folder.ts";

/** One entry of a workspace, as it was when its folder was read. */
export interface Entry {
  /** From the workspace, canonical. */
  readonly path: string;
  readonly type: "file" | "folder" | "link" | "special";
  readonly bytes: number;
  /** Held open while it is looked at. */
  readonly folder: Folder;
  readonly name: string;
}

/** What to do after an entry: go on (into it, where it is a folder), leave it out, or stop. */
export type Next = "go on" | "skip" | "stop";

/**
 * Every entry below a folder, in order of names, each folder before what is in it; links are told and never
 * followed. What vanishes meanwhile is left out. @returns whether it came to the end.
 */
export function walk(workspace: string, path: string, depth: number, visit: (entry: Entry) => Next): Result<boolean> {
  return within(workspace, path, false, ({ folder, name }) => {
    const start = name === null ? folder : enter(folder, name);
    try {
      return ok(walkIn(start, path === "." ? "" : `${path}/`, Math.min(depth, LIMITS.workspaceDepth), visit));
    } finally {
      if (name !== null) fs.closeSync(start.fd);
    }
  });
}

function walkIn(folder: Folder, prefix: string, depth: number, visit: (entry: Entry) => Next): boolean {
  for (const name of fs.readdirSync(folder.at(".")).sort(byCodeUnit)) {
    const stat = fs.lstatSync(folder.at(name), { throwIfNoEntry: false });
    if (!stat) continue;
    const type = typeOf(stat);
    const next = visit({ path: prefix + name, type, bytes: type === "file" ? stat.size : 0, folder, name });
    if (next === "stop") return false;
    if (next === "skip" || type !== "folder" || depth <= 1) continue;
    if (!below(folder, name, (inner) => walkIn(inner, `${prefix}${name}/`, depth - 1, visit))) return false;
  }
  return true;
}

function below(folder: Folder, name: string, work: (inner: Folder) => boolean): boolean {
  let inner: Folder;
  try {
    inner = enter(folder, name);
  } catch (error) {
    if (codeOf(error) !== "") return true;
    throw error;
  }
  try {
    return work(inner);
  } finally {
    fs.closeSync(inner.fd);
  }
}

function typeOf(stat: fs.Stats): Entry["type"] {
  if (stat.isFile()) return "file";
  if (stat.isDirectory()) return "folder";
  return stat.isSymbolicLink() ? "link" : "special";
}

/** Whether a workspace may grow to what it would hold then. Counted anew each time: commands write there too. */
export function checkQuota(workspace: string, growth: number, most: number): Result<void> {
  let [bytes, entries] = [0, 0];
  const walked = walk(workspace, ".", LIMITS.workspaceDepth, (entry) => {
    bytes += entry.bytes;
    return ++entries < LIMITS.workspaceEntries ? "go on" : "stop";
  });
  if (!walked.ok) return walked;
  if (!walked.value) return full(`it has more than ${LIMITS.workspaceEntries} entries (limits.workspaceEntries)`);
  if (bytes + growth <= most) return ok(undefined);
  return full(`it would hold ${bytes + growth} bytes; \`sandbox.diskBytes\` is ${most}`);
}

function full(why: string): Result<never> {
  return fail(problem("WORKSPACE_FULL", { detail: `The workspace takes no more: ${why}. Nothing was changed.` }));
}
