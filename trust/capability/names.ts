import { firstUnsafe, shown } from "../../core/index.ts";
import { checkWildcards, parsed, refuse, type Parsed, type Refusal } from "./refusal.ts";
import { ANY_SEGMENTS, segmentsText, type Segments } from "./segments.ts";
import type { SegmentPattern } from "./types.ts";

const COMMAND = /^[A-Za-z0-9_](?:[A-Za-z0-9._+-]{0,126}[A-Za-z0-9_+-])?$/;
const NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9._:@#+-]{0,126}[A-Za-z0-9_])?$/;
const DRIVE = /^[A-Za-z]:/;

/** A name has at least one segment, so `*` followed by `**` is any name: written `**` alone. */
export function segmentPattern(type: SegmentPattern["type"], path: Segments): SegmentPattern {
  const simple = type === "name" && path.tail && path.items.length === 1 && path.items[0] === null ? ANY_SEGMENTS : path;
  return { type, text: segmentsText(simple) || ".", path: simple };
}

/** A path in the workspace: relative, `/`, NFC, no `.` or `..`; `.` alone is the workspace itself. */
export function parsePath(text: string, wildcards: boolean): Parsed<SegmentPattern> {
  const wrong = pathRefusal(text);
  if (wrong) return { refusal: wrong };
  const normal = text.normalize("NFC");
  if (normal === ".") return parsed(segmentPattern("path", { items: [], tail: false }));
  return fromSegments("path", normal.split("/"), wildcards, (segment) =>
    segment === "" || segment === "." || segment === ".."
      ? {
          why: `the path has ${segment === "" ? "an empty segment" : `the segment ${shown(segment)}`}`,
          remedy: "Write the path it leads to, below the workspace.",
        }
      : undefined,
  );
}

/** A program by its name alone. There is one segment, so `*` and `**` are the same set: `**`. */
export function parseCommand(text: string, wildcards: boolean): Parsed<SegmentPattern> {
  if (wildcards && (text === "*" || text === "**")) return parsed(segmentPattern("command", ANY_SEGMENTS));
  if (COMMAND.test(text)) return parsed(segmentPattern("command", { items: [text], tail: false }));
  return refuse(
    `${shown(text)} is not the name of a program`,
    "Write the program alone, such as `git`, or `**` for any; its path and arguments are not part of it.",
  );
}

/** Names of agents, channels, MCP tools, secrets: segments of letters, digits and a little punctuation. */
export function parseName(text: string, wildcards: boolean): Parsed<SegmentPattern> {
  return fromSegments("name", text.split("/"), wildcards, (segment) =>
    NAME.test(segment)
      ? undefined
      : {
          why: `${shown(segment)} is not a name`,
          remedy: "Names are ASCII letters, digits and `._:@#+-`, and begin and end with a letter or digit.",
        },
  );
}

function fromSegments(
  type: SegmentPattern["type"],
  raw: readonly string[],
  wildcards: boolean,
  refusalOf: (segment: string) => Refusal | undefined,
): Parsed<SegmentPattern> {
  if (!wildcards && raw.some((segment) => segment.includes("*"))) return refuse("it holds a wildcard");
  const misplaced = checkWildcards(raw);
  if (misplaced) return { refusal: misplaced };
  const tail = raw.at(-1) === "**";
  const items: (string | null)[] = [];
  for (const segment of tail ? raw.slice(0, -1) : raw) {
    const wrong = segment === "*" ? undefined : refusalOf(segment);
    if (wrong) return { refusal: wrong };
    items.push(segment === "*" ? null : segment);
  }
  return parsed(segmentPattern(type, { items, tail }));
}

function pathRefusal(text: string): Refusal | undefined {
  if (text === "") return { why: "the path is empty", remedy: "`.` is the workspace itself, `**` everything in it." };
  const unsafe = firstUnsafe(text);
  if (unsafe !== undefined) return { why: `the path holds the character ${unsafe}` };
  if (text.includes("\\")) return { why: "the path holds a backslash", remedy: "Separate segments with `/`." };
  if (text.startsWith("/") || text.startsWith("~") || DRIVE.test(text)) {
    return { why: `${shown(text)} does not start in the workspace`, remedy: "Paths are relative to the agent's workspace." };
  }
  return undefined;
}
