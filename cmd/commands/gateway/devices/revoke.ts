import { Args } from "@oclif/core";
import { mapResult } from "../../../../core/index.ts";
import { MoltbotCommand } from "../../../base.ts";
import { outputFlag } from "../../../flags.ts";
import { URL_FLAG } from "../../../gateway-access.ts";
import { conclude } from "../../../session.ts";
import { revokedViews } from "../../../views/login.ts";

export default class GatewayDevicesRevoke extends MoltbotCommand {
  static override summary = "End a device or a login at once";
  static override description = "On open connections too. One's own, or anybody's for an owner.";
  static override examples = [
    { description: "A lost laptop", command: "<%= config.bin %> gateway devices revoke device:laptop" },
    {
      description: "A login that `gateway devices` lists",
      command: "<%= config.bin %> gateway devices revoke 3f2a91c04d5e6f708192a3b4c5d6e7f8",
    },
  ];
  static override args = { id: Args.string({ required: true, description: "the ID that `gateway devices` shows" }) };
  static override flags = { output: outputFlag("text", "json", "yaml"), url: URL_FLAG };

  async run(): Promise<number> {
    const { flags, args } = await this.read(GatewayDevicesRevoke);
    const session = this.session(flags);
    const { askAs } = await import("../../../gateway-access.ts");
    const done = await askAs(session, flags.url, "POST", "/v2/auth/revoke", { token: args.id });
    return conclude(
      session,
      mapResult(done, () => ({ token: args.id })),
      { views: revokedViews },
    );
  }
}
