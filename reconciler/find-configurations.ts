import fs from "node:fs";
import path from "node:path";
import { escapeText, fail, LIMITS, ok, problem, shown, type Diagnostic, type Result } from "../core/index.ts";
import { CONFIG_NAMES, type ImportFile } from "./import/index.ts";

/** A configuration that was found and not read yet. */
export interface Configuration {
  readonly file: string;
  /** Relative to what was asked for. */
  readonly path: string;
}

export interface Found {
  readonly configurations: readonly Configuration[];
  /** Others that are passed over, and why. */
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
}

/** The configuration of that name, or every one below that folder. */
export function findConfigurations(from: string): Result<Found> {
  try {
    const stat = fs.statSync(from, { throwIfNoEntry: false });
    if (stat?.isDirectory()) return search(from);
    if (stat?.isFile()) return ok({ configurations: [{ file: from, path: path.basename(from) }], skipped: [] });
    if (stat) return fail(problem("NOT_A_FILE", { detail: `${shown(from)} is neither a file nor a folder.`, context: { file: from } }));
    return fail(missing(from));
  } catch (error) {
    return fail(unreadable(from, error));
  }
}

/** Folders that are never searched: other programs' files, and our own result. */
const PASSED_OVER = new Set(["node_modules", ".git", "quarantine"]);
const MAX_DEPTH = 16;

/** Breadth first and sorted, without following links, so that the same folder gives the same list. */
function search(root: string): Result<Found> {
  const configurations: Configuration[] = [];
  const skipped: Found["skipped"][number][] = [];
  let looked = 0;
  let level: readonly string[] = [""];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      const entries = fs.readdirSync(path.join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
      looked += entries.length;
      if (looked > LIMITS.importEntries)
        return fail(tooMany(`More than ${LIMITS.importEntries} files (importEntries) lie below ${shown(root)}.`));
      const files = new Set(entries.filter((entry) => entry.isFile()).map(({ name }) => name));
      const [first, ...others] = CONFIG_NAMES.filter((name) => files.has(name));
      const at = (name: string): string => (folder === "" ? name : `${folder}/${name}`);
      if (first !== undefined) configurations.push({ file: path.join(root, folder, first), path: at(first) });
      for (const name of others) skipped.push({ path: at(name), why: `${first ?? ""} in the same folder comes first.` });
      for (const name of CONFIG_NAMES.filter((each) => entries.some((entry) => entry.name === each && entry.isSymbolicLink())))
        skipped.push({ path: at(name), why: "It is a link; name the file itself." });
      next.push(...entries.filter((entry) => entry.isDirectory() && !PASSED_OVER.has(entry.name)).map(({ name }) => at(name)));
    }
    level = next;
  }
  if (configurations.length > LIMITS.importFiles)
    return fail(tooMany(`${configurations.length} configurations lie below ${shown(root)}; importFiles allows ${LIMITS.importFiles}.`));
  return configurations.length === 0 ? fail(missing(root)) : ok({ configurations, skipped });
}

/** Reads one file, opened once and without waiting for a writer, at most one byte past the limit. */
export function readConfiguration({ file, path: name }: Configuration): Result<ImportFile> {
  let descriptor: number | undefined;
  try {
    descriptor = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    if (!fs.fstatSync(descriptor).isFile())
      return fail(problem("NOT_A_FILE", { detail: `${shown(name)} is not a regular file.`, context: { file: name } }));
    const bytes = new Uint8Array(Math.min(fs.fstatSync(descriptor).size, LIMITS.importBytes) + 1);
    let length = 0;
    for (let got = -1; got !== 0 && length < bytes.length; length += got)
      got = fs.readSync(descriptor, bytes, length, bytes.length - length, null);
    return ok({ path: name, bytes: bytes.subarray(0, length) });
  } catch (error) {
    return fail(unreadable(file, error));
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

function missing(from: string): Diagnostic {
  return problem("IMPORT_SOURCE_MISSING", {
    detail: `Nothing to import at ${shown(from)}.`,
    remedy: `Name a configuration file, or a folder with one of ${CONFIG_NAMES.join(", ")}.`,
    context: { file: from },
  });
}

function tooMany(detail: string): Diagnostic {
  return problem("IMPORT_TOO_LARGE", { detail, remedy: "Name a smaller folder, or single files." });
}

function unreadable(file: string, error: unknown): Diagnostic {
  const reason = error instanceof Error ? escapeText(error.message) : "unknown";
  return problem("READ_FAILED", { detail: `${shown(file)} could not be read: ${reason}.`, context: { file } });
}
