import { MoltbotCommand } from "../../base.ts";
import { outputFlag } from "../../flags.ts";
import { URL_FLAG } from "../../gateway-access.ts";
import { conclude } from "../../session.ts";
import { PASSPHRASE_FLAGS } from "../../store-key-flags.ts";
import { approvalsViews } from "../../views/approvals.ts";

export default class GatewayApprovals extends MoltbotCommand {
  static override summary = "List the calls that wait for a person";
  static override description =
    "Of each call what it is, on whose behalf, and until when it can be answered, and exactly what would run: program and arguments, address, body; what is long by its digest, with --verbose whole. Works beside the running gateway.";
  static override examples = [
    { description: "What waits?", command: "<%= config.bin %> gateway approvals" },
    { description: "All of it, byte for byte", command: "<%= config.bin %> gateway approvals --verbose" },
    {
      description: "At a gateway elsewhere, where one is logged in",
      command: "<%= config.bin %> gateway approvals --url https://bots.acme.example",
    },
    { description: "For a script", command: "<%= config.bin %> gateway approvals -o json" },
  ];
  static override flags = { output: outputFlag("text", "json", "yaml"), url: URL_FLAG, ...PASSPHRASE_FLAGS };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayApprovals);
    const session = this.session(flags);
    const { openApprovals } = await import("../../answering.ts");
    return conclude(session, await openApprovals(session, flags), { views: approvalsViews });
  }
}
