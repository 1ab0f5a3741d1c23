import { MoltbotCommand } from "../../base.ts";
import { outputFlag } from "../../flags.ts";
import { conclude, type Session } from "../../session.ts";
import type { Result } from "../../../core/index.ts";
import type { GatewayStatus } from "../../gateway-status.ts";
import { gatewayStatusViews } from "../../views/gateway.ts";

/** As service managers expect it: the program is not running. */
const STOPPED = 7;

export default class GatewayStatusCommand extends MoltbotCommand {
  static override summary = "Say whether a gateway runs on the state folder, and how everything in it is";
  static override description =
    "What is active for each owner and what of it is declared and not done, channels, plugins, calls that wait for a person, answers that were not " +
    "sent yet, schedules, holds, what protects the machine from commands, and where the log is. Exit code 0 when one runs, 7 when none does.";
  static override examples = [
    { description: "Does it run?", command: "<%= config.bin %> gateway status" },
    { description: "On a server", command: "<%= config.bin %> gateway status --state /var/lib/moltbot" },
  ];
  static override flags = { output: outputFlag("text", "json", "yaml") };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayStatusCommand);
    const session = this.session(flags);
    return conclude(session, await statusOf(session), {
      views: gatewayStatusViews,
      code: ({ state }) => (state === "running" ? 0 : STOPPED),
    });
  }
}

async function statusOf(session: Session): Promise<Result<GatewayStatus>> {
  const { stateOf } = await import("../../state-of.ts");
  const state = await stateOf(session);
  if (!state.ok) return state;
  const { gatewayStatus } = await import("../../gateway-status.ts");
  return await gatewayStatus(state.value);
}
