import { ok } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { conclude } from "../../session.ts";
import { logoutViews } from "../../views/login.ts";

export default class GatewayLogout extends MoltbotCommand {
  static override summary = "End one's login at a gateway";
  static override description = "There and here: the gateway ends it on open connections too, and what was kept is removed.";
  static override examples = [
    { description: "Done for today", command: "<%= config.bin %> gateway logout --url https://bots.acme.example" },
  ];
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    url: Flags.string({ helpValue: "URL", required: true, description: "the gateway's address", env: "MOLTBOT_GATEWAY_URL" }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayLogout);
    const session = this.session(flags);
    const { gatewayUrl } = await import("../../gateway-access.ts");
    const { forgetKey, keysAt } = await import("../../enrolling.ts");
    const url = await gatewayUrl(flags.url);
    const keys = keysAt(url);
    let revoked = true;
    // There first, with the key that is removed here afterwards, whatever the gateway says.
    for (const file of keys) revoked = (await forgetKey(url, file, session.interrupt.signal)) && revoked;
    return conclude(session, ok({ url, was: keys.length > 0, revoked }), { views: logoutViews });
  }
}
