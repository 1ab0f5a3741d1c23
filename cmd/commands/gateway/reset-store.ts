import { MoltbotCommand } from "../../base.ts";
import { outputFlag, REASON_FLAG, RENEWAL_FLAGS } from "../../flags.ts";
import { renew } from "../../renew.ts";
import { conclude } from "../../session.ts";
import { STORE_KEY_FLAGS } from "../../store-key-flags.ts";
import { renewedViews } from "../../views/renewed.ts";

const WHAT =
  "The store gets a new key. Conversations that are stored stay readable if the present key is there to open them; if it is lost, they are " +
  "given up. Generations, edits, holds and the ledger stay.";

export default class GatewayResetStore extends MoltbotCommand {
  static override summary = "Make a new store key, plain or locked; where the old one is lost, give the stored conversations up";
  static override description = WHAT;
  static override examples = [
    {
      description: "The key is lost, and the conversations with it",
      command: '<%= config.bin %> gateway reset-store --reason "disk of 3 May"',
    },
    {
      description: "Lock the key by a passphrase from now on",
      command: '<%= config.bin %> gateway reset-store --store-key passphrase --reason "no plain key files"',
    },
  ];
  static override flags = { output: outputFlag("text", "json", "yaml"), reason: REASON_FLAG, ...RENEWAL_FLAGS, ...STORE_KEY_FLAGS };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayResetStore);
    const session = this.session(flags);
    const approved = "gateway reset-store --reason TEXT";
    const { forRenewal } = await import("../../store-key.ts");
    const storeKeys = await forRenewal(session, flags);
    if (!storeKeys.ok) return conclude(session, storeKeys, { views: renewedViews("store.key") });
    const renewed = await renew(
      session,
      { key: "store.key", because: flags.reason, what: WHAT, approved, storeKeys: storeKeys.value },
      flags,
    );
    return conclude(session, renewed, { views: renewedViews("store.key") });
  }
}
