import { fail, problem, type Result } from "../core/index.ts";
import { openRecords, type SealedRecords } from "../runtime/store/index.ts";
import type { Session } from "./session.ts";
import { stateOf } from "./state-of.ts";
import { unlocked, type StoreKeyWish } from "./store-key.ts";

/** Opens the sealed records of the state folder that a command means, for as long as `work` takes. Where there is no store: `NO_RECORD`. */
export async function withRecords<T>(
  session: Session,
  flags: Pick<StoreKeyWish, "passphrase-file">,
  work: (records: SealedRecords, dir: string) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  const state = await stateOf(session);
  if (!state.ok) return state;
  const key = await unlocked(session, state.value, flags);
  if (!key.ok) return key;
  const records = openRecords(state.value, key.value);
  if (!records.ok) return records;
  if (records.value === null)
    return fail(
      problem("NO_RECORD", {
        detail: `There is no store in ${state.value}: nothing was applied from here.`,
        remedy: "Name the state folder that the gateway uses:\n--state DIR",
      }),
    );
  try {
    return await work(records.value, state.value);
  } finally {
    records.value.close();
  }
}
