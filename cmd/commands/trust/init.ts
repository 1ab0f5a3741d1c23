import path from "node:path";
import { escapeText } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { approve } from "../../confirm.ts";
import { Args, Flags, outputFlag } from "../../flags.ts";
import { conclude } from "../../session.ts";
import { anchorViews, signerLines } from "../../views/trust.ts";

export default class TrustInit extends MoltbotCommand {
  static override summary = "Tell this host whom to believe, before anything is applied";
  static override description =
    "Stores a trust anchor in the state folder (0600): who may sign commits until a generation that requires signatures is active, and from then " +
    "on that no commit may turn that off. FILE is an allowed_signers file, an armored OpenPGP keyring, or another host's anchor. Without it, the " +
    "list of the Project itself is taken: compare its fingerprints with what you know from elsewhere before you say yes.";
  static override examples = [
    { description: "Look at the fingerprints of the repository's own list, and trust them", command: "<%= config.bin %> trust init" },
    {
      description: "On a server that follows a branch",
      command: "<%= config.bin %> trust init allowed_signers --state /var/lib/moltbot --auto-approve",
    },
    { description: "Commits up to a tag were not signed yet", command: "<%= config.bin %> trust init --since refs/tags/v1" },
  ];
  static override args = { file: Args.string({ description: "who may sign; default: what the Project lists", ignoreStdin: true }) };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    since: Flags.string({
      helpValue: "REV",
      description: "vouch for the history up to this commit; it is not verified",
      env: "MOLTBOT_SINCE",
    }),
    override: Flags.boolean({
      description: "the active generation's list is not to be believed any more (a key was stolen): the anchor judges the next apply",
      env: "MOLTBOT_OVERRIDE",
    }),
    replace: Flags.boolean({ description: "replace the anchor that stands here", env: "MOLTBOT_REPLACE" }),
    "auto-approve": Flags.boolean({ description: "do not ask; without a terminal this is needed", env: "MOLTBOT_AUTO_APPROVE" }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(TrustInit);
    const session = this.session(flags);
    const { setAnchor } = await import("../../../reconciler/engine.ts");
    const request = {
      ...(args.file === undefined ? {} : { file: path.resolve(args.file) }),
      ...(flags.since === undefined ? {} : { since: flags.since }),
      mayReplace: flags.replace,
      overrules: flags.override,
      confirm: (signers: Parameters<typeof signerLines>[0], source: string) =>
        approve(
          session,
          `This host will believe, from ${escapeText(source)}:\n${signerLines(signers, session.errLook).join("\n")}\n`,
          flags["auto-approve"],
          "Compare the fingerprints, then approve it on the command line:\nmoltbot trust init --auto-approve",
        ),
    };
    return conclude(session, await setAnchor(session.query, request, await session.world()), { views: anchorViews });
  }
}
