/** What fits in one line beside our own name and the target (512 bytes in all, RFC 1459). */
const LINE_BYTES = 380;
/** More lines of one text are put together: a room is not a page. */
const MAX_LINES = 16;

/** A text as lines of a room: no empty ones, none too long, not too many. Pure. */
export function linesOf(text: string): readonly string[] {
  const written = text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== "" && !/^ {0,3}(```|~~~)/.test(line));
  const packed = written.length <= MAX_LINES ? written : [...written.slice(0, MAX_LINES - 1), written.slice(MAX_LINES - 1).join(" / ")];
  return packed.flatMap(cut);
}

function cut(line: string): readonly string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(/(?<= )/)) {
    if (Buffer.byteLength(current + word) <= LINE_BYTES) {
      current += word;
      continue;
    }
    if (current !== "") lines.push(current.trimEnd());
    current = "";
    for (const char of word) {
      if (Buffer.byteLength(current + char) > LINE_BYTES) {
        lines.push(current);
        current = "";
      }
      current += char;
    }
  }
  return current.trim() === "" ? lines : [...lines, current.trimEnd()];
}
