import { makeFolders } from "./make-folders.ts";
import fs from "node:fs";
import path from "node:path";
import { escapeText, fail, ok, problem, type Diagnostic, type Result } from "../core/index.ts";
import { outputFailed } from "./reports.ts";

interface NewFile {
  readonly path: string;
  readonly text: string | Uint8Array;
}

/**
 * Writes files that must not be there yet. All or none: names that are taken are found first, and what
 * was written is removed again when a later file cannot be.
 *
 * @returns `FILE_IN_THE_WAY` for each name that is taken, whatever it is.
 */
export function writeNewFiles(folder: string, files: readonly NewFile[]): Result<void> {
  const taken = files.filter((file) => fs.lstatSync(path.join(folder, file.path), { throwIfNoEntry: false }) !== undefined);
  if (taken.length > 0) return fail(...taken.map((file) => inTheWay(folder, file.path)));
  const written: string[] = [];
  for (const file of files) {
    const target = path.join(folder, file.path);
    try {
      makeFolders(path.dirname(target));
      // "wx": a file that appeared since is not overwritten either.
      fs.writeFileSync(target, file.text, { flag: "wx", mode: 0o644, flush: true });
      written.push(target);
    } catch (error) {
      for (const each of written) fs.rmSync(each, { force: true });
      return fail(outputFailed(target, error as Error));
    }
  }
  return ok(undefined);
}

/**
 * Writes one file, which must not be there yet unless it is to be replaced. A replaced one is whole at any
 * moment: the old bytes, then the new.
 */
export function writeOneFile(file: string, text: string | Uint8Array, isReplacing: boolean): Result<void> {
  const target = path.resolve(file);
  if (!isReplacing) return writeNewFiles(path.dirname(target), [{ path: path.basename(target), text }]);
  const scratch = `${target}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(scratch, text, { flag: "wx", mode: 0o644, flush: true });
    fs.renameSync(scratch, target);
    return ok(undefined);
  } catch (error) {
    fs.rmSync(scratch, { force: true });
    return fail(outputFailed(file, error as Error));
  }
}

function inTheWay(folder: string, name: string): Diagnostic {
  return problem("FILE_IN_THE_WAY", {
    detail: `${escapeText(path.join(folder, name))} is there already. Nothing was written.`,
    remedy:
      name === "moltbot.yaml"
        ? `This is a moltbot repository already:\nmoltbot plan -C ${escapeText(folder)}`
        : "Choose another folder or another name.",
    context: { path: path.join(folder, name) },
  });
}
