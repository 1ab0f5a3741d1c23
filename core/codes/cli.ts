import type { CodeEntry } from "./entry.ts";

/** The command line itself. */
export const CLI_CODES = {
  INPUT_EMPTY: {
    outcome: "REFUSED",
    summary: "Nothing came on standard input",
    page: "A value was to be read from standard input, and nothing came: usually because the command before the pipe failed. Writing an empty value over a real one would lose it. For a value that really is empty, name an empty file: `--from-file /dev/null`.",
  },
  OUTPUT_FAILED: {
    outcome: "UNAVAILABLE",
    summary: "Output could not be written",
    page: "A file given with `--out` or `--report`, or standard output, could not be written.",
  },
  OUTPUT_EXISTS: {
    outcome: "REFUSED",
    summary: "The output folder is not empty",
    page: "Commands that write a tree of files write into a folder that is empty or not there yet, so that nothing of yours is overwritten or mixed in. Name another folder, or empty this one.",
  },
  PLUGIN_AMONG_MANIFESTS: {
    outcome: "REFUSED",
    summary: "A plugin's files would be read as manifests",
    page: "The folder lies where a moltbot.yaml reads manifests from, and `plugin.yaml` is none: every later `validate` and `plan` would fail. Nothing was written. Name a folder outside of the repository, one that `spec.sources` of moltbot.yaml does not name, or name the folders with manifests there. Only the packed archive and its signature belong into the repository.",
  },
  FILE_IN_THE_WAY: {
    outcome: "REFUSED",
    summary: "A file is there already",
    page: "`moltbot init` and `moltbot backup` write new files only. A name that is needed is taken, so nothing was written. Choose another folder or another name, or remove the file.",
  },
  FILE_CHANGED: {
    outcome: "STALE",
    summary: "The file changed meanwhile",
    page: "A file was changed between being read and being written, so it was left alone: what somebody else saved is not overwritten. Run the command again.",
  },
  CODE_UNKNOWN: {
    outcome: "INVALID",
    summary: "Unknown diagnostic code",
    page: "There is no diagnostic of this name. `moltbot explain` without a name lists them.",
  },
  RESOURCE_NOT_FOUND: {
    outcome: "INVALID",
    summary: "No such resource",
    page: "The repository or the active generation has no resource with this address. Addresses are `Kind/name`.",
  },
} as const satisfies Record<string, CodeEntry>;
