import { EXIT, mapResult, ok, type Result } from "../../core/index.ts";
import type { MigratedFile } from "../../reconciler/engine.ts";
import { MoltbotCommand } from "../base.ts";
import { Args, Flags, outputFlag } from "../flags.ts";
import { readManifestPaths } from "../manifest-paths.ts";
import { replaceFiles } from "../replace-files.ts";
import { conclude, type Session } from "../session.ts";
import { UsageError } from "../usage.ts";
import { manifestsMigratedViews, type ManifestsMigrated } from "../views/migrated.ts";
import { migratedViews } from "../views/record.ts";

export default class Migrate extends MoltbotCommand {
  static override summary = "Bring an older store, or older manifests, to this version's format";
  static override description =
    "The store: a copy of the old file stays beside it, and a store of this format is left as it is. With --manifests: moltbot.yaml, every " +
    "manifest and every overlay of the Project, or the files and folders that are named, get the present apiVersion and what else it asks for. " +
    "Comments and layout stay. When one file cannot be brought along, none is changed.";
  static override examples = [
    { description: "After an upgrade that asks for it", command: "<%= config.bin %> migrate" },
    { description: "What would change in the manifests?", command: "<%= config.bin %> migrate --manifests --check" },
    { description: "Change them", command: "<%= config.bin %> migrate --manifests" },
  ];
  static override args = {
    paths: Args.string({
      description: "with --manifests: files or folders, relative to the current folder",
      multiple: true,
      ignoreStdin: true,
    }),
  };
  static override flags = {
    output: outputFlag("text", "json", "jsonl", "yaml"),
    manifests: Flags.boolean({ description: "the manifests, not the store", env: "MOLTBOT_MANIFESTS" }),
    check: Flags.boolean({
      description: "with --manifests: change nothing; exit 1 when a manifest is of an older version",
      env: "MOLTBOT_CHECK",
    }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Migrate);
    const session = this.session(flags);
    const paths = args.paths ?? [];
    if (!flags.manifests) {
      if (paths.length > 0 || this.argv.includes("--check")) throw new UsageError("Paths and --check go with --manifests.");
      const { migrateStore } = await import("../../reconciler/engine.ts");
      return conclude(session, await migrateStore(session.query, await session.world()), { views: migratedViews });
    }
    if (session.query.ref !== undefined) throw new UsageError("migrate changes files; --ref names a commit, which cannot be changed.");
    const done = await migrateManifests(session, paths, flags.check);
    return conclude(session, done, {
      views: manifestsMigratedViews,
      code: ({ changed }) => (flags.check && changed.length > 0 ? EXIT.invalid : EXIT.ok),
    });
  }
}

async function migrateManifests(session: Session, paths: readonly string[], isCheck: boolean): Promise<Result<ManifestsMigrated>> {
  const found = await (paths.length === 0 ? wholeProject(session) : theseFiles(session, paths));
  if (!found.ok) return found;
  const { folder, files } = found.value;
  const changed = files.filter(({ documents }) => documents.length > 0);
  const written = isCheck ? ok(undefined) : replaceFiles(folder, changed);
  return mapResult(written, () => ({
    files: files.length,
    changed: changed.map(({ path, documents }) => ({ path, documents })).sort((a, b) => (a.path < b.path ? -1 : 1)),
    isWritten: !isCheck,
  }));
}

interface Found {
  readonly folder: string;
  readonly files: readonly MigratedFile[];
}

async function wholeProject(session: Session): Promise<Result<Found>> {
  const { migrateTree } = await import("../../reconciler/engine.ts");
  return await migrateTree(session.query, await session.world());
}

async function theseFiles(session: Session, paths: readonly string[]): Promise<Result<Found>> {
  const { migrateFiles } = await import("../../reconciler/engine.ts");
  const read = readManifestPaths(paths);
  if (!read.ok) return read;
  const files = await migrateFiles(read.value, "from elsewhere", (await session.world()).kinds);
  return mapResult(files, (all) => ({ folder: process.cwd(), files: all }));
}
