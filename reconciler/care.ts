import { fail, ok, outcomeOf, type LedgerHead, type Result } from "../core/index.ts";
import { noRecord, open, type Opened } from "./opened.ts";
import type { BackedUp, RecordKey, RenewedKey } from "./record/index.ts";
import type { Query, World } from "./types.ts";

/**
 * The care of a record: copies, restores, migrations and new keys. What writes holds the apply lock, as an
 * apply does, so that no apply runs across it.
 */

/** Writes the whole store to one new file; its keys only sealed for somebody. */
export async function backup(query: Query, out: string, keysFor: readonly string[], world: World): Promise<Result<BackedUp>> {
  const opened = await open(query, world);
  return opened.ok ? await opened.value.target.record.backup(out, keysFor) : opened;
}

export interface RestoreQuery {
  readonly file: string | null;
  readonly because: string;
  readonly replace: boolean;
  /** Keep the store that stands here although a newer head was seen. */
  readonly acceptOlder: boolean;
  /** Age identities to open the keys of the backup with. */
  readonly identities: readonly string[];
}

export interface Restored {
  readonly head: LedgerHead;
  /** Keys that were not here and were made anew: secrets are then encrypted again for a new `runtime.agekey`. */
  readonly newKeys: readonly string[];
  readonly recipient: string | null;
}

/** Brings a backup back, or accepts a store that is older than the head that was seen. */
export async function restore(query: Query, choice: RestoreQuery, world: World): Promise<Result<Restored>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const { record } = opened.value.target;
  const { file, because, replace, acceptOlder, identities } = choice;
  if (acceptOlder || file === null) {
    const present = await recordPresent(opened.value);
    if (!present.ok) return present;
    const head = await locked(opened.value, 0, world, () => record.acceptOlder(world.actor, because));
    return head.ok ? ok({ head: head.value, newKeys: [], recipient: null }) : head;
  }
  return await locked(opened.value, 0, world, () => record.restore(file, { actor: world.actor, because, replace, identities }));
}

/** Brings an older store to the present format; a copy of the old file stays. */
export async function migrateStore(
  query: Query,
  world: World,
): Promise<Result<{ readonly from: string; readonly to: string; readonly copy: string | null }>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const present = await recordPresent(opened.value);
  if (!present.ok) return present;
  return await locked(opened.value, 0, world, () => opened.value.target.record.migrate(world.actor));
}

export interface RenewChoice {
  readonly key: RecordKey;
  /** Why, for the ledger. */
  readonly because: string;
  readonly lockTimeoutMs: number;
  /** Asked before anything is done; a failed result ends it without effect. */
  readonly confirm: () => Promise<Result<void>>;
}

/** A new key in place of one that is lost or no longer trusted; the ledger says who did it and why. */
export async function renewKey(query: Query, choice: RenewChoice, world: World): Promise<Result<RenewedKey>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const present = await recordPresent(opened.value);
  if (!present.ok) return present;
  const confirmed = await choice.confirm();
  if (!confirmed.ok) return confirmed;
  const { record } = opened.value.target;
  return await locked(opened.value, choice.lockTimeoutMs, world, () =>
    record.renewKey(choice.key, { actor: world.actor, because: choice.because }),
  );
}

/**
 * There is a record to work on; taking the lock would make its folder. One that is damaged, old, or lacks a
 * key is present: what follows mends it, or says more exactly what is wrong.
 */
async function recordPresent({ target, owner }: Opened): Promise<Result<void>> {
  const read = await target.record.ledger(1, 1);
  if (read.ok) return read.value === null ? noRecord(owner) : ok(undefined);
  const isUnsafe = read.diagnostics.some((each) => each.code === "STORE_UNSAFE" || outcomeOf(each) === "UNAVAILABLE");
  return isUnsafe ? fail(...read.diagnostics) : ok(undefined);
}

async function locked<T>(
  { target }: Opened,
  timeoutMs: number,
  world: World,
  act: () => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  const lock = await target.lock(world.actor, timeoutMs, world.signal);
  if (!lock.ok) return lock;
  try {
    return await act();
  } finally {
    await lock.value.release();
  }
}
