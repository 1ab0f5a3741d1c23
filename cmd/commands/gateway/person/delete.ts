import { MoltbotCommand } from "../../../base.ts";
import { Args, listOf, outputFlag, REASON_FLAG, RENEWAL_FLAGS } from "../../../flags.ts";
import { URL_FLAG } from "../../../gateway-access.ts";
import { conclude } from "../../../session.ts";
import { PASSPHRASE_FLAGS } from "../../../store-key-flags.ts";
import { deletedViews } from "../../../views/person.ts";
import { ALSO_FLAG } from "./export.ts";

const WHAT =
  "Everything that is stored about this person goes for good: conversations that only they had, their part of others, waiting messages, approvals, what policies were asked. " +
  "The audit keeps that it was done, by whom and why, not what it was. Backups keep what was in them.";

export default class GatewayPersonDelete extends MoltbotCommand {
  static override summary = "Delete everything that is stored about one person";
  static override description = WHAT;
  static override examples = [
    { description: "On request", command: '<%= config.bin %> gateway person delete telegram:4711 --reason "request of 3 May"' },
  ];
  static override args = {
    id: Args.string({ description: "an id of the person, such as telegram:4711", required: true, ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    reason: REASON_FLAG,
    also: ALSO_FLAG,
    "auto-approve": RENEWAL_FLAGS["auto-approve"],
    url: URL_FLAG,
    ...PASSPHRASE_FLAGS,
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(GatewayPersonDelete);
    const session = this.session(flags);
    const { approve } = await import("../../../confirm.ts");
    const remedy = "Approve it on the command line:\nmoltbot gateway person delete ID --reason TEXT --auto-approve";
    const approved = await approve(session, `${WHAT}\n`, flags["auto-approve"], remedy);
    if (!approved.ok) return conclude(session, approved, { views: deletedViews });
    const { deleteOf } = await import("../../../person.ts");
    const done = await deleteOf(session, flags, [args.id, ...listOf(flags.also)], flags.reason);
    return conclude(session, done, { views: deletedViews });
  }
}
