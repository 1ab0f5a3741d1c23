import fs from "node:fs";
import { fail, problem, shown, type Result } from "../../../core/index.ts";

const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY, O_CREAT, O_EXCL } = fs.constants;

/** A folder of a workspace, held open: what somebody makes of its name meanwhile changes nothing. */
export interface Folder {
  readonly fd: number;
  /** The place of one entry, resolved by the kernel from the open folder and not from its name. */
  readonly at: (name: string) => string;
}

/** What a path names: the folder it lies in, held open, and its name in there; null: the workspace itself. */
export interface Spot {
  readonly folder: Folder;
  readonly name: string | null;
}

/**
 * Goes from the workspace down to the folder that a path lies in, one component after the other, each from the
 * folder opened before it and none through a link (`openat` with `O_NOFOLLOW`, by way of `/proc/self/fd`): there
 * is no moment between looking and opening. Closes everything when `work` is done.
 *
 * @param path - In its canonical form.
 */
export function within<T>(workspace: string, path: string, makes: boolean, work: (spot: Spot) => Result<T>): Result<T> {
  if (process.platform !== "linux")
    return fail(problem("FILE_REFUSED", { detail: "Workspace files need Linux: elsewhere links cannot be kept out without a race." }));
  const names = path === "." ? [] : path.split("/");
  const opened: number[] = [];
  try {
    // The way to the workspace is the operator's own, and may go through links.
    let folder = folderOf(fs.openSync(workspace, O_RDONLY | O_DIRECTORY));
    opened.push(folder.fd);
    for (const name of names.slice(0, -1)) {
      folder = enter(folder, name, makes);
      opened.push(folder.fd);
    }
    return work({ folder, name: names.at(-1) ?? null });
  } catch (error) {
    return fail(faultOf(error, path));
  } finally {
    for (const fd of opened) fs.closeSync(fd);
  }
}

function folderOf(fd: number): Folder {
  return { fd, at: (name) => `/proc/self/fd/${fd}/${name}` };
}

/** Opens a folder in a folder; with `makes`, one that is not there is made. */
export function enter(folder: Folder, name: string, makes = false): Folder {
  const open = (): Folder => folderOf(fs.openSync(folder.at(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
  try {
    return open();
  } catch (error) {
    if (!makes || codeOf(error) !== "ENOENT") throw error;
    try {
      fs.mkdirSync(folder.at(name), { mode: 0o700 });
    } catch (again) {
      if (codeOf(again) !== "EEXIST") throw again;
    }
    return open();
  }
}

/** Opens a regular file for reading; never waits, follows or takes what is no file. The caller closes it. */
export function openFile(folder: Folder, name: string): { readonly fd: number; readonly stat: fs.Stats } {
  const fd = fs.openSync(folder.at(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  const stat = fs.fstatSync(fd);
  if (stat.isFile()) return { fd, stat };
  fs.closeSync(fd);
  throw stat.isDirectory() ? new NotAFile("it is a folder") : new SpecialFile();
}

/** A new file, for writing; the name must be free. */
export function createFile(folder: Folder, name: string, mode: number): number {
  return fs.openSync(folder.at(name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
}

export class SpecialFile extends Error {}
export class NotAFile extends Error {}

export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** What the kernel said, as a diagnostic; what only we can cause is thrown on. */
export function faultOf(error: unknown, path: string): ReturnType<typeof problem> {
  const code = codeOf(error);
  const context = { path };
  const refused = (why: string): ReturnType<typeof problem> =>
    problem("FILE_REFUSED", { detail: `${shown(path)} is refused: ${why}. Nothing was followed.`, context });
  if (error instanceof SpecialFile || code === "ENXIO") return refused("it is neither a file nor a folder");
  if (code === "ELOOP") return refused("it is a symbolic link");
  // O_DIRECTORY | O_NOFOLLOW says the same of a link as of a file.
  if (code === "ENOTDIR") return refused("a part of it is no folder, or is a symbolic link");
  if (code === "ENOENT" || error instanceof NotAFile || code === "EISDIR") {
    const why = code === "ENOENT" ? "it is not there" : "it is a folder";
    return problem("FILE_NOT_FOUND", { detail: `There is no file ${shown(path)} in the workspace: ${why}.`, context });
  }
  if (code === "") throw error;
  return problem("FILE_FAILED", { detail: `${shown(path)} could not be read or written: ${code}.`, context });
}
