import { MoltbotCommand } from "../../base.ts";
import { Args, OPTIONAL_REASON_FLAG, outputFlag } from "../../flags.ts";
import { URL_FLAG } from "../../gateway-access.ts";
import { conclude } from "../../session.ts";
import { frozenViews } from "../../views/frozen.ts";

const NO_REASON = "lifted by hand";

export default class GatewayUnfreeze extends MoltbotCommand {
  static override summary = "Lift a hold";
  static override description = "What the hold stopped may be done again at the very next check, as far as grants and policies allow it.";
  static override examples = [
    { description: "Which holds are there?", command: "<%= config.bin %> status" },
    { description: "The incident is over", command: '<%= config.bin %> gateway unfreeze 3f9a0c17 --reason "cause removed"' },
  ];
  static override args = {
    id: Args.string({ description: "the hold's id, or how it begins", required: true, ignoreStdin: true }),
  };
  static override flags = { output: outputFlag("text", "json", "yaml"), url: URL_FLAG, reason: OPTIONAL_REASON_FLAG };

  async run(): Promise<number> {
    const { args, flags } = await this.read(GatewayUnfreeze);
    const session = this.session(flags);
    const { incidentWorld, unfreezeAt } = await import("../../incident.ts");
    if (flags.url !== undefined)
      return conclude(session, await unfreezeAt(session, flags.url, args.id, flags.reason ?? NO_REASON), { views: frozenViews("lifted") });
    const world = await incidentWorld(session);
    if (!world.ok) return conclude(session, world, { views: frozenViews("lifted") });
    const { unfreeze } = await import("../../../runtime/gate/index.ts");
    return conclude(session, unfreeze(world.value, args.id, flags.reason ?? NO_REASON), { views: frozenViews("lifted") });
  }
}
