import { fail, ok, problem, type Result } from "../core/index.ts";
import { replayDecision, type Replay } from "../runtime/replay/index.ts";
import { openRecords, openStore } from "../runtime/store/index.ts";
import { noEvents, withEvents } from "./audit-events.ts";
import type { Session } from "./session.ts";
import { stateOf } from "./state-of.ts";
import { unlocked } from "./store-key.ts";

interface ReplayFlags {
  readonly "with-active"?: boolean;
  readonly "passphrase-file"?: string | undefined;
}

/** Opens what a replay looks into, for one look; the gateway may run beside it. */
export async function replayIn(session: Session, flags: ReplayFlags, seq: number): Promise<Result<Replay>> {
  const state = await stateOf(session);
  if (!state.ok) return state;
  const key = await unlocked(session, state.value, flags);
  if (!key.ok) return key;
  const { clock, ids } = await session.world();
  const store = openStore(state.value, { mode: "read" }, { clock, randomHex: () => ids.next() });
  if (!store.ok) return store;
  if (store.value === null)
    return fail(problem("NO_RECORD", { detail: `There is no store in ${state.value}: nothing was applied from here.` }));
  const { value: reader } = store;
  try {
    const records = openRecords(state.value, key.value);
    if (!records.ok) return records;
    if (records.value === null) return noEvents();
    const { value: sealed } = records;
    try {
      const withActive = flags["with-active"] ?? false;
      const found = await withEvents(state.value, (audit) =>
        replayDecision({ audit, records: sealed, store: reader, clock }, seq, withActive),
      );
      if (!found.ok) return found;
      if (found.value === null) return noEvents();
      return found.value.ok ? ok(found.value.value, [...store.warnings, ...found.value.warnings]) : found.value;
    } finally {
      sealed.close();
    }
  } finally {
    reader.close();
  }
}
