import { MoltbotCommand } from "../../base.ts";
import { Args, Flags, listOf, outputFlag, REASON_FLAG } from "../../flags.ts";
import { URL_FLAG } from "../../gateway-access.ts";
import { conclude } from "../../session.ts";
import { frozenViews } from "../../views/frozen.ts";

export default class GatewayFreeze extends MoltbotCommand {
  static override summary = "Stop what a resource may do, at once, by hand";
  static override description =
    "Puts a hold on an agent, channel, plugin, MCP server, or on everything (`*`). It narrows at the very next check, also in runs that are under way, " +
    "and stays through restarts, generations and rollbacks until it is lifted or runs out. With --state it works on a host without the repository.";
  static override examples = [
    { description: "An agent behaves strangely", command: '<%= config.bin %> gateway freeze Agent/support --reason "sends odd links"' },
    {
      description: "One tool of everybody, for two hours",
      command: "<%= config.bin %> gateway freeze '*' --tool http.fetch --until 2h --reason \"incident 12\"",
    },
  ];
  static override args = {
    selector: Args.string({ description: "an address such as Agent/support, or '*'", required: true, ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    url: URL_FLAG,
    reason: REASON_FLAG,
    tool: Flags.string({
      helpValue: "TOOL",
      multiple: true,
      multipleNonGreedy: true,
      description: "only this tool (repeatable; default: everything)",
      env: "MOLTBOT_TOOL",
    }),
    until: Flags.string({
      helpValue: "TIME",
      description: "it ends by itself: a duration (2h) or an instant",
      env: "MOLTBOT_UNTIL",
    }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(GatewayFreeze);
    const session = this.session(flags);
    const { freezeAt, incidentWorld } = await import("../../incident.ts");
    const wish = { selector: args.selector, reason: flags.reason, tools: listOf(flags.tool), until: flags.until ?? null };
    if (flags.url !== undefined) return conclude(session, await freezeAt(session, flags.url, wish), { views: frozenViews("frozen") });
    const world = await incidentWorld(session);
    if (!world.ok) return conclude(session, world, { views: frozenViews("frozen") });
    const { freeze } = await import("../../../runtime/gate/index.ts");
    return conclude(session, freeze(world.value, wish), { views: frozenViews("frozen") });
  }
}
