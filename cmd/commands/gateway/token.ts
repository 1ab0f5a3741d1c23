import { mapResult } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { conclude } from "../../session.ts";
import { tokenViews } from "../../views/login.ts";

export default class GatewayToken extends MoltbotCommand {
  static override summary = "Print an access token, for a script";
  static override description =
    "Of one's login, renewed first where it ends soon; good for at most a quarter of an hour. Put it into a header, never into an address.";
  static override examples = [
    {
      description: "Ask the API",
      command:
        'curl -H "Authorization: Bearer $(<%= config.bin %> gateway token --url https://bots.acme.example)" https://bots.acme.example/v2/agents',
    },
  ];
  static override flags = {
    output: outputFlag("text", "json"),
    url: Flags.string({ helpValue: "URL", required: true, description: "the gateway's address", env: "MOLTBOT_GATEWAY_URL" }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayToken);
    const session = this.session(flags);
    const { gatewayUrl } = await import("../../gateway-client.ts");
    const { accessTokenFor } = await import("../../credentials.ts");
    const found = await accessTokenFor(gatewayUrl(flags.url));
    return conclude(
      session,
      mapResult(found, ({ accessToken }) => accessToken),
      { views: tokenViews },
    );
  }
}
