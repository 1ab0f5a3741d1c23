import { firstUnsafe, problem, shown, type Diagnostic } from "../../core/index.ts";

/** The longest relative path; the schemas of path fields say the same. */
const MAX_PATH_CHARS = 1024;

/**
 * Why a path from a manifest may not be opened; undefined when it may. Allowed is what means the same
 * on every system and stays below the folder of moltbot.yaml: segments with `/` between them.
 */
export function pathProblem(path: string): string | undefined {
  if (path === "" || path.length > MAX_PATH_CHARS) return `it has ${path.length} characters; 1 to ${MAX_PATH_CHARS} are allowed`;
  if (path.startsWith("/")) return "it is absolute";
  const character = /[\\:%]/.exec(path)?.[0];
  if (character !== undefined) return `it holds ${shown(character)}`;
  const unsafe = firstUnsafe(path);
  if (unsafe !== undefined) return `it holds the character ${unsafe}`;
  // A name that is not UTF-8 arrives with the replacement character, and could not be opened again.
  if (path.includes("\ufffd")) return "it is not UTF-8";
  for (const segment of path.split("/")) {
    if (segment === "" || segment === "." || segment === "..") return `it has the segment ${shown(segment)}`;
    if (/^\.git$/i.test(segment)) return "it leads into git's own folder";
  }
  return undefined;
}

export function unsafePath(path: string, why: string): Diagnostic {
  return problem("PATH_UNSAFE", {
    detail: `The path ${shown(path)} is not allowed: ${why}.`,
    remedy: "Write it relative to moltbot.yaml, with `/` between its segments, and without `..`.",
  });
}

const MANIFEST_NAME = /\.(?:ya?ml|json)$/i;

/** Is a file of this name a manifest? Upper-case endings count, so that none is passed over in silence. */
export function isManifestName(name: string): boolean {
  return MANIFEST_NAME.test(name);
}

export function joinPath(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
