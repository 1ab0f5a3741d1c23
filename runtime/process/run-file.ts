import fs from "node:fs";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { canonicalJson, isObject, ok, type Instant, type Json, type Result } from "../../core/index.ts";
import { isRuntimeHeld } from "../store/index.ts";

/** `gateway.json` in the state folder: what a running gateway says of itself. The kernel's lock says whether it runs. */
const NAME = "gateway.json";
const MAX_BYTES = 4_096;

export interface RunFacts {
  readonly pid: number;
  readonly version: string;
  readonly startedAt: Instant;
  /** Where it answers: `http://127.0.0.1:8790`. */
  readonly url: string | null;
  /** The socket beside the record, for commands of the same user on this machine. */
  readonly socket: string | null;
}

/** Whole or absent: written beside it and moved. */
export function writeRunFile(dir: string, facts: RunFacts): void {
  const file = path.join(dir, NAME);
  const beside = `${file}.${process.pid}-${randomBytes(6).toString("hex")}.tmp`;
  fs.writeFileSync(beside, `${canonicalJson({ ...facts })}\n`, { mode: 0o600, flag: "wx" });
  fs.renameSync(beside, file);
}

export function removeRunFile(dir: string): void {
  fs.rmSync(path.join(dir, NAME), { force: true });
}

/** What the gateway that runs on a state folder says of itself; null where none runs. What a killed one left is not believed. */
export function runningGateway(dir: string): Result<RunFacts | "starting" | null> {
  const held = isRuntimeHeld(dir);
  if (!held.ok) return held;
  return ok(held.value ? (readRunFile(dir) ?? "starting") : null);
}

function readRunFile(dir: string): RunFacts | undefined {
  try {
    const file = path.join(dir, NAME);
    const stats = fs.lstatSync(file);
    if (!stats.isFile() || stats.size > MAX_BYTES) return undefined;
    const value: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
    return isObject(value) && isFacts(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFacts(value: { readonly [key: string]: Json }): value is RunFacts & { readonly [key: string]: Json } {
  const isTextOrNull = (each: Json | undefined): boolean => each === null || typeof each === "string";
  const { pid, version, startedAt, url, socket } = value;
  return (
    typeof pid === "number" && typeof version === "string" && typeof startedAt === "string" && isTextOrNull(url) && isTextOrNull(socket)
  );
}
