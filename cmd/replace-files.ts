import { makeFolders } from "./make-folders.ts";
import fs from "node:fs";
import path from "node:path";
import { escapeText, fail, isArray, ok, problem, type Diagnostic, type Json, type Result } from "../core/index.ts";
import { outputFailed } from "./reports.ts";

/** A file as it was read and as it is to be. */
export interface Replacement {
  /** Relative to the folder. */
  readonly path: string;
  /** Null: it must not be there yet. */
  readonly before: Uint8Array | null;
  readonly after: string | Uint8Array;
}

/** All that is to be written stands here before anything is replaced; there it is either complete or absent. */
const STAGE = ".moltbot-replacing";
const LIST = "files.json";
const NEW_MODE = 0o644;

/**
 * Replaces files, all or none, also when killed at any point. Every new text is written whole into a
 * folder of its own, which then gets its final name in one step: from there on the change has happened,
 * and {@link finishReplacing} completes it. Only what was read is replaced: an editor may have saved a
 * file meanwhile.
 *
 * @returns `FILE_CHANGED` or `OUTPUT_FAILED`; then every file is as it was.
 */
export function replaceFiles(folder: string, files: readonly Replacement[]): Result<void> {
  const root = rootOf(folder, files);
  const named = files.map((file) => ({ ...file, path: path.relative(root, path.resolve(folder, file.path)).split(path.sep).join("/") }));
  const finished = finishReplacing(root);
  if (!finished.ok || files.length === 0) return finished;
  const staged = stage(root, named);
  if (!staged.ok) return staged;
  const placed = placeAll(root);
  if (!placed.ok) takeBack(root, named);
  return placed;
}

/** The folder, or where a file lies outside of it (`fmt ../other`) the next one above all of them. */
function rootOf(folder: string, files: readonly Replacement[]): string {
  const isBelow = (root: string): boolean =>
    files.every((file) => path.resolve(folder, file.path).startsWith(root === path.sep ? root : root + path.sep));
  let root = path.resolve(folder);
  while (!isBelow(root)) root = path.dirname(root);
  return root;
}

