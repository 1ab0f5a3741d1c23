import { MoltbotCommand } from "../../../base.ts";
import { Args, Flags, listOf, outputFlag } from "../../../flags.ts";
import { URL_FLAG } from "../../../gateway-access.ts";
import { conclude } from "../../../session.ts";
import { PASSPHRASE_FLAGS } from "../../../store-key-flags.ts";
import { exportedViews } from "../../../views/person.ts";

export const ALSO_FLAG = Flags.string({
  helpValue: "ID",
  multiple: true,
  multipleNonGreedy: true,
  description: "another id of the same person (repeatable)",
  env: "MOLTBOT_ALSO",
});

export default class GatewayPersonExport extends MoltbotCommand {
  static override summary = "Write down everything that is stored about one person";
  static override description =
    "Conversations, waiting messages and answers, approvals: what they said, what was answered and done for it. In rooms, the part of others is left out. " +
    "The file is new and closed to others; the audit has a receipt with its digest. Works beside a running gateway.";
  static override examples = [
    { description: "Somebody asks what you have", command: "<%= config.bin %> gateway person export telegram:4711 --out ada.json" },
    {
      description: "With their other id",
      command: "<%= config.bin %> gateway person export telegram:4711 --also irc:ada --out ada.json",
    },
  ];
  static override args = {
    id: Args.string({ description: "an id of the person, such as telegram:4711", required: true, ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    out: Flags.string({ helpValue: "FILE", description: "the file to write; it must not exist", required: true, env: "MOLTBOT_OUT" }),
    also: ALSO_FLAG,
    url: URL_FLAG,
    ...PASSPHRASE_FLAGS,
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(GatewayPersonExport);
    const session = this.session(flags);
    const { exportTo } = await import("../../../person.ts");
    const done = await exportTo(session, flags, [args.id, ...listOf(flags.also)], flags.out);
    return conclude(session, done, { views: exportedViews(flags.out) });
  }
}
