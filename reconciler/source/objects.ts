import { fail, InternalError, LIMITS, ok, type Diagnostic, type Result } from "../../core/index.ts";
import { formatOfId, objectIdOf, type ObjectType } from "./blob-id.ts";
import { cannotRun, gitFailed, startGit, type GitChild } from "./git.ts";

export interface GitObject {
  readonly id: string;
  readonly type: ObjectType;
  readonly bytes: Buffer;
}

/** What git answers to a name: an object; that it has none; or one larger than asked for. */
export type Answer = { readonly object: GitObject } | { readonly missing: true } | { readonly tooLarge: number };

/**
 * Objects of one repository, through a single `cat-file --batch`. Each is hashed again: bytes that do
 * not hash to their id never leave here.
 */
export interface Objects {
  /** An object by id or by name (`refs/heads/main^{commit}`), without line breaks. */
  get(name: string, maxBytes?: number): Promise<Result<Answer>>;
  /** Many at once, answered in order. */
  getAll(names: readonly string[], maxBytes: number): Promise<Result<readonly Answer[]>>;
  close(): Promise<void>;
}

interface Session {
  readonly child: GitChild;
  /** Bytes that have arrived and were not read yet. */
  chunks: Buffer[];
  length: number;
  /** Wakes whoever waits for more bytes. */
  wake: (() => void) | undefined;
  ended: Diagnostic | undefined;
}

export function openObjects(gitDir: string): Objects {
  let session: Session | undefined;
  // One conversation at a time: answers come in the order of the questions.
  let turn: Promise<unknown> = Promise.resolve();
  const getAll = (names: readonly string[], maxBytes: number): Promise<Result<readonly Answer[]>> => {
    const next = turn.then(async () => {
      session ??= startSession(gitDir);
      const answers = await converse(session, names, maxBytes);
      if (!answers.ok) {
        await endSession(session);
        session = undefined;
      }
      return answers;
    });
    turn = next;
    return next;
  };
  return {
    getAll,
    get: async (name, maxBytes = LIMITS.gitObjectBytes) => {
      const answers = await getAll([name], maxBytes);
      if (!answers.ok) return answers;
      const [answer] = answers.value;
      if (answer === undefined) throw new InternalError("git answered no question");
      return ok(answer);
    },
    close: async () => {
      await turn;
      if (session) await endSession(session);
      session = undefined;
    },
  };
}

/** How much may wait unread before git has to. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

function startSession(gitDir: string): Session {
  const child = startGit(gitDir, ["cat-file", "--batch"], "none");
  const session: Session = { child, chunks: [], length: 0, wake: undefined, ended: undefined };
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    if (stderr.length < LIMITS.gitOutputBytes) stderr += chunk.toString("utf8");
  });
  child.stdout.on("data", (chunk: Buffer) => {
    session.chunks.push(chunk);
    session.length += chunk.length;
    if (session.length > MAX_WAITING_BYTES) child.stdout.pause();
    session.wake?.();
  });
  const end = (problem: Diagnostic): void => {
    session.ended ??= problem;
    session.wake?.();
  };
  child.on("error", (error) => end(cannotRun(error)));
  child.on("close", () => end(gitFailed(`git ended early${stderr === "" ? "" : `: ${stderr.replace(/^(?:fatal|error): /, "")}`}`)));
  child.stdin.on("error", () => undefined);
  return session;
}

async function endSession(session: Session): Promise<void> {
  const { child } = session;
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  await new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.kill("SIGKILL");
  });
}

/** Questions go out in portions, so that neither side's pipe fills while the other waits. */
const PORTION = 256;

async function converse(session: Session, names: readonly string[], maxBytes: number): Promise<Result<readonly Answer[]>> {
  const answers: Answer[] = [];
  for (let i = 0; i < names.length; i += PORTION) {
    const portion = names.slice(i, i + PORTION);
    session.child.stdin.write(`${portion.join("\n")}\n`);
    for (const name of portion) {
      const answer = await readAnswer(session, name, maxBytes);
      if (!answer.ok) return answer;
      answers.push(answer.value);
    }
  }
  return ok(answers);
}

const HEADER = /^([0-9a-f]{40}|[0-9a-f]{64}) (blob|tree|commit|tag) (\d+)$/;
const MAX_HEADER_BYTES = 8192;

async function readAnswer(session: Session, name: string, maxBytes: number): Promise<Result<Answer>> {
  const line = await readLine(session);
  if (!line.ok) return line;
  const header = HEADER.exec(line.value);
  if (header === null)
    return / (?:missing|ambiguous)$/.test(line.value)
      ? ok({ missing: true })
      : fail(gitFailed(`git gave an answer that is none of cat-file's: ${line.value}`));
  const [, id = "", type = "", size = ""] = header;
  const length = Number(size);
  if (length > maxBytes) return await skip(session, length);
  const body = await readBytes(session, length + 1);
  if (!body.ok) return body;
  const bytes = body.value.subarray(0, length);
  const object: GitObject = { id, type: type as ObjectType, bytes };
  const isAsked = !/^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(name) || name === id;
  if (!isAsked || objectIdOf(object.type, bytes, formatOfId(id)) !== id)
    return fail(gitFailed(`the object ${id} is damaged: its bytes do not hash to its id`));
  return ok({ object });
}

/** Reads past an object without keeping it. */
async function skip(session: Session, length: number): Promise<Result<Answer>> {
  for (let left = length + 1; left > 0;) {
    const more = await untilBytes(session, 1);
    if (more) return fail(more);
    const part = Math.min(left, session.length);
    takeBytes(session, part);
    left -= part;
  }
  return ok({ tooLarge: length });
}

async function readLine(session: Session): Promise<Result<string>> {
  for (let wanted = 1; wanted <= MAX_HEADER_BYTES;) {
    const problem = await untilBytes(session, wanted);
    if (problem) return fail(problem);
    join(session);
    const end = session.chunks[0]?.indexOf(10) ?? -1;
    if (end >= 0) return ok(takeBytes(session, end + 1).toString("utf8", 0, end));
    wanted = session.length + 1;
  }
  return fail(gitFailed("git gave an answer without an end"));
}

async function readBytes(session: Session, count: number): Promise<Result<Buffer>> {
  const problem = await untilBytes(session, count);
  return problem ? fail(problem) : ok(takeBytes(session, count));
}

/** Waits until that many bytes are there; a diagnostic when they will never be, or not in time. */
async function untilBytes(session: Session, count: number): Promise<Diagnostic | undefined> {
  while (session.length < count) {
    if (session.ended) return session.ended;
    session.child.stdout.resume();
    const timer = setTimeout(() => {
      session.ended ??= gitFailed("git did not answer in time");
      session.wake?.();
    }, LIMITS.gitTimeoutMs);
    await new Promise<void>((resolve) => {
      session.wake = resolve;
    });
    session.wake = undefined;
    clearTimeout(timer);
  }
  return undefined;
}

function takeBytes(session: Session, count: number): Buffer {
  const first = session.chunks[0];
  if (first !== undefined && first.length < count) join(session);
  const whole = session.chunks[0] ?? Buffer.alloc(0);
  session.chunks[0] = whole.subarray(count);
  session.length -= count;
  if (session.chunks[0].length === 0) session.chunks.shift();
  // A copy: the chunk it lies in may be large and full of other objects.
  return Buffer.from(whole.subarray(0, count));
}

function join(session: Session): void {
  if (session.chunks.length > 1) session.chunks = [Buffer.concat(session.chunks)];
}
