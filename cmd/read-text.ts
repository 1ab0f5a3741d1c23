import fs from "node:fs";
import { escapeText, fail, ok, problem, type Result } from "../core/index.ts";

/**
 * A file that somebody named on the command line, as text. A pipe or a device is not read: it could block
 * for ever.
 *
 * @returns `READ_FAILED`, or `FILE_TOO_LARGE` above the limit.
 */
export function readText(file: string, maxBytes: number): Result<string> {
  const bytes = readBytes(file, maxBytes);
  return bytes.ok ? ok(Buffer.from(bytes.value).toString("utf8")) : bytes;
}

/** The same as bytes. */
export function readBytes(file: string, maxBytes: number): Result<Uint8Array> {
  try {
    const facts = fs.statSync(file);
    if (!facts.isFile()) return failed(file, "it is not a regular file");
    if (facts.size > maxBytes) {
      const detail = `${escapeText(file)} has ${facts.size} bytes; ${maxBytes} are read.`;
      return fail(problem("FILE_TOO_LARGE", { detail, context: { file } }));
    }
    return ok(fs.readFileSync(file));
  } catch (error) {
    return failed(file, (error as Error).message);
  }
}

function failed(file: string, why: string): Result<never> {
  return fail(
    problem("READ_FAILED", {
      detail: `Reading ${escapeText(file)} failed: ${escapeText(why)}.`,
      remedy: "Check the name.",
      context: { file },
    }),
  );
}
