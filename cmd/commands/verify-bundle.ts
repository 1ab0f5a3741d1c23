import { MoltbotCommand } from "../base.ts";
import { Args, Flags, outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { artifactGiven, SIGNER_FLAGS, verifyGiven } from "../verifying.ts";
import { UsageError } from "../usage.ts";
import { verifiedViews } from "../views/verified.ts";

export default class VerifyBundle extends MoltbotCommand {
  static override summary = "Verify a sigstore bundle, offline";
  static override description =
    "Does the bundle prove that this signer signed this file? The file is named by its path or as sha256:DIGEST. Nothing is asked over the " +
    "network; without --trusted-root the Project's trust root counts, and without that a certificate proves nothing. Ends with 0, or with 1 " +
    "(malformed) or 4 (not authentic, or another signer).";
  static override examples = [
    {
      description: "Signed by a build in CI",
      command:
        "<%= config.bin %> verify-bundle --bundle app.sigstore.json --certificate-identity https://ci.acme.example/app/.build.yml@refs/heads/main --certificate-oidc-issuer https://token.ci.acme.example app.tar.gz",
    },
    { description: "Signed with a key", command: "<%= config.bin %> verify-bundle --bundle app.sigstore.json --key acme.pub app.tar.gz" },
  ];
  static override args = {
    artifact: Args.string({
      name: "FILE_OR_DIGEST",
      description: "the file, or its digest as sha256:...",
      required: true,
      ignoreStdin: true,
    }),
  };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    bundle: Flags.string({ helpValue: "FILE", required: true, description: "the sigstore bundle", env: "MOLTBOT_BUNDLE" }),
    ...SIGNER_FLAGS,
    staging: Flags.boolean({
      hidden: true,
      description: "the sigstore test instance; refused, because its trust root would have to be fetched",
      env: "MOLTBOT_STAGING",
    }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(VerifyBundle);
    const session = this.session(flags);
    // Other clients fetch the root of a public instance. Here a root is always a file that somebody put there.
    if (flags.staging)
      throw new UsageError("--staging would fetch a trust root, and nothing is fetched here. Name its file: --trusted-root FILE");
    const artifact = artifactGiven(args.artifact);
    const verified = artifact.ok ? await verifyGiven(session, flags.bundle, artifact.value, flags) : artifact;
    return conclude(session, verified, { views: verifiedViews });
  }
}
