import { LIMITS, ok, shown } from "../../../core/index.ts";
import type { Tool } from "../../gate/index.ts";
import { defineTool, numberIn, textIn, textSchema, wholeSchema } from "../define.ts";
import type { ToolsWorld } from "../types.ts";
import { mayRead, OF_FILES } from "./access.ts";
import { readIn } from "./bytes.ts";
import { codeOf, NotAFile, SpecialFile } from "./folder.ts";
import { reachable } from "./reachable.ts";
import { isText } from "./text.ts";
import { walk, type Entry } from "./walk.ts";

/** `fs.search`: lines that hold a text. Plain text, no patterns: how long it takes depends on the size of the files alone. */
export function searchFiles({ live }: Pick<ToolsWorld, "live">): Tool {
  return defineTool({
    name: "fs.search",
    description:
      "Finds lines that hold a text, in the text files below a folder of the workspace. Plain text, no patterns; case is ignored unless asked for.",
    properties: {
      text: { ...textSchema("The text to find, within one line.", 1_024), minLength: 1 },
      path: textSchema("Where to begin; default `.`.", LIMITS.requestChars),
      matchCase: { type: "boolean", description: "Tell upper from lower case." },
      maxResults: wholeSchema("How many lines to give.", 1, LIMITS.searchHits),
    },
    required: ["text"],
    wish: (args) => {
      const { path: _, ...rest } = args;
      const wanted = textIn(args, "text", "");
      return ok({
        action: "read",
        resource: textIn(args, "path", "."),
        facts: { chars: wanted.length },
        effect: (path) => ({ ...rest, path }),
        summary: (path) => `${shown(wanted)} in ${shown(path)}`,
      });
    },
    run: async (call, scope, signal) => {
      const access = mayRead(live(), scope.run);
      if (!access.ok) return access;
      const { effect } = call;
      const search = newSearch(textIn(effect, "text", ""), effect["matchCase"] === true, numberIn(effect, "maxResults", 100));
      const isCovered = reachable(live(), call, scope);
      const walked = walk(scope.workspace, textIn(effect, "path", "."), LIMITS.workspaceDepth, (entry) => {
        if (signal.aborted || search.isFull()) return "stop";
        if (entry.type === "file" && isCovered(entry.path)) search.look(entry);
        return "go on";
      });
      if (!walked.ok) return walked;
      const { hits, files } = search;
      const end = walked.value ? "" : "\n[not everything was looked at]";
      const said = hits.length === 0 ? `Nothing found in ${files()} files.` : hits.join("\n");
      return ok({ text: said + end, labels: OF_FILES, facts: { hits: hits.length, files: files() } });
    },
  });
}

interface Search {
  readonly hits: readonly string[];
  readonly files: () => number;
  readonly isFull: () => boolean;
  readonly look: (entry: Entry) => void;
}

function newSearch(wanted: string, matchCase: boolean, most: number): Search {
  const fold = (line: string): string => (matchCase ? line : line.toLowerCase());
  const needle = fold(wanted);
  const hits: string[] = [];
  let [files, bytes] = [0, 0];
  return {
    hits,
    files: () => files,
    isFull: () => hits.length >= most || files >= LIMITS.searchedFiles || bytes >= LIMITS.searchedFileBytes,
    look: (entry) => {
      const content = contentOf(entry);
      files++;
      bytes += content?.length ?? 0;
      if (!content || !isText(content)) return;
      for (const [i, line] of content.toString("utf8").split("\n").entries()) {
        const at = fold(line).indexOf(needle);
        if (at >= 0) hits.push(`${entry.path}:${i + 1}: ${around(line, at)}`);
        if (hits.length >= most) return;
      }
    },
  };
}

/** Undefined for what is too large, or is no file any more. */
function contentOf({ folder, name, path }: Entry): Buffer | undefined {
  try {
    const read = readIn(folder, name, path, LIMITS.toolBytes);
    return read.ok ? read.value : undefined;
  } catch (error) {
    if (error instanceof SpecialFile || error instanceof NotAFile || codeOf(error) !== "") return undefined;
    throw error;
  }
}

function around(line: string, at: number): string {
  if (line.length <= LIMITS.searchLineChars) return line;
  const from = Math.max(0, at - LIMITS.searchLineChars / 4);
  return `${from > 0 ? "…" : ""}${line.slice(from, from + LIMITS.searchLineChars)}…`;
}
