import { isArray, isObject, LIMITS, ok, shown, type Json, type JsonObject, type Result } from "../../core/index.ts";
import { canonicaliseRequest } from "../../trust/capability/index.ts";
import type { CanonicalCall, Tool, ToolOutput, ToolScope } from "../gate/index.ts";
import type { CommandResult } from "../sandbox/index.ts";
import { defineTool, invalid, textIn, textSchema, type Wish } from "./define.ts";
import { accessOf, type Access } from "./files/access.ts";
import { isText } from "./files/text.ts";
import { textFields } from "./place.ts";
import type { ToolsWorld } from "./types.ts";

/**
 * What a call may put into the environment. Everything else is refused: `PATH`, `LD_PRELOAD`, `NODE_OPTIONS` and
 * their like make of a program that was granted another one.
 */
const ALLOWED = /^(?:LANG|LANGUAGE|LC_[A-Z]{1,32}|TZ|NO_COLOR|COLUMNS|TERM)$/;
/** Where programs are found: the system's, in the sandbox; never the workspace. */
const PATH = "/usr/local/bin:/usr/bin:/bin";

/** `exec.run`: one program with its arguments, in the sandbox, without a shell and without network. */
export function commandTool({ live, commands }: Pick<ToolsWorld, "live" | "commands">): Tool {
  return defineTool({
    name: "exec.run",
    description:
      "Runs a program in a sandbox: its name and its arguments, each by itself; there is no shell. It sees the workspace and no network.",
    properties: {
      argv: {
        type: "array",
        minItems: 1,
        maxItems: LIMITS.commandArguments,
        items: { type: "string" },
        description: "The name of the program, then its arguments.",
      },
      cwd: textSchema("Folder in the workspace; default `.`.", LIMITS.requestChars),
      env: {
        type: "object",
        maxProperties: 32,
        additionalProperties: { type: "string", maxLength: 1_024 },
        description: "LANG, LC_*, TZ, NO_COLOR, COLUMNS, TERM.",
      },
      stdin: textSchema("What it reads."),
    },
    required: ["argv"],
    wish,
    run: async (call, scope, signal) => {
      const access = accessOf(live(), scope.run);
      if (!access.ok) return access;
      const ran = await commands().run(requestOf(call, scope, access.value), signal);
      return ran.ok ? ok(outputOf(ran.value)) : ran;
    },
  });
}

function wish(args: JsonObject): Result<Wish> {
  const argv = textsIn(args["argv"]);
  const [program = "", ...rest] = argv;
  const env = isObject(args["env"]) ? args["env"] : {};
  const odd = Object.keys(env).find((name) => !ALLOWED.test(name));
  if (odd !== undefined) return invalid("exec.run", `the variable ${shown(odd)} cannot be set`);
  if ([...argv, ...textsIn(Object.values(env))].some((each) => each.includes("\0"))) return invalid("exec.run", "a text in it holds NUL");
  const cwd = canonicaliseRequest("path", textIn(args, "cwd", "."));
  if (!cwd.ok) return cwd;
  const stdin = textIn(args, "stdin", null);
  return ok({
    action: "run",
    resource: program,
    facts: { argv: [...argv], cwd: cwd.value, env: Object.keys(env).sort(), stdinBytes: stdin === null ? 0 : Buffer.byteLength(stdin) },
    effect: (name) => ({ argv: [name, ...rest], cwd: cwd.value, env, stdin }),
    summary: () =>
      argv
        .map((each) => shown(each))
        .join(" ")
        .slice(0, LIMITS.httpHeaderChars),
  });
}

function requestOf(
  { effect }: CanonicalCall,
  { workspace, limits }: ToolScope,
  access: Access,
): Parameters<ReturnType<ToolsWorld["commands"]>["run"]>[0] {
  const [program = "", ...rest] = textsIn(effect["argv"]);
  const stdin = textIn(effect, "stdin", null);
  return {
    argv: [program, ...rest],
    cwd: textIn(effect, "cwd", "."),
    env: { PATH, HOME: "/tmp", ...textFields(effect["env"]) },
    stdin: stdin === null ? null : Buffer.from(stdin),
    workspace,
    access: access.workspace,
    hosts: [],
    limits: {
      timeoutMs: limits.timeoutMs,
      memoryBytes: access.memoryBytes,
      processes: access.processes,
      cpus: access.cpus,
      outputBytes: limits.maxResponseBytes,
      diskBytes: access.diskBytes,
    },
  };
}

function outputOf({ exitCode, signal, stdout, stderr, truncated, refusedHosts, ms }: CommandResult): ToolOutput {
  const end = exitCode === null ? `ended by ${signal ?? "a signal"}` : `exit code ${exitCode}`;
  const parts = [
    `${end}${truncated ? "; the output was cut off" : ""}`,
    ...(stdout.length > 0 ? [`stdout:\n${shownBytes(stdout)}`] : []),
    ...(stderr.length > 0 ? [`stderr:\n${shownBytes(stderr)}`] : []),
  ];
  return {
    text: parts.join("\n"),
    // It can have read any file of the workspace, and what it says is the program's text.
    labels: { classes: [], private: true, untrusted: true },
    facts: { exitCode, signal, stdoutBytes: stdout.length, stderrBytes: stderr.length, truncated, refusedHosts: [...refusedHosts], ms },
  };
}

function shownBytes(bytes: Uint8Array): string {
  return isText(bytes) ? Buffer.from(bytes).toString("utf8") : Buffer.from(bytes).toString("latin1");
}

function textsIn(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
