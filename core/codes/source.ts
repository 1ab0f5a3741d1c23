import type { CodeEntry } from "./entry.ts";

/** Finding and reading the files of a repository. */
export const SOURCE_CODES = {
  PROJECT_NOT_FOUND: {
    outcome: "INVALID",
    summary: "No moltbot.yaml found",
    page: "moltbot works on the folder that holds `moltbot.yaml` (kind Project). Change into it, or name it with `-C DIR`. `moltbot init` makes one.",
  },
  SOURCE_EMPTY: {
    outcome: "INVALID",
    summary: "No manifests found",
    page: 'The source folders hold no resource but the Project. An empty source never means "delete everything": it is far more often a wrong folder, a wrong branch or a failed checkout. To remove everything on purpose, use `moltbot destroy`.',
  },
  MANIFEST_EMPTY: {
    outcome: "INVALID",
    summary: "Manifest without a document",
    page: "A manifest file holds nothing but white space and comments. That is allowed, and what it declared before is then no longer declared; but it is also how a file looks that an editor or a full disk cut off. This is a remark, not an error: remove the file if it is meant.",
  },
  SOURCE_MISSING: {
    outcome: "INVALID",
    summary: "Source folder not found",
    page: "`spec.sources` in moltbot.yaml names a folder that is not there. Paths are relative to moltbot.yaml.",
  },
  PATH_UNSAFE: {
    outcome: "INVALID",
    summary: "Path leaves the repository or is not portable",
    page: "Paths in manifests are relative to the repository's moltbot.yaml, use `/`, and stay below it: no `..`, no absolute path, no drive letter, no backslash, no percent escapes, no control characters.",
  },
  NOT_A_FILE: {
    outcome: "INVALID",
    summary: "Not a regular file",
    page: "Manifests and embedded files are regular files. A symbolic link could show a file from outside the repository; a FIFO, socket or device could block or have effects when opened; a submodule is another repository.",
  },
  FILE_MISSING: {
    outcome: "INVALID",
    summary: "File not found",
    page: "A `{file: path}` field or `overlays` names a file that is not there. Paths are relative to moltbot.yaml, and upper and lower case differ.",
  },
  TOO_MANY_FILES: {
    outcome: "LIMIT",
    summary: "Too many files",
    page: "More manifest files than `limits.files` of the Project (default 200,000). Raise the limit in moltbot.yaml if the number is right.",
  },
  SOURCE_TOO_LARGE: {
    outcome: "LIMIT",
    summary: "Too much to read",
    page: "The manifests and embedded files of one Project may have 256 MiB together. Split the Project, or name fewer folders in `spec.sources`.",
  },
  MANIFEST_NOT_READ: {
    outcome: "INVALID",
    summary: "File looks like a manifest but is not read",
    page: "Without `spec.sources`, every folder beside moltbot.yaml is read, but no file beside it. A file there that names our apiVersion was probably meant to be one of the manifests: move it into a folder. This is a remark, not an error.",
  },
  READ_FAILED: {
    outcome: "UNAVAILABLE",
    summary: "File could not be read",
    page: "The operating system refused to read a file or folder. The message names the file and the reason.",
  },
  GIT_FAILED: {
    outcome: "UNAVAILABLE",
    summary: "git could not read the repository",
    page: "git ended with an error, an object is missing, or a fetch was cut. The last good commit stays in force; the next fetch repairs it.",
  },
  REF_UNSAFE: {
    outcome: "INVALID",
    summary: "Not an allowed ref or repository address",
    page: "Refs and addresses that start with `-` could be read as options, and helper transports (`ext::`, `fd::`) run commands. Allowed addresses: `https://`, `ssh://`, `user@host:path`, and a local path on the command line.",
  },
  REF_AMBIGUOUS: {
    outcome: "INVALID",
    summary: "Ambiguous ref",
    page: "A branch, a tag or a commit have the same name. Give the full ref: `refs/heads/NAME`, `refs/tags/NAME`, or all 40 digits of the commit.",
  },
  REF_NOT_IN_REPOSITORY: {
    outcome: "INVALID",
    summary: "Ref not found",
    page: "The repository has no such branch, tag or commit. In a shallow clone older commits are absent: fetch them first.",
  },
  MIRROR_LOCKED: {
    outcome: "LOCKED",
    summary: "The mirror is in use",
    page: "Another process is making or fetching the mirror in this state folder, and held it longer than `--lock-timeout`. A watch loop tries again by itself. The kernel frees the claim when that process ends.",
  },
  MIRROR_BOUND: {
    outcome: "REFUSED",
    summary: "The mirror belongs to another repository or branch",
    page: "The state folder follows one repository and one branch. Following another one with it would let whoever changes the address decide what is applied next. If the change is wanted, say so with `--rebind`, or use another state folder.",
  },
  SOURCE_REDIRECTED: {
    outcome: "REFUSED",
    summary: "The repository's address leads elsewhere",
    page: "The server answers with a redirection. moltbot does not follow it: whoever controls the old address, or the way to it, could otherwise choose what is applied next, and be sent the credentials of the old one. What was fetched before stays in force. If the repository moved, give the new address with `--rebind`.",
  },
  WORK_TREE_IGNORED: {
    outcome: "INVALID",
    summary: "Uncommitted changes are not part of this plan",
    page: "A commit was asked for with `--ref`, so only the commit is planned. The work tree has changes that are not in it. This is a remark, not an error.",
  },
  NOT_A_REPOSITORY: {
    outcome: "INVALID",
    summary: "Not a git repository",
    page: "`--ref` asks for a commit, but the folder is in no git repository. Leave `--ref` out to plan the files on disk.",
  },
} as const satisfies Record<string, CodeEntry>;
