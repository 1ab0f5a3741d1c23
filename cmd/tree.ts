import { makeFolders } from "./make-folders.ts";
import fs from "node:fs";
import path from "node:path";
import { escapeText, fail, InternalError, ok, problem, type Result } from "../core/index.ts";
import { outputFailed, writeFileAtomically } from "./reports.ts";

/**
 * Writes files below a folder.
 *
 * @param mode - `new`: the folder is empty or not there yet, so that nothing of the user's is overwritten
 *   or mixed in. `refresh`: files of the same names are replaced, others stay.
 * @returns `OUTPUT_EXISTS` when a new folder holds something, `OUTPUT_FAILED` when the system refuses.
 */
export function writeTree(
  folder: string,
  files: readonly { readonly path: string; readonly text: string; readonly bytes?: Uint8Array }[],
  mode: "new" | "refresh",
): Result<void> {
  const root = path.resolve(folder);
  try {
    makeFolders(root);
    if (mode === "new" && fs.readdirSync(root).length > 0) return fail(exists(folder));
    for (const file of files) {
      const target = path.resolve(root, file.path);
      if (!target.startsWith(root + path.sep)) throw new InternalError(`${file.path} leaves the folder`);
      makeFolders(path.dirname(target));
      const failure = writeFileAtomically(target, file.bytes ?? file.text, 0o644);
      if (failure) return fail(failure);
    }
    return ok(undefined);
  } catch (error) {
    if (error instanceof InternalError) throw error;
    return fail(outputFailed(folder, error as Error));
  }
}

function exists(folder: string): ReturnType<typeof problem> {
  return problem("OUTPUT_EXISTS", {
    detail: `${escapeText(folder)} is not empty.`,
    remedy: "Name a folder that is empty or not there yet.",
    context: { path: folder },
  });
}
