import { MoltbotCommand } from "../../base.ts";
import { outputFlag } from "../../flags.ts";
import { URL_FLAG } from "../../gateway-access.ts";
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
    { description: "One elsewhere, where one is logged in", command: "<%= config.bin %> gateway status --url https://bots.acme.example" },
  ];
  static override flags = { output: outputFlag("text", "json", "yaml"), url: URL_FLAG };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayStatusCommand);
    const session = this.session(flags);
    return conclude(session, await statusOf(session, flags.url), {
      views: gatewayStatusViews,
      code: ({ state }) => (state === "running" ? 0 : STOPPED),
    });
  }
}

async function statusOf(session: Session, url: string | undefined): Promise<Result<GatewayStatus>> {
  if (url !== undefined) return await (await import("../../gateway-status.ts")).gatewayStatusAt(session, url);
  const { stateOf } = await import("../../state-of.ts");
  const state = await stateOf(session);
  if (!state.ok) return state;
  const { gatewayStatus } = await import("../../gateway-status.ts");
  return await gatewayStatus(state.value, session.interrupt.signal);
}
