import { digestBytes, LIMITS, ok, type Result } from "../../../core/index.ts";
import { loadArchives, loadBundles, loadPlugins, loadSkills, type Archive, type PluginManifest } from "../../../trust/signatures/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Args, Flags, outputFlag } from "../../flags.ts";
import { readInputFile } from "../../input-file.ts";
import { conclude } from "../../session.ts";
import { inspectedViews, type Inspected } from "../../views/plugin.ts";

export default class PluginInspect extends MoltbotCommand {
  static override summary = "Show what is in the archive of a plugin or a skill";
  static override description =
    "Digest, name, version, tools, the capabilities it needs, its files, and with --bundle who claims to have signed it. Reads the archive as " +
    "strictly as a plan does and runs nothing; a claim is not verified here (plugin verify).";
  static override examples = [
    {
      description: "Before it is declared",
      command: "<%= config.bin %> plugin inspect weather-1.4.0.tar.gz --bundle weather-1.4.0.tar.gz.sigstore.json",
    },
  ];
  static override args = { file: Args.string({ description: "the archive", required: true, ignoreStdin: true }) };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    bundle: Flags.string({ helpValue: "FILE", description: "the sigstore bundle of the archive", env: "MOLTBOT_BUNDLE" }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(PluginInspect);
    const session = this.session(flags);
    return conclude(session, await inspect(args.file, flags.bundle), { views: inspectedViews });
  }
}

async function inspect(file: string, bundle: string | undefined): Promise<Result<Inspected>> {
  const bytes = readInputFile(file, LIMITS.archiveBytes);
  if (!bytes.ok) return bytes;
  const { readArchive } = await loadArchives();
  const archive = readArchive(bytes.value);
  if (!archive.ok) return archive;
  const manifest = await selfDescription(archive.value);
  if (!manifest.ok) return manifest;
  const claim = bundle === undefined ? ok(null) : await claimIn(bundle);
  if (!claim.ok) return claim;
  const files = archive.value.files.map(({ path, bytes: content, isExecutable }) => ({
    path,
    bytes: content.byteLength,
    digest: digestBytes(content),
    isExecutable,
  }));
  return ok({ file, digest: archive.value.digest, bytes: bytes.value.byteLength, manifest: manifest.value, files, claim: claim.value });
}

/** A plugin has its plugin.yaml; what has none and a SKILL.md instead is a skill. */
async function selfDescription(archive: Archive): Promise<Result<PluginManifest | null>> {
  const { MANIFEST_FILE, manifestOf } = await loadPlugins();
  const { skillContent } = await loadSkills();
  const isPlugin = archive.files.some(({ path }) => path === MANIFEST_FILE);
  return !isPlugin && skillContent(archive, { files: [] }).ok ? ok(null) : await manifestOf(archive);
}

async function claimIn(file: string): Promise<Result<Inspected["claim"]>> {
  const bytes = readInputFile(file, LIMITS.bundleBytes);
  if (!bytes.ok) return bytes;
  const { claimIn: read } = await loadBundles();
  return read(bytes.value);
}