/** Writes everything aside; with the last step the change has happened. */
function stage(folder: string, files: readonly Replacement[]): Result<void> {
  const scratch = path.join(folder, `${STAGE}.${process.pid}.tmp`);
  try {
    fs.mkdirSync(scratch, { mode: 0o700 });
    files.forEach((file, i) => writeDurably(path.join(scratch, String(i)), file.after, modeOf(path.join(folder, file.path))));
    writeDurably(path.join(scratch, LIST), JSON.stringify(files.map((file) => file.path)), NEW_MODE);
    syncFolder(scratch);
    const changed = files.find((file) => !isAsRead(path.join(folder, file.path), file.before));
    if (changed) return fail(changedMeanwhile(changed.path));
    for (const file of files) checkPlace(folder, file.path, scratch);
    fs.renameSync(scratch, path.join(folder, STAGE));
    syncFolder(folder);
    return ok(undefined);
  } catch (error) {
    return fail(outputFailed(folder, error as Error));
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** The system refused on the way: then the change has not happened after all. */
function takeBack(folder: string, files: readonly Replacement[]): void {
  const scratch = path.join(folder, `${STAGE}.${process.pid}.tmp`);
  fs.renameSync(path.join(folder, STAGE), scratch);
  for (const { path: name, before } of files) {
    const target = path.join(folder, name);
    if (before === null) fs.rmSync(target, { force: true });
    else if (!fs.readFileSync(target).equals(before)) fs.writeFileSync(target, before, { flush: true });
  }
  fs.rmSync(scratch, { recursive: true, force: true });
}

/** Whether a change of several files was interrupted in that folder. */
export function isReplacing(folder: string): boolean {
  return fs.lstatSync(path.join(folder, STAGE), { throwIfNoEntry: false }) !== undefined;
}

/**
 * Completes a change that was interrupted after it had happened; does nothing where none was. The folder
 * is trusted no more than any file of a repository: it can only replace files below it, through no link.
 */
export function finishReplacing(folder: string): Result<void> {
  removeAbandoned(folder);
  return isReplacing(folder) ? placeAll(folder) : ok(undefined);
}

/** Puts every staged file at its place. Until all are there the stage stays whole, so it can be done again. */
function placeAll(folder: string): Result<void> {
  const from = path.join(folder, STAGE);
  let target = from;
  try {
    const paths = isOurs(from) ? readList(path.join(from, LIST)) : undefined;
    if (paths === undefined) return fail(unusable(from));
    for (const [i, name] of paths.entries()) {
      target = path.join(folder, name);
      checkPlace(folder, name, from);
      place(path.join(from, String(i)), target);
    }
    fs.rmSync(from, { recursive: true, force: true });
    syncFolder(folder);
    return ok(undefined);
  } catch (error) {
    return fail(outputFailed(target, error as Error));
  }
}

function place(staged: string, target: string): void {
  const scratch = path.join(path.dirname(target), `.${path.basename(target)}.moltbot-new`);
  fs.rmSync(scratch, { force: true });
  try {
    fs.linkSync(staged, scratch);
    fs.renameSync(scratch, target);
  } finally {
    // The system leaves it where the target was this very file already.
    fs.rmSync(scratch, { force: true });
  }
  syncFolder(path.dirname(target));
}

/** What a killed process left that had not happened yet. Another process that is still alive keeps its own. */
function removeAbandoned(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    const pid = /^\.moltbot-replacing\.(\d{1,10})\.tmp$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A checkout of somebody's commit makes no folder that is closed to others. */
function isOurs(folder: string): boolean {
  const stats = fs.lstatSync(folder);
  return stats.isDirectory() && (stats.mode & 0o077) === 0 && stats.uid === (process.geteuid?.() ?? stats.uid);
}

function readList(file: string): readonly string[] | undefined {
  try {
    const list = JSON.parse(fs.readFileSync(file, "utf8")) as Json;
    return isArray(list) && list.every((each) => typeof each === "string") ? list : undefined;
  } catch {
    return undefined;
  }
}

/** Makes the folder of a new file; throws where the place is outside, behind a link or on another disk. */
function checkPlace(folder: string, name: string, staged: string): void {
  const segments = name.split("/");
  if (path.isAbsolute(name) || segments.some((each) => /^(\.{0,2}|\.git|git~1)$/i.test(each))) throw new Error("the path leads outside");
  const parent = path.join(folder, ...segments.slice(0, -1));
  makeFolders(parent);
  const real = fs.realpathSync(folder);
  if (fs.realpathSync(parent) !== path.join(real, ...segments.slice(0, -1))) throw new Error("the path leads through a link");
  if (fs.statSync(parent).dev !== fs.statSync(staged).dev) throw new Error("the path is on another disk than moltbot.yaml");
}

function isAsRead(target: string, before: Uint8Array | null): boolean {
  const stats = fs.lstatSync(target, { throwIfNoEntry: false });
  if (stats === undefined || before === null) return stats === undefined && before === null;
  return stats.isFile() && fs.readFileSync(target).equals(before);
}

function modeOf(target: string): number {
  return (fs.statSync(target, { throwIfNoEntry: false })?.mode ?? NEW_MODE) & 0o7777;
}

function writeDurably(file: string, text: string | Uint8Array, mode: number): void {
  const descriptor = fs.openSync(file, "wx", mode);
  try {
    fs.writeFileSync(descriptor, text);
    fs.fchmodSync(descriptor, mode);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Renames last once their folder is on the disk. */
function syncFolder(folder: string): void {
  const descriptor = fs.openSync(folder, "r");
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function changedMeanwhile(name: string): Diagnostic {
  return problem("FILE_CHANGED", {
    detail: `${escapeText(name)} was changed by somebody else meanwhile. No file was changed.`,
    remedy: "Run the command again.",
    context: { path: name },
  });
}

function unusable(left: string): Diagnostic {
  return problem("REPLACEMENT_UNFINISHED", {
    detail: `${escapeText(left)} is not what moltbot left there: it is open to others, or its list of files cannot be read.`,
    remedy: "Remove the folder, after a look at what is in it.",
    context: { path: left },
  });
}
