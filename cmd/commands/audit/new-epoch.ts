import { MoltbotCommand } from "../../base.ts";
import { outputFlag, REASON_FLAG, RENEWAL_FLAGS } from "../../flags.ts";
import { renew } from "../../renew.ts";
import { conclude, type Session } from "../../session.ts";
import { caution, ok, type Result } from "../../../core/index.ts";
import { renewedViews } from "../../views/renewed.ts";

const WHAT =
  "The ledger gets a new key, and a record that says so. Every record before it stays on the chain, but what signs its head from now on is " +
  "the new key: compare the ledger with a head that was kept elsewhere before you trust it again.";

export default class AuditNewEpoch extends MoltbotCommand {
  static override summary = "Begin a new epoch of the ledger under a new key";
  static override description = WHAT;
  static override examples = [
    { description: "The key is lost", command: '<%= config.bin %> audit new-epoch --reason "ledger.key lost with the old host"' },
    { description: "Then, with a head that was kept elsewhere", command: '<%= config.bin %> audit verify --head "$(cat seen-head.txt)"' },
  ];
  static override flags = { output: outputFlag("text", "json", "yaml"), reason: REASON_FLAG, ...RENEWAL_FLAGS };

  async run(): Promise<number> {
    const { flags } = await this.read(AuditNewEpoch);
    const session = this.session(flags);
    const approved = "audit new-epoch --reason TEXT";
    const renewed = await renew(session, { key: "ledger.key", because: flags.reason, what: WHAT, approved }, flags);
    const done = renewed.ok ? await withSoundEvents(session, renewed) : renewed;
    return conclude(session, done, { views: renewedViews("ledger.key") });
  }
}

/** Events that do not verify are set aside: the next gateway begins their chain anew. */
async function withSoundEvents<T>(session: Session, renewed: Extract<Result<T>, { readonly ok: true }>): Promise<Result<T>> {
  const { stateOf } = await import("../../state-of.ts");
  const dir = await stateOf(session);
  if (!dir.ok) return dir;
  const { setAsideBroken } = await import("../../../runtime/audit/index.ts");
  const { clock, actor } = await session.world();
  const aside = setAsideBroken(dir.value, { clock, actor });
  if (!aside.ok) return aside;
  if (aside.value === null) return renewed;
  const { place } = aside.value;
  const what = place === null ? "are gone" : `did not verify. They are in ${place} now`;
  const detail = `The events of the gateway ${what}, and the next gateway begins a new chain.`;
  return ok(renewed.value, [...renewed.warnings, caution("AUDIT_BROKEN", { detail })]);
}
