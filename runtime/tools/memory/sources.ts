import { LIMITS } from "../../../core/index.ts";
import { canonicaliseRequest } from "../../../trust/capability/index.ts";
import { readIn } from "../files/bytes.ts";
import { codeOf, NotAFile, SpecialFile } from "../files/folder.ts";
import { isText } from "../files/text.ts";
import { walk, type Entry } from "../files/walk.ts";
import { newWords, type Hit } from "./index-words.ts";
import type { MemoryPlace } from "./place.ts";

/** Searches the folders with notes that are part of a memory. They are read anew each time, as they are files that anybody changes. */
export function findInSources(workspace: string, { sources }: MemoryPlace, query: string, most: number): readonly Hit[] {
  if (sources.length === 0) return [];
  const words = newWords();
  let [files, bytes] = [0, 0];
  for (const { path, pattern } of sources) {
    const folder = canonicaliseRequest("path", path);
    if (!folder.ok) continue;
    const prefix = folder.value === "." ? 0 : folder.value.length + 1;
    walk(workspace, folder.value, LIMITS.workspaceDepth, (entry) => {
      if (files >= LIMITS.searchedFiles || bytes >= LIMITS.searchedFileBytes) return "stop";
      if (entry.type !== "file" || !matchesGlob(pattern.split("/"), entry.path.slice(prefix).split("/"))) return "go on";
      const content = contentOf(entry);
      files++;
      bytes += content?.length ?? 0;
      if (content && isText(content)) words.set(entry.path, content.toString("utf8"));
      return "go on";
    });
  }
  const found = words.find(query, most);
  words.close();
  return found;
}

function contentOf({ folder, name, path }: Entry): Buffer | undefined {
  try {
    const read = readIn(folder, name, path, LIMITS.memoryEntryBytes);
    return read.ok ? read.value : undefined;
  } catch (error) {
    if (error instanceof SpecialFile || error instanceof NotAFile || codeOf(error) !== "") return undefined;
    throw error;
  }
}

/** `*` stands for a part of a name, `**` for any folders. At most pattern times path steps. */
export function matchesGlob(pattern: readonly string[], path: readonly string[]): boolean {
  // How much of the path can have been read after each part of the pattern.
  let reached = new Set([0]);
  for (const part of pattern) {
    const first = Math.min(...reached);
    reached =
      part === "**"
        ? new Set(Array.from({ length: path.length - first + 1 }, (_, i) => first + i))
        : new Set([...reached].filter((at) => path[at] !== undefined && matchesName(part, path[at])).map((at) => at + 1));
    if (reached.size === 0) return false;
  }
  return reached.has(path.length);
}

function matchesName(pattern: string, name: string): boolean {
  const parts = pattern.split("*");
  if (parts.length === 1) return pattern === name;
  const [head = "", tail = ""] = [parts[0], parts.at(-1)];
  if (name.length < head.length + tail.length || !name.startsWith(head) || !name.endsWith(tail)) return false;
  let at = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - tail.length;
}
