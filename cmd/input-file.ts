import fs from "node:fs";
import { escapeText, fail, ok, problem, type Diagnostic, type Result } from "../core/index.ts";

/** A file named on the command line, whole and at most so large. A pipe or device is not read: it could block for ever. */
export function readInputFile(file: string, maxBytes: number): Result<Uint8Array> {
  try {
    const facts = fs.statSync(file);
    if (!facts.isFile()) return fail(unreadable(file, "it is not a regular file"));
    if (facts.size > maxBytes) return fail(tooLarge(file, facts.size, maxBytes));
    const bytes = fs.readFileSync(file);
    return bytes.byteLength > maxBytes ? fail(tooLarge(file, bytes.byteLength, maxBytes)) : ok(bytes);
  } catch (error) {
    return fail(unreadable(file, (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : (error as Error).message));
  }
}

/** The same for a file of text. */
export function readInputText(file: string, maxBytes: number): Result<string> {
  const read = readInputFile(file, maxBytes);
  if (!read.ok) return read;
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(read.value));
  } catch {
    return fail(unreadable(file, "it is not UTF-8 text"));
  }
}

function tooLarge(file: string, bytes: number, maxBytes: number): Diagnostic {
  const detail = `${escapeText(file)} has ${bytes} bytes; the limit is ${maxBytes}.`;
  return problem("FILE_TOO_LARGE", { detail, context: { file, allowed: maxBytes } });
}

function unreadable(file: string, why: string): Diagnostic {
  return problem("READ_FAILED", { detail: `Reading ${escapeText(file)} failed: ${escapeText(why)}.`, context: { file } });
}
