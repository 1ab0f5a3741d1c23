import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { failAll, isArray, isObject, ok, problem, type Diagnostic, type Json, type Result, type SourcePosition } from "../../core/index.ts";
import { runOpa, type Opa, type OpaRun } from "./opa.ts";
import { placeOf, type BuildSource } from "./source.ts";

/** An empty folder of our own, in which the compiler sees the same names wherever the repository is. */
export interface Workplace {
  readonly folder: string;
  write(file: string, text: string): void;
  run(...args: readonly string[]): OpaRun;
}

/** Makes it, and removes it whatever happens. */
export function inWorkplace<T>(opa: Opa, work: (place: Workplace) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-policy-"));
  try {
    return work({
      folder,
      write: (file, text) => {
        const target = path.join(folder, file);
        fs.mkdirSync(path.dirname(target), { recursive: true });
        fs.writeFileSync(target, text);
      },
      run: (...args) => runOpa(opa, folder, args),
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Where a message of the compiler points: a file of the workplace, line and column. */
export type Locate = (file: string, row: number, column: number) => SourcePosition | undefined;

/** Turns places in the workplace into those of the user's files. */
export function locator(sources: ReadonlyMap<string, BuildSource>): Locate {
  return (file, row, column) => {
    const source = sources.get(file.replace(/^\.\//, ""));
    return source && placeOf(source, row, column);
  };
}

/**
 * The errors that the compiler printed with `--format json`, each at its place.
 *
 * @returns the run's own text as one error where it printed something else.
 */
export function compilerErrors(run: OpaRun, locate: Locate): Result<void> {
  if (run.status === 0) return ok(undefined);
  const errors = errorsIn(run.stdout) ?? errorsIn(run.stderr);
  if (!errors || errors.length === 0) {
    const said = (run.stderr || run.stdout).trim().slice(0, 2_000);
    return failAll([problem("POLICY_SOURCE", { detail: `The compiler stopped: ${said || `with status ${run.status}`}.` })]);
  }
  const seen = new Set<string>();
  return failAll(
    errors
      .map((each) => errorOf(each, locate))
      .filter((each) => {
        const key = `${each.at?.file}:${each.at?.line}:${each.at?.column} ${each.detail}`;
        return !seen.has(key) && seen.add(key);
      }),
  );
}

function errorsIn(text: string): readonly Json[] | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) && isArray(value["errors"]) ? value["errors"] : undefined;
  } catch {
    return undefined;
  }
}

function errorOf(error: Json, locate: Locate): Diagnostic {
  const { message, location, details } = isObject(error) ? error : {};
  const { file, row = 1, col = 1 } = isObject(location) ? location : {};
  const said = typeof message === "string" ? message : "the compiler does not say why";
  const at = typeof file === "string" ? locate(file, Number(row), Number(col)) : undefined;
  const missing = /^undefined function (\S+)$/.exec(said);
  const place = at ? { at } : {};
  if (missing) {
    return problem("POLICY_FUNCTION", {
      detail: `Policies do not get the function ${missing[1]}.`,
      remedy: remedyFor(missing[1] ?? ""),
      ...place,
      context: { builtin: missing[1] ?? "" },
    });
  }
  const known = wanted(details);
  return problem("POLICY_SOURCE", {
    detail: `${said}.`,
    ...(known ? { remedy: `There are: ${known}.` } : {}),
    ...place,
  });
}

function remedyFor(name: string): string {
  if (name.startsWith("time.now")) return "The time of a call is input.time; a plan has none, and the engine computes expiry itself.";
  return "docs/policy-authoring.md lists the built-in functions there are.";
}

/** Fields that exist where an unknown one was read. */
function wanted(details: Json | undefined): string | undefined {
  const { oneOf } = isObject(details) ? details : {};
  return isArray(oneOf) ? oneOf.filter((each) => typeof each === "string").join(", ") : undefined;
}
