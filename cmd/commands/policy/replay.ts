import { EXIT } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Args, Flags, outputFlag } from "../../flags.ts";
import { conclude } from "../../session.ts";
import { PASSPHRASE_FLAGS } from "../../store-key-flags.ts";
import { UsageError } from "../../usage.ts";
import { deniedNow, replayViews } from "../../views/replay.ts";

export default class PolicyReplay extends MoltbotCommand {
  static override summary = "Ask a decision of the running gateway again";
  static override description =
    "The audit names what policies were asked about a call, and of which bundle; this shows the question and asks it again of that bundle, or with " +
    "--with-active of the policies that are in force now. Exit code 3 when it was allowed then and would be denied now.";
  static override examples = [
    { description: "Which calls were there?", command: "<%= config.bin %> audit tail --chain events --kind tool" },
    { description: "Why was that one refused?", command: "<%= config.bin %> policy replay 42" },
    { description: "Would it be allowed today?", command: "<%= config.bin %> policy replay 42 --with-active" },
  ];
  static override args = {
    seq: Args.string({ description: "the number of the record in the chain of events", required: true, ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    "with-active": Flags.boolean({ description: "ask the policies that are in force now", env: "MOLTBOT_WITH_ACTIVE" }),
    "detailed-exitcode": Flags.boolean({
      description: "exit code 2 when the answer is another one, and no denial",
      env: "MOLTBOT_DETAILED_EXITCODE",
    }),
    ...PASSPHRASE_FLAGS,
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(PolicyReplay);
    if (!/^[1-9]\d{0,14}$/.test(args.seq))
      throw new UsageError("AUDIT-SEQ is the number of a record, as `audit tail --chain events` shows it.");
    const session = this.session(flags);
    const { replayIn } = await import("../../replay.ts");
    return conclude(session, await replayIn(session, flags, Number(args.seq)), {
      views: replayViews,
      problems: deniedNow,
      code: ({ isSame }) => (flags["detailed-exitcode"] && !isSame ? EXIT.changesPending : EXIT.ok),
    });
  }
}
