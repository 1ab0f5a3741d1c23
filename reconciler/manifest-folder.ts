import fs from "node:fs";
import path from "node:path";
import { isArray, LIMITS, valueAt } from "../core/index.ts";
import { parseFile } from "./manifest/index.ts";
import { PROJECT_FILE } from "./source/index.ts";

/** A Project that reads a folder for manifests. */
export interface ReadingProject {
  /** The folder of its moltbot.yaml, absolute. */
  readonly folder: string;
  /** What it names as `sources`; empty where it reads every folder. */
  readonly sources: readonly string[];
}

/**
 * The Project that would read what is put into a folder as manifests: the nearest moltbot.yaml above it, if
 * its sources hold the folder. Null where none does. Effect: reads one file.
 *
 * @param folder - Absolute; it need not be there.
 */
export function projectReading(folder: string): ReadingProject | null {
  for (let at = folder; ; at = path.dirname(at)) {
    const file = path.join(at, PROJECT_FILE);
    if (fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return readingFrom(at, file, folder);
    if (path.dirname(at) === at) return null;
  }
}

function readingFrom(at: string, file: string, folder: string): ReadingProject | null {
  const parts = path.relative(at, folder).split(path.sep);
  if (parts.some((part) => part.startsWith(".") || part === "node_modules")) return null;
  const within = parts.join("/");
  const sources = sourcesIn(file);
  // Files beside moltbot.yaml are read only where a source says so.
  const isRead = sources.length === 0 ? within !== "" : sources.some((source) => isBelow(within, source));
  return isRead ? { folder: at, sources } : null;
}

function isBelow(within: string, source: string): boolean {
  const named = path.posix.normalize(source).replace(/\/$/, "");
  return named === "." || within === named || within.startsWith(`${named}/`);
}

/** One that cannot be read is told by everything that reads the tree. */
function sourcesIn(file: string): readonly string[] {
  try {
    if (fs.statSync(file).size > LIMITS.manifestBytes) return [];
    const { documents } = parseFile({ path: PROJECT_FILE, bytes: fs.readFileSync(file), blobId: null });
    const sources = valueAt(documents[0]?.value ?? null, ["spec", "sources"]);
    return isArray(sources) ? sources.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}
