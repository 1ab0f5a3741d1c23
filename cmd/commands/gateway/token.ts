import { mapResult } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { ROLE_FLAG } from "../../gateway-access.ts";
import { conclude } from "../../session.ts";
import { tokenViews } from "../../views/login.ts";

export default class GatewayToken extends MoltbotCommand {
  static override summary = "Print an access token, for a script";
  static override description =
    "Made with the device key of one's login; good for at most a quarter of an hour, and for nothing that makes further keys or tokens. Put it into a header, never into an address.";
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
    role: ROLE_FLAG(),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayToken);
    const session = this.session(flags);
    const { askAs } = await import("../../gateway-access.ts");
    const found = await askAs(session, flags.url, "POST", "/v2/auth/token", flags.role === undefined ? {} : { role: flags.role });
    return conclude(
      session,
      mapResult(found, ({ accessToken }) => (typeof accessToken === "string" ? accessToken : "")),
      { views: tokenViews },
    );
  }
}
