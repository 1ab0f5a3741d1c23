import { makeFolders } from "./make-folders.ts";
import fs from "node:fs";
import path from "node:path";
import { escapeText, fail, InternalError, ok, problem, type Result } from "../core/index.ts";
import { outputFailed } from "./reports.ts";

/**
 * Writes a new folder whole or not at all: into a folder beside it first, then renamed. Nobody sees half
 * of it, and a full disk leaves nothing behind.
 *
 * @returns `OUTPUT_EXISTS` when the folder holds something already, `OUTPUT_FAILED` when the system refuses.
 */
export function writeWholeTree(folder: string, files: readonly { readonly path: string; readonly text: string }[]): Result<void> {
  const root = path.resolve(folder);
  let scratch: string | undefined;
  try {
    if (fs.existsSync(root) && fs.readdirSync(root).length > 0) return fail(exists(folder));
    makeFolders(path.dirname(root));
    scratch = fs.mkdtempSync(path.join(path.dirname(root), `.${path.basename(root)}.`));
    fs.chmodSync(scratch, 0o755);
    for (const file of files) writeBelow(scratch, file);
    return moveInto(scratch, root, folder);
  } catch (error) {
    if (scratch !== undefined) fs.rmSync(scratch, { recursive: true, force: true });
    if (error instanceof InternalError) throw error;
    return fail(outputFailed(folder, error as Error));
  }
}

/** Takes the place of an empty folder, and refuses one that was filled in the meantime. */
function moveInto(scratch: string, root: string, folder: string): Result<void> {
  try {
    fs.renameSync(scratch, root);
    return ok(undefined);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    fs.rmSync(scratch, { recursive: true, force: true });
    return fail(exists(folder));
  }
}

function writeBelow(scratch: string, file: { readonly path: string; readonly text: string }): void {
  const target = path.resolve(scratch, file.path);
  if (!target.startsWith(scratch + path.sep)) throw new InternalError(`${file.path} leaves the folder`);
  makeFolders(path.dirname(target));
  const descriptor = fs.openSync(target, "wx", 0o644);
  try {
    fs.writeFileSync(descriptor, file.text);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function exists(folder: string): ReturnType<typeof problem> {
  return problem("OUTPUT_EXISTS", {
    detail: `${escapeText(folder)} is not empty.`,
    remedy: "Name a folder that is empty or not there yet.",
    context: { path: folder },
  });
}
