import fs from "node:fs";
import path from "node:path";
import { escapeText, fail, LIMITS, ok, problem, shown, type Result } from "../../core/index.ts";
import type { ArchiveFile } from "../../trust/signatures/index.ts";

/** What is never packed: git's own data, editors' leavings, and packages that a plugin must bring joined into its entry. */
const LEFT_OUT = new Set(["node_modules"]);

/**
 * The files of a plugin's folder. Names that begin with a dot and `node_modules` are left out; a link or
 * device is refused, because what it leads to is not what was reviewed.
 */
export function readPluginFolder(folder: string): Result<readonly ArchiveFile[]> {
  try {
    const walk: Walk = { folder, files: [], bytes: 0 };
    const open = [""];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const wrong = readOne(walk, at, open);
      if (wrong) return wrong;
    }
    return ok(walk.files);
  } catch (error) {
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    const why = Object.hasOwn(WHY, code) ? (WHY[code] ?? code) : code;
    return fail(
      problem("READ_FAILED", {
        detail: `Reading ${escapeText(folder)} failed: ${why}.`,
        remedy: "Name the folder that has plugin.yaml, or SKILL.md, at its top.",
        context: { file: folder },
      }),
    );
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: "there is no such folder",
  ENOTDIR: "it is a file, and a folder is packed",
  EACCES: "you may not read all of it",
  ELOOP: "its links lead in a circle",
};

interface Walk {
  readonly folder: string;
  readonly files: ArchiveFile[];
  bytes: number;
}

/** The files of one folder; the folders in it go to `open`. */
function readOne(walk: Walk, at: string, open: string[]): Result<never> | undefined {
  for (const entry of fs.readdirSync(path.join(walk.folder, at), { withFileTypes: true })) {
    if (entry.name.startsWith(".") || LEFT_OUT.has(entry.name)) continue;
    const name = at === "" ? entry.name : `${at}/${entry.name}`;
    if (entry.isDirectory()) {
      open.push(name);
      continue;
    }
    if (!entry.isFile()) return refused(`${shown(name)} is a link or device`);
    const facts = fs.statSync(path.join(walk.folder, name));
    walk.bytes += facts.size;
    if (walk.bytes > LIMITS.archiveBytes || walk.files.length + open.length > LIMITS.archiveEntries) return tooLarge();
    walk.files.push({ path: name, bytes: fs.readFileSync(path.join(walk.folder, name)), isExecutable: (facts.mode & 0o100) !== 0 });
  }
  return undefined;
}

function refused(what: string): Result<never> {
  return fail(
    problem("ARCHIVE_INVALID", { detail: `This cannot be packed: ${what}.`, remedy: "Put the file itself there, or leave it out." }),
  );
}

function tooLarge(): Result<never> {
  const detail = `The folder has more than ${LIMITS.archiveEntries} files or ${LIMITS.archiveBytes} bytes.`;
  return fail(problem("ARCHIVE_LIMIT", { detail, remedy: "Leave out what the plugin does not need." }));
}
