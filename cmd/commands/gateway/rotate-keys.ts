import { MoltbotCommand } from "../../base.ts";
import { outputFlag, REASON_FLAG, RENEWAL_FLAGS } from "../../flags.ts";
import { conclude } from "../../session.ts";
import { PASSPHRASE_FLAGS } from "../../store-key-flags.ts";
import { rotatedViews } from "../../views/renewed.ts";

export default class GatewayRotateKeys extends MoltbotCommand {
  static override summary = "Encrypt what is stored with new keys";
  static override description =
    "A new data key, with which every record is sealed anew, and a new store key that wraps it (a store key that is locked by a passphrase or age stays: " +
    "`gateway reset-store --store-key` makes another one). Works beside a running gateway; cut short at any point, everything still opens and the next " +
    "rotation completes it. Backups need the key of their time.";
  static override examples = [{ description: "Every month", command: '<%= config.bin %> gateway rotate-keys --reason "monthly rotation"' }];
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    reason: REASON_FLAG,
    "lock-timeout": RENEWAL_FLAGS["lock-timeout"],
    ...PASSPHRASE_FLAGS,
  };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayRotateKeys);
    const session = this.session(flags);
    const { rotate } = await import("../../rotate.ts");
    return conclude(session, await rotate(session, flags), { views: rotatedViews });
  }
}
