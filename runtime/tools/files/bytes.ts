import fs from "node:fs";
import { randomBytes } from "node:crypto";
import { fail, ok, problem, shown, type Result } from "../../../core/index.ts";
import { codeOf, createFile, openFile, within, type Folder } from "./folder.ts";

/** All bytes of a file; `FILE_LIMIT` where there are more than `most`. A file that grows meanwhile is read no further. */
export function readBytes(workspace: string, path: string, most: number): Result<Buffer> {
  return within(workspace, path, false, ({ folder, name }) => (name === null ? fail(noFile(path)) : readIn(folder, name, path, most)));
}

export function readIn(folder: Folder, name: string, path: string, most: number): Result<Buffer> {
  const { fd, stat } = openFile(folder, name);
  try {
    if (stat.size > most) return fail(tooLarge(path, stat.size, most));
    const bytes = Buffer.alloc(stat.size);
    let got = 0;
    while (got < bytes.length) {
      const read = fs.readSync(fd, bytes, got, bytes.length - got, got);
      if (read === 0) break;
      got += read;
    }
    return ok(bytes.subarray(0, got));
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * Puts a whole file in the place of another, or of none: written beside it, made durable, then renamed, so that
 * there is the old one or the new one and nothing between. What is there and is no regular file is refused.
 *
 * @param check - Asked before anything is written, with the size of what is there.
 */
export function writeBytes(workspace: string, path: string, bytes: Uint8Array, check: (before: number) => Result<void>): Result<void> {
  return within(workspace, path, true, ({ folder, name }) => {
    if (name === null) return fail(noFile(path));
    const before = statOf(folder, name);
    const allowed = check(before?.size ?? 0);
    if (!allowed.ok) return allowed;
    // The execute bits stay; a set-user-id bit does not.
    const mode = before ? before.mode & 0o777 : 0o600;
    const temporary = `.moltbot-${randomBytes(8).toString("hex")}.tmp`;
    const fd = createFile(folder, temporary, mode);
    try {
      try {
        fs.writeFileSync(fd, bytes);
        fs.fsyncSync(fd);
      } finally {
        fs.closeSync(fd);
      }
      fs.renameSync(folder.at(temporary), folder.at(name));
    } catch (error) {
      fs.rmSync(folder.at(temporary), { force: true });
      throw error;
    }
    fs.fsyncSync(folder.fd);
    return ok(undefined);
  });
}

/** Whether anything has that name, of whatever kind. */
export function isThere(workspace: string, path: string): Result<boolean> {
  return within(workspace, path, false, ({ folder, name }) =>
    ok(name === null || fs.lstatSync(folder.at(name), { throwIfNoEntry: false }) !== undefined),
  );
}

/** Undefined where there is nothing; throws for what is no regular file. */
function statOf(folder: Folder, name: string): fs.Stats | undefined {
  try {
    const { fd, stat } = openFile(folder, name);
    fs.closeSync(fd);
    return stat;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function noFile(path: string): ReturnType<typeof problem> {
  return problem("FILE_NOT_FOUND", { detail: `${shown(path)} is a folder.`, context: { path } });
}

function tooLarge(path: string, size: number, most: number): ReturnType<typeof problem> {
  return problem("FILE_LIMIT", { detail: `${shown(path)} has ${size} bytes; ${most} are allowed.`, context: { path, size } });
}
