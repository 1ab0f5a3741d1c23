import path from "node:path";
import { digestBytes, mapResult, ok, type Result } from "../../../core/index.ts";
import { loadArchives, loadPlugins, loadSkills, type ArchiveFile } from "../../../trust/signatures/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Args, Flags, outputFlag } from "../../flags.ts";
import { writeOneFile } from "../../new-files.ts";
import { readPluginFolder, withoutTypes } from "../../plugins/index.ts";
import { conclude } from "../../session.ts";
import { packedViews, type Packed } from "../../views/plugin.ts";

export default class PluginPack extends MoltbotCommand {
  static override summary = "Pack a plugin's or a skill's folder into its archive";
  static override description =
    "The same files give the same archive, byte for byte, on any machine: sorted, without times and owners. Names that begin with a dot and " +
    "node_modules are left out; a link is refused. A TypeScript entry is packed with its JavaScript beside it. A skill is a folder with SKILL.md, its prompt, at its top; all its files are text.";
  static override examples = [
    { description: "weather-1.4.0.tar.gz in the current folder", command: "<%= config.bin %> plugin pack weather" },
    { description: "A skill: refunds.tar.gz", command: "<%= config.bin %> plugin pack skills/refunds --kind skill" },
    { description: "Where the repository keeps it", command: "<%= config.bin %> plugin pack weather --out plugins/weather.tar.gz" },
  ];
  static override args = {
    folder: Args.string({ description: "the folder, with plugin.yaml or SKILL.md at its top", required: true, ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    kind: Flags.string({ description: "what is packed", options: ["plugin", "skill"], default: "plugin", env: "MOLTBOT_KIND" }),
    out: Flags.string({
      helpValue: "FILE",
      description: "write the archive here (default: NAME-VERSION.tar.gz; of a skill FOLDER.tar.gz)",
      env: "MOLTBOT_OUT",
    }),
    force: Flags.boolean({ description: "replace the file if it is there", env: "MOLTBOT_FORCE" }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(PluginPack);
    const session = this.session(flags);
    return conclude(session, await pack(args.folder, flags), { views: packedViews });
  }
}

interface How {
  readonly kind: string;
  readonly out: string | undefined;
  readonly force: boolean;
}

async function pack(folder: string, { kind, out, force }: How): Promise<Result<Packed>> {
  const read = readPluginFolder(folder);
  const files = read.ok && kind === "plugin" ? withoutTypes(read.value) : read;
  if (!files.ok) return files;
  const named = await (kind === "skill" ? skillIn(folder, files.value) : pluginIn(files.value));
  if (!named.ok) return named;
  const { name, version } = named.value;
  const { writeArchive } = await loadArchives();
  const archive = writeArchive(files.value);
  if (!archive.ok) return archive;
  const file = out ?? `${name}${version === null ? "" : `-${version}`}.tar.gz`;
  const written = writeOneFile(file, archive.value, force);
  if (!written.ok) return written;
  const paths = files.value.map((each) => each.path).sort();
  return ok({
    file,
    kind: kind === "skill" ? "skill" : "plugin",
    name,
    version,
    digest: digestBytes(archive.value),
    bytes: archive.value.byteLength,
    files: paths,
  });
}

type Named = Pick<Packed, "name" | "version">;

async function pluginIn(files: readonly ArchiveFile[]): Promise<Result<Named>> {
  const { manifestOf } = await loadPlugins();
  return mapResult(await manifestOf({ files }), ({ name, version }) => ({ name, version }));
}

/** A skill has no manifest of its own: it is named for its folder, and its resource says the version. */
async function skillIn(folder: string, files: readonly ArchiveFile[]): Promise<Result<Named>> {
  const { skillContent } = await loadSkills();
  return mapResult(skillContent({ files }, {}), () => ({ name: path.basename(path.resolve(folder)), version: null }));
}
