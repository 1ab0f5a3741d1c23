import { digestBytes, ok, type Result } from "../../../core/index.ts";
import { loadArchives, loadPlugins } from "../../../trust/signatures/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Args, Flags, outputFlag } from "../../flags.ts";
import { writeOneFile } from "../../new-files.ts";
import { readPluginFolder } from "../../plugins/index.ts";
import { conclude } from "../../session.ts";
import { packedViews, type Packed } from "../../views/plugin.ts";

export default class PluginPack extends MoltbotCommand {
  static override summary = "Pack a plugin's folder into its archive";
  static override description =
    "The same files give the same archive, byte for byte, on any machine: sorted, without times and owners. Names that begin with a dot and " +
    "node_modules are left out; a link is refused.";
  static override examples = [
    { description: "weather-1.4.0.tar.gz in the current folder", command: "<%= config.bin %> plugin pack weather" },
    { description: "Where the repository keeps it", command: "<%= config.bin %> plugin pack weather --out plugins/weather.tar.gz" },
  ];
  static override args = {
    folder: Args.string({ description: "the plugin's folder, with plugin.yaml at its top", required: true, ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    out: Flags.string({ helpValue: "FILE", description: "write the archive here (default: NAME-VERSION.tar.gz)", env: "MOLTBOT_OUT" }),
    force: Flags.boolean({ description: "replace the file if it is there", env: "MOLTBOT_FORCE" }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(PluginPack);
    const session = this.session(flags);
    return conclude(session, await pack(args.folder, flags.out, flags.force), { views: packedViews });
  }
}

async function pack(folder: string, out: string | undefined, force: boolean): Promise<Result<Packed>> {
  const files = readPluginFolder(folder);
  if (!files.ok) return files;
  const { manifestOf } = await loadPlugins();
  const manifest = await manifestOf({ files: files.value });
  if (!manifest.ok) return manifest;
  const { writeArchive } = await loadArchives();
  const archive = writeArchive(files.value);
  if (!archive.ok) return archive;
  const file = out ?? `${manifest.value.name}-${manifest.value.version}.tar.gz`;
  const written = writeOneFile(file, archive.value, force);
  if (!written.ok) return written;
  const { name, version } = manifest.value;
  const paths = files.value.map((each) => each.path).sort();
  return ok({ file, name, version, digest: digestBytes(archive.value), bytes: archive.value.byteLength, files: paths });
}
