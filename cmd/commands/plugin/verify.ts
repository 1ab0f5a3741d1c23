import { escapeText, fail, ok, problem, type Result } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Args, Flags, outputFlag } from "../../flags.ts";
import { conclude, type Session } from "../../session.ts";
import { UsageError } from "../../usage.ts";
import { artifactGiven, SIGNER_FLAGS, verifyGiven, type SignerFlags } from "../../verifying.ts";
import { checkedPluginsViews, type CheckedPlugins } from "../../views/plugin.ts";
import { verifiedViews } from "../../views/verified.ts";

export default class PluginVerify extends MoltbotCommand {
  static override summary = "Verify an archive, or the plugins and bundled skills that the repository declares";
  static override description =
    "With FILE and --bundle: is this archive signed by that signer? Without: every Plugin and every Skill with a bundle, or the one named by --plugin, is verified as a " +
    "plan would: signature, signer, provenance, pin, and whether archive and resource agree. Offline either way.";
  static override examples = [
    { description: "What the repository declares", command: "<%= config.bin %> plugin verify" },
    {
      description: "One archive",
      command: "<%= config.bin %> plugin verify weather-1.4.0.tar.gz --bundle weather-1.4.0.tar.gz.sigstore.json --key acme.pub",
    },
  ];
  static override args = { file: Args.string({ description: "the archive, or its digest as sha256:...", ignoreStdin: true }) };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    bundle: Flags.string({ helpValue: "FILE", description: "the sigstore bundle of the archive", env: "MOLTBOT_BUNDLE" }),
    plugin: Flags.string({ helpValue: "NAME", description: "only this declared plugin; a skill as Skill/NAME", env: "MOLTBOT_PLUGIN" }),
    ...SIGNER_FLAGS,
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(PluginVerify);
    const session = this.session(flags);
    if (args.file === undefined) {
      refuseArchiveFlags(flags, flags.bundle);
      return conclude(session, await declared(session, flags.plugin), { views: checkedPluginsViews });
    }
    if (flags.plugin !== undefined) throw new UsageError("--plugin names a declared plugin; it does not go with FILE.");
    if (flags.bundle === undefined) throw new UsageError("FILE needs --bundle, the sigstore bundle that signs it.");
    const artifact = artifactGiven(args.file);
    const verified = artifact.ok ? await verifyGiven(session, flags.bundle, artifact.value, flags) : artifact;
    return conclude(session, verified, { views: verifiedViews });
  }
}

function refuseArchiveFlags(flags: SignerFlags, bundle: string | undefined): void {
  const given = [bundle, flags.key, flags["certificate-identity"], flags["certificate-oidc-issuer"], flags["trusted-root"]];
  if (given.some((each) => each !== undefined))
    throw new UsageError("Without FILE the resources say who must have signed; signer flags go with FILE.");
}

async function declared(session: Session, name: string | undefined): Promise<Result<CheckedPlugins>> {
  const { verifyPlugins } = await import("../../../reconciler/engine.ts");
  const checked = await verifyPlugins(session.query, await session.world());
  if (!checked.ok) return checked;
  const wanted = name === undefined || name.includes("/") ? name : `Plugin/${name}`;
  const plugins = checked.value.plugins.filter((each) => wanted === undefined || each.address === wanted);
  if (wanted !== undefined && plugins.length === 0) {
    return fail(
      problem("RESOURCE_NOT_FOUND", {
        detail: `The repository declares no ${escapeText(wanted)} that comes as a bundle.`,
        remedy: "List what is declared:\n  moltbot graph",
        context: { address: wanted },
      }),
    );
  }
  const concerns = plugins.flatMap((each) => each.problems);
  return concerns.length > 0 ? { ok: false, diagnostics: concerns } : ok({ plugins }, checked.warnings);
}
