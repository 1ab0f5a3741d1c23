import { MoltbotCommand } from "../../base.ts";
import { outputFlag } from "../../flags.ts";
import { URL_FLAG } from "../../gateway-access.ts";
import { conclude } from "../../session.ts";
import { PASSPHRASE_FLAGS } from "../../store-key-flags.ts";
import { pairingsViews } from "../../views/pairing.ts";

export default class GatewayPairing extends MoltbotCommand {
  static override summary = "List who waits to be let in on channels, and who was";
  static override description =
    "Strangers on a Channel with `access.direct: pairing` are told a code once. Only here, or by the API, are they let in: never by a message. Works beside the running gateway.";
  static override examples = [
    { description: "Who waits?", command: "<%= config.bin %> gateway pairing" },
    {
      description: "At a gateway elsewhere, where one is logged in",
      command: "<%= config.bin %> gateway pairing --url https://bots.acme.example",
    },
    { description: "For a script", command: "<%= config.bin %> gateway pairing -o json" },
  ];
  static override flags = { output: outputFlag("text", "json", "yaml"), url: URL_FLAG, ...PASSPHRASE_FLAGS };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayPairing);
    const session = this.session(flags);
    const { listPairings } = await import("../../pairing.ts");
    return conclude(session, await listPairings(session, flags), { views: pairingsViews });
  }
}
