import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Result } from "../../core/index.ts";

/** The value of a good result; a test that meets a bad one fails with its codes. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`expected a value: ${result.diagnostics.map((d) => `${d.code} ${d.detail}`).join("; ")}`);
}

export function codesOf(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.diagnostics.map((d) => d.code);
}

/** Everything a diagnostic could print. */
export function wordsOf(result: Result<unknown>): string {
  return JSON.stringify(result);
}

export function inTempFolder<T>(work: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-"));
  const clean = (): void => fs.rmSync(folder, { recursive: true, force: true });
  let result: T;
  try {
    result = work(folder);
  } catch (error) {
    clean();
    throw error;
  }
  if (result instanceof Promise) return result.finally(clean) as T;
  clean();
  return result;
}

/** Whether the stock `age` is here. CI must have it: a missing one is a failure there, not a skipped test. */
export function hasAge(): boolean {
  const found = spawnSync("age", ["--version"]).status === 0;
  if (!found && process.env["CI"] === "true") throw new Error("the stock age binary is not installed");
  return found;
}

export const text = (value: string): Uint8Array => new TextEncoder().encode(value);
