import { EXIT, ok, type Result } from "../../core/index.ts";
import type { FormattedFile } from "../../reconciler/engine.ts";
import { MoltbotCommand } from "../base.ts";
import { Args, Flags, outputFlag } from "../flags.ts";
import { readManifestPaths } from "../manifest-paths.ts";
import { replaceFiles } from "../replace-files.ts";
import { conclude, type Session } from "../session.ts";
import { UsageError } from "../usage.ts";
import { formattedViews, type Formatted } from "../views/formatted.ts";

export default class Fmt extends MoltbotCommand {
  static override summary = "Bring manifests into one form";
  static override description =
    "Block style, two spaces, apiVersion, kind, metadata first and spec last; comments stay, and so does what is meant. Without paths: moltbot.yaml, every " +
    "manifest and every overlay of the Project. Prints the names of the files that were not in form. When one file cannot be read, none is changed.";
  static override examples = [
    { description: "The whole Project", command: "<%= config.bin %> fmt" },
    { description: "In a pull request: exit code 1 when something is not in form", command: "<%= config.bin %> fmt --check" },
    { description: "One folder", command: "<%= config.bin %> fmt agents" },
  ];
  static override strict = true;
  static override args = {
    paths: Args.string({ description: "files or folders, relative to the current folder", multiple: true, ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text", "json", "jsonl", "yaml"),
    check: Flags.boolean({ description: "change nothing; exit 1 when a file is not in form", env: "MOLTBOT_CHECK" }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Fmt);
    const session = this.session(flags);
    if (session.query.ref !== undefined) throw new UsageError("fmt works on files; --ref names a commit, which cannot be changed.");
    const formatted = await formattedFiles(session, args.paths ?? []);
    const done = formatted.ok ? finish(formatted.value, flags.check) : formatted;
    return conclude(session, done, {
      views: formattedViews,
      code: ({ changed }) => (flags.check && changed.length > 0 ? EXIT.invalid : EXIT.ok),
    });
  }
}

interface Found {
  readonly folder: string;
  readonly files: readonly FormattedFile[];
}

async function formattedFiles(session: Session, paths: readonly string[]): Promise<Result<Found>> {
  const { formatFiles, formatTree } = await import("../../reconciler/engine.ts");
  if (paths.length === 0) return formatTree(session.query, await session.world());
  const read = readManifestPaths(paths);
  if (!read.ok) return read;
  const files = await formatFiles(read.value, "from elsewhere");
  return files.ok ? ok({ folder: process.cwd(), files: files.value }) : files;
}

function finish({ folder, files }: Found, isCheck: boolean): Result<Formatted> {
  const changed = files.filter((file) => !Buffer.from(file.after).equals(file.before));
  const written = isCheck ? ok(undefined) : replaceFiles(folder, changed);
  if (!written.ok) return written;
  return ok({ files: files.length, changed: changed.map((file) => file.path).sort(), isWritten: !isCheck });
}
