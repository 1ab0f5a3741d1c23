import fs from "node:fs";
import { createInterface } from "node:readline";
import tty from "node:tty";
import { Writable } from "node:stream";
import { escapeText, fail, LIMITS, ok, problem, Secret, type Diagnostic, type Result } from "../core/index.ts";
import type { Session } from "./session.ts";

/**
 * The value of a secret, byte for byte: from a file, from standard input, or typed unseen. Never from
 * the command line, which every user of the machine can read.
 *
 * @param file - `-` is standard input; absent asks on a terminal and otherwise reads standard input.
 */
export async function readSecretValue(session: Session, file: string | undefined, what: string): Promise<Result<Secret<Uint8Array>>> {
  if (file !== undefined && file !== "-") return readFile(file);
  if (file === undefined && tty.isatty(0)) return await typeUnseen(session, `Value of ${what}`, true);
  return await readInput();
}

/** Any bytes from a file, at most a secret's. A pipe such as `<(pass show x)` is read to its end. */
export function readFile(file: string, maxBytes: number = LIMITS.secretBytes): Result<Secret<Uint8Array>> {
  let handle: number | undefined;
  try {
    handle = fs.openSync(file, "r");
    const chunks: Buffer[] = [];
    let total = 0;
    for (;;) {
      const chunk = Buffer.alloc(64 * 1024);
      const count = fs.readSync(handle, chunk);
      if (count === 0) break;
      total += count;
      if (total > maxBytes) return fail(tooLarge(escapeText(file), maxBytes));
      chunks.push(chunk.subarray(0, count));
    }
    return ok(new Secret(new Uint8Array(Buffer.concat(chunks))));
  } catch (error) {
    return fail(
      problem("READ_FAILED", {
        detail: `Reading ${escapeText(file)} failed: ${(error as NodeJS.ErrnoException).code ?? "unknown error"}.`,
        context: { file },
      }),
    );
  } finally {
    if (handle !== undefined) fs.closeSync(handle);
  }
}

async function readInput(): Promise<Result<Secret<Uint8Array>>> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > LIMITS.secretBytes) return fail(tooLarge("Standard input", LIMITS.secretBytes));
    chunks.push(chunk);
  }
  // A failed command before the pipe must not empty a secret.
  if (total === 0) {
    return fail(
      problem("INPUT_EMPTY", {
        detail: "Standard input ended without a byte, so nothing was written.",
        remedy: "Check the command before the pipe. For a value that is meant to be empty:\n  --from-file /dev/null",
      }),
    );
  }
  return ok(new Secret(new Uint8Array(Buffer.concat(chunks))));
}

/** What is new is asked for twice, because a mistake cannot be seen. */
export async function typeUnseen(session: Session, what: string, isNew: boolean): Promise<Result<Secret<Uint8Array>>> {
  const [first = "", again = first] = await typeLines(session, [`${what} (not shown): `, ...(isNew ? ["Once more: "] : [])]);
  if (first !== again) return fail(problem("NOT_CONFIRMED", { detail: "The two values differ. Nothing was written." }));
  return ok(new Secret(new TextEncoder().encode(first)));
}

/** One line for each question; nothing that is typed is shown. Ctrl-C and Ctrl-D reject with an AbortError. */
function typeLines(session: Session, questions: readonly string[]): Promise<readonly string[]> {
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: unseen, terminal: true, historySize: 0 });
  const lines: string[] = [];
  session.io.err(questions[0] ?? "");
  return new Promise((resolve, reject) => {
    terminal.on("line", (text) => {
      if (lines.length < questions.length) lines.push(text);
      session.io.err(`\n${questions[lines.length] ?? ""}`);
      if (lines.length === questions.length) terminal.close();
    });
    terminal.once("close", () => {
      if (lines.length === questions.length) resolve(lines);
      else reject(new DOMException("no value was typed", "AbortError"));
    });
  });
}

function tooLarge(what: string, maxBytes: number): Diagnostic {
  return problem("SECRET_TOO_LARGE", { detail: `${what} has more than ${maxBytes} bytes.`, context: { allowed: maxBytes } });
}

/** When a value is set, as its manifest says it. */
export function setAtNow(): string {
  return new Date().toISOString();
}

/** Something that is typed once and not shown. */
export async function typeOnceUnseen(session: Session, question: string): Promise<Secret<string>> {
  const [line = ""] = await typeLines(session, [question]);
  return new Secret(line);
}

/** Something new that is typed and not shown, twice. */
export async function typeTwiceUnseen(session: Session, question: string): Promise<Result<Secret<string>>> {
  const [first = "", again] = await typeLines(session, [question, "Once more: "]);
  if (first !== again) return fail(problem("NOT_CONFIRMED", { detail: "The two differ. Nothing was written." }));
  return ok(new Secret(first));
}
