import fs from "node:fs";
import path from "node:path";
import { escapeText, fail, ok, problem, type Diagnostic, type Result } from "../core/index.ts";
import { outputFailed } from "./reports.ts";

/** A file that is there, as it was read and as it is to be. */
export interface Replacement {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: string;
}

interface Prepared {
  readonly target: string;
  readonly scratch: string;
}

/**
 * Replaces files, all or none: every new text is written whole beside its place first, and only when all of
 * them stand are they renamed. Only what was read is replaced: an editor may have saved a file meanwhile.
 *
 * @returns `FILE_CHANGED` or `OUTPUT_FAILED`; then every file is as it was.
 */
export function replaceFiles(folder: string, files: readonly Replacement[]): Result<void> {
  const prepared: Prepared[] = [];
  const moved: { readonly target: string; readonly before: Uint8Array }[] = [];
  let target = folder;
  try {
    for (const file of files) {
      target = path.resolve(folder, file.path);
      const scratch = `${path.dirname(target)}/.${path.basename(target)}.${process.pid}.tmp`;
      prepared.push({ target, scratch });
      writeDurably(scratch, file.after, fs.statSync(target).mode & 0o7777);
    }
    const changed = files.find((file) => !fs.readFileSync(path.resolve(folder, file.path)).equals(file.before));
    if (changed) return fail(changedMeanwhile(changed.path));
    for (const [i, each] of prepared.entries()) {
      target = each.target;
      fs.renameSync(each.scratch, each.target);
      moved.push({ target: each.target, before: files[i]?.before ?? new Uint8Array() });
    }
    return ok(undefined);
  } catch (error) {
    for (const each of moved) fs.writeFileSync(each.target, each.before, { flush: true });
    return fail(outputFailed(target, error as Error));
  } finally {
    for (const { scratch } of prepared) fs.rmSync(scratch, { force: true });
  }
}

function writeDurably(file: string, text: string, mode: number): void {
  const descriptor = fs.openSync(file, "wx", mode);
  try {
    fs.writeFileSync(descriptor, text);
    fs.fchmodSync(descriptor, mode);
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
