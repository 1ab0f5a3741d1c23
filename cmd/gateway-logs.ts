import fs from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { escapeText, isObject, LIMITS, type Json, type JsonObject } from "../core/index.ts";
import { LOG_FILE } from "../runtime/process/index.ts";

const POLL_MS = 200;
const READ_BYTES = 64 * 1024;
/** Written apart, at the front of a line for people. */
const HEAD = new Set(["time", "level", "message"]);

/** What of a log is asked for; absent: all of it. */
export interface LogWishes {
  /** This level, and those above it. */
  readonly level?: string | undefined;
  readonly agent?: string | undefined;
  /** One run or request: its trace id. */
  readonly trace?: string | undefined;
}

const LEVELS = ["debug", "info", "warn", "error"];

/** Whether a line is among what is asked for. One that is no record is shown only where all is. */
export function isWantedLine(line: string, { level, agent, trace }: LogWishes): boolean {
  if (level === undefined && agent === undefined && trace === undefined) return true;
  const record = parsed(line);
  if (!record) return false;
  return (
    (level === undefined || LEVELS.indexOf(textOf(record["level"])) >= LEVELS.indexOf(level)) &&
    (agent === undefined || record["agentId"] === agent) &&
    (trace === undefined || record["traceId"] === trace)
  );
}

/** The last lines of a gateway's log, oldest first: of the present file, and where it is younger than that, of the ones before. */
export function lastLines(dir: string, count: number, wishes: LogWishes = {}): readonly string[] {
  const lines: string[] = [];
  for (let age = 0; age < LIMITS.logFiles && lines.length < count; age++) {
    const file = path.join(dir, age === 0 ? LOG_FILE : `${LOG_FILE}.${age}`);
    const text = readText(file);
    if (text === undefined) break;
    lines.unshift(...text.split("\n").filter((line) => line !== "" && isWantedLine(line, wishes)));
  }
  return count === 0 ? [] : lines.slice(-count);
}

/** Lines as they are written from now on, until `signal` is raised; a file that was put aside is followed by its successor. */
export async function* newLines(dir: string, signal: AbortSignal): AsyncGenerator<string> {
  const file = path.join(dir, LOG_FILE);
  let at = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  let inode = fs.statSync(file, { throwIfNoEntry: false })?.ino;
  let rest = "";
  while (!signal.aborted) {
    const stats = fs.statSync(file, { throwIfNoEntry: false });
    if (stats && (stats.ino !== inode || stats.size < at)) [inode, at, rest] = [stats.ino, 0, ""];
    const piece = stats && stats.size > at ? readFrom(file, at) : Buffer.alloc(0);
    at += piece.length;
    const lines = (rest + piece.toString("utf8")).split("\n");
    rest = lines.pop() ?? "";
    yield* lines.filter((line) => line !== "");
    if (piece.length < READ_BYTES) await pause(signal);
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  try {
    await wait(POLL_MS, undefined, { signal });
  } catch {
    // Told to stop: the loop ends by itself.
  }
}

function readText(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function readFrom(file: string, at: number): Buffer {
  const fd = fs.openSync(file, "r");
  try {
    const buffer = Buffer.alloc(READ_BYTES);
    return buffer.subarray(0, fs.readSync(fd, buffer, 0, READ_BYTES, at));
  } finally {
    fs.closeSync(fd);
  }
}

/** `12:04:31.120 info  run finished  agentId=support ms=12`; a line that is no record stays as it is. */
export function logLineText(line: string): string {
  const record = parsed(line);
  if (!record) return escapeText(line);
  const { time, level, message } = record;
  const fields = Object.entries(record)
    .filter(([name]) => !HEAD.has(name))
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  return escapeText(`${textOf(time)} ${textOf(level).padEnd(5)} ${textOf(message)}${fields.length > 0 ? `  ${fields.join(" ")}` : ""}`);
}

function parsed(line: string): JsonObject | undefined {
  try {
    const value = JSON.parse(line) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
