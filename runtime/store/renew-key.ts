import { ok, unreachable, type Actor, type Result, type Secret } from "../../core/index.ts";
import { requireStore } from "./accept.ts";
import { recipientOf } from "./age-identity.ts";
import { presentType } from "./check-keys.ts";
import { noteStoreKey, openDataKeyIfPossible, wrapDataKey } from "./data-key.ts";
import { openDb, textOf } from "./db.ts";
import { guard, must } from "./faults.ts";
import { exists, makeFolder, type Places } from "./files.ts";
import { ledgerKeyOf, ledgerPublicKey, NEXT, writeNewKey } from "./keys.ts";
import { metaOf } from "./head.ts";
import { noteKey } from "./own-keys.ts";
import { checkFormat, openSession } from "./open.ts";
import { settleRenewal, settleRenewals } from "./renewals.ts";
import { newDataKey } from "./seal.ts";
import type { Changing } from "./session.ts";
import type { KeyName, RenewInfo, RuntimeKeyType, StorePorts } from "./types.ts";

/**
 * A new key in place of one that is lost or no longer to be trusted: `gateway recipient --new`,
 * `gateway reset-store`, `audit new-epoch`. The ledger says which, by whom and why. Conversations are kept
 * when the old `store.key` is still there to open them. Wants the apply lock.
 */
export function renewKey(
  dir: string,
  name: KeyName,
  options: { readonly actor: Actor; readonly because: string },
  ports: StorePorts,
): Result<RenewInfo> {
  return guard(() => {
    const places = requireStore(dir);
    if (!exists(places.keys)) makeFolder(places.keys);
    const runtime = settleEarlier(places);
    const { unlocked, ...wish } = ports.storeKeys ?? {};
    const next = writeNewKey(places.keys, name, NEXT, { runtime, ...wish });
    const signer = name === "ledger.key" ? { signer: ledgerKeyOf(next) } : {};
    const { session } = openSession(places, "write", ports, { renewing: true, ...signer });
    try {
      const info = must(session.write((change) => takeIntoUse(change, places, name, { next, unlocked }, options)));
      settleRenewal(places, name, true);
      return ok(info);
    } finally {
      session.close();
    }
  });
}

/**
 * A renewal cut short before this one is settled first: its key may be the one in use.
 *
 * @returns of which type the runtime's key is
 */
function settleEarlier(places: Places): RuntimeKeyType {
  const db = openDb(places.store, "write");
  try {
    checkFormat(db);
    db.reading(() => settleRenewals(db, places, textOf(metaOf(db, "lineage"), "lineage")));
    return db.reading(() => presentType(db));
  } finally {
    db.close();
  }
}

function takeIntoUse(
  change: Changing,
  places: Places,
  name: KeyName,
  { next, unlocked }: { readonly next: Secret<string>; readonly unlocked: Secret<string> | undefined },
  { actor, because }: { readonly actor: Actor; readonly because: string },
): RenewInfo {
  const log = (body: Readonly<Record<string, string | boolean>>): void => change.log("epoch", null, actor, { key: name, because, ...body });
  switch (name) {
    case "runtime.agekey": {
      const recipient = recipientOf(next.open()) ?? null;
      noteKey(change.db, "recipient", recipient ?? "");
      log(recipient === null ? {} : { recipient });
      return { recipient, recordsKept: true };
    }
    case "ledger.key":
      log({ ledgerKey: ledgerPublicKey(ledgerKeyOf(next)) });
      return { recipient: null, recordsKept: true };
    case "store.key": {
      const recordsKept = rewrap(change, places, next, unlocked);
      log({ recordsKept });
      return { recipient: null, recordsKept };
    }
    default:
      return unreachable(name);
  }
}

/** The data key under the new store key; where the old one is lost, a new data key and no records. */
export function rewrap(
  { db, head }: Pick<Changing, "db" | "head">,
  places: Places,
  storeKey: Secret<string>,
  unlocked?: Secret<string>,
): boolean {
  const kept = openDataKeyIfPossible(db, places, head.lineage, unlocked);
  db.run("UPDATE meta SET value = ? WHERE key = 'data_key'", wrapDataKey(storeKey, head.lineage, kept ?? newDataKey()));
  noteStoreKey(db, storeKey);
  if (!kept) {
    db.exec("DELETE FROM slots; DELETE FROM entries; DELETE FROM meta WHERE key = 'sealed_root'");
  }
  return kept !== undefined;
}
