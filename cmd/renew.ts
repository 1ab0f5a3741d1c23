import type { Result } from "../core/index.ts";
import type { RecordKey, RenewedKey, StoreKeyChoice } from "../reconciler/record/types.ts";
import { approve } from "./confirm.ts";
import type { Session } from "./session.ts";

export interface Renewal {
  readonly key: RecordKey;
  readonly because: string;
  /** What happens, for the one who is asked. */
  readonly what: string;
  /** The command as it would be given with its approval. */
  readonly approved: string;
  readonly storeKeys?: StoreKeyChoice;
}

/** Asks, then puts a new key in the place of one of the record's. */
export async function renew(
  session: Session,
  { key, because, what, approved, storeKeys }: Renewal,
  flags: { readonly "auto-approve": boolean; readonly "lock-timeout": number },
): Promise<Result<RenewedKey>> {
  const { renewKey } = await import("../reconciler/engine.ts");
  const remedy = `Approve it on the command line:\nmoltbot ${approved} --auto-approve`;
  const confirm = (): Promise<Result<void>> => approve(session, `${what}\n`, flags["auto-approve"], remedy);
  const choice = { key, because, lockTimeoutMs: flags["lock-timeout"] * 1_000, confirm };
  const world = await session.world();
  return await renewKey(session.query, choice, storeKeys ? { ...world, storeKeys } : world);
}
