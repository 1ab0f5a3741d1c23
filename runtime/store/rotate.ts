import { InternalError, ok, Secret, type Actor, type Result } from "../../core/index.ts";
import { requireStore } from "./accept.ts";
import { openDataKey, wrapDataKey } from "./data-key.ts";
import { bytesOf, numberOf, textOf, type Db } from "./db.ts";
import { guard, must } from "./faults.ts";
import type { Places } from "./files.ts";
import { metaOf } from "./head.ts";
import { loadKey } from "./keys.ts";
import { noted, noteKey } from "./own-keys.ts";
import { openSession } from "./open.ts";
import { entryOf, headOf, rootOf } from "./record-slots.ts";
import { renewKey } from "./renew-key.ts";
import { newDataKey, openWithRing, ringOf, seal, tryUnseal } from "./seal.ts";
import type { Session } from "./session.ts";
import { lockedKey } from "./store-key.ts";
import type { RotateInfo, StorePorts } from "./types.ts";

/** Records that one transaction seals anew: others wait no longer than that takes. */
const BATCH = 200;

/**
 * New keys for what is encrypted: a data key that every record is sealed with anew, and a store key that wraps
 * it, where the store's key is a plain file (one that is locked by people stays: only they can lock a new one).
 *
 * Killed at any point, everything still opens and the next rotation completes it: first the new data key joins
 * the old ones in the ring; then records are sealed with it, some at a time, beside whoever reads and writes;
 * when none needs an older key, those leave the ring. Wants the apply lock.
 *
 * @param unlocked - The store's key, where its file is locked.
 */
export async function rotateKeys(
  dir: string,
  { actor, because, unlocked }: { readonly actor: Actor; readonly because: string; readonly unlocked?: Secret<string> | undefined },
  ports: StorePorts,
): Promise<Result<RotateInfo>> {
  const begun = guard(() => ok(begin(requireStore(dir), { actor, because, unlocked }, ports)));
  if (!begun.ok) return begun;
  const { session, storeKey, lineage } = begun.value;
  const place: Place = { slot: "", row: 0, isDone: false, sealed: 0 };
  try {
    while (!place.isDone) {
      const batch = guard(() => ok(session.db.writing(() => sealSome(session.db, ringIn(session.db, storeKey, lineage), lineage, place))));
      if (!batch.ok) return batch;
      // Whoever waits to write gets a turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const ended = guard(() => ok(must(session.write((change) => end(change.db, storeKey, lineage)))));
    if (!ended.ok) return ended;
  } finally {
    session.close();
  }
  if (unlocked) return ok({ sealed: place.sealed, storeKey: false });
  const renewed = renewKey(dir, "store.key", { actor, because }, ports);
  return renewed.ok ? ok({ sealed: place.sealed, storeKey: true }) : renewed;
}

/** When the data key was last renewed; null where that never happened. */
export function rotatedAt(dir: string, ports: StorePorts): Result<string | null> {
  return guard(() => {
    const { session } = openSession(requireStore(dir), "read", ports);
    try {
      return ok(noted(session.db, "rotated_at") ?? null);
    } finally {
      session.close();
    }
  });
}

interface Begun {
  readonly session: Session;
  readonly storeKey: Secret<string>;
  readonly lineage: string;
}

function begin(
  places: Places,
  { actor, because, unlocked }: { readonly actor: Actor; readonly because: string; readonly unlocked?: Secret<string> | undefined },
  ports: StorePorts,
): Begun {
  const { session, head } = openSession(places, "write", ports);
  try {
    const { lineage } = head;
    const text = loadKey(places.keys, "store.key");
    // Where the key is locked, opening the ring says what is missing.
    const ring = openDataKey(session.db, places, lineage, unlocked);
    const storeKey = lockedKey(text.open()) ? (unlocked ?? text) : text;
    must(
      session.write((change) => {
        const keys = [newDataKey().open(), ...ringOf(ring).map((key) => key.open())];
        setRing(change.db, storeKey, lineage, keys);
        noteKey(change.db, "rotated_at", change.at);
        change.log("epoch", null, actor, { key: "data-key", because, recordsKept: true });
      }),
    );
    return { session, storeKey, lineage };
  } catch (error) {
    session.close();
    throw error;
  }
}

function setRing(db: Db, storeKey: Secret<string>, lineage: string, keys: readonly Uint8Array[]): void {
  db.run("UPDATE meta SET value = ? WHERE key = 'data_key'", wrapDataKey(storeKey, lineage, new Secret(Buffer.concat(keys))));
}

function ringIn(db: Db, storeKey: Secret<string>, lineage: string): readonly Secret<Uint8Array>[] {
  const key = new Secret<Uint8Array>(Buffer.from(storeKey.open(), "base64"));
  const ring = tryUnseal(key, `moltbot/data-key/${lineage}`, bytesOf(metaOf(db, "data_key"), "wrapped data key"));
  if (!ring) throw new InternalError("runtime/store: the keys were renewed by somebody else in the middle of a rotation");
  return ringOf(new Secret(ring));
}

/** How far a rotation looked: each record once. What is written behind its back has the newest key already. */
interface Place {
  slot: string;
  row: number;
  isDone: boolean;
  sealed: number;
}

/** Looks at up to {@link BATCH} records and seals anew those that an older key sealed. */
function sealSome(db: Db, keys: readonly Secret<Uint8Array>[], lineage: string, place: Place): void {
  const again = (bound: string, sealed: unknown, write: (sealed: Uint8Array) => void): void => {
    const [newest] = keys;
    const bytes = bytesOf(sealed, "encrypted record");
    if (!newest) throw new InternalError("runtime/store: no data key");
    if (tryUnseal(newest, bound, bytes)) return;
    write(seal(newest, bound, openWithRing(keys, bound, bytes)));
    place.sealed++;
  };
  const root = metaOf(db, "sealed_root");
  if (root !== undefined) again(rootOf(lineage), root, (bytes) => db.run("UPDATE meta SET value = ? WHERE key = 'sealed_root'", bytes));
  const slots = db.all("SELECT slot, sealed FROM slots WHERE slot > ? ORDER BY slot LIMIT ?", place.slot, BATCH);
  for (const [slot, sealed] of slots) {
    const name = textOf(slot, "slot");
    again(headOf(lineage, name), sealed, (bytes) => db.run("UPDATE slots SET sealed = ? WHERE slot = ?", bytes, name));
    place.slot = name;
  }
  if (slots.length === BATCH) return;
  const entries = db.all("SELECT rowid, slot, number, sealed FROM entries WHERE rowid > ? ORDER BY rowid LIMIT ?", place.row, BATCH);
  for (const [row, slot, number, sealed] of entries) {
    const [name, n] = [textOf(slot, "slot"), numberOf(number, "entry number")];
    again(entryOf(lineage, name, n), sealed, (bytes) =>
      db.run("UPDATE entries SET sealed = ? WHERE slot = ? AND number = ?", bytes, name, n),
    );
    place.row = numberOf(row, "row");
  }
  place.isDone = entries.length < BATCH;
}

/** The older keys leave the ring; nothing needs them: each record was looked at, and every writer uses the newest since it joined. */
function end(db: Db, storeKey: Secret<string>, lineage: string): void {
  const [newest] = ringIn(db, storeKey, lineage);
  if (newest) setRing(db, storeKey, lineage, [newest.open()]);
}
