import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { problem } from "../../core/index.ts";
import type { Session } from "../session.ts";
import { packageVersion } from "../version.ts";
import { bad, doubtful, good, type Check } from "./types.ts";

/** What moltbot needs of the machine, whatever the repository. */
export async function machineChecks(session: Session): Promise<readonly Check[]> {
  return [
    good("moltbot", `moltbot ${packageVersion()} on Node ${process.versions.node}, ${process.platform} ${process.arch}.`),
    git(),
    tool("age", "only needed to read or write secrets without moltbot"),
    await compiler(),
    await commandSandbox(),
    terminal(session),
  ];
}

/** The oldest git that honours everything we switch off for it (`safe.bareRepository`). */
const MIN_GIT = [2, 38] as const;
const GIT_TIMEOUT_MS = 5_000;

function git(): Check {
  // Nothing else of our environment goes along: secrets may be in it.
  const env = { PATH: process.env["PATH"] ?? "", LC_ALL: "C" };
  const ran = spawnSync("git", ["--version"], { cwd: "/", env, encoding: "utf8", timeout: GIT_TIMEOUT_MS });
  const [, version = "", major, minor] = /^git version ((\d+)\.(\d+)\S*)/.exec(ran.stdout ?? "") ?? [];
  if (version === "") {
    const detail = "git was not found in PATH, or does not answer. Without it only work trees outside git can be planned.";
    return bad("git", [problem("GIT_FAILED", { detail, remedy: "Install git 2.38 or newer." })]);
  }
  const isOld = Number(major) < MIN_GIT[0] || (Number(major) === MIN_GIT[0] && Number(minor) < MIN_GIT[1]);
  return isOld
    ? doubtful(
        "git",
        `git ${version} does not know every protection that is asked of it.`,
        `Install git ${MIN_GIT.join(".")} or newer before following repositories of others.`,
      )
    : good("git", `git ${version}.`);
}

/** Looked for, and not started. */
function tool(name: string, use: string): Check {
  const found = (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .find(isExecutable);
  return good(name, found === undefined ? `${name} is not installed; it is ${use}.` : `${name} is ${found}; it is ${use}.`);
}

/** Looked for as `policy build` does: another build than those we know is never run. */
async function compiler(): Promise<Check> {
  const use = "it is only needed to build policies of your own";
  const { findOpa } = await import("../../trust/policy-build/index.ts");
  const found = findOpa();
  if (found.ok) return good("opa", `opa ${found.value.version} is ${found.value.file}; ${use}.`);
  return good("opa", `No opa that moltbot compiles with was found; ${use}. \`moltbot explain POLICY_COMPILER\` tells more.`);
}

/** Tried, as the gateway tries it before the first command: with a command that does nothing. */
async function commandSandbox(): Promise<Check> {
  const { openCommands } = await import("../../runtime/sandbox/index.ts");
  const { by, layers, why } = await openCommands().protection();
  return by === "none"
    ? doubtful(
        "sandbox",
        `No sandbox for commands (\`exec.run\`): ${why ?? "unknown"}. They are refused.`,
        "moltbot explain SANDBOX_UNAVAILABLE",
      )
    : good("sandbox", `Commands (\`exec.run\`) run in ${by}: ${layers.length} layers (docs/sandbox.md).`);
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function terminal({ look }: Session): Check {
  const width = Number.isFinite(look.width) ? `${look.width} columns` : "no terminal";
  const facts = `${width}, ${look.color ? "colours" : "no colours"}`;
  return look.unicode
    ? good("terminal", `Output: ${facts}, UTF-8.`)
    : doubtful("terminal", `Output: ${facts}, and the locale is not UTF-8: other letters are shown as \\u....`, "export LANG=C.UTF-8");
}
